import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { serve } from "../algorithm/server.js";
import type { Serve } from "../algorithm/serving.js";
import { sitesOf } from "./profiles.js";
import type { RunResult } from "./run.js";
import { settingsFor } from "./settings.js";
import { simulate } from "./simulate.js";

const schema = JSON.parse(readFileSync("schemas/trace-line.schema.json", "utf8"));

interface Line {
  readonly type: string;
  readonly id: string;
  readonly time: number;
  readonly clock?: number;
  readonly process: string;
  readonly incarnation: number;
  readonly task?: string;
  readonly op: string;
  readonly causes: readonly { readonly event: string; readonly by: string }[];
  readonly truth?: { readonly read?: { readonly latest: number; readonly observed: number } };
}

function linesOf({ trace }: RunResult): readonly Line[] {
  return trace as unknown as readonly Line[];
}

describe("a simulation", () => {
  it("gives the same hash whenever it is run, and another for another seed", () => {
    traceSpec("SIM-SEED", "SIM-SEED-OTHER");
    const hashes = [1, 2, 3].map((seed) => simulate(settingsFor(seed, "all")).hash);
    const again = [3, 2, 1].map((seed) => simulate(settingsFor(seed, "all")).hash);
    expect(again.reverse()).toEqual(hashes);
    expect(new Set(hashes).size).toBe(3);
  });

  it("gives everything else the same, too", () => {
    traceSpec("SIM-SEED");
    expect(simulate(settingsFor(4, "all"))).toEqual(simulate(settingsFor(4, "all")));
  });

  it("gives the hash of a full trace without writing one", () => {
    traceSpec("SIM-SEED-TRACE", "SIM-TRACE-HASH");
    const full = simulate(settingsFor(5, "all", { trace: "full" }));
    const short = simulate(settingsFor(5, "all"));
    expect(full.hash).toBe(short.hash);
    expect(full.trace.length).toBeGreaterThan(1000);
    expect(short.trace).toEqual([]);
  });

  it("ends every workflow without faults, with what it computes", () => {
    traceSpec("SIM-LIVE", "SIM-LIVE-RESULT");
    for (const workload of ["fan-out", "rpc", "sleep", "human", "schedules", "zombies"] as const) {
      const { violations, workflows } = simulate(settingsFor(11, "none", { workload }));
      expect(violations).toEqual([]);
      expect(workflows).toEqual({ started: 8, ended: 8 });
    }
  });

  it("reports workflows that do not end", () => {
    traceSpec("SIM-LIVE");
    const { violations } = simulate(settingsFor(1, "none", { maxSteps: 200 }));
    expect(violations.map(({ judge }) => judge)).toEqual(["every-workflow-ends"]);
  });

  it("reports a workflow that ends with another value", () => {
    traceSpec("SIM-LIVE-RESULT");
    const { violations } = simulate(settingsFor(11, "none", { workload: "rpc" }), tamperedServe);
    expect(violations.map(({ judge }) => judge)).toContain("workflow-result");
  });

  it("reports a procedure that throws", () => {
    traceSpec("SIM-LIVE-ERROR");
    const broken: Serve = function* (incoming, settings) {
      if (incoming.kind === "request") throw new Error("no");
      return yield* serve(incoming, settings);
    };
    const { violations } = simulate(settingsFor(1, "none", { maxSteps: 300 }), broken);
    expect(violations[0]).toMatchObject({ judge: "uncaught-error", message: expect.stringMatching(/Error: no/) });
  });

  it("lets no fault strike once they are over", () => {
    traceSpec("SIM-FAULT-STOP");
    const long = simulate(settingsFor(8, "all", { faultSteps: 6000 }));
    const brief = simulate(settingsFor(8, "all", { faultSteps: 300 }));
    expect(brief.faults.length).toBeLessThan(long.faults.length);
    expect(brief.faults).toEqual(long.faults.slice(0, brief.faults.length));
  });
});

describe("a simulation in a process of its own", () => {
  it("gives the same hash", () => {
    traceSpec("SIM-SEED-PROCESS");
    // Compiled code, in another process: `npm run build` makes it.
    const url = (name: string) => JSON.stringify(new URL(`../dist/simulation/${name}.js`, import.meta.url).href);
    const program = `
      const { simulate } = await import(${url("simulate")});
      const { settingsFor } = await import(${url("settings")});
      process.stdout.write([1, 2, 3].map((seed) => simulate(settingsFor(seed, "all")).hash).join());`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    expect(stdout).toBe([1, 2, 3].map((seed) => simulate(settingsFor(seed, "all")).hash).join());
  });
});

describe("a paused process", () => {
  it("does nothing for a while, and goes on where it was", () => {
    traceSpec("SIM-PROCESS-PAUSE");
    const lines = linesOf(simulate(settingsFor(8, "none", { sites: ["pause"], trace: "full" })));
    const pauses = lines.flatMap((line, index) => (line.op === "pause" ? [{ ...line, index }] : []));
    expect(pauses.length).toBeGreaterThan(1);
    let resumed = 0;
    for (const { host, time, index } of pauses.map(({ process: host, ...rest }) => ({ host, ...rest }))) {
      const own = ({ process: by, task }: Line) => by === host && task !== undefined;
      const next = lines.slice(index + 1).find(own);
      if (next === undefined) continue;
      expect(next.time).toBeGreaterThanOrEqual(time + 200);
      const before = new Set(
        lines
          .slice(0, index)
          .filter(own)
          .map(({ task }) => task),
      );
      if (before.has(next.task)) resumed += 1;
    }
    expect(resumed).toBeGreaterThan(0);
  });
});

describe("the algorithm in a simulation", () => {
  it("creates no occurrence before its instant, however slow the clock", () => {
    traceSpec("MAP-OCCURRENCE-INSTANT");
    let slow = 0;
    for (const seed of [9, 24, 26]) {
      const settings = settingsFor(seed, "none", { workload: "schedules", sites: ["clock-skew"] });
      const { commits, violations } = simulate(settings);
      expect(violations).toEqual([]);
      for (const { now, document, steps } of commits) {
        const born = steps.length > 0 && steps.some(({ by }) => "step" in by && by.step === "R7");
        for (const { createdAt } of born ? document.promises.values() : []) {
          expect(createdAt).toBeLessThanOrEqual(now);
          if (createdAt === now) slow += 1;
        }
      }
    }
    expect(slow).toBeGreaterThan(0);
  });
});

describe("a turn that conflicts again and again", () => {
  it("leaves one timer, not one for each attempt", () => {
    traceSpec("MAP-ARM-ONCE");
    // A process that reads from a leader of old for seconds: each timer it left used to start a turn that left sixteen.
    const { violations, trace } = simulate(settingsFor(99, "all", { workload: "schedules", trace: "full" }));
    expect(violations).toEqual([]);
    const lines = trace as unknown as readonly Line[];
    const fired = lines.filter(({ op }) => op === "timer.fire").length;
    const requests = lines.filter(({ op }) => op === "request.send").length;
    expect(requests).toBeGreaterThan(100);
    expect(fired).toBeLessThan(20 * requests);
  });
});

describe("faults of a simulation", () => {
  it("strike at the allowed sites alone, at all of them over many seeds", () => {
    traceSpec("SIM-SWARM-ALLOWED", "SIM-FAULT-SITES");
    const struck = new Set<string>();
    for (let seed = 1; seed <= 40; seed++) {
      for (const name of simulate(settingsFor(seed, "all")).faults) struck.add(name.split("#")[0] ?? "");
    }
    expect([...struck].sort()).toEqual([...sitesOf("all")].sort());
  }, 240_000);

  it("are drawn anew for every seed by swarm testing", () => {
    traceSpec("SIM-SWARM");
    const sites = (seed: number) =>
      new Set(simulate(settingsFor(seed, "all")).faults.map((name) => name.split("#")[0]));
    const drawn = [1, 2, 3, 4].map((seed) => [...sites(seed)].sort().join());
    expect(new Set(drawn).size).toBe(4);
  });

  it("have names of their own, and can be suppressed one by one", () => {
    traceSpec("SIM-FAULT-NAME", "SIM-FAULT-SUPPRESSED", "SIM-DRAW-SUPPRESS");
    const whole = simulate(settingsFor(6, "all"));
    expect(new Set(whole.faults).size).toBe(whole.faults.length);
    const last = whole.faults.at(-1) ?? expect.fail("no fault");
    const without = simulate(settingsFor(6, "all", { suppressed: new Set([last]) }));
    expect(without.faults).not.toContain(last);
    expect(without.faults.slice(0, whole.faults.length - 1)).toEqual(whole.faults.slice(0, -1));
  });

  it("leave the other workflows alone when one is left out", () => {
    traceSpec("SIM-DRAW-ROOTS");
    const created = (withoutRoots: ReadonlySet<number>) =>
      new Map(
        simulate(settingsFor(9, "none", { workload: "rpc", withoutRoots })).history.flatMap(({ request }) =>
          request.kind === "promise.create" ? [[request.data.id, request.data] as const] : [],
        ),
      );
    const all = created(new Set());
    const some = created(new Set([0, 5]));
    expect(all.size - some.size).toBe(2);
    for (const [id, data] of some) expect(data).toEqual(all.get(id));
  });
});

describe("a full trace", () => {
  const result = simulate(settingsFor(12, "all", { trace: "full", swarm: false }));
  const lines = linesOf(result);

  it("has the form of the schema", () => {
    traceSpec("SIM-TRACE");
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const wrong = lines.filter((line) => !validate(line)).map((line) => JSON.stringify(line));
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(lines.length).toBeGreaterThan(2000);
  });

  it("names earlier events as causes", () => {
    traceSpec("SIM-TRACE-CAUSES");
    const seen = new Set<string>();
    const kinds = new Set<string>();
    for (const { id, causes } of lines) {
      for (const { event, by } of causes) {
        expect(seen.has(event), `${id} has the cause ${event}`).toBe(true);
        kinds.add(by);
      }
      expect(seen.has(id)).toBe(false);
      seen.add(id);
    }
    expect([...kinds].sort()).toEqual(["fault", "message", "program", "reads-from", "restart", "timer"]);
  });

  it("holds the truth of reads", () => {
    traceSpec("SIM-TRACE-TRUTH");
    const reads = lines.flatMap(({ truth }) => truth?.read ?? []);
    expect(reads.length).toBeGreaterThan(100);
    expect(reads.every(({ observed, latest }) => observed <= latest)).toBe(true);
  });

  it("shows that a process ends between two effects, and starts again with a sweep", () => {
    traceSpec("SIM-PROCESS", "SIM-PROCESS-RESTART");
    const restarts = lines.filter(({ op, process }) => op === "restart" && process.startsWith("s"));
    expect(restarts.length).toBeGreaterThan(0);
    for (const { process, incarnation, id } of restarts) {
      const after = lines
        .slice(lines.findIndex((line) => line.id === id) + 1)
        .filter((line) => line.process === process);
      expect(after.find(({ op, task }) => op === "kv.list" && task?.startsWith("sweep"))?.incarnation).toBe(
        incarnation,
      );
      const tasks = new Set(
        lines.filter((line) => line.process === process && line.incarnation < incarnation).map(({ task }) => task),
      );
      expect(after.filter(({ task, op }) => task !== undefined && op !== "crash" && tasks.has(task))).toEqual([]);
    }
  });

  it("keeps clocks near the virtual time", () => {
    traceSpec("SIM-PROCESS-CLOCK");
    const off = lines.map(({ clock, time }) => Math.abs((clock ?? time) - time));
    expect(Math.max(...off)).toBeGreaterThan(0);
    expect(Math.max(...off)).toBeLessThanOrEqual(900);
  });
});

/** Answers of the algorithm with another value in them. */
const tamperedServe: Serve = function* (incoming, settings) {
  const procedure = serve(incoming, settings);
  let result = procedure.next();
  while (result.done !== true) {
    const effect = result.value;
    const body =
      effect.op === "reply"
        ? JSON.parse(JSON.stringify(effect.body).replaceAll('"value":{"data":"', '"value":{"data":"9'))
        : null;
    result = procedure.next(yield effect.op === "reply" ? { ...effect, body } : effect);
  }
  return result.value;
};
