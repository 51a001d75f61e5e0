import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { tell } from "../../../test/builders/durable-story.js";
import type { Fault, WeakPlatform } from "../../../test/builders/weak-platform.js";
import { DETECTORS, ForbiddenEvents } from "./catalogue.js";

function found(world: WeakPlatform, met = new Map<string, number>()): string[] {
  const messages: string[] = [];
  const events = new ForbiddenEvents(world.settings, (name, message) => messages.push(`${name}: ${message}`));
  for (const observation of world.observations) events.observe(observation);
  for (const [name, count] of events.met()) met.set(name, (met.get(name) ?? 0) + count);
  return messages;
}

describe("the detectors of forbidden events", () => {
  it("are 25, each with a name and a meaning of its own", () => {
    traceSpec("FORBIDDEN-EVENTS");
    expect(new Set(DETECTORS.map(({ name }) => name)).size).toBe(25);
    expect(new Set(DETECTORS.map(({ meaning }) => meaning)).size).toBe(25);
  });

  it("find nothing in the algorithm, whatever the platform does, and have something to judge", () => {
    traceSpec("FORBIDDEN-CLEAN", "FORBIDDEN-MET");
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
    const met = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(90), fault), { maxLength: 12 }), (faults) => {
        expect(found(tell(new Map(faults)), met)).toEqual([]);
      }),
      { numRuns: 200 },
    );
    const unmet = [...met].filter(([, count]) => count === 0).map(([name]) => name);
    expect(unmet).toEqual([]);
  });
});
