import type { AlloyInstance } from "../../model/alloy.js";
import type { Piece } from "../text/page.js";
import { Page, unbroken } from "../text/page.js";
import { visible } from "../text/visible.js";
import { columns } from "../text/width.js";
import type { ShownRelation } from "./relations.js";
import { relationsOf, tupleText } from "./relations.js";

/** Columns a name may take before its tuples stand below it. */
const WIDEST_NAME = 24;

/**
 * An instance as text: for a static model its sets and relations, for a trace what never changes and then each state,
 * with `+` before what a state has and the one before it had not, `-` before what is gone, and the loop.
 */
export function instanceText(instance: AlloyInstance, options: { width: number; colour: boolean }): string {
  const page = new Page(options);
  writeInstance(page, instance);
  return page.toString();
}

/**
 * The same on a page that holds more.
 * @public
 */
export function writeInstance(page: Page, { states, loop }: AlloyInstance): void {
  const shown = states.map(relationsOf);
  const [first = []] = shown;
  if (loop === null && shown.length <= 1) {
    writeRelations(page, first.map(whole));
    return;
  }
  const changing = changingNames(shown);
  const steady = first.filter(({ name, kind }) => !changing.has(keyOf({ name, kind })));
  if (steady.some(isWorthShowing)) {
    page.line([["strong", "In every state"]]);
    writeRelations(page, steady.map(whole));
  }
  for (const [index, relations] of shown.entries()) {
    page.blank();
    page.line([
      ["strong", `State ${index}`],
      ["faint", loopNote(index, states.length, loop)],
    ]);
    const before = new Map((shown[index - 1] ?? []).map((each) => [keyOf(each), each]));
    const moving = relations.filter((each) => changing.has(keyOf(each)));
    if (moving.length === 0) page.line([["faint", "nothing changes"]], 2);
    writeRelations(
      page,
      moving.map((each) => (index === 0 ? whole(each) : compared(each, before.get(keyOf(each))))),
    );
  }
}

/** What comes after or before a state of a trace that repeats. */
export function loopNote(index: number, length: number, loop: number | null): string {
  if (loop === null) return "";
  const notes = [
    ...(index === loop && index !== length - 1 ? [`the loop starts here`] : []),
    ...(index === length - 1 ? [index === loop ? "then it stays so" : `then again from state ${loop}`] : []),
  ];
  return notes.length === 0 ? "" : `  ↻ ${notes.join(", ")}`;
}

interface Row {
  mark: "+" | "-" | " ";
  text: string;
}

interface Written {
  relation: ShownRelation;
  rows: Row[];
}

function whole(relation: ShownRelation): Written {
  return { relation, rows: relation.tuples.map((tuple) => ({ mark: " ", text: tupleText(tuple) })) };
}

function compared(relation: ShownRelation, before: ShownRelation | undefined): Written {
  const had = new Set((before?.tuples ?? []).map(tupleText));
  const has = new Set(relation.tuples.map(tupleText));
  const rows = relation.tuples.map((tuple): Row => {
    const text = tupleText(tuple);
    return { mark: had.has(text) ? " " : "+", text };
  });
  return {
    relation,
    rows: [...rows, ...[...had].filter((text) => !has.has(text)).map((text): Row => ({ mark: "-", text }))],
  };
}

function keyOf({ name, kind }: Pick<ShownRelation, "name" | "kind">): string {
  return `${kind} ${name}`;
}

function changingNames(states: readonly ShownRelation[][]): Set<string> {
  const values = new Map<string, string>();
  const changing = new Set<string>();
  for (const each of states.flat()) {
    const value = JSON.stringify(each.tuples);
    const key = keyOf(each);
    if ((values.get(key) ?? value) !== value) changing.add(key);
    values.set(key, value);
  }
  return changing;
}

/** A signature that only others extend holds nothing of its own. */
function isWorthShowing({ kind, tuples }: ShownRelation): boolean {
  return kind !== "signature" || tuples.length > 0;
}

function writeRelations(page: Page, written: readonly Written[]): void {
  const shown = written.filter(({ relation, rows }) => isWorthShowing(relation) || rows.length > 0);
  if (shown.length === 0 && written.length > 0) page.line([["faint", "(nothing)"]], 2);
  const widest = Math.max(
    0,
    ...shown.map(({ relation }) => columns(visible(nameOf(relation)))).filter((width) => width <= WIDEST_NAME),
  );
  for (const { relation, rows } of shown) {
    const name = nameOf(relation);
    const width = columns(visible(name));
    if (width > widest) page.text([["place", unbroken(name)]], { indent: 2, hang: 4 });
    // Sets read as a list, relations as lines.
    const isSet = rows.every(({ text }) => !text.includes(" → "));
    const isMarked = rows.some(({ mark }) => mark !== " ");
    const lines = isSet
      ? [rows.flatMap(rowPieces)]
      : rows.map((row) => [...(isMarked && row.mark === " " ? [unbroken(" ")] : []), ...rowPieces(row, 0)]);
    for (const [index, pieces] of (lines.length === 0 ? [[]] : lines).entries()) {
      const lead: Piece[] =
        index === 0 && width <= widest
          ? [["place", unbroken(name)], unbroken(" ".repeat(widest - width))]
          : [unbroken(" ".repeat(widest))];
      const tuples: Piece[] = pieces.length === 0 ? [["faint", "(none)"]] : pieces;
      page.text([...lead, unbroken("  "), ...tuples], { indent: 2, hang: 2 + widest + 2 });
    }
  }
}

function rowPieces({ mark, text }: Row, index: number): Piece[] {
  const between: Piece = index === 0 ? "" : " ";
  if (mark === "+") return [between, ["good", unbroken(`+${text}`)]];
  if (mark === "-") return [between, ["bad", unbroken(`-${text}`)]];
  return [between, unbroken(text)];
}

function nameOf({ name, within, kind }: ShownRelation): string {
  return kind === "signature" && within.length > 0 ? `${name} in ${within.join(" + ")}` : name;
}
