import { existsSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestsFile } from "../../../src/model/tests-file.js";
import { parseSpec } from "../../../src/specs/parse.js";
import { buildCatalog } from "../../../src/tags/catalog.js";
import type { Run } from "../harness.js";
import { byName, entry, TracedProject } from "./runs.js";

/** One run of a project whose tests do everything that is to be recorded. */

let project: TracedProject;
let run: Run;
let results: TestsFile;

beforeAll(async () => {
  project = await TracedProject.make();
  run = await project.vitest();
  results = project.results();
}, 120_000);

afterAll(() => project?.remove());

const testsOf = (file: string) => results.tests.filter((test) => test.file === `tests/${file}.test.ts`);

describe("traced tags", () => {
  it("stand in the result of their test, each once and sorted", () => {
    traceSpec("VIT-TRACE", "VIT-TRACE-ONCE", "VIT-TRACE-TITLE", "VIT-REFUSE-PROPOSED");
    expect(byName(testsOf("trace"), (test) => test.tags)).toEqual({
      "holds what is put in": ["BOX-PUT", "BOX-PUT-TWICE"],
      "names its tag in the title [BOX-TAKE] and something else [UTF-8]": ["BOX-TAKE"],
      "knows the tags of an active change": ["BOX-LID"],
      "traces nothing": [],
      "gives back a ball": ["BOX-TAKE"],
      "gives back a book": ["BOX-TAKE"],
    });
    expect(testsOf("trace").map((test) => test.outcome)).toEqual(Array(6).fill("pass"));
  });

  it("stay with the test that named them, however concurrent tests interleave", () => {
    traceSpec("VIT-TRACE-CONCURRENT");
    expect(byName(testsOf("concurrent"), (test) => test.tags)).toEqual({
      "traces late, with the global expect": ["BOX-PUT"],
      "traces early, with its own expect": ["BOX-TAKE"],
      "asserts nothing": ["BOX-TAKE-EMPTY"],
      "asserts by chai": ["BOX-PUT-TWICE"],
    });
  });

  it("are refused outside a test and after it", () => {
    traceSpec("VIT-TRACE-OUTSIDE", "VIT-TRACE-ENDED");
    expect(byName(testsOf("misplaced"), (test) => [test.outcome, test.tags, test.message])).toEqual({
      "ends before its callback runs": ["pass", [], null],
      "saw the late call refused": ["pass", [], null],
      "saw the call outside any test refused": ["pass", [], null],
      "comes before its body, in a hook": [
        "fail",
        [],
        "Unexpected traceSpec() outside a running test, expected it in the body of a test",
      ],
    });
  });

  it("fail their test when they are none", () => {
    traceSpec("VIT-REFUSE", "VIT-REFUSE-EMPTY", "VIT-REFUSE-MALFORMED", "VIT-REFUSE-UNKNOWN");
    expect(byName(testsOf("refuse"), (test) => [test.outcome, test.tags, test.message])).toEqual({
      "names no tag": ["fail", [], "Unexpected empty traceSpec(), expected at least one tag"],
      "names a malformed tag": [
        "fail",
        [],
        'Unexpected tag "box-put" in traceSpec(), expected upper-case segments joined by "-", like AREA-NAME',
      ],
      "names an unknown tag beside a known one": [
        "fail",
        ["BOX-TAKE"],
        'Unexpected tag "BOX-PTU" in traceSpec(), expected one that a specification defines. Did you mean "BOX-PUT"?',
      ],
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/❯ tests\/refuse\.test\.ts:6:3/u);
  });
});

describe("assertions", () => {
  it("are counted as the titles of their tests say", () => {
    traceSpec("VIT-COUNT", "VIT-COUNT-EXPECT", "VIT-COUNT-ASSERT", "VIT-COUNT-PROPERTY");
    const counted = testsOf("assertions").filter((test) => /^[1-9]/u.test(test.name));
    expect(counted).toHaveLength(9);
    for (const test of counted)
      expect([test.name, test.assertions]).toEqual([test.name, Number.parseInt(test.name, 10)]);
  });

  it("are zero where nothing could have failed", () => {
    traceSpec("VIT-COUNT-ZERO");
    const zero = testsOf("assertions").filter((test) => test.name.startsWith("0 "));
    expect(zero.map((test) => test.assertions)).toEqual([0, 0, 0, 0]);
  });

  it("are not observed where a body may assert by other means", () => {
    traceSpec("VIT-COUNT-UNSEEN");
    const unseen = testsOf("assertions").filter((test) => test.name.startsWith("unseen"));
    expect(unseen.map((test) => test.assertions)).toEqual([null, null]);
  });

  it("are counted for the concurrent test that ran them", () => {
    traceSpec("VIT-COUNT-CONCURRENT");
    expect(byName(testsOf("concurrent"), (test) => test.assertions)).toEqual({
      "traces late, with the global expect": 2,
      "traces early, with its own expect": 3,
      "asserts nothing": 0,
      "asserts by chai": 1,
    });
  });

  it("tell property tests apart", () => {
    traceSpec("VIT-COUNT-PROPERTY");
    const kinds = byName(testsOf("assertions"), (test) => test.kind);
    expect(kinds).toMatchObject({ "1 by expect": "test.unit", "20 by properties that answer": "test.property" });
  });
});

describe("entries", () => {
  it("say where each test stands", () => {
    traceSpec("VIT-RECORD", "VIT-RECORD-PLACE");
    const place = ({ file, line, suite }: TestsFile["tests"][number]) => [file, line, suite];
    expect(place(entry(results, "holds what is put in"))).toEqual(["tests/trace.test.ts", 6, ["a box"]]);
    expect(place(entry(results, "gives back a book"))).toEqual(["tests/trace.test.ts", 29, []]);
    expect(place(entry(results, "traces late, with the global expect"))).toEqual([
      "tests/concurrent.test.ts",
      7,
      ["side by side"],
    ]);
  });

  it("hold the digest of what each tag said", () => {
    traceSpec("VIT-RECORD-DIGEST");
    const path = "openspec/specs/box/spec.md";
    const { definitions } = buildCatalog([parseSpec({ path, text: project.read(path) }).document]).catalog;
    const { against } = entry(results, "holds what is put in");
    expect(against).toEqual({
      "BOX-PUT": definitions.get("BOX-PUT")?.textDigest,
      "BOX-PUT-TWICE": definitions.get("BOX-PUT-TWICE")?.textDigest,
    });
    expect(against["BOX-PUT"]).toMatch(/^sha256:[0-9a-f]{64}$/u);
  });

  it("tell the outcomes of tests that did not simply pass", () => {
    traceSpec("VIT-RECORD-SKIPPED", "VIT-RECORD-FAILS", "VIT-RECORD-RETRY", "VIT-RECORD-HOOK");
    expect(byName(testsOf("outcomes"), ({ outcome, tags, assertions }) => [outcome, tags, assertions])).toEqual({
      "passes at the third attempt": ["pass", ["BOX-PUT"], 2],
      "is expected to fail": ["pass", ["BOX-TAKE"], 1],
      fails: ["fail", ["BOX-TAKE"], 1],
      "is skipped [BOX-TAKE-EMPTY]": ["skipped", ["BOX-TAKE-EMPTY"], null],
      "is still to be written": ["skipped", [], null],
      "skips itself": ["skipped", ["BOX-PUT-TWICE"], null],
      "never begins": ["error", [], null],
      "takes a while": ["pass", [], 1],
    });
    expect(byName(testsOf("outcomes"), (test) => test.attempts)).toMatchObject({
      "passes at the third attempt": 3,
      fails: 1,
    });
    expect(
      testsOf("outcomes")
        .filter((test) => test.expectedToFail)
        .map((test) => test.name),
    ).toEqual(["is expected to fail"]);
    expect(entry(results, "fails").message).toMatch(/^first line/u);
    expect(entry(results, "never begins").message).toBe("no set-up");
    expect(entry(results, "takes a while").durationMs).toBeGreaterThan(10);
  });

  it("do not leave out a file that cannot be loaded", () => {
    traceSpec("VIT-RECORD-BROKEN");
    expect(testsOf("broken")).toMatchObject([{ outcome: "error", tags: [], message: "cannot be loaded" }]);
  });
});

describe("the results file", () => {
  it("fits the schema, is complete and knows the test files it speaks of", () => {
    traceSpec("VIT-FILE");
    expect(results.producer.name).toBe("vitest");
    expect(results.complete).toBe(true);
    expect(Object.keys(results.files)).toEqual(
      ["assertions", "broken", "concurrent", "misplaced", "outcomes", "refuse", "trace"].map(
        (name) => `tests/${name}.test.ts`,
      ),
    );
    expect(results.tests.map((test) => test.file)).toEqual(results.tests.map((test) => test.file).sort());
    expect(existsSync(join(project.root, ".evidence/.gitignore"))).toBe(true);
  });

  it("has the same bytes after the same run, durations apart, in one worker for all files", async () => {
    traceSpec("VIT-FILE-STABLE", "VIT-TRACE-SHARED");
    const timeless = () =>
      project.read(".evidence/results/vitest.json").replace(/"durationMs":[\d.]+/gu, '"durationMs":0');
    const before = timeless();
    await project.vitest("--no-isolate", "--no-file-parallelism", "--pool=threads");
    expect(timeless()).toBe(before);
  });
});
