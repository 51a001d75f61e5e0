import type { Child } from "./dom.js";
import { el } from "./dom.js";
import { href } from "./route.js";
import { facts, list, section, tagLink, verdictChip } from "./show.js";
import type { Store } from "./store.js";

const MOST = 500;

/** One capability: its counts, and every requirement with its scenarios and verdicts. */
export function capabilityView(store: Store, name: string): HTMLElement {
  const { tags, head } = store;
  const own = tags.tag.map((_, at) => at).filter((at) => tags.change[at] === -1 && isOf(store, at, name));
  if (own.length === 0) return el("div", {}, el("h1", {}, "Unknown capability"), el("p", {}, name));
  const counts = head.verdicts.map((verdict, index): [string, string] => [
    verdict,
    `${own.filter((at) => tags.verdict[at] === index).length}`,
  ]);
  const tops = own.filter((at) => (tags.parent[at] ?? -1) < 0);
  return el(
    "div",
    {},
    el("h1", {}, name),
    facts([["tags", `${own.length}`], ...counts.filter(([, count]) => count !== "0")]),
    el("p", {}, el("a", { href: href("matrix", "", { capability: name }) }, "Show them in the matrix")),
    section("Requirements", list(tops.slice(0, MOST).map((at) => requirement(store, at)))),
    tops.length > MOST ? el("p", {}, `The first ${MOST} of ${tops.length}; the matrix shows all.`) : null,
  );
}

function isOf(store: Store, at: number, name: string): boolean {
  return store.text(store.tags.capability[at] ?? -1) === name;
}

function requirement(store: Store, at: number): Child {
  const line = (each: number): Child => [
    verdictChip(store, each),
    " ",
    tagLink(store, each),
    " ",
    store.text(store.tags.title[each] ?? -1),
  ];
  return [line(at), list(store.childrenOf(at).map(line))];
}
