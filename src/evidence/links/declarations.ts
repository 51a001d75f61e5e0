import type { Code } from "../../tags/source.js";

/** How an identifier stands in a place of code: `declared` by a keyword or as a method, `bound` as a name or key, `used`. */
export interface Occurrence {
  line: number;
  offset: number;
  how: "declared" | "bound" | "used";
}

const KEYWORD =
  /(?:^|[\s;{(,])(?:function\*?|class|interface|type|enum|const|let|var|val|def|fn|func|fun|struct|trait|mod|module|namespace|record|object|union|theorem|lemma|axiom|predicate|sig|pred|fact|assert|message|service|rpc|package|sub|proc|procedure|define|table|view|typedef|protocol|actor|macro_rules!)\s+(?:\([^()]{0,100}\)\s*)?(?:\*\s*)?$/;

/** Words that begin a statement which declares nothing. */
const STATEMENT =
  /^(?:return|await|new|throw|throws|yield|else|if|for|while|switch|case|in|of|typeof|not|and|or|echo|print|import|from|export\s*\{|delete|void\s+0|do|go|defer|puts|raise)$/;

const MODIFIERS = /^\s*(?:[@\w<>[\],.?*&:]+\s+)*$/;

/** The places of an identifier in code, in order; comments and strings hold none. Linear in the text. */
export function occurrences(code: Code, name: string): Occurrence[] {
  const found: Occurrence[] = [];
  const { text } = code;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    if (isPart(text[at - 1], name[0]) || isPart(text[end], name.at(-1))) continue;
    found.push({ line: code.source.lines.lineAt(at), offset: at, how: roleOf(code, at, end) });
  }
  return found;
}

function isPart(neighbour: string | undefined, edge: string | undefined): boolean {
  return neighbour !== undefined && edge !== undefined && isWord(neighbour) && isWord(edge);
}

function isWord(sign: string): boolean {
  return /[\p{L}\p{N}_$]/u.test(sign);
}

function roleOf(code: Code, at: number, end: number): Occurrence["how"] {
  const { text } = code;
  const lineStart = Math.max(text.lastIndexOf("\n", at - 1) + 1, at - 300);
  const before = text.slice(lineStart, at);
  if (KEYWORD.test(before)) return "declared";
  if (before.length >= 300 || !MODIFIERS.test(before)) return "used";
  if (before.split(/\s+/).some((word) => STATEMENT.test(word))) return "used";
  const behind = text.slice(end, end + 200);
  const open = /^\s*(?:<[^<>()]{0,100}>)?\s*\(/.exec(behind);
  if (open !== null) return isMethod(code, before, end + open[0].length - 1) ? "declared" : "used";
  return /^\s*[?!]?\s*(?:(?::(?!:))|=(?![=>]))/.test(behind) ? "bound" : "used";
}

/** Whether what stands behind a parameter list is a body or a result type, as only declarations have it. */
function isMethod({ text, partners }: Code, before: string, open: number): boolean {
  const close = partners[open] ?? -1;
  if (close < 0) return false;
  const behind = text.slice(close + 1, close + 200);
  if (/^\s*(?:\{|->|:|throws\b|noexcept\b|override\b|where\b)/.test(behind)) return true;
  // `abstract load(): void;` is seen above; `void load();` declares by the type before it.
  return before.trim() !== "" && /^\s*;/.test(behind) && !before.includes(".");
}

/** The occurrences of the best kind there is: declarations, else bindings, else uses that are no mere import. */
export function bestOf(code: Code, found: readonly Occurrence[]): Occurrence[] {
  for (const how of ["declared", "bound", "used"] as const) {
    const kind = found.filter((each) => each.how === how && !(how === "used" && isImported(code, each)));
    if (kind.length > 0) return kind;
  }
  return [];
}

function isImported({ text }: Code, { offset }: Occurrence): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^\s*(?:import|from|use|using|require|include|#include|export\s*\{)\b/.test(text.slice(start, offset));
}

/**
 * Whether an occurrence stands in what the qualifier names: a line of less indentation above it, or its own line, holds
 * the qualifier as a word (`class Catalog {`, `impl Catalog`, `func (c *Catalog) load`).
 */
export function isWithin(code: Code, occurrence: Occurrence, qualifier: string): boolean {
  const { text } = code;
  const word = new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped(qualifier)}(?![\\p{L}\\p{N}_$])`, "u");
  let start = text.lastIndexOf("\n", occurrence.offset - 1) + 1;
  if (word.test(text.slice(start, occurrence.offset))) return true;
  let indent = indentOf(text, start);
  // A file of many lines is searched upwards for at most so many.
  for (let lines = 0; indent > 0 && start > 0 && lines < 5000; lines++) {
    const previous = text.lastIndexOf("\n", start - 2) + 1;
    const line = text.slice(previous, start - 1);
    start = previous;
    if (line.trim() === "" || indentOf(text, previous) >= indent) continue;
    if (word.test(line)) return true;
    indent = indentOf(text, previous);
  }
  return false;
}

function indentOf(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - start;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
