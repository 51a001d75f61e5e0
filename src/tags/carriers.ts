import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { ReferenceForm, ReferenceRole } from "../model/reference.js";
import type { Tag } from "../model/tag.js";
import { bracketedTokens, isTag } from "../model/tag.js";
import type { AnnotationForm } from "./language.js";
import type { Outline, OutlineNode } from "./outline.js";
import type { Code, Literal, Source } from "./source.js";
import { firstFrom, literalAt, skipBlank } from "./source.js";

/** A tag named by something that is not a comment: a title, an annotation, a `traceSpec` call. */
export interface Carried {
  tag: Tag;
  form: Exclude<ReferenceForm, "comment" | "prose">;
  role: ReferenceRole | null;
  explicit: boolean;
  start: number;
  end: number;
  /** The declaration whose title it is; null for the others, which are placed by where they stand. */
  node: OutlineNode | null;
  /** End of what carries it. */
  after: number;
}

interface Carriers {
  carried: Carried[];
  findings: Finding[];
}

const CLAIMS = /(?:traceSpec|[Vv]erifies|[Ii]mplements)["']?\s*(?:\(|:|=>)/;

/** A tag in brackets somewhere in a string, or a tag that is all of it. */
const CARRIED = /\[[A-Z][A-Z0-9]*-[A-Z0-9]|^.[A-Z][A-Z0-9-]*-[A-Z0-9]+.$/;

/** Whether any string or call of a file could carry a tag, so that its code is worth reading. */
export function mayCarry({ text, segments }: Source): boolean {
  if (CLAIMS.test(text)) return true;
  return segments.some(
    ({ kind, start, end }) => kind === "string" && end - start > 4 && CARRIED.test(text.slice(start, end)),
  );
}

/** Tags in the titles of tests and suites, in annotations and in `traceSpec` calls. */
export function readCarriers(outline: Outline): Carriers {
  const { code } = outline;
  const found: Carriers = { carried: [], findings: [] };
  const annotations = code.source.language.tests?.annotations ?? [];
  readTitles(outline, found);
  for (const form of annotations) readAnnotations(code, form, found);
  if (code.source.language.lexis.regex === "javascript") readTraces(code, found);
  return found;
}

function readTitles({ code, nodes }: Outline, found: Carriers): void {
  for (const node of nodes) {
    for (const title of node.titles) pushBracketed(code, title, { role: "verifies", node, after: node.end }, found);
  }
}

function pushBracketed(
  code: Code,
  literal: Literal,
  common: Pick<Carried, "role" | "node" | "after">,
  found: Carriers,
): void {
  const text = code.source.text.slice(literal.innerStart, literal.innerEnd);
  for (const token of bracketedTokens(text)) {
    if (!token.wellFormed) continue;
    const start = literal.innerStart + token.offset + 1;
    const end = start + token.text.length;
    found.carried.push({ ...common, tag: token.text, form: "title", explicit: false, start, end });
  }
}

/** The first argument of `[Trait("Requirement", "TAG")]` when the second is a tag. */
const KEY = /^(?:requirements?|verifies|covers)$/i;

function readAnnotations(code: Code, form: AnnotationForm, found: Carriers): void {
  const { source } = code;
  for (const match of code.text.matchAll(form.pattern)) {
    const name = match.index + match[0].length;
    const { literals, after, computed } = argumentsBehind(code, name);
    if (form.title === true) {
      for (const each of literals) pushBracketed(code, each, { role: "verifies", node: null, after }, found);
      continue;
    }
    const values = literals.map((each) => source.text.slice(each.innerStart, each.innerEnd));
    if (form.keyed === true && !KEY.test(values[0] ?? "")) continue;
    for (const [index, tag] of values.entries()) {
      const literal = literals[index];
      if (literal === undefined || !literal.plain || (form.keyed === true && index === 0)) continue;
      const { innerStart: start, innerEnd: end } = literal;
      if (isTag(tag)) {
        const role = form.role ?? (form.claims ? "verifies" : null);
        found.carried.push({ tag, form: "annotation", role, explicit: form.claims, start, end, node: null, after });
      } else if (form.claims) found.findings.push(malformed(code, match[0].trim(), tag, start - 1, end + 1));
    }
    if (form.claims && !computed && values.length <= (form.keyed === true ? 1 : 0) && after > name) {
      found.findings.push(malformed(code, match[0].trim(), "", match.index, after));
    }
  }
}

interface Arguments {
  literals: Literal[];
  /** End of the annotation. */
  after: number;
  /** Something else than literals stands among the arguments. */
  computed: boolean;
}

/** The string arguments of an annotation: in parentheses, or behind a colon or arrow (`verifies: "TAG"`). */
function argumentsBehind(code: Code, name: number): Arguments {
  const { text, partners, literals } = code;
  let at = name;
  while (at < text.length && at - name < 40 && /[\s:=>]/.test(text[at] ?? "")) at++;
  const single = literalAt(code, at);
  if (single !== undefined && at > name) return { literals: [single], after: single.end, computed: false };
  const close = text[at] === "(" || text[at] === "[" ? (partners[at] ?? -1) : -1;
  if (close < 0) return { literals: [], after: name, computed: false };
  const inside: Literal[] = [];
  for (let index = firstFrom(literals, at); index < literals.length; index++) {
    const literal = literals[index];
    if (literal === undefined || literal.start >= close) break;
    inside.push(literal);
  }
  return { literals: inside, after: close + 1, computed: /[A-Za-z]/.test(text.slice(at, close)) };
}

/** `traceSpec("TAG", …)`: literal arguments are read, computed ones are left to the run. */
function readTraces(code: Code, found: Carriers): void {
  const { text, partners, source } = code;
  for (const match of text.matchAll(/(?<![\w$])traceSpec\s*\(/g)) {
    const open = match.index + match[0].length - 1;
    const close = partners[open] ?? -1;
    const declared = /(?:^|[^\w$])function\s*$/.test(text.slice(Math.max(0, match.index - 20), match.index));
    if (close < 0 || declared || text[skipBlank(text, close + 1)] === "{") continue;
    const given = text.slice(open + 1, close);
    const after = close + 1;
    for (const { innerStart: start, innerEnd: end } of literalArguments(code, open, close)) {
      const tag = source.text.slice(start, end);
      if (!isTag(tag)) found.findings.push(malformed(code, "traceSpec", tag, start - 1, end + 1));
      else {
        found.carried.push({ tag, form: "traceSpec", role: "verifies", explicit: true, start, end, node: null, after });
      }
    }
    if (given.trim() === "") found.findings.push(malformed(code, "traceSpec", "", match.index, close + 1));
  }
}

/** The arguments that are a literal without holes and nothing else. */
function literalArguments(code: Code, open: number, close: number): Literal[] {
  const { text, partners } = code;
  const found: Literal[] = [];
  for (let at = skipBlank(text, open + 1); at < close; at = skipBlank(text, at + 1)) {
    const literal = literalAt(code, at);
    const end = literal === undefined ? at : skipBlank(text, literal.end);
    if (literal?.plain === true && (text[end] === "," || end === close)) found.push(literal);
    for (at = end; at < close && text[at] !== ","; at++) at = Math.max(at, partners[at] ?? -1);
  }
  return found;
}

function malformed(code: Code, carrier: string, word: string, start: number, end: number): Finding {
  const shown = word.length > 60 ? `${word.slice(0, 60)}…` : word;
  const upper = word.length > 120 ? "" : word.toUpperCase().replace(/[_\s]+/g, "-");
  const what = word === "" ? `\`${carrier}\` without a tag` : `word ${JSON.stringify(shown)} in \`${carrier}\``;
  return finding({
    code: "TAG005",
    message: `Unexpected ${what}, expected a tag like AREA-NAME`,
    span: code.source.lines.span(start, end),
    subject: `${carrier} ${shown}`,
    ...(isTag(upper) ? { suggestion: `Write ${upper}.` } : {}),
  });
}
