import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { RenderOptions } from "../format.js";
import { findJson, listJson, showJson } from "./json.js";
import { findText, listText, showText } from "./text.js";

const predicate = buildPredicate({
  tags: [
    {
      tag: "BOX-ALIAS",
      title: "Alias validation",
      line: 9,
      text: "Alias validation\n\nTHE box SHALL refuse Taken names.",
    },
    { tag: "BOX-ALIAS-FAIL", parent: "BOX-ALIAS", title: "Taken", line: 120, priority: "should" },
    {
      tag: "REMOTE-SSH",
      capability: "remote-access",
      title: "User resolution",
      references: [{ file: "a.ts", line: 2 }],
    },
  ],
  findings: [{ tags: ["REMOTE-SSH"], message: "Unexpected X, expected Y", file: "c.ts", line: 2 }],
  changes: [{ change: "add-lid", tags: [{ tag: "BOX-LID", file: "openspec/changes/add-lid/specs/box/spec.md" }] }],
});
const OPTIONS: RenderOptions = { width: 80, colour: false, detail: "normal" };

function lines(text: string): string[] {
  return text.split("\n").slice(0, -1);
}

describe("list of tags", () => {
  it("stands by file with place, priority and title", () => {
    traceSpec("REPORT-TAGS-LIST");
    expect(lines(listText({ predicate, words: "" }, OPTIONS))).toEqual([
      "openspec/changes/add-lid/specs/box/spec.md",
      "  proposed by change add-lid",
      "  12:1  BOX-LID  must    Title of BOX-LID",
      "",
      "openspec/specs/box-registry/spec.md",
      "    9:1  BOX-ALIAS       must    Alias validation",
      "  120:1  BOX-ALIAS-FAIL  should    Taken",
      "",
      "openspec/specs/remote-access/spec.md",
      "  12:1  REMOTE-SSH  must    User resolution",
      "",
      "4 tags: 3 requirements, 1 scenario",
    ]);
    const { tags } = JSON.parse(listJson({ predicate, words: "" }));
    expect(tags[2]).toEqual({
      tag: "BOX-ALIAS-FAIL",
      kind: "scenario",
      title: "Taken",
      capability: "box-registry",
      parent: "BOX-ALIAS",
      priority: "should",
      file: "openspec/specs/box-registry/spec.md",
      line: 120,
      column: 1,
      change: null,
      excerpt: null,
    });
  });

  it("is narrowed by words in tag, title and capability", () => {
    traceSpec("REPORT-TAGS-FILTER");
    const found = (words: string) =>
      JSON.parse(listJson({ predicate, words })).tags.map((each: { tag: string }) => each.tag);
    expect(found("remote user")).toEqual(["REMOTE-SSH"]);
    expect(found("ALIAS box-registry")).toEqual(["BOX-ALIAS", "BOX-ALIAS-FAIL"]);
    expect(found("refuse")).toEqual([]);
    expect(lines(listText({ predicate, words: "user" }, OPTIONS)).at(-1)).toBe(
      "1 of 4 tags match: 1 requirement, 0 scenarios",
    );
  });
});

describe("search for tags", () => {
  it("reads the text and shows the line that matched", () => {
    traceSpec("REPORT-TAGS-FIND");
    expect(lines(findText({ predicate, words: "taken" }, OPTIONS))).toEqual([
      "openspec/specs/box-registry/spec.md",
      "    9:1  BOX-ALIAS       must    Alias validation",
      "           THE box SHALL refuse Taken names.",
      "  120:1  BOX-ALIAS-FAIL  should    Taken",
      "",
      "2 of 4 tags match: 1 requirement, 1 scenario",
    ]);
    expect(JSON.parse(findJson({ predicate, words: "refuse names" })).tags).toMatchObject([
      { tag: "BOX-ALIAS", excerpt: "THE box SHALL refuse Taken names." },
    ]);
    expect(JSON.parse(findJson({ predicate, words: " " })).tags).toEqual([]);
  });
});

describe("one tag", () => {
  it("is its definition and what refers to it", () => {
    traceSpec("REPORT-TAGS-SHOW");
    expect(lines(showText({ predicate, tag: "REMOTE-SSH" }, OPTIONS))).toEqual([
      "REMOTE-SSH  User resolution",
      "must requirement in remote-access; needs any",
      "openspec/specs/remote-access/spec.md:12",
      "",
      "  THE box SHALL do REMOTE-SSH.",
      "",
      "References (1)",
      "",
      '  verifies by comment, test "does REMOTE-SSH" (never executed)',
      "    a.ts:2",
      "",
      "Findings (1)",
      "",
      "  c.ts:2",
      "    TAG004 Unexpected X, expected Y",
    ]);
    expect(JSON.parse(showJson({ predicate, tag: "BOX-ALIAS" }))).toMatchObject({
      known: true,
      tag: "BOX-ALIAS",
      scenarios: ["BOX-ALIAS-FAIL"],
      references: [],
    });
  });

  it("that nobody defines is said to be unknown", () => {
    expect(lines(showText({ predicate, tag: "REMOTE-SSL" }, OPTIONS))[1]).toBe("Did you mean REMOTE-SSH?");
    expect(JSON.parse(showJson({ predicate, tag: "REMOTE-SSL" }))).toMatchObject({
      known: false,
      near: ["REMOTE-SSH"],
    });
  });
});
