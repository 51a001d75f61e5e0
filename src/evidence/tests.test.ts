import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aReference, aResult } from "../../test/builders/case.js";
import type { TestResult } from "../model/result.js";
import { scanSource } from "../tags/scan.js";
import { inputsFrom } from "./item.js";
import { testItem } from "./tests.js";

const producer = { name: "vitest", version: null, command: null };

/** The item of a passed test with this body. */
function itemOf(body: string, over: Partial<TestResult>) {
  const text = `it("works", () => {\n  traceSpec("BOX-A");\n  ${body}\n});\n`;
  const { tests, references } = scanSource({ path: "test/box.test.ts", text });
  const test = tests[0] ?? null;
  return testItem(
    { result: aResult("works", over), test, tags: ["BOX-A"], references },
    producer,
    inputsFrom(new Map()),
  );
}

describe("testItem", () => {
  it.each([
    ["box.open();", 0],
    ["verifyManifest(box);", 0],
    ["expect(box).toBe(1);", 0],
    ["if (box.locked) expect(box).toBe(1);", 0],
  ])("cannot fail when no assertion ran in: %s", (body, assertions) => {
    traceSpec("JUDGE-HOLLOW-EMPTY");
    expect(itemOf(body, { assertions }).cannotFail).toBe("it ran no assertion");
  });

  it.each([
    ["expect(true).toBe(true);", 1],
    ["expect(true).toBe(true);", null],
    ["box.open();\n  expect(1).toBe(1);", 1],
    ["box.open();\n  expect(1).toBe(1);\n  expect('a').toEqual('a');", 2],
  ])("cannot fail when all that ran compares constants in: %s", (body, assertions) => {
    traceSpec("JUDGE-HOLLOW-CONSTANT");
    expect(itemOf(body, { assertions }).cannotFail).toBe("its assertions only compare constants or lack a matcher");
  });

  it("cannot fail when its body is empty and nobody counted", () => {
    traceSpec("JUDGE-HOLLOW-EMPTY");
    expect(itemOf("", { assertions: null }).cannotFail).toBe("its body holds no assertion");
  });

  it.each([
    ["checkBox(box);", null],
    ["checkBox(box);", 1],
    ["assertOpen(box);", 0],
    ["request(box).get('/').expect(200);", 0],
    ["if (box.locked) throw new Error('locked');", 0],
    ["expect(1).toBe(1);\n  checkBox(box);", 2],
    ["expect(true).toBe(true);\n  expect(box).toBe(1);", 2],
  ])("could fail, or nobody can tell, in: %s", (body, assertions) => {
    traceSpec("JUDGE-NOT-OBSERVED");
    expect(itemOf(body, { assertions }).cannotFail).toBeNull();
  });

  it("takes the kind from the configuration, an Evidence link, the file's name, in this order", () => {
    const result = aResult("works", { file: "test/box.property.test.ts" });
    const kindOf = (over: Partial<TestResult>, kind?: "test.integration") =>
      testItem(
        {
          result: { ...result, ...over },
          test: null,
          tags: ["BOX-A"],
          references: kind === undefined ? [] : [aReference("BOX-A", { kind })],
        },
        producer,
        inputsFrom(new Map()),
      ).kind;
    expect([kindOf({ kind: "simulation" }, "test.integration"), kindOf({}, "test.integration"), kindOf({})]).toEqual([
      "simulation",
      "test.integration",
      "test.property",
    ]);
    expect(kindOf({ file: "test/properties.test.ts" })).toBe("test.unit");
  });
});
