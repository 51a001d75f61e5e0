import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aResult } from "../../../test/builders/case.js";
import type { Change } from "../../../test/builders/change.js";
import { aChange } from "../../../test/builders/change.js";
import { textDigest } from "../../model/digest.js";
import { parseSpec } from "../../specs/parse.js";
import { assess } from "../assess.js";

const SPEC = "openspec/specs/box/spec.md";
const TEST = "test/box.test.ts";
const CODE = "src/box.ts";

const spec = (limit: string, model = "") =>
  `## Requirements\n\n### Requirement: Limit [BOX-LIMIT]\nTHE box SHALL hold ${limit} things.\n${model}\n#### Scenario: Full [BOX-FULL]\nWHEN the box is full, THE box SHALL refuse.\n`;

const test = (tag: string, title: string, value: number) =>
  `// @verifies ${tag}\nit("${title}", () => {\n  expect(box()).toBe(${value});\n});\n`;

const code = (value: number) => `// @implements BOX-LIMIT\nexport const limit = ${value};\n`;

const TESTS = test("BOX-LIMIT", "holds three", 3) + test("BOX-FULL", "refuses", 4);
const BEFORE = { [SPEC]: spec("3"), [TEST]: TESTS, [CODE]: code(3) };
const RESULTS = [aResult("holds three"), aResult("refuses")];

function verdictsOf(after: Record<string, string>, more: Partial<Change> = {}): Record<string, string> {
  const files = { ...BEFORE, ...after };
  const predicate = assess(aChange({ before: BEFORE, files, tests: RESULTS, ...more }));
  return Object.fromEntries(predicate.verdicts.map(({ tag, verdict }) => [tag, verdict]));
}

describe("a text that changed", () => {
  it("makes its evidence suspect when nothing follows", () => {
    traceSpec("FRESH-UNFOLLOWED");
    expect(verdictsOf({})).toEqual({ "BOX-LIMIT": "verified", "BOX-FULL": "verified" });
    expect(verdictsOf({ [SPEC]: spec("4") })).toEqual({ "BOX-LIMIT": "suspect", "BOX-FULL": "verified" });
    const predicate = assess(aChange({ before: BEFORE, files: { ...BEFORE, [SPEC]: spec("4") }, tests: RESULTS }));
    expect(predicate.verdicts.find(({ tag }) => tag === "BOX-LIMIT")?.reasons).toEqual([
      "the text changed since main (bbbbbbbb), and none of its tests, models or code did",
    ]);
  });

  it("is the same with other list markers", () => {
    traceSpec("FRESH-LIST-MARKER");
    const list = (marker: string, last = "b", title = "Limit") =>
      spec("3", `\n${marker} a * 2\n  ${marker} ${last}\n`).replace("Limit [", `${title} [`);
    const before = { ...BEFORE, [SPEC]: list("-") };
    for (const marker of ["*", "+", "*\t"])
      expect(verdictsOf({ [SPEC]: list(marker) }, { before })).toMatchObject({ "BOX-LIMIT": "verified" });
    for (const changed of [list("*", "c"), list("-").replace("a *", "a +"), list("1.")]) {
      expect(verdictsOf({ [SPEC]: changed }, { before })).toMatchObject({ "BOX-LIMIT": "suspect" });
    }
    const { base } = assess(aChange({ before, files: { ...BEFORE, [SPEC]: list("+", "b", "Most") }, tests: RESULTS }));
    expect([base?.changed, base?.renamed]).toMatchObject([[], [{ tag: "BOX-LIMIT", fromTitle: "Limit" }]]);
  });

  it("is followed by the body of its test, and by no other test of the file", () => {
    traceSpec("FRESH-FOLLOWED-TEST", "FRESH-OTHER-TEST");
    const own = TESTS.replace("toBe(3)", "toBe(5)");
    const other = TESTS.replace("toBe(4)", "toBe(5)");
    expect(verdictsOf({ [SPEC]: spec("4"), [TEST]: own })["BOX-LIMIT"]).toBe("verified");
    expect(verdictsOf({ [SPEC]: spec("4"), [TEST]: other })["BOX-LIMIT"]).toBe("suspect");
    expect(verdictsOf({ [SPEC]: spec("4"), [TEST]: `${TESTS}\nit("more", () => {});\n` })["BOX-LIMIT"]).toBe("suspect");
  });

  it("is followed by code that implements it", () => {
    traceSpec("FRESH-FOLLOWED-CODE");
    expect(verdictsOf({ [SPEC]: spec("4"), [CODE]: code(4) })["BOX-LIMIT"]).toBe("verified");
    expect(verdictsOf({ [SPEC]: spec("4"), "src/other.ts": "export {};\n" })["BOX-LIMIT"]).toBe("suspect");
  });

  it("is followed by code of the requirement of a scenario", () => {
    traceSpec("FRESH-INHERITED");
    const text = spec("3").replace("SHALL refuse", "SHALL throw");
    expect(verdictsOf({ [SPEC]: text })["BOX-FULL"]).toBe("suspect");
    expect(verdictsOf({ [SPEC]: text, [CODE]: code(4) })["BOX-FULL"]).toBe("verified");
    const own = TESTS.replace("toBe(3)", "toBe(5)");
    expect(verdictsOf({ [SPEC]: text, [TEST]: own })["BOX-FULL"]).toBe("suspect");
  });

  it("is followed by a model or example in its section", () => {
    traceSpec("FRESH-FOLLOWED-MODEL");
    const model = "\n```alloy\ncheck limit { #Box <= 4 }\n```\n";
    const example = "\n##### Evidence\n- Example:\n  ```js\n  limit; //=> 4\n  ```\n";
    expect(verdictsOf({ [SPEC]: spec("4", model) })["BOX-LIMIT"]).toBe("verified");
    expect(verdictsOf({ [SPEC]: spec("4", example) })["BOX-LIMIT"]).toBe("verified");
    const before = { ...BEFORE, [SPEC]: spec("3", model) };
    expect(verdictsOf({ [SPEC]: spec("4", model) }, { before })["BOX-LIMIT"]).toBe("suspect");
  });

  it("is not followed by a test that is taken out", () => {
    traceSpec("FRESH-TEST-REMOVED");
    const before = { ...BEFORE, [TEST]: TESTS + test("BOX-LIMIT", "holds none", 0) };
    expect(verdictsOf({ [SPEC]: spec("4") }, { before })["BOX-LIMIT"]).toBe("suspect");
  });

  it("is followed by a review of exactly this text", () => {
    traceSpec("FRESH-REVIEW");
    const now = parseSpec({ path: SPEC, text: spec("4") }).document.requirements[0]?.textDigest ?? "";
    const review = (against: string) =>
      verdictsOf(
        { [SPEC]: spec("4") },
        { over: { results: [reviewSet(against)] }, before: BEFORE, files: { ...BEFORE, [SPEC]: spec("4") } },
      )["BOX-LIMIT"];
    expect(review(now)).toBe("verified");
    expect(review(textDigest("another"))).toBe("suspect");
  });

  it("stays suspect when the same tests run again", () => {
    traceSpec("FRESH-RERUN");
    const now = parseSpec({ path: SPEC, text: spec("4") }).document.requirements[0]?.textDigest ?? "";
    const tests = RESULTS.map((each) => ({ ...each, against: { "BOX-LIMIT": now } }));
    expect(verdictsOf({ [SPEC]: spec("4") }, { tests })["BOX-LIMIT"]).toBe("suspect");
  });
});

describe("white space", () => {
  it("is no change of a text, a test or a file", () => {
    traceSpec("FRESH-WHITESPACE");
    const reflowed = spec("3").replace("SHALL hold 3", "SHALL\nhold   3");
    expect(verdictsOf({ [SPEC]: reflowed })["BOX-LIMIT"]).toBe("verified");
    const respaced = { [TEST]: TESTS.replaceAll("  expect", "\n      expect"), [CODE]: code(3).replace("= 3", "=  3") };
    expect(verdictsOf({ [SPEC]: spec("4"), ...respaced })["BOX-LIMIT"]).toBe("suspect");
  });
});

function reviewSet(against: string) {
  const producer = { name: "review", version: null, command: null };
  const item = {
    id: "review",
    kind: "review" as const,
    name: "read the code",
    tags: ["BOX-LIMIT"],
    outcome: "pass" as const,
    producer,
    location: null,
    inputs: {},
    against: { "BOX-LIMIT": against },
    assertions: null,
    cannotFail: null,
    strength: {},
    notes: [],
  };
  return { source: "review.json", format: "campaign" as const, producer, tests: [], items: [item], findings: [] };
}
