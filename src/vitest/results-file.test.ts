import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { TestsFileInput } from "../model/tests-file.js";
import { testsFileSchema } from "../model/tests-file.js";
import type { Entry, RanModule, Run } from "./results-file.js";
import { entryKey, formatResults, mergeResults } from "./results-file.js";

function test(file: string, name: string, more: Partial<Entry> = {}): Entry {
  return { file, line: 1, suite: [], name, tags: [], outcome: "pass", assertions: 1, durationMs: 1, ...more };
}

function ran(file: string, entries: Entry[], more: Partial<RanModule> = {}): RanModule {
  return { file, project: "", entries, declared: new Set(entries.map(entryKey)), filtered: false, ...more };
}

function run(modules: RanModule[], digests: Record<string, string>, more: Partial<Run> = {}): Run {
  return { modules, whole: false, digests: new Map(Object.entries(digests)), suite: null, sharded: false, ...more };
}

function results(files: Record<string, string>, tests: Entry[], complete = true): TestsFileInput {
  return { schema: "spec-evidence/tests@1", producer: { name: "vitest" }, complete, files, tests };
}

const names = (merged: { tests: readonly Entry[] }) => merged.tests.map((each) => `${each.file} ${each.name}`);

describe("mergeResults", () => {
  const previous = results({ a: "1", b: "1" }, [test("a", "x"), test("a", "y"), test("b", "z")]);

  it("takes a whole run alone", () => {
    traceSpec("VIT-PART-INCOMPLETE");
    const merged = mergeResults(previous, run([ran("a", [test("a", "x")])], { a: "1", b: "1" }, { whole: true }));
    expect(merged).toMatchObject({ complete: true, files: { a: "1" } });
    expect(names(merged)).toEqual(["a x"]);
  });

  it("replaces all results of a file that ran, and keeps those of an unchanged one", () => {
    traceSpec("VIT-PART");
    const merged = mergeResults(previous, run([ran("a", [test("a", "w")])], { a: "2", b: "1" }));
    expect(merged).toMatchObject({ complete: true, files: { a: "2", b: "1" } });
    expect(names(merged)).toEqual(["a w", "b z"]);
  });

  it("drops results of a changed file and is incomplete from then on", () => {
    traceSpec("VIT-PART-CHANGED", "VIT-PART-INCOMPLETE");
    const merged = mergeResults(previous, run([ran("a", [test("a", "x")])], { a: "1", b: "2" }));
    expect(merged).toMatchObject({ complete: false, files: { a: "1" } });
    expect(names(merged)).toEqual(["a x"]);
  });

  it("drops results of a file that is gone without missing them", () => {
    traceSpec("VIT-PART-CHANGED");
    const merged = mergeResults(previous, run([ran("a", [test("a", "x")])], { a: "1" }));
    expect(merged).toMatchObject({ complete: true, files: { a: "1" } });
    expect(names(merged)).toEqual(["a x"]);
  });

  it("renews single tests of a filtered file and forgets those it no longer declares", () => {
    traceSpec("VIT-PART-FILTER");
    const renewed = test("a", "x", { outcome: "fail" });
    const module = ran("a", [renewed], {
      filtered: true,
      declared: new Set([entryKey(renewed), entryKey(test("a", "v"))]),
    });
    const merged = mergeResults(previous, run([module], { a: "1", b: "1" }));
    expect(names(merged)).toEqual(["a x", "b z"]);
    expect(merged.tests[0]?.outcome).toBe("fail");
    expect(merged.complete).toBe(true);
  });

  it("keeps what a filter left out only as long as the file is the same", () => {
    traceSpec("VIT-PART-FILTER", "VIT-PART-INCOMPLETE");
    const declared = new Set(["x", "y"].map((name) => entryKey(test("a", name))));
    const module = ran("a", [test("a", "x")], { filtered: true, declared });
    expect(mergeResults(previous, run([module], { a: "1", b: "1" }))).toMatchObject({ complete: true });
    expect(names(mergeResults(previous, run([module], { a: "1", b: "1" })))).toEqual(["a x", "a y", "b z"]);
    expect(mergeResults(previous, run([module], { a: "2", b: "1" }))).toMatchObject({ complete: false });
    expect(names(mergeResults(previous, run([module], { a: "2", b: "1" })))).toEqual(["a x", "b z"]);
  });

  it("is incomplete while a file of the suite has not run", () => {
    traceSpec("VIT-PART-INCOMPLETE");
    const suite = new Set(["a\n", "b\n", "c\n"]);
    const part = run([ran("a", [test("a", "x")])], { a: "1", b: "1" }, { suite });
    expect(mergeResults(previous, part).complete).toBe(false);
    expect(mergeResults(previous, { ...part, sharded: true }).complete).toBe(true);
    expect(mergeResults(null, part).complete).toBe(false);
    expect(mergeResults({ ...previous, complete: false }, { ...part, suite: null }).complete).toBe(false);
  });

  it("tells projects apart and drops one that the suite no longer has", () => {
    traceSpec("VIT-RECORD-PROJECT", "VIT-PART");
    const two = results({ a: "1" }, [test("a", "x", { project: "old" }), test("a", "x", { project: "new" })]);
    const module = ran("a", [test("a", "x", { project: "now", outcome: "fail" })], { project: "now" });
    const merged = mergeResults(two, run([module], { a: "1" }, { suite: new Set(["a\nnow", "a\nnew"]) }));
    expect(merged.tests.map((each) => [each.project, each.outcome])).toEqual([
      ["new", "pass"],
      ["now", "fail"],
    ]);
  });
});

describe("formatResults", () => {
  it("writes what the schema reads, one test per line, in the order of files, lines and titles", () => {
    traceSpec("VIT-FILE", "VIT-FILE-STABLE");
    const tests = [
      test("b", "é\u2028"),
      test("a", "z", { line: 9 }),
      test("a", "y", { line: 9 }),
      test("a", "x", { line: null }),
    ];
    const merged = mergeResults(
      null,
      run([ran("b", tests)], { b: "0".repeat(64), a: "1".repeat(64) }, { whole: true }),
    );
    const text = formatResults({ schema: "spec-evidence/tests@1", producer: { name: "vitest" }, ...merged });
    const read = testsFileSchema.parse(JSON.parse(text));
    expect(read.tests.map((each) => each.name)).toEqual(["x", "y", "z", "é\u2028"]);
    expect(text.split("\n").filter((line) => line.includes('"outcome"'))).toHaveLength(4);
    expect(text.endsWith("}\n")).toBe(true);
    const empty = formatResults({
      schema: "spec-evidence/tests@1",
      producer: { name: "vitest" },
      files: {},
      tests: [],
    });
    expect(testsFileSchema.parse(JSON.parse(empty)).tests).toEqual([]);
  });

  it("stays below a megabyte for a thousand tests that trace two tags each", () => {
    traceSpec("VIT-FILE");
    const digest = `sha256:${"0".repeat(64)}`;
    const against = { "AREA-FIRST-REQUIREMENT": digest, "AREA-SECOND-REQUIREMENT": digest };
    const tests = Array.from({ length: 1000 }, (_, index) =>
      test("src/some/folder/with/a-test-file.test.ts", `does what is required, number ${index}`, {
        suite: ["a describe block", "with another in it"],
        tags: Object.keys(against),
        against,
      }),
    );
    const text = formatResults({ schema: "spec-evidence/tests@1", producer: { name: "vitest" }, files: {}, tests });
    expect(text.length).toBeLessThan(1_000_000);
  });
});
