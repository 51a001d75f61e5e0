import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Stored } from "../../algorithm/stored.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import type { FaultSite } from "../run.js";
import { settingsFor } from "../settings.js";
import { Kv } from "./kv.js";
import type { Version } from "./store.js";
import { World } from "./world.js";

function stored(hw: number): Stored {
  const previous = { revision: 0, digest: "" };
  const rest = { armedAt: null, stalled: 0, cursor: 0, turns: [], intent: null, previous };
  return { schema: 1, kind: "origin", subject: "o", document: EMPTY_DOCUMENT, hw, ...rest };
}

/** A store where the given sites may strike, and all writes that took effect. */
function storeWith(sites: readonly FaultSite[], seed = 1) {
  const world = new World(settingsFor(seed, "none", { sites }), ["s0"]);
  const process = world.processes[1] ?? expect.fail("no process");
  const commits: (Version<Stored> & { late: boolean })[] = [];
  const rollbacks: number[] = [];
  const kv = new Kv(world, {
    committed: (_, version, late) => commits.push({ ...version, late }),
    rolledBack: () => rollbacks.push(kv.store.revision),
  });
  const write = (hw: number, expected: number) =>
    kv.cas({ key: "k", value: stored(hw), expected, note: undefined, host: process, step: 0 });
  /** Lets virtual time go on. */
  const wait = (milliseconds: number) => {
    world.scheduler.at(world.now + milliseconds, { process: 0, run: () => undefined });
    const until = world.now + milliseconds;
    while (world.now < until && world.scheduler.step());
  };
  const read = () => kv.get(process, "k");
  return { world, kv, write, read, wait, commits, rollbacks };
}

describe("the simulated key-value store", () => {
  it("commits where the expected revision is the current one", () => {
    traceSpec("SIM-KV");
    const { write, read } = storeWith([]);
    expect(write(1, 0).answer).toEqual({ outcome: "committed", revision: 1 });
    expect(write(2, 1).answer).toEqual({ outcome: "committed", revision: 2 });
    expect(read().answer).toEqual({ value: stored(2), revision: 2 });
  });

  it("leaves the key alone where it is not", () => {
    traceSpec("SIM-KV-CONFLICT");
    const { write, read } = storeWith([]);
    write(1, 0);
    expect(write(2, 0).answer).toEqual({ outcome: "conflict" });
    expect(write(3, 7).answer).toEqual({ outcome: "conflict" });
    expect(read().answer).toEqual({ value: stored(1), revision: 1 });
  });

  it("shows stale reads what the key held at an earlier instant", () => {
    traceSpec("SIM-KV-STALE", "SIM-TRACE-TRUTH");
    const { write, read, wait, world } = storeWith(["stale-read", "stale-leader-read"], 3);
    const seen = new Set<number>();
    for (let hw = 1; hw <= 2000; hw++) {
      write(hw, hw - 1);
      wait(20);
      const { answer, latest, lag } = read();
      expect(latest?.revision).toBe(hw);
      expect(answer?.value?.hw ?? 0).toBe(answer?.revision);
      if (answer?.revision !== hw) expect(lag).toBeGreaterThan(0);
      seen.add(hw - (answer?.revision ?? 0));
    }
    expect(seen.size).toBeGreaterThan(2);
    expect(world.faults.taken.some((name) => name.startsWith("stale-read#s0."))).toBe(true);
    expect(world.faults.taken.some((name) => name.startsWith("stale-leader-read#s0."))).toBe(true);
  });

  it("says unknown of a write that timed out, and has carried it out at once, later or never", () => {
    traceSpec("SIM-KV-UNKNOWN");
    const { write, wait, commits, kv } = storeWith(["cas-unknown-landed", "cas-unknown-lost"]);
    const fates = new Set<string>();
    for (let round = 1; round <= 2000; round++) {
      const before = kv.store.revision;
      const { answer, landed } = write(round, before);
      if (answer?.outcome !== "unknown") continue;
      wait(10_000);
      expect(landed).toBe(kv.store.revision > before && commits.at(-1)?.late === false);
      fates.add(kv.store.revision === before ? "never" : landed ? "at once" : "later");
    }
    expect([...fates].sort()).toEqual(["at once", "later", "never"]);
  });

  it("lets no late write replace what it did not expect", () => {
    traceSpec("SIM-KV-LATE");
    const { write, wait, commits, kv } = storeWith(["cas-unknown-landed"]);
    let overtaken = 0;
    for (let round = 1; round <= 4000; round++) {
      const before = kv.store.revision;
      if (write(round, before).answer?.outcome !== "unknown" || kv.store.revision !== before) continue;
      const rival = write(-round, before);
      if (rival.answer?.outcome !== "committed") continue;
      overtaken += 1;
      wait(10_000);
      expect(kv.store.latest("k")?.value.hw).toBe(-round);
    }
    expect(overtaken).toBeGreaterThan(3);
    expect(commits.map(({ revision }) => revision)).toEqual(commits.map((_, index) => index + 1));
  });

  it("takes writes back after a power loss, and gives their revisions again", () => {
    traceSpec("SIM-KV-POWER");
    const { write, wait, kv, rollbacks, world } = storeWith(["power-loss"]);
    for (let round = 1; round <= 4000; round++) {
      write(round, kv.store.latest("k")?.revision ?? 0);
      wait(100);
    }
    expect(rollbacks.length).toBeGreaterThan(0);
    expect(world.faults.taken).toHaveLength(rollbacks.length);
    expect(kv.store.revision).toBeLessThan(4000);
  });
});
