import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { serve } from "../../algorithm/server.js";
import type { Serve } from "../../algorithm/serving.js";
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
  expect(explore(smallConfiguration(serve, 1), 100)).toMatchObject({ complete: false, broken: null });
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
