import type { Observer } from "./observer.js";
import { countAssertion, newAttempt } from "./observer.js";

/** Where every version of vitest since 0.34 and every copy of its `expect` keeps the state of `expect` functions. */
const EXPECT_STATES = Symbol.for("matchers-object");

type AnyFunction = (this: unknown, ...given: unknown[]) => unknown;

interface StateMap {
  set(key: object, state: { assertionCalls?: number }): unknown;
}

interface ChaiParts {
  assert: object;
  Assertion: { prototype: { assert(...given: never[]): void } };
  util: { flag(assertion: object, name: string): unknown };
}

/**
 * Makes every call of any `expect` function count, the global one as well as those of test contexts: each call stores a
 * state with one more `assertionCalls` than before. Says whether a trial call was seen.
 */
export function countExpect(watching: Observer, tryExpect: () => void): boolean {
  const states: unknown = Reflect.get(globalThis, EXPECT_STATES);
  if (!isStateMap(states)) return false;
  const before = new WeakMap<object, number>();
  const store = states.set;
  states.set = (key, state) => {
    const calls = state.assertionCalls ?? 0;
    if (calls > (before.get(key) ?? 0)) countAssertion();
    before.set(key, calls);
    return store.call(states, key, state);
  };
  const trial = newAttempt();
  watching.running.run(trial, tryExpect);
  watching.running.disable();
  return trial.assertions === 1;
}

/** Makes calls of chai's `assert`, as exported by vitest, and of its members count. */
export function countChai(chai: ChaiParts): void {
  for (const [name, member] of Object.entries(chai.assert)) {
    if (isFunction(member)) Reflect.set(chai.assert, name, counting(member));
  }
  const { prototype } = chai.Assertion;
  const check = prototype.assert;
  prototype.assert = function (...given) {
    if (chai.util.flag(this, "ssfi") === chai.assert) countAssertion();
    return check.apply(this, given);
  };
}

function counting(original: AnyFunction): AnyFunction {
  return function (...given) {
    countAssertion();
    return original.apply(this, given);
  };
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}

function isStateMap(value: unknown): value is StateMap {
  return typeof value === "object" && value !== null && isFunction(Reflect.get(value, "set"));
}
