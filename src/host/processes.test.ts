import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { scratch } from "../../test/builders/scratch.js";
import type { RunOptions } from "./processes.js";
import { run } from "./processes.js";

function options(root: string, more: Partial<RunOptions> = {}): RunOptions {
  return { cwd: root, timeoutMs: 30_000, log: join(root, "logs/out.log"), graceMs: 500, ...more };
}

const node = (script: string) => [process.execPath, "-e", script];

/** Whether a process that wrote its id to a file still runs. */
function lives(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("running a command", () => {
  it("passes arguments, folder and environment as they are, and keeps all output in the log", async () => {
    traceSpec("HOST-RUN");
    const root = scratch();
    const script = 'console.log(process.argv[1], process.cwd(), process.env.WORD); console.error("err")';
    const ended = await run([...node(script), "$(echo a); 'b'"], options(root, { env: { WORD: "w" } }));
    const log = readFileSync(join(root, "logs/out.log"), "utf8");
    expect(log).toBe(`$(echo a); 'b' ${root} w\nerr\n`);
    expect(ended).toEqual({
      exitCode: 0,
      signal: null,
      timedOut: false,
      aborted: false,
      startFailure: null,
      tail: log,
    });
  });

  it("tells exit codes from signals", async () => {
    traceSpec("HOST-RUN");
    const root = scratch();
    expect(await run(node("process.exit(3)"), options(root))).toMatchObject({ exitCode: 3, signal: null });
    const killed = await run(node("process.kill(process.pid, 'SIGKILL')"), options(root));
    expect(killed).toMatchObject({ exitCode: null, signal: "SIGKILL", timedOut: false });
  });

  it("gives no input to wait for", async () => {
    traceSpec("HOST-RUN");
    const ended = await run(["cat"], options(scratch()));
    expect(ended).toMatchObject({ exitCode: 0, tail: "" });
  });

  it("says when there is no such program or folder", async () => {
    traceSpec("HOST-RUN-NOSTART");
    const root = scratch({ plain: "no program" });
    expect(await run(["/no/such"], options(root))).toMatchObject({ exitCode: null, startFailure: "ENOENT" });
    expect(await run([join(root, "plain")], options(root))).toMatchObject({ startFailure: "EACCES" });
    expect(await run(["a\0b"], options(root))).toMatchObject({ startFailure: "ERR_INVALID_ARG_VALUE" });
    expect(await run(["cat"], options(root, { cwd: join(root, "none") }))).toMatchObject({ startFailure: "ENOENT" });
  });

  it("keeps the end of long output, whole characters only", async () => {
    traceSpec("HOST-RUN");
    const root = scratch();
    const ended = await run(node('process.stdout.write("ü".repeat(100000) + "end")'), options(root));
    expect(ended.tail).toMatch(/^ü+end$/);
    expect(Buffer.byteLength(ended.tail)).toBeLessThanOrEqual(4096);
    expect(statSync(join(root, "logs/out.log")).size).toBe(200_003);
  });

  it("empties a log that grows too large, and goes on with it", async () => {
    traceSpec("HOST-RUN-LOG");
    const root = scratch();
    const controller = new AbortController();
    const script = 'echo first; head -c 200000 /dev/zero | tr "\\0" x; while sleep 0.02; do echo later; done';
    const more = { maxLogBytes: 100_000, signal: controller.signal };
    const running = run(["sh", "-c", script], options(root, more));
    const log = () => (existsSync(join(root, "logs/out.log")) ? readFileSync(join(root, "logs/out.log"), "utf8") : "");
    await until(() => log().startsWith("later"));
    controller.abort();
    expect((await running).tail).toMatch(/^(?:later\n)+$/);
  });
});

describe("stopping a command", () => {
  // A child of the command that ignores the request to end, as build tools leave them behind.
  const family = ["sh", "-c", `sh -c 'trap "" TERM; echo $$ > inner.pid; while :; do sleep 0.1; done' & sleep 60`];

  it("ends the whole group when time is up", async () => {
    traceSpec("HOST-RUN-TIMEOUT");
    const root = scratch();
    const ended = await run(family, options(root, { timeoutMs: 1500 }));
    expect(ended).toMatchObject({ exitCode: null, signal: "SIGTERM", timedOut: true, aborted: false });
    expect(existsSync(join(root, "inner.pid"))).toBe(true);
    await until(() => !lives(join(root, "inner.pid")));
  });

  it("ends the whole group when interrupted", async () => {
    traceSpec("HOST-RUN-ABORT");
    const root = scratch();
    const controller = new AbortController();
    const running = run(family, options(root, { signal: controller.signal }));
    await until(() => existsSync(join(root, "inner.pid")));
    controller.abort();
    expect(await running).toMatchObject({ exitCode: null, timedOut: false, aborted: true });
    await until(() => !lives(join(root, "inner.pid")));
  });

  it("starts nothing after an interruption", async () => {
    traceSpec("HOST-RUN-ABORT");
    const root = scratch();
    const ended = await run(
      node("require('node:fs').writeFileSync('ran', '')"),
      options(root, { signal: AbortSignal.abort() }),
    );
    expect(ended).toMatchObject({ exitCode: null, aborted: true });
    expect(existsSync(join(root, "ran"))).toBe(false);
  });

  it("takes no other process with it", async () => {
    const root = scratch();
    writeFileSync(join(root, "own.pid"), String(process.pid));
    await run(node("setInterval(() => {}, 1000)"), options(root, { timeoutMs: 200 }));
    expect(lives(join(root, "own.pid"))).toBe(true);
  });
});
