import { decodeString } from "micromark-util-decode-string";

/** What the text of a link says stands at its target. */
export interface LinkedSymbol {
  /** As written, without decoration. */
  text: string;
  /** The identifier, when the text is one: the last part of a qualified name. Null for titles and phrases. */
  name: string | null;
  /** What stands before it in a qualified name: `Catalog` of `Catalog.load()`. */
  qualifiers: string[];
}

const IDENTIFIER = "[\\p{L}_$#@~][\\p{L}\\p{N}_$]*[!?]?";

const QUALIFIED = new RegExp(
  `^(?:(?:export|default|async|static|public|private|protected|abstract|function|class|interface|type|enum|const|let|var|val|def|fn|func|fun|struct|trait|method|module|record|sig|pred|fact|assert|theorem|lemma)\\s+)*` +
    `(${IDENTIFIER}(?:(?:\\.|::|#|->)${IDENTIFIER})*)(?:<[^<>]{0,200}>)?(?:\\[[^\\[\\]]{0,300}\\])?(?:\\([^()]{0,300}\\))?(?:/\\d{1,2})?;?$`,
  "u",
);

const RECEIVER = new RegExp(`^\\(\\*?(${IDENTIFIER})\\)\\.`, "u");

/** A call or a code span with words behind it: `` `parse()` on empty input ``. */
const LEADING = new RegExp(`^(?:\`(${IDENTIFIER})(?:\\(\\))?\`|(${IDENTIFIER})\\(\\))\\s`, "u");

/** Reads what a link's text names behind the file. Decoration (code signs, quotes, emphasis, `()`) makes no difference. */
export function readSymbol(written: string): LinkedSymbol {
  const text = undecorated(written);
  // Go writes the receiver of a method in parentheses.
  const qualified = QUALIFIED.exec(text.replace(RECEIVER, "$1."))?.[1];
  if (qualified === undefined) return { text, name: null, qualifiers: [] };
  const parts = qualified.split(/\.|::|->|(?<=.)#/u).filter((part) => part !== "");
  const name = parts.pop() ?? qualified;
  return { text, name, qualifiers: parts };
}

/** The identifier that a phrase begins with, for phrases that are no title: the words behind it say what it does. */
export function leadingSymbol(written: string): LinkedSymbol | null {
  const match = LEADING.exec(written.trim());
  const name = match?.[1] ?? match?.[2];
  return name === undefined ? null : { text: name, name, qualifiers: [] };
}

function undecorated(written: string): string {
  let text = decodeString(written).replace(/\s+/g, " ").trim();
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/^(`+|\*\*|\*|"|'|“|‘|«)\s*(.+?)\s*(\1|”|’|»)$/u, "$2");
  }
  return text;
}

/** The file that a link's text begins with, its lines, and what stands behind. */
export interface LinkText {
  /** `a.ts` of `a.ts:12 parse()`; null when the text does not begin with a file's name. */
  file: string | null;
  lines: { from: number; to: number | null } | null;
  symbol: string | null;
  /** Offsets of the digits in the text as given. */
  digits: { from: [number, number]; to: [number, number] | null } | null;
}

/**
 * Takes a link's text apart: `file.ts:12 symbol`, `file.ts:12-20`, `file.ts:12:5` (a column, which is not looked at), `file.ts symbol`, `` `symbol()` ``. `path` is the path
 * the link leads to. Text of any other form names nothing.
 */
export function readLinkText(written: string, path: string): LinkText {
  const text = written.slice(0, LONGEST);
  const lead = /^[\s`*"']*/u.exec(text)?.[0].length ?? 0;
  const file = fileAt(text, lead, path);
  if (file === null) return { ...NOTHING, symbol: loneSymbol(text) };
  const at = lead + file.length;
  const lines = /^:L?(\d{1,9})(?:-L?(\d{1,9}))?(?!\w)(?::\d{1,9}(?!\w))?/u.exec(text.slice(at));
  const rest = text.slice(at + (lines?.[0].length ?? 0));
  const behind = rest
    .replace(/^[`*"']+(?=[\s,:]|$)/u, "")
    .replace(/^[\s,:–—-]+(?=\S)/u, "")
    .trim();
  const symbol = behind === "" ? null : behind;
  if (lines === null) return { file, lines: null, symbol, digits: null };
  const [whole, from = "", to] = lines;
  const fromStart = at + whole.indexOf(from);
  const toStart = at + (to === undefined ? 0 : whole.indexOf(to, whole.indexOf("-")));
  return {
    file,
    lines: { from: Number(from), to: to === undefined ? null : Number(to) },
    symbol,
    digits: {
      from: [fromStart, fromStart + from.length],
      to: to === undefined ? null : [toStart, toStart + to.length],
    },
  };
}

/** Longer texts name nothing that a person would look for. */
const LONGEST = 1000;

const NOTHING: LinkText = { file: null, lines: null, symbol: null, digits: null };

/** The name of the file at an offset: the target's own, with or without folders, or another one with a line behind it. */
function fileAt(text: string, at: number, path: string): string | null {
  const segments = path.split("/");
  for (let from = 0; from < segments.length; from++) {
    const name = segments.slice(from).join("/");
    for (const written of [`/${name}`, `./${name}`, name]) {
      if (text.startsWith(written, at) && /^(?:[\s`*"',:]|$)/u.test(text.slice(at + written.length))) return written;
    }
  }
  return /^[^\s:`*"']+\.[A-Za-z0-9]{1,10}(?=:L?\d)/u.exec(text.slice(at))?.[0] ?? null;
}

/** A text that is nothing but a call or one word in code signs. */
function loneSymbol(text: string): string | null {
  const alone = text.trim();
  const isCode = /^`[^`\s]+`$/u.test(alone) || /^[\p{L}_$][\p{L}\p{N}_$.:#]*\(\)$/u.test(alone);
  return isCode && readSymbol(alone).name !== null ? alone : null;
}
