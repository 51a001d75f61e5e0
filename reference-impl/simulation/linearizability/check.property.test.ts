import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { check } from "./check.js";
import type { RegisterOperation, RegisterRequest } from "./register.js";
import { REGISTER, register } from "./register.js";

/**
 * Tries every order of every choice of operations: the definition of linearizability, word for word. Of the operations
 * that are called before the place `until`, those answered by then have to take effect, the others may.
 */
function byDefinition(history: readonly RegisterOperation[], until = Number.POSITIVE_INFINITY): boolean {
  const before = (one: RegisterOperation, other: RegisterOperation) => other.return !== null && other.return < one.call;
  const go = (state: number, left: readonly RegisterOperation[]): boolean =>
    left.every((each) => each.return === null || each.return > until) ||
    left.some((next) => {
      const rest = left.filter((each) => each !== next);
      if (rest.some((each) => before(next, each))) return false;
      const after = register(state, next.request);
      return (next.response === null || next.response === after.response) && go(after.state, rest);
    });
  return go(
    0,
    history.filter((each) => each.call < until),
  );
}

/** Whether the order is one that the history allows and that gives its answers. */
function explains(history: readonly RegisterOperation[], order: readonly number[]): boolean {
  const chosen = order.map((index) => history[index]).filter((each) => each !== undefined);
  if (new Set(chosen).size !== order.length) return false;
  if (history.some((each) => each.return !== null && !chosen.includes(each))) return false;
  let state = 0;
  return chosen.every((each, index) => {
    const after = register(state, each.request);
    state = after.state;
    const inTime = chosen.slice(index + 1).every((next) => next.return === null || next.return > each.call);
    return inTime && (each.response === null || each.response === after.response);
  });
}

function agree(history: readonly RegisterOperation[]): boolean {
  const verdict = check(history, REGISTER);
  if (verdict.verdict === "undecided") return false;
  const right = byDefinition(history);
  if (verdict.verdict === "linearizable") return right && explains(history, verdict.order);
  const stuck = history[verdict.stuck];
  if (right || stuck === undefined || stuck.return === null) return false;
  return !byDefinition(history, stuck.return) && byDefinition(history, stuck.return - 0.5);
}

type Answered = readonly [RegisterRequest, number | null];

const read = (value: number): Answered => [{ kind: "read" }, value];
const write = (value: number, known = true): Answered => [{ kind: "write", value }, known ? 1 : null];
const cas = (expected: number, value: number, response: number): Answered => [
  { kind: "cas", expected, value },
  response,
];

/** Every way to lay calls and answers of so many operations into one order, up to the names of the operations. */
function layouts(operations: number): (readonly [number, number])[][] {
  const found: (readonly [number, number])[][] = [];
  const place = (free: readonly number[], pairs: readonly (readonly [number, number])[]) => {
    const [call, ...rest] = free;
    if (call === undefined) {
      found.push([...pairs]);
      return;
    }
    for (const answer of rest) {
      place(
        rest.filter((each) => each !== answer),
        [...pairs, [call, answer]],
      );
    }
  };
  place(
    Array.from({ length: operations * 2 }, (_, index) => index),
    [],
  );
  return found;
}

function* histories(operations: number, alphabet: readonly Answered[]): Generator<RegisterOperation[]> {
  const total = alphabet.length ** operations;
  for (const layout of layouts(operations)) {
    for (let word = 0; word < total; word += 1) {
      yield layout.map(([call, answer], index) => {
        const letter = alphabet[Math.floor(word / alphabet.length ** index) % alphabet.length] ?? read(0);
        const [request, response] = letter;
        return { process: `p${index}`, call, return: response === null ? null : answer, request, response };
      });
    }
  }
}

function count(operations: number, alphabet: readonly Answered[]) {
  const seen = { all: 0, linearizable: 0, disagreed: 0 };
  for (const history of histories(operations, alphabet)) {
    seen.all += 1;
    if (check(history, REGISTER).verdict === "linearizable") seen.linearizable += 1;
    if (!agree(history)) seen.disagreed += 1;
  }
  return seen;
}

describe("against the definition", () => {
  it("agrees on every history of up to four operations", () => {
    traceSpec("SIM-LINEAR-DEFINITION");
    const alphabet = [read(0), read(1), write(0), write(1), write(1, false)];
    const seen = [1, 2, 3, 4].map((operations) => count(operations, alphabet));
    expect(seen.map(({ all }) => all)).toEqual([5, 75, 1_875, 65_625]);
    expect(seen.map(({ disagreed }) => disagreed)).toEqual([0, 0, 0, 0]);
    expect(seen.every(({ all, linearizable }) => linearizable > 0 && linearizable < all)).toBe(true);
  });

  it("agrees on every history of five operations over three kinds", () => {
    traceSpec("SIM-LINEAR-DEFINITION");
    const seen = count(5, [read(0), read(1), write(1)]);
    expect(seen).toMatchObject({ all: 229_635, disagreed: 0 });
    expect(seen.linearizable).toBeGreaterThan(1_000);
  });

  it("agrees on compare-and-sets, whose order is told by their answers", () => {
    traceSpec("SIM-LINEAR-DEFINITION");
    const seen = count(4, [cas(0, 1, 1), cas(0, 1, 0), cas(1, 0, 1), read(1)]);
    expect(seen).toMatchObject({ all: 26_880, disagreed: 0 });
    expect(seen.linearizable).toBeGreaterThan(100);
  });
});

const request: fc.Arbitrary<RegisterRequest> = fc.oneof(
  fc.constant({ kind: "read" } as const),
  fc.integer({ min: 0, max: 3 }).map((value) => ({ kind: "write", value }) as const),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
    .map(([expected, value]) => ({ kind: "cas", expected, value }) as const),
);

/** A history that took effect in the drawn order, each operation at a drawn instant within its interval. */
const generated = fc
  .array(
    fc.record({
      request,
      before: fc.integer({ min: 0, max: 40 }),
      after: fc.integer({ min: 0, max: 40 }),
      lost: fc.nat({ max: 7 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => {
    let state = 0;
    return drawn.map(({ request: asked, before, after, lost }, index): RegisterOperation => {
      const taken = register(state, asked);
      state = taken.state;
      const effect = (index + 1) * 100;
      // Places differ: the index is in their last digits.
      const call = effect - before * 10 - 9 + index;
      const answer = effect + after * 10 + index;
      const response = lost === 0 ? null : taken.response;
      return { process: `p${index}`, call, return: response === null ? null : answer, request: asked, response };
    });
  });

describe("on drawn histories", () => {
  it("finds the order of a history that has one", () => {
    traceSpec("SIM-LINEAR-DEFINITION");
    fc.assert(
      fc.property(generated, (history) => {
        const verdict = check(history, REGISTER);
        return verdict.verdict === "linearizable" && explains(history, verdict.order);
      }),
      { numRuns: 2_000 },
    );
  });

  it("agrees when one answer is another one", () => {
    traceSpec("SIM-LINEAR-STUCK");
    let broken = 0;
    fc.assert(
      fc.property(generated, fc.nat(), fc.integer({ min: 0, max: 4 }), (history, which, response) => {
        const place = which % history.length;
        const altered = history.map((each, index) =>
          index === place && each.return !== null ? { ...each, response } : each,
        );
        if (!byDefinition(altered)) broken += 1;
        return agree(altered);
      }),
      { numRuns: 2_000 },
    );
    expect(broken).toBeGreaterThan(200);
  });
});
