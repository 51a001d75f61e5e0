import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../algorithm/settings.js";
import { freshAt } from "../algorithm/stored.js";
import { AFTER_A_LOSS, LostWrites } from "./lost-writes.js";
import type { Observation } from "./observation.js";
import { settingsFor } from "./settings.js";
import { simulate } from "./simulate.js";

const value = freshAt({ kind: "origin", subject: "o" });
const placed = { step: 1, time: 1, process: "s0", incarnation: 1, execution: 1 };

function committed(expected: number, revision: number): Observation {
  return {
    kind: "effect",
    ...placed,
    op: "kv.cas",
    effect: { op: "kv.cas", key: "k", value, expected },
    answer: { outcome: "committed", revision },
    truth: { revision: expected, written: revision },
  };
}

function lostTo(revision: number): Observation {
  return { kind: "rolled-back", step: 1, time: 1, revisions: new Map([["k", revision]]) };
}

function judged(...run: readonly Observation[]) {
  const messages: string[] = [];
  const lost = new LostWrites(DEFAULT_SETTINGS, (message) => messages.push(message));
  for (const observation of run) lost.observe(observation);
  return { met: lost.met, messages };
}

describe("the judge of lost writes", () => {
  it("asks that the next commit of the document shows the loss", () => {
    traceSpec("SIM-LOSS-NOTICED");
    expect(judged(committed(0, 3), committed(3, 5), lostTo(3), committed(3, 9))).toEqual({ met: 1, messages: [] });
    expect(judged(committed(0, 3), lostTo(0), committed(0, 1))).toEqual({ met: 1, messages: [] });
    // A write that nobody was told of landed in between, above all that was confirmed.
    const hidden = judged(committed(0, 3), committed(3, 5), lostTo(3), committed(6, 7));
    expect(hidden).toEqual({ met: 1, messages: ["k is committed over a lost write at 7"] });
  });

  it("asks nothing where nothing that was confirmed is gone", () => {
    traceSpec("SIM-LOSS-NOTICED");
    expect(judged(committed(0, 3), lostTo(3), committed(3, 4))).toEqual({ met: 0, messages: [] });
    expect(judged(committed(0, 3), committed(3, 5), lostTo(3))).toEqual({ met: 0, messages: [] });
  });
});

describe("runs with power losses", () => {
  it("are judged by what holds even so: all of it does, and of the rest something breaks", () => {
    traceSpec("SIM-LOSS");
    let met = 0;
    const broken = new Set<string>();
    for (let seed = 1; seed <= 8; seed++) {
      const loss = simulate(settingsFor(seed, "power", { judges: "loss" }));
      expect(loss.violations).toEqual([]);
      met += loss.met.get("lost-write-noticed") ?? 0;
      const all = simulate(settingsFor(seed, "power", { judges: "all" }));
      for (const { judge } of all.violations) broken.add(judge);
    }
    expect(met).toBeGreaterThan(3);
    expect(broken.size).toBeGreaterThan(3);
    expect(AFTER_A_LOSS.filter((judge) => broken.has(judge))).toEqual([]);
  });
});
