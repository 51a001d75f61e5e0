import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aResult } from "../../../test/builders/case.js";
import type { Change } from "../../../test/builders/change.js";
import { aChange } from "../../../test/builders/change.js";
import { finding } from "../../model/finding.js";
import { fileSpan } from "../../model/span.js";
import type { AssessmentInput } from "../assess.js";
import { assess } from "../assess.js";

const SPEC = "openspec/specs/box/spec.md";
const TEST = "test/box.test.ts";

const spec = (...tags: string[]) =>
  `## Requirements\n\n${tags.map((tag) => `### Requirement: Of ${tag} [${tag}]\nTHE box SHALL do ${tag}.\n\n`).join("")}`;
const test = (tag: string, title: string) =>
  `// @verifies ${tag}\nit("${title}", () => {\n  expect(box()).toBe(1);\n});\n`;

const BEFORE = { [SPEC]: spec("BOX-A", "BOX-B"), [TEST]: test("BOX-A", "does a") };

function gateOf(change: Partial<Change>, mode = "ratchet") {
  const files = { ...BEFORE, ...change.files };
  const { gate, gateReasons } = assess(
    aChange({ before: BEFORE, tests: [aResult("does a")], config: { mode }, ...change, files }),
  );
  return [gate, ...gateReasons];
}

describe("ratchet against a base without a manifest", () => {
  it("passes what the change does not touch", () => {
    traceSpec("CHANGE-RATCHET-FILES", "CHANGE-MODES");
    expect(gateOf({}, "strict")).toEqual(["fail", "1 must tag without sufficient evidence"]);
    expect(gateOf({})).toEqual(["pass"]);
    const wrong = { "test/old.test.ts": "// @verifies BOX-OLD\n" };
    expect(gateOf({ files: wrong, before: { ...BEFORE, ...wrong } })).toEqual(["pass"]);
  });

  it.each([
    ["a new tag without evidence", { files: { [SPEC]: spec("BOX-A", "BOX-B", "BOX-C") } }],
    ["a text that changed alone", { files: { [SPEC]: spec("BOX-A", "BOX-B").replace("do BOX-A", "do all") } }],
    ["evidence that is lost", { files: { [TEST]: "export {};\n" } }],
    ["a test that fails", { tests: [aResult("does a", { outcome: "fail" })] }],
  ])("fails for %s", (_what, change: Partial<Change>) => {
    traceSpec("CHANGE-RATCHET-FILES");
    const [gate, reason = ""] = gateOf(change);
    expect(gate).toBe("fail");
    expect(reason).toMatch(/^1 (?:must )?tag newly /u);
  });

  it("fails for a finding in a file that the change touches", () => {
    traceSpec("CHANGE-RATCHET-FILES");
    expect(gateOf({ files: { "test/new.test.ts": "// @verifies BOX-OLD\n" } })).toEqual([
      "fail",
      "1 new finding of severity error",
    ]);
  });
});

describe("ratchet and specifications that the base does not tell", () => {
  it("takes neither their gaps nor their findings for old", () => {
    traceSpec("CHANGE-RATCHET-SUBMODULE");
    const wrong = { "test/old.test.ts": "// @verifies BOX-OLD\n" };
    const both = { files: wrong, before: { ...BEFORE, ...wrong } };
    expect(gateOf({ ...both, base: { unknown: new Set(["openspec/specs/else/spec.md"]) } })).toEqual(["pass"]);
    expect(gateOf({ ...both, base: { unknown: new Set([SPEC]) } })).toEqual([
      "fail",
      "1 must tag newly without sufficient evidence",
    ]);
    expect(gateOf({ ...both, base: { unknown: new Set(["test/old.test.ts"]) } })).toEqual([
      "fail",
      "1 new finding of severity error",
    ]);
  });
});

describe("ratchet against a manifest of the base", () => {
  const then = (change: Partial<Change> = {}) => ({
    path: "evidence-manifest.json",
    predicate: assess(
      aChange({ before: BEFORE, tests: [aResult("does a")], ...change, files: { ...BEFORE, ...change.files } }),
    ),
  });

  it("fails exactly for what is worse", () => {
    traceSpec("CHANGE-RATCHET");
    const failing = [aResult("does a", { outcome: "fail" })];
    expect(gateOf({ base: { manifest: then() } })).toEqual(["pass"]);
    expect(gateOf({ base: { manifest: then() }, tests: failing })).toEqual(["fail", "1 tag newly failing"]);
    expect(gateOf({ base: { manifest: then({ tests: failing }) }, tests: failing })).toEqual(["pass"]);
    expect(gateOf({ base: { manifest: then({ tests: failing }) }, tests: [] })).toEqual(["pass"]);
  });

  it("knows the findings that were there", () => {
    traceSpec("CHANGE-RATCHET");
    const wrong = { "test/new.test.ts": "// @verifies BOX-OLD\n" };
    expect(gateOf({ files: wrong, base: { manifest: then() } })[0]).toBe("fail");
    expect(gateOf({ files: wrong, base: { manifest: then({ files: wrong }) } })).toEqual(["pass"]);
  });
});

describe("ratchet and what took another name", () => {
  const OLD = "test/old.test.ts";
  const wrong = { [OLD]: "// @verifies BOX-OLD\n" };
  const before = { ...BEFORE, ...wrong };
  const moved = { [OLD]: "test/moved.test.ts", [SPEC]: "openspec/specs/crate/spec.md" };
  const files = {
    [TEST]: BEFORE[TEST] ?? "",
    "test/moved.test.ts": wrong[OLD] ?? "",
    "openspec/specs/crate/spec.md": BEFORE[SPEC] ?? "",
  };
  const gate = (input: AssessmentInput) => {
    const { gate: decision, gateReasons, base } = assess(input);
    return [decision, ...gateReasons, ...(base?.lost ?? []), ...(base?.gained ?? [])];
  };
  const common = { before, tests: [aResult("does a")], config: { mode: "ratchet" } };
  const then = assess(aChange({ before, files: before, tests: [aResult("does a")] }));
  const manifest = { path: "evidence-manifest.json", predicate: then };

  it.each([
    ["without a manifest", null],
    ["with a manifest of the base", manifest],
  ])("knows moved findings, %s", (_what, of) => {
    traceSpec("CHANGE-RATCHET-MOVED");
    expect(gate(aChange({ ...common, files, moved, base: { manifest: of } }))).toEqual(["pass"]);
    const twice = { ...files, "test/moved.test.ts": `${wrong[OLD]}\n// @verifies BOX-OLD\n` };
    expect(gate(aChange({ ...common, files: twice, moved, base: { manifest: of } }))[0]).toBe("fail");
  });

  it.each([
    ["LINK001", "fail"],
    ["TAG009", "fail"],
    ["EVD003", "fail"],
    ["FILE001", "fail"],
    ["SPEC001", "pass"],
  ] as const)("counts %s in a moved file where it depends on the place: %s", (code, expected) => {
    traceSpec("CHANGE-RATCHET-PLACE");
    const at = (path: string) => ({
      findings: [{ ...finding({ code, message: "Unexpected", span: fileSpan(path) }), severity: "error" as const }],
    });
    const kept = { [SPEC]: spec("BOX-A"), [TEST]: BEFORE[TEST] ?? "" };
    const of = (files: Record<string, string>, path: string, renamed: Record<string, string>) =>
      gate(aChange({ ...common, before: kept, files, moved: renamed, over: at(path) }))[0];
    const crate = "openspec/specs/crate/spec.md";
    expect(of(kept, SPEC, {})).toBe("pass");
    expect(of({ [crate]: spec("BOX-A"), [TEST]: BEFORE[TEST] ?? "" }, crate, { [SPEC]: crate })).toBe(expected);
  });

  it.each([
    ["without a manifest", null],
    ["with a manifest of the base", manifest],
  ])("knows gaps of renamed tags, %s", (_what, of) => {
    traceSpec("CHANGE-RATCHET-MOVED", "CHANGE-MOVES-RENAMED");
    const renamed = (text: string) => ({
      ...before,
      [SPEC]: text.replace("[BOX-B]", "[BOX-C]").replace("[BOX-A]", "[BOX-Z]"),
      [TEST]: test("BOX-Z", "does a"),
    });
    expect(gate(aChange({ ...common, files: renamed(before[SPEC] ?? ""), base: { manifest: of } }))).toEqual(["pass"]);
    const { [TEST]: _, ...none } = renamed(before[SPEC] ?? "");
    expect(gate(aChange({ ...common, files: none, base: { manifest: of } }))).toMatchObject([
      "fail",
      "1 must tag newly without sufficient evidence",
      { tag: "BOX-Z" },
    ]);
  });
});

describe("report", () => {
  it("passes and gives the reasons", () => {
    traceSpec("CHANGE-REPORT");
    expect(gateOf({}, "report")).toEqual(["pass", "1 must tag without sufficient evidence"]);
  });
});
