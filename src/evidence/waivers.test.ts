import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { parseWaivers } from "./waivers.js";

const FILE = "evidence.waivers.yaml";

const GOOD = `waivers:
  - tag: BOX-FULL
    verdict: missing
    reason: The scale is delivered in March
    owner: ada
    expires: 2026-03-31
`;

const problems = (text: string) =>
  parseWaivers(FILE, text).findings.map(({ code, span, message }) => `${code} ${span.line}:${span.column} ${message}`);

describe("reading waivers", () => {
  it("reads each with its place", () => {
    traceSpec("HOST-WAIVERS");
    expect(parseWaivers(FILE, GOOD)).toEqual({
      waivers: [
        {
          tag: "BOX-FULL",
          verdict: "missing",
          reason: "The scale is delivered in March",
          owner: "ada",
          expires: "2026-03-31",
          span: { file: FILE, line: 2, column: 5, endLine: 7, endColumn: 1 },
        },
      ],
      findingWaivers: [],
      findings: [],
    });
  });

  it.each(["", "# none\n", "waivers:\n", "waivers: []\n", "null", "---\n", "\uFEFFwaivers: []"])(
    "finds none in %j",
    (text) => {
      traceSpec("HOST-WAIVERS");
      expect(parseWaivers(FILE, text)).toEqual({ waivers: [], findingWaivers: [], findings: [] });
    },
  );

  it("leaves out a malformed entry and keeps the others", () => {
    traceSpec("HOST-WAIVERS-MALFORMED");
    const text = `${GOOD}  - tag: BOX-B
    verdict: mising
    reason: short
    expires: 2026-02-30
    until: x
  - just text
  -
`;
    const read = parseWaivers(FILE, text);
    expect(read.waivers.map(({ tag }) => tag)).toEqual(["BOX-FULL"]);
    expect(problems(text)).toEqual([
      'EVD004 8:14 Unexpected "mising", expected one of "failing", "hollow", "suspect", "missing"; did you mean "missing"?',
      'EVD004 9:13 Unexpected "short", expected at least 10 characters',
      'EVD004 7:5 Unexpected absence of "owner", expected text in quotes',
      'EVD004 10:14 Unexpected "2026-02-30", expected a calendar date, YYYY-MM-DD',
      expect.stringMatching(/^EVD004 11:5 Unexpected key "until", expected one of /),
      'EVD004 12:5 Unexpected "just text", expected an object',
      "EVD004 13:4 Unexpected null, expected an object",
    ]);
  });

  it.each([
    ["an unclosed list", "waivers: [", "EVD007 1:11 "],
    ["waivers given twice", "waivers: []\nwaivers: []\n", "EVD007 2:1 "],
    ["a bare list", "- tag: X\n", "EVD007 1:1 "],
    ["another key", "waiver: []\n", 'EVD007 1:1 Unexpected key "waiver"'],
    ["a map of waivers", "waivers: {}\n", "EVD007 1:10 "],
    ["a word", "waivers: yes\n", "EVD007 1:10 "],
    ["two documents", "--- {}\n--- {}\n", "EVD007 "],
    ["a tab", "\t- a\n", "EVD007 "],
    ["an alias", "waivers:\n  - &a x\n  - *a\n", "EVD007 1:1 Unexpected alias"],
    ["deep nesting", "[".repeat(100_000), "EVD007 1:1 Unexpected nesting"],
    ["deep blocks", "- ".repeat(100_000), "EVD007 1:1 Unexpected nesting"],
    ["endless text", " ".repeat(500_001), "EVD007 1:1 Unexpected length"],
    ["endless properties", "!!a ".repeat(100_000), "EVD007 "],
  ])("reads nothing of %s", (_, text, expected) => {
    traceSpec("HOST-WAIVERS-UNREADABLE");
    expect(parseWaivers(FILE, text).waivers).toEqual([]);
    expect(problems(text)).toEqual([expect.stringContaining(expected)]);
  });

  it("leaves out an entry that gives a key twice", () => {
    traceSpec("HOST-WAIVERS-MALFORMED");
    const text = `${GOOD}    owner: bob\n`;
    expect(parseWaivers(FILE, text).waivers).toEqual([]);
    expect(problems(text)).toEqual(['EVD004 7:5 Unexpected second "owner", expected one']);
  });

  it("keeps the first of two for one verdict of one tag", () => {
    traceSpec("HOST-WAIVERS-TWICE");
    const second = GOOD.replace("waivers:\n", "").replace("ada", "bob");
    const other = second.replace("missing", "hollow");
    const { waivers, findings } = parseWaivers(FILE, GOOD + second + other);
    expect(waivers.map(({ verdict, owner }) => [verdict, owner])).toEqual([
      ["missing", "ada"],
      ["hollow", "bob"],
    ]);
    expect(findings).toMatchObject([
      { code: "EVD008", tags: ["BOX-FULL"], span: { line: 7 }, related: [{ span: { line: 2 } }] },
    ]);
  });

  it("reads those of a finding, and each once", () => {
    traceSpec("HOST-WAIVERS");
    const one =
      "  - finding: LOGIC001-0123456789ab\n    reason: the pair is mended in spring\n    owner: ada\n    expires: 2030-01-31\n";
    const { findingWaivers, waivers, findings } = parseWaivers(FILE, `waivers:\n${one}${one}`);
    expect(findingWaivers).toMatchObject([{ finding: "LOGIC001-0123456789ab", owner: "ada", span: { line: 2 } }]);
    expect(waivers).toEqual([]);
    expect(findings).toMatchObject([{ code: "EVD008", span: { line: 6 } }]);
    const broken = parseWaivers(FILE, `waivers:\n${one.replace("LOGIC001-0123456789ab", "LOGIC1")}`);
    expect(broken).toMatchObject({ findingWaivers: [], findings: [{ code: "EVD004", span: { line: 2 } }] });
  });
});
