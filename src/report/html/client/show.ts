import { PARTS } from "../data.js";
import { boldPieces } from "./bold.js";
import type { Child } from "./dom.js";
import { el } from "./dom.js";
import { href } from "./route.js";
import type { Store } from "./store.js";

/** Glyph and word of each outcome: colour is never the only sign. */
export const OUTCOME_GLYPHS: Readonly<Record<string, string>> = {
  pass: "✓",
  fail: "✗",
  error: "✗",
  skipped: "↷",
  inconclusive: "?",
  hollow: "∅",
};

export function verdictChip(store: Store, at: number): HTMLElement {
  const verdict = store.head.verdicts[store.tags.verdict[at] ?? -1] ?? "";
  return el("span", { class: `chip v-${verdict}` }, verdict);
}

export function tagLink(store: Store, at: number): HTMLElement {
  return el("a", { href: href("tag", store.tagName(at)) }, el("code", {}, store.tagName(at)));
}

/** `file:line`, as a link where the tree can be reached. */
export function placeLink(store: Store, file: string, line: number): Child {
  if (file === "") return null;
  const shown = line > 0 ? `${file}:${line}` : file;
  const { links } = store.head;
  if (links === null) return el("span", { class: "place" }, shown);
  const path = file.split("/").map(encodeURIComponent).join("/");
  const anchor = links.kind === "forge" && line > 0 ? `#L${line}` : "";
  return el("a", { class: "place", href: `${links.base}${path}${anchor}` }, shown);
}

/** Text with its EARS parts marked. */
export function markedText(store: Store, at: number): HTMLElement {
  const text = store.text(store.tags.text[at] ?? -1);
  const marks = store.tags.marks[at] ?? [];
  const pieces: Child[] = [];
  let last = 0;
  for (let mark = 0; mark + 2 < marks.length; mark += 3) {
    const [part = 0, start = 0, length = 0] = marks.slice(mark, mark + 3);
    pieces.push(...emphasised(text.slice(last, start)));
    const name = PARTS[part] ?? "response";
    pieces.push(el("span", { class: `ears-${name}`, title: name }, emphasised(text.slice(start, start + length))));
    last = start + length;
  }
  pieces.push(...emphasised(text.slice(last)));
  return el("pre", { class: "text" }, pieces);
}

function emphasised(text: string): Child[] {
  return boldPieces(text).map(({ text: piece, isBold }) => (isBold ? el("b", {}, piece) : piece));
}

export function facts(pairs: readonly (readonly [string, Child])[]): HTMLElement {
  return el(
    "dl",
    { class: "facts" },
    pairs.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );
}

export function section(title: string, ...children: readonly Child[]): HTMLElement {
  const id = `s-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return el("section", { "aria-labelledby": id }, el("h2", { id }, title), children);
}

export function list(items: readonly Child[], kind: "ul" | "ol" = "ul"): Child {
  return items.length === 0
    ? null
    : el(
        kind,
        { class: "rows" },
        items.map((item) => el("li", {}, item)),
      );
}
