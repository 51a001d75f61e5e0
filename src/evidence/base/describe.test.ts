import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aResult } from "../../../test/builders/case.js";
import type { Change } from "../../../test/builders/change.js";
import { aChange } from "../../../test/builders/change.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { BaseRecord } from "../../model/base.js";
import { predicateSchema } from "../../model/manifest.js";
import { assess } from "../assess.js";

const SPEC = "openspec/specs/box/spec.md";
const TEST = "test/box.test.ts";
const CODE = "src/box.ts";

const spec = (...tags: string[]) =>
  `## Requirements\n\n${tags.map((tag) => `### Requirement: Of ${tag} [${tag}]\nTHE box SHALL do ${tag}.\n\n`).join("")}`;
const test = (tag: string, title: string, value = 1) =>
  `// @verifies ${tag}\nit("${title}", () => {\n  expect(box()).toBe(${value});\n});\n`;

const BEFORE = {
  [SPEC]: spec("BOX-A", "BOX-B"),
  [TEST]: test("BOX-A", "does a") + test("BOX-B", "does b"),
  [CODE]: "// @implements BOX-A\nexport const a = 1;\n",
};
const RESULTS = [aResult("does a"), aResult("does b")];

function judged(change: Partial<Change>) {
  const files = { ...BEFORE, ...change.files };
  const predicate = assess(aChange({ before: BEFORE, tests: RESULTS, ...change, files }));
  expect(predicateSchema.safeParse(predicate).error).toBeUndefined();
  return { predicate, base: predicate.base as BaseRecord, codes: predicate.findings.map(({ code }) => code) };
}

describe("what a change does", () => {
  it("lists what each tag gained and lost, by reference", () => {
    traceSpec("CHANGE-EVIDENCE");
    const { base } = judged({ files: { [TEST]: test("BOX-A", "does a") + test("BOX-A", "does b") } });
    expect(base.gained).toEqual([{ tag: "BOX-A", kind: "verifies", name: "does b", file: TEST }]);
    expect(base.lost).toEqual([{ tag: "BOX-B", kind: "verifies", name: "does b", file: TEST }]);
    expect(base.touched).toEqual([{ tag: "BOX-A", files: [TEST] }]);
    expect(base.manifest).toBeNull();
  });

  it("lists what each tag gained and lost, by items of a manifest", () => {
    traceSpec("CHANGE-MANIFEST");
    const predicate = buildPredicate({ tags: [{ tag: "BOX-A", items: [{ name: "gone", outcome: "pass" }] }] });
    const { base } = judged({ base: { manifest: { path: "evidence-manifest.json", predicate } } });
    expect(base.manifest).toBe("evidence-manifest.json");
    expect(base.lost.map(({ tag, name }) => `${tag} ${name}`)).toEqual(["BOX-A gone"]);
    expect(base.gained.map(({ tag, kind }) => `${tag} ${kind}`)).toEqual([
      "BOX-A implementation",
      "BOX-A test.unit",
      "BOX-B test.unit",
    ]);
  });

  it("finds nothing in a moved file", () => {
    traceSpec("CHANGE-MOVED");
    const { [TEST]: text, [CODE]: code, [SPEC]: specification, ...rest } = BEFORE;
    const files = {
      ...rest,
      "test/moved.test.ts": text,
      "src/moved.ts": code,
      "openspec/specs/crate/spec.md": specification,
    };
    const moved = { [TEST]: "test/moved.test.ts", [CODE]: "src/moved.ts", [SPEC]: "openspec/specs/crate/spec.md" };
    const tests = RESULTS.map((each) => ({ ...each, file: "test/moved.test.ts" }));
    const { base } = { base: assess(aChange({ before: BEFORE, files, moved, tests })).base as BaseRecord };
    const { added, changed, removed, renamed, touched, gained, lost } = base;
    expect({ added, changed, removed, renamed, touched, gained, lost }).toEqual({
      added: [],
      changed: [],
      removed: [],
      renamed: [],
      touched: [],
      gained: [],
      lost: [],
    });
    expect(base.files).toEqual({ added: 0, changed: 0, removed: 0, renamed: 3 });
  });

  it("lists added and changed tags that nothing touches", () => {
    traceSpec("CHANGE-UNTOUCHED");
    const text = `${spec("BOX-A", "BOX-B").replace("do BOX-B", "do all")}${spec("BOX-C", "BOX-D").slice(17)}`;
    const { base } = judged({ files: { [SPEC]: text, "test/d.test.ts": test("BOX-D", "does d") } });
    expect(base.added.map(({ tag }) => tag)).toEqual(["BOX-C", "BOX-D"]);
    expect(base.changed).toMatchObject([{ tag: "BOX-B", before: "Of BOX-B\n\nTHE box SHALL do BOX-B." }]);
    expect(base.untouched).toEqual(["BOX-B", "BOX-C"]);
  });

  it("reports a tag that is gone", () => {
    traceSpec("CHANGE-REMOVED");
    const { base, predicate } = judged({ files: { [SPEC]: spec("BOX-A"), [TEST]: test("BOX-A", "does a") } });
    expect(base.removed).toEqual([{ tag: "BOX-B", title: "Of BOX-B", file: SPEC }]);
    expect(predicate.findings.find(({ code }) => code === "CHG003")).toMatchObject({
      severity: "warning",
      tags: ["BOX-B"],
    });
  });

  it("reports code that changed without a run of its tests", () => {
    traceSpec("CHANGE-UNRUN");
    const files = { [CODE]: "// @implements BOX-A\nexport const a = 2;\n" };
    expect(judged({ files }).base.unrun).toEqual([]);
    const unrun = [{ tag: "BOX-A", files: [CODE] }];
    expect(judged({ files, tests: [aResult("does b")] }).base.unrun).toEqual(unrun);
    expect(judged({ files, tests: [aResult("does a", { outcome: "skipped" })] }).base.unrun).toEqual(unrun);
    const old = judged({ files, base: { sameResults: new Set(["results.xml"]) } });
    expect(old.base.unrun).toEqual(unrun);
    expect(old.codes).toContain("CHG002");
    expect(judged({ base: { sameResults: new Set(["results.xml"]) } }).base.unrun).toEqual([]);
  });
});
