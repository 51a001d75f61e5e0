import { existsSync } from "node:fs";
import { traceSpec } from "spec-evidence/vitest";
import { beforeAll, describe, expect, it } from "vitest";
import { built } from "../../test/support/built.js";
import type { FileJob, Work } from "./job.js";
import { createPool } from "./pool.js";

interface Said {
  path: string;
  said: string;
}

const JOB = new URL("../../test/fixtures/host/hostile-job.mjs", import.meta.url);

let worker: URL;
let job: FileJob<{ word: string }, Said>;

beforeAll(async () => {
  worker = built("host/worker.js");
  expect(existsSync(worker)).toBe(true);
  const loaded: { default: FileJob<{ word: string }, Said> } = await import(JOB.href);
  job = loaded.default;
});

function work(large: boolean): Work<{ word: string }, Said> {
  return { module: JOB, load: async () => job, form: job, settings: { word: "word" }, large };
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `file${at}`);
const fine = (path: string): Said => ({ path, said: "/root word" });

describe("a pool", () => {
  it.each([0, 1, 2, 5])("gives results in the order of the files with %i threads", async (threads) => {
    traceSpec("HOST-POOL");
    const pool = createPool({ root: "/root", threads, worker });
    const files = names(700);
    expect(await pool.run(work(true), files)).toEqual(files.map(fine));
    expect(await pool.run(work(true), [])).toEqual([]);
    await pool.close();
  });

  it("keeps runs apart that share its threads", async () => {
    traceSpec("HOST-POOL");
    const pool = createPool({ root: "/root", threads: 2, worker });
    const other = { ...work(true), settings: { word: "other" } };
    const [a, b] = await Promise.all([pool.run(work(true), names(300)), pool.run(other, names(200))]);
    expect(a).toEqual(names(300).map(fine));
    expect(b).toEqual(names(200).map((path) => ({ path, said: "/root other" })));
    await pool.close();
  });

  it("starts no thread for little work", async () => {
    traceSpec("HOST-POOL-SMALL");
    const pool = createPool({ root: "/root", threads: 2, worker: new URL("file:///none.js") });
    const [said] = await pool.run(work(false), ["throw"]);
    expect(said).toEqual({ path: "throw", said: "broken: RangeError: thrown on purpose" });
    await pool.close();
  });

  it("does the work itself when no thread can start", async () => {
    traceSpec("HOST-POOL-NOTHREADS");
    const pool = createPool({ root: "/root", threads: 2, worker: new URL("file:///none.js") });
    expect(await pool.run(work(true), names(40))).toEqual(names(40).map(fine));
    const module = new URL("../../test/fixtures/host/no-job.mjs", import.meta.url);
    const another = createPool({ root: "/root", threads: 2, worker });
    expect(await another.run({ ...work(true), module }, names(40))).toEqual(names(40).map(fine));
    await Promise.all([pool.close(), another.close()]);
  });
});

describe("a file that breaks its analysis", () => {
  it.each([
    ["throws", "throw", "thrown on purpose"],
    ["ends the thread", "exit", "ended with code 7"],
    ["gives nothing", "nothing", "no result"],
  ])("costs no other file when it %s", async (_, bad, why) => {
    traceSpec("HOST-POOL-BROKEN");
    const pool = createPool({ root: "/root", threads: 2, worker });
    const files = [...names(60), bad, ...names(60).map((name) => `more${name}`), `${bad}2`];
    const results = await pool.run(work(true), files);
    expect(results.map(({ path }) => path)).toEqual(files);
    const broken = results.filter(({ said }) => said.startsWith("broken: "));
    expect(broken.map(({ path }) => path)).toEqual([bad, `${bad}2`]);
    for (const { said } of broken) expect(said).toContain(why);
    await pool.close();
  });

  it("costs no other file when threads have several orders waiting", async () => {
    traceSpec("HOST-POOL-BROKEN");
    const pool = createPool({ root: "/root", threads: 2, worker, stallMs: 300 });
    const bad = new Set([3, 500, 501, 999, 1500, 2990]);
    const files = names(3000).map((name, at) => (bad.has(at) ? `${at % 2 === 0 ? "exit" : "hang"}${at}` : name));
    const results = await pool.run(work(true), files);
    expect(results.map(({ path }) => path)).toEqual(files);
    const broken = results.filter(({ said }) => said.startsWith("broken: "));
    expect(broken).toHaveLength(bad.size);
    expect(new Set(broken.map(({ path }) => files.indexOf(path)))).toEqual(bad);
    await pool.close();
  });

  it("costs no other file when it takes all memory", async () => {
    traceSpec("HOST-POOL-BROKEN");
    const pool = createPool({ root: "/root", threads: 2, worker, threadMemoryMb: 32 });
    const results = await pool.run(work(true), [...names(10), "memory"]);
    expect(results.slice(0, 10)).toEqual(names(10).map(fine));
    expect(results[10]?.said).toMatch(/broken: .*memory/);
    await pool.close();
  });

  it("costs no other file when it does not end", async () => {
    traceSpec("HOST-POOL-STALL");
    const pool = createPool({ root: "/root", threads: 2, worker, stallMs: 300 });
    const results = await pool.run(work(true), [...names(10), "hang", "last"]);
    expect(results[10]).toEqual({ path: "hang", said: "broken: no end after 300 ms" });
    expect(results.filter(({ said }) => said === "/root word")).toHaveLength(11);
    await pool.close();
  });
});

describe("an interruption", () => {
  it("rejects what is under way and what comes later, with its reason", async () => {
    traceSpec("HOST-POOL-ABORT");
    const controller = new AbortController();
    const pool = createPool({ root: "/root", threads: 2, worker, signal: controller.signal });
    const running = pool.run(work(true), [...names(40), "hang"]);
    const reason = new Error("interrupted");
    setTimeout(() => controller.abort(reason), 100);
    await expect(running).rejects.toBe(reason);
    await expect(pool.run(work(true), names(3))).rejects.toBe(reason);
    await pool.close();
  });

  it("stops work that is done without threads", async () => {
    traceSpec("HOST-POOL-ABORT");
    const controller = new AbortController();
    const pool = createPool({ root: "/root", threads: 0, signal: controller.signal });
    const slow: FileJob<null, number> = {
      begin: () => () => {
        const until = performance.now() + 30;
        while (performance.now() < until);
        return 1;
      },
      broken: () => 0,
      isResult: (value): value is number => typeof value === "number",
    };
    const running = pool.run(
      { module: JOB, load: async () => slow, form: slow, settings: null, large: true },
      names(10_000),
    );
    setTimeout(() => controller.abort(new Error("interrupted")), 1);
    await expect(running).rejects.toThrow("interrupted");
    await pool.close();
  });
});
