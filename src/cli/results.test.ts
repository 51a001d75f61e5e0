import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Cache } from "../host/cache.js";
import { NO_CACHE, openCache } from "../host/cache.js";
import { loadConfig } from "../host/config.js";
import { readAllResults } from "./results.js";

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "evidence-results-")));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A report of 2,000 tests in which the test of number `bad` has another status word of the same length. */
function writeReport(bad: number): void {
  const cases = Array.from({ length: 2000 }, (_, at) => {
    const status = at === bad ? "failed" : "passed";
    return `<testcase classname="basket" name="opens [BOX-OPEN] ${at}" file="box.test.ts" status="${status}"/>`;
  });
  writeFileSync(join(root, "report.xml"), `<testsuite name="basket">${cases.join("\n")}</testsuite>`);
}

function read(cache: Cache, kind: "test.unit" | "test.integration" = "test.unit") {
  const { config } = loadConfig(root, null);
  return readAllResults(root, { ...config, results: [{ path: "report.xml", kind }] }, null, [], cache);
}

/** The cache of the root, and how many values it gave. */
function counted(): { cache: Cache; given: () => number } {
  const cache = openCache(root, "this build");
  let given = 0;
  const get = <T>(kind: string, digests: readonly string[]): T | undefined => {
    const value = cache.get<T>(kind, digests);
    if (value !== undefined) given += 1;
    return value;
  };
  return { cache: { ...cache, get }, given: () => given };
}

it("takes what was kept of a report, with the same results", async () => {
  traceSpec("CACHE-RESULTS");
  writeReport(7);
  const plain = await read(NO_CACHE);
  const { cache, given } = counted();
  expect([await read(cache), given()]).toEqual([plain, 0]);
  expect([await read(cache), given()]).toEqual([plain, 1]);
  expect(plain.sets[0]?.tests.filter((each) => each.outcome === "fail").map((each) => each.name)).toEqual([
    "opens [BOX-OPEN] 7",
  ]);
});

it("goes by what was kept", async () => {
  traceSpec("CACHE-RESULTS");
  writeReport(7);
  const { cache } = counted();
  await read(cache);
  const altered = <T>(kind: string, digests: readonly string[]): T | undefined => {
    const text = JSON.stringify(cache.get<T>(kind, digests));
    return JSON.parse(text.replaceAll("opens [BOX-OPEN] 7", "kept")) as T;
  };
  const names = (await read({ ...cache, get: altered })).sets[0]?.tests.map((each) => each.name);
  expect([names?.includes("kept"), names?.includes("opens [BOX-OPEN] 7")]).toEqual([true, false]);
});

it("reads a report again that was rewritten with the same size", async () => {
  traceSpec("CACHE-RESULTS-CHANGED");
  writeReport(7);
  const { cache, given } = counted();
  await read(cache);
  writeReport(8);
  const failed = (await read(cache)).sets[0]?.tests.filter((each) => each.outcome === "fail");
  expect([failed?.map((each) => each.name), given()]).toEqual([["opens [BOX-OPEN] 8"], 0]);
});

it("reads a report again whose configured kind changed", async () => {
  traceSpec("CACHE-RESULTS-KIND");
  writeReport(7);
  const { cache } = counted();
  await read(cache);
  const kinds = (await read(cache, "test.integration")).sets[0]?.tests.map((each) => each.kind);
  expect(new Set(kinds)).toEqual(new Set(["test.integration"]));
});
