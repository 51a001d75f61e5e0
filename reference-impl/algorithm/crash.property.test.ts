import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { STORY, tell } from "../../test/builders/durable-story.js";
import type { Fault, WeakPlatform } from "../../test/builders/weak-platform.js";
import { nextTimer } from "../kernel/turn.js";
import type { Stored } from "./stored.js";

function told(faults: ReadonlyMap<number, Fault>): WeakPlatform {
  return tell(faults, assertArmed);
}

/** Whatever a document needs, a timer that the platform keeps comes for it. */
function assertArmed(world: WeakPlatform): void {
  for (const [key, history] of world.history) {
    const stored = history.at(-1);
    if (stored === undefined) continue;
    const need = needOf(stored, world);
    const armed = [...world.timers].filter(([name]) => name.startsWith(`${key}.`)).map(([, at]) => at);
    if (need !== null && !armed.some((at) => at <= need)) throw new Error(`${key} needs ${need}, has ${armed}`);
  }
}

function needOf({ document, hw, intent }: Stored, { settings }: WeakPlatform): number | null {
  const due = intent === null ? nextTimer(document, settings.protocol) : hw + settings.grace;
  const message = document.outbox.size > 0 ? hw + settings.ceiling : null;
  const needs = [due, message].filter((at) => at !== null);
  return needs.length === 0 ? null : Math.min(Math.max(hw + 1, Math.min(...needs)), hw + settings.ceiling);
}

/** What is left in the end, without the documents' own bookkeeping. */
function outcome(world: WeakPlatform) {
  const documents = [...world.history].map(([key, history]) => {
    const document = history.at(-1)?.document;
    return [key, { ...document, outbox: document?.outbox.size, sequence: 0 }] as const;
  });
  // An execute may get lost: it is at most once, and here the task is acquired before it is offered again.
  const unblocks = world.messages.filter(({ body }) => body.kind === "unblock");
  const messages = new Set(unblocks.map((message) => JSON.stringify(message)));
  return { documents: new Map(documents), messages: [...messages].sort(), waiting: world.queue.size };
}

/** The statuses that each turn was answered with. */
function statuses(world: WeakPlatform): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const { corrId, response } of world.replies) {
    found.set(corrId, new Set([...(found.get(corrId) ?? []), response.status]));
  }
  return found;
}

describe("a story with a crash", () => {
  const undisturbed = told(new Map());
  const length = undisturbed.steps.length;

  it("is told to its end without one", () => {
    traceSpec("MAP-CRASH");
    expect([...statuses(undisturbed).values()].map((set) => [...set])).toEqual(STORY.map(() => [200]));
    expect(undisturbed.newest("o.dw")?.document.tasks.get("w")?.state).toBe("fulfilled");
    expect(undisturbed.messages.map(({ body }) => body.kind)).toEqual(["execute", "unblock"]);
    expect([...undisturbed.history.keys()]).toContain("o.cy0xMDIwMDAw");
    expect(length).toBeGreaterThan(60);
  });

  it.each(["crash before", "crash after"] as const)("at any effect (%s) ends as it does without", (crash) => {
    traceSpec("MAP-CRASH", "MAP-ARM-FIRST", "MAP-TIMER-ACK");
    for (let step = 0; step < length; step += 1) {
      const world = told(new Map([[step, crash]]));
      expect([step, outcome(world)]).toEqual([step, outcome(undisturbed)]);
      expect([step, statuses(world)]).toEqual([step, statuses(undisturbed)]);
    }
  });

  it("and other faults anywhere loses nothing that was answered", () => {
    traceSpec("MAP-CRASH", "MAP-UNKNOWN", "MAP-RE-DECIDE");
    const fault = fc.constantFrom<Fault>(
      "crash before",
      "crash after",
      "conflict",
      "unknown landed",
      "unknown lost",
      "unknown late",
      "stale",
      "unconfirmed",
      "undeliverable",
    );
    const script = fc.array(fc.tuple(fc.nat(length), fault), { maxLength: 12 });
    let met = 0;
    fc.assert(
      fc.property(script, (faults) => {
        const world = told(new Map(faults));
        expect(world.queue.size).toBe(0);
        const answered = statuses(world);
        expect(answered.size).toBe(STORY.length);
        // One turn has one verdict: a repeated delivery is never told otherwise.
        for (const [turn, set] of answered)
          expect([turn, [...set].filter((status) => status < 429).length]).not.toEqual([turn, 2]);
        if ([...answered.values()].some((set) => set.has(429) || set.has(500))) return;
        met += 1;
        expect(outcome(world)).toEqual(outcome(undisturbed));
      }),
      { numRuns: 300 },
    );
    expect(met).toBeGreaterThan(100);
  });
});
