import type { AlloyCollection, AlloyInput } from "../../src/alloy/collect.js";
import { collectModels } from "../../src/alloy/collect.js";
import { parseSpec } from "../../src/specs/parse.js";
import { buildCatalog } from "../../src/tags/catalog.js";

/** The models of files given by path; those that end in `.md` are specifications. */
export function collectFiles(
  files: Readonly<Record<string, string>>,
  given: Partial<AlloyInput> = {},
): AlloyCollection {
  const paths = Object.keys(files);
  const documents = paths
    .filter((path) => path.endsWith(".md"))
    .map((path) => parseSpec({ path, text: files[path] ?? "" }).document);
  return collectModels({
    documents,
    files: paths.filter((path) => path.endsWith(".als")),
    read: (path) => (Object.hasOwn(files, path) ? (files[path] ?? null) : null),
    tags: {},
    known: new Set(buildCatalog(documents).catalog.definitions.keys()),
    ...given,
  });
}

/** A model with every form of paragraph and operator. */
export const RICH = `module shop/orders [exactly Item] // one of each
open util/ordering[Order] as orders
open lib/money

abstract sig Thing {}
var one sig Cart in Thing { var items: set Item, disj a, b: lone Order -> one Item } { some items => no a }
private lone sig Order, Return extends Thing { , at: seq Int, double = at + at, }
sig Both in Order + Return {}
enum Colour { Red, Green }
fact "titled" { all o: Order | o.at != none and Red !in Green }
fact named { no disj x, y: Thing | x in y; after some x' ; always x = y }
fact { lone x: Thing | some x some Cart #Order =< 3 }
let twice [x] = x + x
let both { some Thing }
pred Order.paid [c: Cart] { c in this.~at or c.items' in Item => some c else no c }
pred empty {}
fun total [o, p: Order]: one Int { let n = #o, m = -1 | n.plus[m] fun/add #p }
fun all_of: { x: Thing | some x } { univ - none <: iden :> Thing }
assert holds { always (some Cart until no Cart) implies eventually once historically before empty }
/* check commented for 9 */
small: check holds for 3 but exactly 2 Order, 5 Int, 1..4 steps expect 0 // trailing
check holds
run paid for exactly 2..3 Item, 2:1 Cart
second: run { some s: String | s = "check text {" } for 2 expect 1
run inline { no Order } expect 1
check { holds2: Thing - Thing in none }
`;
