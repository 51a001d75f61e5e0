import type { Observer } from "./observer.js";
import { countAssertion, newAttempt } from "./observer.js";

/** Where every version of vitest since 0.34 and every copy of its `expect` keeps the state of `expect` functions. */
const EXPECT_STATES = Symbol.for("matchers-object");

type AnyFunction = (this: unknown, ...given: unknown[]) => unknown;

interface StateMap {
  get(key: object): object | undefined;
  set(key: object, state: object): unknown;
}

interface ChaiParts {
  assert: object;
  Assertion: { prototype: { assert(...given: never[]): void } };
  util: { flag(assertion: object, name: string): unknown };
}

/**
 * Makes every call of any `expect` function count, the global one as well as those of test contexts: each call defines
 * its state's `assertionCalls` anew, one higher. Says whether a trial call of the given one was seen.
 */
export function countExpect(watching: Observer, expect: (value: unknown) => unknown): boolean {
  const states: unknown = Reflect.get(globalThis, EXPECT_STATES);
  if (!isStateMap(states)) return false;
  const counted = new WeakSet<object>();
  const store = states.set;
  states.set = (key, state) => {
    if (counted.has(state)) return store.call(states, key, state);
    const counting = new Proxy(state, COUNT_CALLS);
    counted.add(counting);
    return store.call(states, key, counting);
  };
  const present = states.get(expect);
  if (present !== undefined) states.set(expect, present);
  const trial = newAttempt();
  watching.running.run(trial, () => void expect(0));
  watching.running.disable();
  return trial.assertions === 1;
}

const COUNT_CALLS: ProxyHandler<object> = {
  defineProperty(state, name, descriptor) {
    if (name === "assertionCalls" && descriptor.value > Reflect.get(state, name)) countAssertion();
    return Reflect.defineProperty(state, name, descriptor);
  },
};

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
  return value instanceof WeakMap || value instanceof Map;
}
