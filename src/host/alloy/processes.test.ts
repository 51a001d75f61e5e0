import { execFileSync } from "node:child_process";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it, onTestFinished } from "vitest";
import { alloyJar, alloyModule, testAlloy } from "../../../test/builders/alloy-engine.js";
import type { AlloyAnswer, AlloyEngine, AlloyModule } from "../../model/alloy.js";
import { ALLOY_OPTIONS } from "../../model/alloy.js";
import type { Launch } from "./machine.js";
import type { PoolOptions, Task } from "./pool.js";
import { mostMachines, Pool } from "./pool.js";

const EASY = alloyModule("sig A {}\nrun { some A } for 2\nrun { no A } for 2\ncheck { some A } for 2");

/** More pigeons than holes, which a SAT solver takes longer than any test to refute. */
const ENDLESS = alloyModule(`sig Hole {}
  sig Pigeon { in_: one Hole, weight: Hole -> lone Pigeon }
  fact { all disj p, q: Pigeon | p.in_ != q.in_ }
  run { some weight } for exactly 40 Pigeon, exactly 39 Hole`);

function solve(engine: AlloyEngine, module: AlloyModule, command = 0, timeoutMs = 60_000, signal?: AbortSignal) {
  return engine.ask(module, { ask: "command", command }, { ...ALLOY_OPTIONS, timeoutMs }, signal);
}

function opened(options: Parameters<typeof testAlloy>[0] = {}): AlloyEngine {
  const engine = testAlloy(options);
  onTestFinished(() => engine.close());
  return engine;
}

/** Processes of Java that this process has started and that live. */
function javas(): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return table
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[2] === String(process.pid) && match[4]?.includes("evidence.alloy.Engine"))
    .filter((match) => !match?.[3]?.startsWith("Z"))
    .map((match) => Number(match?.[1]));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe.skipIf(alloyJar === null)("processes of Alloy", () => {
  it("lose the question that takes too long, and no other", async () => {
    traceSpec("ALLOYENG-TIMEOUT");
    const engine = opened();
    const answers = await Promise.all([
      solve(engine, EASY, 0),
      solve(engine, ENDLESS, 0, 1500),
      solve(engine, EASY, 1),
      solve(engine, EASY, 2),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["satisfiable", "timeout", "satisfiable", "satisfiable"]);
    expect(answers[1]).toEqual({ status: "timeout", afterMs: 1500 });
  });

  it("work beside each other", async () => {
    traceSpec("ALLOYENG-PARALLEL");
    const engine = opened({ workers: 2 });
    const endless = solve(engine, ENDLESS, 0, 60_000, AbortSignal.timeout(20_000)).catch((reason: unknown) => reason);
    expect(await solve(engine, EASY, 0)).toMatchObject({ status: "satisfiable" });
    expect(javas()).toHaveLength(2);
    await engine.close();
    expect(await endless).toMatchObject({ status: "error" });
    expect(javas()).toEqual([]);
  });

  it("are as many as cores and memory allow, and at least one", () => {
    traceSpec("ALLOYENG-PARALLEL");
    expect(mostMachines(1)).toBeGreaterThanOrEqual(1);
    expect(mostMachines(1024 * 1024)).toBe(1);
  });

  it("of two engines do not disturb each other", async () => {
    traceSpec("ALLOYENG-PARALLEL");
    const engines = [opened(), opened()];
    const answers = await Promise.all(engines.flatMap((engine) => [0, 1, 2].map((at) => solve(engine, EASY, at))));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill("satisfiable"));
    expect(javas()).toHaveLength(2);
  });

  it("are replaced when they are killed", async () => {
    traceSpec("ALLOYENG-CRASH");
    const engine = opened();
    expect(await solve(engine, EASY, 0)).toMatchObject({ status: "satisfiable" });
    const [first] = javas();
    if (first === undefined) throw new Error("no process");
    const endless = solve(engine, ENDLESS);
    const after = solve(engine, EASY, 1);
    // The first may have been spoilt by what went before, so the question gets a second one.
    process.kill(first, "SIGKILL");
    await until(() => javas().some((pid) => pid !== first));
    await until(() => javas().length === 1);
    const second = javas()[0] ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    process.kill(second, "SIGKILL");
    expect(await endless).toEqual({
      status: "error",
      message: "Unexpected end of the Alloy process (SIGKILL), expected an answer",
      place: null,
    });
    expect(await after).toMatchObject({ status: "satisfiable" });
  });

  it("that need too much memory say so", async () => {
    traceSpec("ALLOYENG-MEMORY");
    const engine = opened({ memoryMb: 64 });
    const large = alloyModule("sig A { r: set A }\nrun { some ^r and r.r in r } for 150");
    const [much, little] = await Promise.all([solve(engine, large), solve(engine, EASY)]);
    expect(much).toEqual({
      status: "error",
      message: "Unexpected need of more than 64 MB of memory, expected it to fit (alloy.memoryMb)",
      place: null,
    });
    expect(little).toMatchObject({ status: "satisfiable" });
  });

  it.each([20_000, 300_000])("survive %i levels of nesting", async (depth) => {
    traceSpec("ALLOYENG-DEEP");
    const engine = opened();
    const deep = alloyModule(`sig A {}\nrun { ${"not not ".repeat(depth / 2)}some A }`);
    const answer = await solve(engine, deep);
    expect(["satisfiable", "error"]).toContain(answer.status);
    if (answer.status === "error") expect(answer.message).toContain("nested too deeply");
    expect(await solve(engine, EASY)).toMatchObject({ status: "satisfiable" });
  });

  it("end with the question that is given up", async () => {
    traceSpec("ALLOYENG-ABORT");
    const engine = opened();
    const abort = new AbortController();
    const [running, waiting] = [
      solve(engine, ENDLESS, 0, 60_000, abort.signal),
      solve(engine, EASY, 0, 60_000, abort.signal),
    ];
    const other = solve(engine, EASY, 1);
    await until(() => javas().length === 1);
    const [pid] = javas();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const reason = new Error("enough");
    abort.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(solve(engine, EASY, 0, 60_000, abort.signal)).rejects.toBe(reason);
    expect(await other).toMatchObject({ status: "satisfiable" });
    expect(javas()).not.toContain(pid);
  });

  it("are gone when the engine is closed", async () => {
    traceSpec("ALLOYENG-CLOSE");
    const engine = opened();
    await solve(engine, EASY);
    const endless = solve(engine, ENDLESS);
    expect(javas()).toHaveLength(1);
    await engine.close();
    expect(javas()).toEqual([]);
    expect((await endless).status).toBe("error");
    expect(await solve(engine, EASY)).toEqual({ status: "unavailable", reason: "The engine was closed" });
  });

  it("answer a thousand commands of one module", async () => {
    traceSpec("ALLOYENG-MANY");
    const text = Array.from({ length: 1000 }, (_, at) => `same: run { #A = ${at % 4} } for 2`).join("\n");
    const engine = opened();
    const module = alloyModule(`sig A {}\n${text}`);
    const reading = await engine.read(module);
    expect(reading.status === "read" ? reading.outline.commands.length : 0).toBe(1000);
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, at) => solve(engine, module, at)));
    const expected = (at: number): AlloyAnswer["status"] => (at % 4 <= 2 ? "satisfiable" : "unsatisfiable");
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, at) => expected(at)));
  });
});

describe("a process that is no engine", () => {
  const task: Task = {
    module: EASY,
    digest: "d",
    timeoutMs: 20_000,
    question: { question: { ask: "command", command: 0 }, options: ALLOY_OPTIONS },
  };

  const script = (code: string): Launch => ({ program: process.execPath, args: ["-e", code], startMs: 20_000 });

  const ready = 'console.log(JSON.stringify({ ready: true, java: "17", alloy: "6" }));';

  async function reply(launch: Launch, options: Partial<PoolOptions> = {}) {
    const pool = new Pool({ launch: () => launch, most: 1, memoryMb: 64, ...options });
    onTestFinished(() => pool.close());
    const { answer, lasting } = await pool.run(task);
    expect(lasting).toBe(false);
    return answer;
  }

  it.each([
    ["prints no JSON", 'process.stdin.on("data", () => console.log("warning: hello"))', "it printed"],
    [
      "answers another request",
      'process.stdin.on("data", () => console.log(\'{"id":7,"result":{"status":"unknown","reason":"x"}}\'))',
      "it printed",
    ],
    [
      "answers with something else",
      'process.stdin.on("data", () => console.log(\'{"id":1,"result":{"status":"sat"}}\'))',
      "it printed",
    ],
    ["ends", 'process.stdin.on("data", () => process.exit(9))', "exit 9"],
    ["closes its output", 'process.stdin.on("data", () => { require("fs").closeSync(1); process.exit(0) })', "exit 0"],
  ])("and %s gives an error", async (_, code, how) => {
    traceSpec("ALLOYENG-GARBAGE");
    const answer = await reply(script(ready + code));
    expect(answer).toMatchObject({ status: "error", place: null });
    expect(answer.status === "error" ? answer.message : "").toContain(`Unexpected end of the Alloy process (${how}`);
  });

  it.each([
    ["prints garbage first", 'console.log("Picked up options")', "Picked up options"],
    ["fails at once", 'console.error("Error: no such class"); process.exit(1)', "Error: no such class"],
    ["says nothing", "process.exit(4)", "exit 4"],
    [
      "is of an old Java",
      'console.error("java.lang.UnsupportedClassVersionError: x"); process.exit(1)',
      "expected 17 or later",
    ],
  ])("and %s is unavailable, for every question", async (_, code, how) => {
    traceSpec("ALLOYENG-UNAVAILABLE");
    let launches = 0;
    const pool = new Pool({
      launch: () => {
        launches += 1;
        return script(code);
      },
      most: 1,
      memoryMb: 64,
    });
    onTestFinished(() => pool.close());
    const replies = await Promise.all([pool.run(task), pool.run(task)]);
    for (const { answer, lasting } of [...replies, await pool.run(task)]) {
      expect([answer.status, lasting]).toEqual(["unavailable", false]);
      expect(answer.status === "unavailable" ? answer.reason : "").toContain(how);
    }
    expect(launches).toBe(1);
  });

  it("and cannot be started or never gets ready is unavailable", async () => {
    traceSpec("ALLOYENG-UNAVAILABLE");
    const absent = await reply({ program: "/nonexistent/java", args: [], startMs: 20_000 });
    expect(absent).toMatchObject({ status: "unavailable", reason: expect.stringContaining("ENOENT") });
    const silent = await reply({ ...script("setInterval(() => 0, 1000)"), startMs: 300 });
    expect(silent).toMatchObject({ status: "unavailable", reason: expect.stringContaining("not ready after 300 ms") });
  });
});
