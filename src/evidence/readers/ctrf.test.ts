import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { codesOf, readFixture, readText, testNamed } from "../../../test/builders/results.js";

function report(tests: unknown[], summary: Record<string, unknown> = {}) {
  return readText(JSON.stringify({ results: { tool: { name: "x" }, summary, tests } }));
}

describe("CTRF", () => {
  it("maps the status", () => {
    traceSpec("RES-CTRF");
    const statuses = ["passed", "failed", "skipped", "pending"];
    const set = report(statuses.map((status) => ({ name: status, status })));
    expect(set.tests.map((each) => each.outcome)).toEqual(["pass", "fail", "skipped", "skipped"]);
    expect(set.producer).toEqual({ name: "x", version: null, command: null });
    expect(testNamed(readFixture("ctrf-1.0.json"), "fails").message).toBe("expected 1");
    expect(testNamed(readFixture("ctrf-jest.json"), "throws").message).toBe("TypeError: no such item");
  });

  it("tells other apart", () => {
    traceSpec("RES-CTRF-OTHER");
    const set = readFixture("ctrf-1.0.json");
    expect(testNamed(set, "gift wraps").outcome).toBe("skipped");
    expect(testNamed(set, "is odd").outcome).toBe("inconclusive");
    expect(codesOf(set)).toEqual([]);
  });

  it("reports a status that CTRF does not have", () => {
    traceSpec("RES-CTRF");
    const set = report([
      { name: "a", status: "passed" },
      { name: "b", status: "great" },
      { name: "c", status: "great" },
    ]);
    expect(set.tests.map((each) => each.outcome)).toEqual(["pass", "inconclusive", "inconclusive"]);
    expect(codesOf(set)).toEqual(["RES009"]);
    expect(set.findings[0]?.message).toContain('"great" at /results/tests/1');
  });

  it("reads the suites of all versions", () => {
    traceSpec("RES-CTRF-SUITE");
    expect(testNamed(readFixture("ctrf-jest.json"), "adds the prices")).toMatchObject({
      suite: ["cart", "total"],
      name: "adds the prices [CART-TOTAL]",
      file: "cart.test.js",
    });
    const set = readFixture("ctrf-1.0.json");
    expect(testNamed(set, "adds the prices")).toMatchObject({
      suite: ["cart", "total"],
      file: "tests/cart.spec.ts",
      line: 7,
    });
    expect(testNamed(set, "settles late")).toMatchObject({ suite: ["cart"], file: "tests/cart.spec.ts" });
    expect(testNamed(set, "fails").suite).toEqual([]);
  });

  it("reads tags and labels", () => {
    traceSpec("RES-CTRF-TAGS");
    expect(testNamed(readFixture("ctrf-1.0.json"), "adds the prices").tags).toEqual(["CART-CENTS", "CART-TOTAL"]);
    expect(testNamed(readFixture("ctrf-mocha.json"), "cart total fails").tags).toEqual(["CART-CENTS"]);
  });

  it("counts attempts", () => {
    traceSpec("RES-CTRF-RETRIES");
    const set = readFixture("ctrf-1.0.json");
    expect(testNamed(set, "settles late")).toMatchObject({ outcome: "pass", attempts: 3 });
    expect(testNamed(set, "adds the prices")).not.toHaveProperty("attempts");
  });

  it("takes the kind of evidence from the type unless one is configured", () => {
    traceSpec("RES-CTRF");
    expect(testNamed(readFixture("ctrf-1.0.json"), "adds the prices").kind).toBe("test.integration");
    expect(testNamed(readFixture("ctrf-1.0.json"), "is odd").kind).toBe("test.unit");
    const configured = readFixture("ctrf-1.0.json", { kind: "test.concurrency" });
    expect(new Set(configured.tests.map((each) => each.kind))).toEqual(new Set(["test.concurrency"]));
  });

  it("reports entries that are none and reads the others", () => {
    traceSpec("RES-ENTRY");
    const set = report([{ name: "a", status: "passed" }, { name: "b" }, null, 7, { status: "passed" }]);
    expect(set.tests.map((each) => each.name)).toEqual(["a"]);
    expect(codesOf(set)).toEqual(["RES008", "RES008", "RES008", "RES008"]);
  });

  it("reports fewer tests than the summary counts", () => {
    traceSpec("RES-COUNT");
    expect(codesOf(report([{ name: "a", status: "passed" }], { tests: 2 }))).toEqual(["RES011"]);
    expect(codesOf(report([{ name: "a", status: "passed" }], { tests: 1 }))).toEqual([]);
  });
});
