import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { scanSource } from "./scan.js";

function scan(text: string, path = "a.ts") {
  return scanSource({ path, text });
}

/** `TAG role line:column`, with `!` for an explicit claim. */
function places(text: string, path?: string): string[] {
  return scan(text, path).references.map(
    ({ tag, role, explicit, span }) => `${tag} ${role}${explicit ? "!" : ""} ${span.line}:${span.column}`,
  );
}

function messages(text: string, path?: string): string[] {
  return scan(text, path).findings.map(({ code, span, message }) => `${code} ${span.line}:${span.column} ${message}`);
}

describe("markers", () => {
  it("name one tag or several", () => {
    traceSpec("REF-COMMENT-IMPLEMENTS", "REF-COMMENT-VERIFIES");
    expect(places("// @implements AB-C")).toEqual(["AB-C implements! 1:16"]);
    expect(places("// @verifies: [AB-C], AB-D and AB-E.")).toEqual([
      "AB-C verifies! 1:16",
      "AB-D verifies! 1:23",
      "AB-E verifies! 1:32",
    ]);
    expect(places("/**\n * Adds.\n * @implements AB-C,\n *   AB-D, and more\n */")).toEqual([
      "AB-C implements! 3:16",
      "AB-D implements! 4:6",
    ]);
  });

  it("take tags behind a mere blank as less than a claim", () => {
    traceSpec("REF-COMMENT-IMPLEMENTS");
    expect(places("// @implements AB-C UTF-8 text")).toEqual(["AB-C implements! 1:16", "UTF-8 implements 1:21"]);
  });

  it("may stand behind words and beside plain tags", () => {
    traceSpec("REF-COMMENT", "REF-COMMENT-VERIFIES");
    expect(places("// see [AB-C]; @verifies AB-D [AB-E](x)")).toEqual([
      "AB-C implements 1:9",
      "AB-D verifies! 1:26",
      "AB-E verifies 1:32",
    ]);
    expect(places("// me@verifies.AB-C x.@verifies AB-C")).toEqual([]);
  });

  it("end where the tag ends", () => {
    traceSpec("REF-COMMENT");
    expect(places("/* @verifies AB-C*/ /** [AB-D]**/ // @implements AB-E; AB-F")).toEqual([
      "AB-C verifies! 1:14",
      "AB-D implements 1:26",
      "AB-E implements! 1:50",
    ]);
  });
});

describe("malformed claims", () => {
  it.each([
    ["// @verifies", "TAG005 1:4 Unexpected `@verifies` without a tag, expected a tag like AREA-NAME"],
    ["// @implements", "TAG005 1:4 Unexpected `@implements` without a tag, expected a tag like AREA-NAME"],
    ["// - @verifies box", 'TAG005 1:6 Unexpected word "box" behind `@verifies`, expected a tag like AREA-NAME'],
    ["# @verifies [BOX]", 'TAG005 1:3 Unexpected word "BOX" behind `@verifies`, expected a tag like AREA-NAME'],
    [
      "# @implements box-null",
      'TAG005 1:3 Unexpected word "box-null" behind `@implements`, expected a tag like AREA-NAME',
    ],
    [
      "# @implements BOX_NULL",
      'TAG005 1:3 Unexpected word "BOX_NULL" behind `@implements`, expected a tag like AREA-NAME',
    ],
    [
      "# x @verifies Box-Null",
      'TAG005 1:5 Unexpected word "Box-Null" behind `@verifies`, expected a tag like AREA-NAME',
    ],
    ["# @verifies AB-C, AB-", 'TAG005 1:19 Unexpected word "AB-" behind `@verifies`, expected a tag like AREA-NAME'],
  ])("%s", (text, message) => {
    traceSpec("REF-MALFORMED");
    expect(messages(text, text.startsWith("#") ? "a.py" : "a.ts")).toEqual([message]);
  });

  it("suggest the tag that was nearly written", () => {
    traceSpec("REF-MALFORMED");
    expect(scan("// @verifies box_null").findings[0]?.suggestion).toBe("Write BOX-NULL.");
    expect(scan("// @verifies box").findings[0]?.suggestion).toBeNull();
  });

  it.each([
    "// a comment that @verifies nothing",
    "// what @implements means",
    "// (@verifies)",
    "// @verifies AB-C non-null values",
    "// `@verifies` x",
    '// "@verifies box"',
  ])("are not seen in the sentence %s", (text) => {
    traceSpec("REF-MALFORMED-PROSE");
    expect(messages(text)).toEqual([]);
  });

  it.each([
    "/** @implements {Iterator<T>} */",
    "/** @implements Iterator */",
    "// @implements Foo_Bar",
    "/* @implementsX */",
  ])("are not seen in another tool's %s", (text) => {
    traceSpec("REF-MALFORMED-FOREIGN");
    expect(scan(text)).toMatchObject({ references: [], findings: [] });
  });
});

describe("text that is quoted in a comment", () => {
  it.each([
    "// use `[AB-C]` or `@verifies AB-C`",
    '// it("does [AB-C]", () => {})',
    "// it('does [AB-C]', () => {})",
    "/**\n * ```ts\n * // @verifies AB-C\n * ```\n */",
    "// [ab-c] [AB] [AB-] [-AB] AB-C (AB-C)",
  ])("%s holds no reference", (text) => {
    traceSpec("REF-COMMENT-QUOTED");
    expect(scan(text)).toMatchObject({ references: [], findings: [] });
  });

  it("does not hide what follows", () => {
    traceSpec("REF-COMMENT-QUOTED");
    expect(places("// `x` [AB-C] isn't 'y' [AB-D]\n// ```\n// [AB-E]\n// ```\n// [AB-F]")).toEqual([
      "AB-C implements 1:9",
      "AB-D implements 1:26",
      "AB-F implements 5:5",
    ]);
  });
});

describe("quotations", () => {
  const quote = (text: string, path?: string) => scan(text, path).references.map((each) => each.quote?.text ?? null);

  it("are read from the same comment", () => {
    traceSpec("REF-QUOTE-LINES");
    expect(quote('// @implements AB-C "THE box SHALL close."')).toEqual(["THE box SHALL close."]);
    expect(quote("// [AB-C]: “THE box SHALL close.” [AB-D]")).toEqual(["THE box SHALL close.", null]);
    expect(quote('/* [AB-C] - "says \\"no\\" to it" */')).toEqual(['says "no" to it']);
    expect(quote("// @verifies AB-C, AB-D: “THE box SHALL close”")).toEqual([null, "THE box SHALL close"]);
  });

  it("run over the lines of a comment", () => {
    traceSpec("REF-QUOTE-LINES");
    expect(quote('/**\n * @implements AB-C\n * "THE box SHALL\n *   close `now`."\n */')).toEqual([
      "THE box SHALL close `now`.",
    ]);
    const lines = '# @verifies AB-C:\n  # "THE box SHALL\n  # close."\nx = 1';
    expect(quote(lines, "a.py")).toEqual(["THE box SHALL close."]);
    expect(scan(lines, "a.py").references[0]?.quote?.span).toEqual({
      file: "a.py",
      line: 2,
      column: 6,
      endLine: 3,
      endColumn: 12,
    });
    expect(quote('--- [AB-C]\n--- "THE box SHALL\n--- close."', "a.sql")).toEqual(["THE box SHALL close."]);
  });

  it.each([
    '// [AB-C] "two words"',
    '// [AB-C] says "the box shall close"',
    '// [AB-C] "THE box SHALL',
    '// [AB-C]\nx();\n// "THE box SHALL close"',
    '// [AB-C] "THE box\n//\n// SHALL close"',
    'x(); // [AB-C]\n// "THE box SHALL close"',
  ])("are not seen in %j", (text) => {
    traceSpec("REF-QUOTE-LINES");
    expect(quote(text)).toEqual([null]);
  });

  it("hide the tags they hold", () => {
    traceSpec("REF-QUOTE-LINES");
    expect(places('// [AB-C] "THE box SHALL\n// obey [AB-D] always" [AB-E]')).toEqual([
      "AB-C implements 1:5",
      "AB-E implements 2:25",
    ]);
  });
});
