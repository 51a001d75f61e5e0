import type { Declaration } from "./declaration.js";
import { findDeclarations } from "./declarations.js";
import { skipAnnotation, skipWord } from "./reach.js";
import type { Code } from "./source.js";
import { firstFrom, skipBlank } from "./source.js";

/** A declaration in its place among the others. */
export interface OutlineNode extends Declaration {
  parent: OutlineNode | null;
  depth: number;
}

/** The tests and suites of a file, ordered by start, each inside its parent. */
export interface Outline {
  code: Code;
  nodes: OutlineNode[];
}

/** Deeper declarations are left out: nobody nests so, and it keeps the way to the root short. */
const DEPTH_LIMIT = 64;

/** Finds the tests and suites of a file without running it. */
export function readOutline(code: Code): Outline {
  const forms = code.source.language.tests;
  const found = forms === undefined ? [] : findDeclarations(code, forms);
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  endIndented(code, found);
  return { code, nodes: nest(found) };
}

function nest(found: readonly Declaration[]): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  const names = new Set<number>();
  for (const each of found) {
    if (names.has(each.at)) continue;
    names.add(each.at);
    let parent: OutlineNode | null = nodes.at(-1) ?? null;
    while (parent !== null && parent.end <= each.start) parent = parent.parent;
    const depth = parent === null ? 0 : parent.depth + 1;
    if (depth >= DEPTH_LIMIT) continue;
    nodes.push({ ...each, parent, depth });
  }
  return nodes;
}

/** Gives declarations that end by indentation their ends, in one pass over the lines. */
function endIndented(code: Code, found: readonly Declaration[]): void {
  const pending = found.filter((each) => each.indented);
  if (pending.length === 0) return;
  const { text, partners } = code;
  const open: { declaration: Declaration; indent: number }[] = [];
  let next = 0;
  let bracketEnd = -1;
  let lastEnd = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const first = Math.min(skipBlank(text, start), end);
    const indent = first - start;
    if (first < end && start > bracketEnd) {
      const closes = /^(?:end\b|\})/.test(text.slice(first, first + 4));
      for (let top = open.at(-1); top !== undefined && indent <= top.indent; top = open.at(-1)) {
        finish(top.declaration, closes && indent === top.indent ? end : lastEnd);
        open.pop();
      }
    }
    for (let each = pending[next]; each !== undefined && each.start < end; each = pending[++next]) {
      open.push({ declaration: each, indent });
    }
    for (let at = first; at < end; at++) {
      if (text[at] !== "{") bracketEnd = Math.max(bracketEnd, partners[at] ?? -1);
    }
    if (first < end) lastEnd = end;
    start = end + 1;
  }
  for (const { declaration } of open) finish(declaration, lastEnd);
}

function finish(declaration: Declaration, end: number): void {
  declaration.end = Math.max(declaration.end, end);
  if (declaration.body !== null) declaration.body.end = Math.max(declaration.body.start, declaration.end);
}

/** The innermost declaration around an offset; null without. */
export function enclosing(outline: Outline, offset: number): OutlineNode | null {
  let node = outline.nodes[firstFrom(outline.nodes, offset + 1) - 1] ?? null;
  while (node !== null && node.end <= offset) node = node.parent;
  return node;
}

const MODIFIER =
  /^(?:export|default|async|await|void|static|inline|public|private|protected|internal|open|final|override|suspend|pub|unsafe|extern|fn|fun|func|partial|abstract|sealed|data)$/;

/** The declaration that code from an offset on leads to over annotations and modifiers; null when something else is there. */
export function following(outline: Outline, offset: number): OutlineNode | null {
  const { text } = outline.code;
  let at = skipBlank(text, offset);
  for (let hops = 0; hops < 40; hops++) {
    // The end of the attribute that the offset stands in: `[Category("TAG")]`.
    if (text[at] === "]") at = skipBlank(text, at + 1);
    const node = outline.nodes[firstFrom(outline.nodes, at)];
    if (node?.start === at) return node;
    const annotation = skipAnnotation(outline.code, at);
    const word = annotation > at ? annotation : skipWord(text, at);
    if (word === at || (annotation === at && !MODIFIER.test(text.slice(at, word)))) return null;
    at = skipBlank(text, word);
  }
  return null;
}

/** The tests a declaration stands for: itself, or all tests in a suite. */
export function testsOf(outline: Outline, node: OutlineNode): OutlineNode[] {
  if (node.kind === "test") return [node];
  const tests: OutlineNode[] = [];
  for (let index = firstFrom(outline.nodes, node.start); index < outline.nodes.length; index++) {
    const each = outline.nodes[index];
    if (each === undefined || each.start >= node.end) break;
    if (each.kind === "test") tests.push(each);
  }
  return tests;
}
