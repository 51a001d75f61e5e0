import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { serve } from "../../algorithm/server.js";
import type { Serve, ServerEffect } from "../../algorithm/serving.js";
import type { Stored } from "../../algorithm/stored.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import type { Versioned } from "../../platform/effects.js";
import type { BoundedSettings } from "./bounded-world.js";
import { BoundedWorld, StoredNumbers } from "./bounded-world.js";
import { explore } from "./explore.js";
import { smallConfiguration } from "./small.js";

it("visits every order of two clients that race, and finds nothing broken", () => {
  traceSpec("SIM-EXHAUSTIVE");
  const found = explore(smallConfiguration(serve, 0), 200_000);
  expect(found).toMatchObject({ broken: null, complete: true });
  // Two servers with seven and four visible effects, and a third request: not one order, and not one end.
  expect(found.schedules).toBeGreaterThan(1_000n);
  expect(found.states).toBeLessThan(Number(found.schedules));
  expect(found.ends).toBeGreaterThan(4);
});

it("finds every schedule without the visited states, too", () => {
  traceSpec("SIM-EXHAUSTIVE");
  const { clients, ...rest } = smallConfiguration(serve, 0);
  const found = explore({ ...rest, clients: clients.map((requests) => requests.slice(0, 1)) }, 200_000);
  expect(found.schedules).toBe(BigInt(countAll({ ...rest, clients: clients.map((requests) => requests.slice(0, 1)) })));
});

it("says that it is not complete when the limit is reached", () => {
  traceSpec("SIM-EXHAUSTIVE-BOUND");
  expect(explore(smallConfiguration(serve, 1), 100)).toMatchObject({ complete: false, broken: null, states: 100 });
});

it("visits no further state once it is over, and says that it is not complete", () => {
  traceSpec("SIM-EXHAUSTIVE-BOUND", "SIM-MUTANTS-TIME");
  let asked = 0;
  const found = explore(smallConfiguration(serve, 1), 200_000, () => ++asked > 50);
  expect(found).toMatchObject({ complete: false, broken: null, states: 50 });
});

/** Takes an unknown outcome for success: the verdict without evidence. */
const careless: Serve = function* (incoming, settings) {
  const procedure = serve(incoming, settings);
  let step = procedure.next();
  while (step.done !== true) {
    const effect = step.value;
    const answer = yield effect;
    const isUnknown = effect.op === "kv.cas" && JSON.stringify(answer).includes("unknown");
    step = procedure.next(isUnknown ? { outcome: "committed", revision: 99 } : answer);
  }
  return step.value;
};

it("finds the one schedule that shows a careless server, and the moves that lead there", () => {
  traceSpec("SIM-EXHAUSTIVE");
  const { broken, complete } = explore(smallConfiguration(careless, 1), 200_000);
  expect(complete).toBe(false);
  expect(broken?.moves.filter((move) => /unknown/.test(move))).toHaveLength(1);
});

/** The write of an unchanged document, with the turns that were read. */
function withoutRefusal(effect: ServerEffect, read: Stored | null): ServerEffect {
  if (effect.op !== "kv.cas" || effect.value.document !== (read?.document ?? EMPTY_DOCUMENT)) return effect;
  return { ...effect, value: { ...effect.value, turns: read?.turns ?? [] } };
}

/** Remembers no turn that changed nothing. */
const forgetful: Serve = function* (incoming, settings) {
  const procedure = serve(incoming, settings);
  let step = procedure.next();
  let read: Stored | null = null;
  while (step.done !== true) {
    const effect = step.value;
    const answer: unknown = yield withoutRefusal(effect, read);
    if (effect.op === "kv.get") read = (answer as Versioned<Stored>).value;
    step = procedure.next(answer as never);
  }
  return step.value;
};

it("finds the second delivery that does what its client was told had not been done", () => {
  traceSpec("SIM-EXHAUSTIVE", "SIM-EXHAUSTIVE-FAULTS", "MAP-IDENTITY-REFUSED");
  const { clients, ...rest } = smallConfiguration(forgetful, 1);
  const { broken } = explore({ ...rest, clients: [...clients].reverse() }, 200_000);
  expect(broken).toMatchObject({ judge: "linearizability" });
  expect(broken?.moves.filter((move) => /duplicate|unacknowledged/.test(move))).toHaveLength(1);
});

/** One client wants a task, the other one makes it. */
const [makes = [], wants = []] = smallConfiguration(forgetful, 1).clients;
const CREATE = ["kv.get newest", "kv.cas answered", "reply done", "kv.cas answered"];
const ACQUIRE = ["kv.get newest", "kv.cas answered", "reply done"];

it.each([
  [
    "1 duplicate",
    [
      ["1", ACQUIRE],
      ["0", CREATE],
      ["2", ACQUIRE],
    ],
  ],
  [
    "1 reply unacknowledged",
    [
      ["0", CREATE],
      ["1", ACQUIRE],
    ],
  ],
] as const)("gives a request to a server again: %s", (fault, procedures) => {
  traceSpec("SIM-EXHAUSTIVE-FAULTS");
  const clients = [makes.slice(0, 1), wants];
  const world = new BoundedWorld({ ...smallConfiguration(forgetful, 1), clients }, new StoredNumbers());
  const first = fault === "1 duplicate" ? [] : ["1 kv.get newest", "1 kv.cas answered"];
  const rest = procedures.flatMap(([index, moves]) => moves.map((move) => `${index} ${move}`));
  for (const move of [...first, fault, ...rest]) {
    expect(world.moves()).toContain(move);
    world.take(move);
  }
  expect(world.moves()).toEqual([]);
  // The acquisition was refused, then the task was made, and then the acquisition came again.
  expect(world.operations.map(({ response }) => response?.status)).toEqual([200, 404]);
  expect(world.commits.flatMap(({ response }) => response?.status ?? [])).toEqual([404, 200, 200]);
});

/** Every schedule, one by one, with no memory of states. */
function countAll(settings: BoundedSettings): number {
  const count = (path: readonly string[]): number => {
    const world = new BoundedWorld(settings, new StoredNumbers());
    for (const move of path) world.take(move);
    const moves = world.moves();
    return moves.length === 0 ? 1 : moves.reduce((sum, move) => sum + count([...path, move]), 0);
  };
  return count([]);
}
