import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { BlockComment, Language, LineComment, StringForm } from "./language.js";
import { LANGUAGES } from "./languages.js";
import { lex } from "./lex.js";

/** A stretch of a program whose comments are known by construction. */
interface Piece {
  text: string;
  comments: { start: number; text: string }[];
}

function join(pieces: readonly Piece[]): Piece {
  const whole: Piece = { text: "", comments: [] };
  for (const piece of pieces) {
    for (const { start, text } of piece.comments) whole.comments.push({ start: whole.text.length + start, text });
    whole.text += piece.text;
  }
  return whole;
}

function plain(text: string): Piece {
  return { text, comments: [] };
}

/** Everything that opens or closes anything in a language, and words between. */
function noise(row: Language): fc.Arbitrary<string[]> {
  const { lines, blocks, strings } = row.lexis;
  const units = [
    ...lines.map((each) => each.start),
    ...blocks.flatMap((each) => [each.open.trim(), each.close.trim()]),
    ...strings.flatMap((each) => [each.start, (each.close ?? "").replace("$1", "")]),
    ...strings.flatMap((each) => (each.hole === undefined ? [] : [each.hole.open, each.hole.close])),
    ..."\\ ' \" ` ( ) { } / * # $ - a é [AB-C]".split(" "),
    " ",
  ];
  return fc.array(fc.constantFrom(...units.filter((each) => each !== "")), { maxLength: 8 });
}

function lineComment(row: Language, form: LineComment): fc.Arbitrary<Piece> {
  return noise(row).map((units) => {
    const content = units.join("").replace(/\n/g, "").replace(/\\+$/, "");
    const lead = form.at === "line" ? "\n  " : "\nx ";
    const text = `${form.start}${content}`;
    return { text: `${lead}${text}\n`, comments: [{ start: lead.length, text }] };
  });
}

function blockComment(row: Language, form: BlockComment): fc.Arbitrary<Piece> {
  return fc.tuple(noise(row), fc.boolean()).map(([units, deeper]) => {
    const bare = units.join("\n").replaceAll(form.open.charAt(0), "o").replaceAll(form.close.charAt(0), "c");
    const inner = form.nested === true && deeper ? `${form.open}${bare}${form.close}${bare}` : bare;
    const text = `${form.open} ${inner} ${form.close}`;
    const lead = form.at === "line" ? "\n" : "\nx ";
    return { text: `${lead}${text}\n`, comments: [{ start: lead.length, text }] };
  });
}

function inlineComment(form: BlockComment): fc.Arbitrary<Piece> {
  return fc.constantFrom(`"`, `'`, "`", "//", "[AB-C]").map((content) => {
    const text = `${form.open} ${content} ${form.close}`;
    return { text: ` ${text} `, comments: [{ start: 1, text }] };
  });
}

function oneLine(piece: Piece): Piece {
  return { ...piece, text: piece.text.replaceAll("\n", " ") };
}

/** What must stand before the quote for a guarded form, and what its guard captures. */
const LEADS: Record<string, { before: string; group: string; open?: string }> = {
  rust: { before: "r##", group: "##" },
  lean: { before: "r##", group: "##" },
  c: { before: "R", group: "x", open: '"x(' },
  csharp: { before: "@", group: "" },
  swift: { before: "##", group: "##" },
  dafny: { before: "@", group: "" },
  sql: { before: "E", group: "" },
  dart: { before: "r", group: "" },
};

function string(row: Language, form: StringForm, holes: fc.Arbitrary<Piece>): fc.Arbitrary<Piece> | null {
  const isGuarded = form.guard !== undefined && row.name !== "yaml";
  const lead = isGuarded ? LEADS[row.name] : { before: "", group: "" };
  if (form.close === null || lead === undefined || form.start === "%" || form.guard?.source.startsWith('("'))
    return null;
  const close = form.close.replace("$1", lead.group);
  const open = lead.open ?? form.start;
  return fc.tuple(noise(row), fc.option(holes, { nil: null }), noise(row)).map(([head, hole, tail]) => {
    const content = (units: string[]) => plain(stringContent(form, close, units));
    const inHole =
      form.hole === undefined || hole === null ? [] : [plain(form.hole.open), hole, plain(form.hole.close)];
    return join([plain(`\nx: ${lead.before}${open}`), content(head), ...inHole, content(tail), plain(`${close} \n`)]);
  });
}

function stringContent(form: StringForm, close: string, units: string[]): string {
  const text = form.lines === true ? units.join("\n") : units.join("").replaceAll("\n", "");
  const mark = close.charAt(0);
  const opensHole = form.hole?.open.charAt(0) ?? "";
  const parts = [...text].map((char) => {
    if (form.escape === "backslash" && (char === "\\" || char === mark) && opensHole !== "\\") return `\\${char}`;
    if (form.escape === "doubled" && char === mark) return close === mark ? mark + mark : "q";
    if (char === mark || char === opensHole || (char === "\\" && form.escape === "backslash")) return "q";
    return char;
  });
  return parts.join("");
}

function program(row: Language): fc.Arbitrary<Piece> {
  const { lines, blocks, strings } = row.lexis;
  const code = fc.constantFrom("x", "\n", "y z", "w,\n", "v[0] + 1\n").map(plain);
  const comments = [...lines.map((each) => lineComment(row, each)), ...blocks.map((each) => blockComment(row, each))];
  const inHole = fc.oneof(code, ...blocks.filter((each) => each.at === undefined).map(inlineComment)).map(oneLine);
  const literals = strings.map((each) => string(row, each, inHole)).filter((each) => each !== null);
  return fc.array(fc.oneof(code, ...comments, ...literals), { maxLength: 12 }).map(join);
}

describe.each(LANGUAGES.map((row) => [row.name, row] as const))("%s", (_, row) => {
  it("finds exactly the comments a program was made of", () => {
    traceSpec("REF-LEX", "REF-COMMENT-STRING");
    fc.assert(
      fc.property(program(row), ({ text, comments }) => {
        const found = lex(text, row.lexis).segments.filter((each) => each.kind === "comment");
        expect(found.map(({ start, end }) => ({ start, text: text.slice(start, end) }))).toEqual(comments);
      }),
      { numRuns: 150 },
    );
  });

  it("covers any text without gaps and overlaps", () => {
    traceSpec("REF-LEX");
    fc.assert(
      fc.property(
        fc.array(fc.oneof(noise(row), fc.constantFrom(["\n"], ["\r\n"], ["<<A"], ["|"])), { maxLength: 12 }),
        (units) => {
          const text = units.flat().join("");
          let end = 0;
          for (const each of lex(text, row.lexis).segments) {
            expect(each.start).toBe(end);
            expect(each.end).toBeGreaterThan(each.start);
            expect(each.innerStart).toBeGreaterThanOrEqual(each.start);
            expect(each.innerEnd).toBeLessThanOrEqual(each.end);
            end = each.end;
          }
          expect(end).toBe(text.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
