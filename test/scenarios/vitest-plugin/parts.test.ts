import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entry, TracedProject } from "./runs.js";

/** Runs of parts of a suite of three files, one after the other in the same folder: each starts from what is said. */

let project: TracedProject;

beforeAll(async () => {
  project = await TracedProject.make();
  for (const name of ["broken", "misplaced", "outcomes", "refuse"]) {
    rmSync(join(project.root, `tests/${name}.test.ts`));
  }
}, 120_000);

afterAll(() => project?.remove());

const FOLDER = ".evidence/results";
const resultFiles = () => readdirSync(join(project.root, FOLDER)).sort();
const fullRun = () => project.vitest();

describe("a run of a part", () => {
  it("alone is incomplete and speaks only of what ran", async () => {
    traceSpec("VIT-PART-INCOMPLETE");
    rmSync(join(project.root, ".evidence"), { recursive: true, force: true });
    await project.vitest("tests/trace.test.ts");
    const results = project.results();
    expect(results.complete).toBe(false);
    expect(Object.keys(results.files)).toEqual(["tests/trace.test.ts"]);
    expect(results.tests).toHaveLength(6);
  });

  it("renews its own results, keeps those of unchanged files and drops those of changed ones", async () => {
    traceSpec("VIT-PART", "VIT-PART-CHANGED");
    await fullRun();
    expect(project.results()).toMatchObject({ complete: true });
    const before = project.results().tests.filter((test) => test.file === "tests/concurrent.test.ts");
    project.edit("tests/trace.test.ts", 'it("traces nothing"', 'it.skip("traces next to nothing"');
    await project.vitest("tests/trace.test.ts");
    const renewed = project.results();
    expect(renewed.complete).toBe(true);
    expect(renewed.tests.filter((test) => test.file === "tests/concurrent.test.ts")).toEqual(before);
    const names = renewed.tests.filter((test) => test.file === "tests/trace.test.ts").map((test) => test.name);
    expect(names).toContain("traces next to nothing");
    expect(names).not.toContain("traces nothing");
    expect(entry(renewed, "traces next to nothing").outcome).toBe("skipped");

    project.edit("tests/concurrent.test.ts", '"asserts nothing"', '"asserts nothing at all"');
    await project.vitest("tests/trace.test.ts");
    expect(project.results().complete).toBe(false);
    expect(Object.keys(project.results().files)).toEqual(["tests/assertions.test.ts", "tests/trace.test.ts"]);
    expect(project.results().tests.some((test) => test.file === "tests/concurrent.test.ts")).toBe(false);
  });

  it("by a filter neither reports nor forgets what it leaves out", async () => {
    traceSpec("VIT-PART-FILTER", "VIT-PART-INCOMPLETE");
    await fullRun();
    const timeless = () => project.read(`${FOLDER}/vitest.json`).replace(/"durationMs":[\d.]+/gu, '"durationMs":0');
    const before = timeless();
    await project.vitest("-t", "holds what is put in");
    expect(timeless()).toBe(before);
    expect(project.results().complete).toBe(true);

    rmSync(join(project.root, FOLDER), { recursive: true });
    project.edit("tests/trace.test.ts", 'it("knows the tags', 'it.only("knows the tags');
    await project.vitest("tests/trace.test.ts");
    project.edit("tests/trace.test.ts", 'it.only("knows the tags', 'it("knows the tags');
    expect(project.results().tests.map((test) => [test.name, test.outcome])).toEqual([
      ["knows the tags of an active change", "pass"],
    ]);
    expect(project.results().complete).toBe(false);
  });
});

describe("a sharded run", () => {
  it("writes a file per shard in the place of former results, and gives way to a whole run", async () => {
    traceSpec("VIT-SHARD", "VIT-SHARD-SUPERSEDE");
    await fullRun();
    const whole = project.results().tests.map((test) => test.name);
    expect(resultFiles()).toEqual(["vitest.json"]);
    await project.vitest("--shard=1/2");
    await project.vitest("--shard=2/2");
    expect(resultFiles()).toEqual(["vitest.shard-1-of-2.json", "vitest.shard-2-of-2.json"]);
    const shards = resultFiles().map((file) => project.results(file));
    expect(shards.map((each) => [each.complete, each.shard])).toEqual([
      [true, { index: 1, count: 2 }],
      [true, { index: 2, count: 2 }],
    ]);
    expect(shards.flatMap((each) => each.tests.map((test) => test.name)).sort()).toEqual([...whole].sort());
    expect(shards.every((each) => each.tests.length > 0)).toBe(true);
    await fullRun();
    expect(resultFiles()).toEqual(["vitest.json"]);
  });
});

describe("a workspace", () => {
  it("has its projects named, and those without the plugin recorded as well", async () => {
    traceSpec("VIT-RECORD-PROJECT");
    project.write(
      "projects.config.ts",
      `import { evidence } from "spec-evidence/vitest";
       export default { plugins: [evidence()], test: { projects: [
         { extends: true, test: { name: "one", include: ["tests/trace.test.ts"] } },
         { test: { name: "two", include: ["tests/trace.test.ts", "tests/concurrent.test.ts"], isolate: false } },
       ] } };`,
    );
    await project.vitest("--config=projects.config.ts");
    const { tests } = project.results();
    const holds = tests.filter((test) => test.name === "holds what is put in");
    expect(holds.map((test) => [test.project, test.tags, test.assertions])).toEqual([
      ["one", ["BOX-PUT", "BOX-PUT-TWICE"], 1],
      ["two", ["BOX-PUT", "BOX-PUT-TWICE"], 1],
    ]);
    expect(entry(project.results(), "asserts by chai")).toMatchObject({ project: "two", tags: ["BOX-PUT-TWICE"] });
  });
});

describe("tags that are known", () => {
  const CACHE = ".evidence/cache/catalog.json";

  it("come from the cache while a specification is the same, and from the specification else", async () => {
    traceSpec("VIT-KNOWN", "VIT-KNOWN-CACHE", "VIT-KNOWN-DAMAGED");
    const spec = "openspec/specs/box/spec.md";
    const holds = async () => {
      await project.vitest("tests/trace.test.ts");
      return entry(project.results(), "holds what is put in").against["BOX-PUT"];
    };
    const original = await holds();
    const planted = `sha256:${"0".repeat(64)}`;
    const cache = project.read(CACHE);
    project.write(CACHE, cache.replace(String(original), planted));
    expect(await holds()).toBe(planted);
    project.write(CACHE, cache.slice(0, -20));
    expect(await holds()).toBe(original);
    project.edit(spec, "THE box SHALL hold it.", "THE box SHALL hold it for 7 days.");
    const changed = await holds();
    expect(changed).toMatch(/^sha256:/u);
    expect(changed).not.toBe(original);
    project.edit(spec, "[BOX-PUT]", "[BOX-INSERT]");
    expect(await holds()).toBeUndefined();
    expect(entry(project.results(), "holds what is put in").outcome).toBe("fail");
    project.edit(spec, "[BOX-INSERT]", "[BOX-PUT]");
  });
});

describe("a watched run", () => {
  it("replaces the results of the file that runs again", async () => {
    traceSpec("VIT-PART-WATCH");
    rmSync(join(project.root, FOLDER), { recursive: true });
    const { VITEST: _, NODE_ENV: __, ...env } = process.env;
    const args = ["node_modules/vitest/vitest.mjs", "watch", "--no-color"];
    const watching = spawn(process.execPath, args, { cwd: project.root, env, stdio: "ignore" });
    try {
      await expect.poll(() => existsSync(join(project.root, FOLDER, "vitest.json")), PATIENCE).toBe(true);
      const others = () => project.results().tests.filter((test) => test.file !== "tests/trace.test.ts");
      const before = others();
      expect(before.length).toBeGreaterThan(10);
      project.edit("tests/trace.test.ts", 'toThrow("no ball")', 'toThrow("no book")');
      const outcome = () => project.results().tests.find((test) => test.name.startsWith("names its tag"))?.outcome;
      await expect.poll(outcome, PATIENCE).toBe("fail");
      expect(others()).toEqual(before);
      expect(project.results().complete).toBe(true);
    } finally {
      watching.kill();
    }
  });
});

const PATIENCE = { timeout: 30_000, interval: 50 };
