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
  return trial.assertions === 1;
}

/** Makes calls of chai's `assert`, as exported by vitest, and of its members count. */
export function countChai(chai: ChaiParts): void {
  for (const [name, member] of Object.entries(chai.assert)) {
    if (isFunction(member)) Reflect.set(chai.assert, name, counting(member, false));
  }
  const { prototype } = chai.Assertion;
  const check = prototype.assert;
  prototype.assert = function (...given) {
    if (chai.util.flag(this, "ssfi") === chai.assert) countAssertion();
    return check.apply(this, given);
  };
}

/** A stand-in for `node:assert` or `node:assert/strict` whose functions count; classes stay as they are. */
export function countingAssert(module: object): object {
  return isFunction(module) ? standIn(module, new Map()) : module;
}

function standIn(original: AnyFunction, done: Map<AnyFunction, AnyFunction>): AnyFunction {
  const known = done.get(original);
  if (known !== undefined) return known;
  const counted = counting(original, true);
  done.set(original, counted);
  for (const name of Object.getOwnPropertyNames(original)) {
    if (name === "length" || name === "name" || name === "prototype") continue;
    const member: unknown = Reflect.get(original, name);
    Reflect.set(counted, name, isFunction(member) && !/^[A-Z]/.test(name) ? standIn(member, done) : member);
  }
  return counted;
}

const restarted = new WeakSet<Error>();

/**
 * The same function, which counts. With `restart` the stack of a failure starts at the caller, as without counting;
 * chai sees to that itself.
 */
function counting(original: AnyFunction, restart: boolean): AnyFunction {
  const counted: AnyFunction = function (...given) {
    countAssertion();
    try {
      return original.apply(this, given);
    } catch (error) {
      if (restart && isAssertionError(error) && !restarted.has(error)) {
        restarted.add(error);
        Error.captureStackTrace(error, counted);
      }
      throw error;
    }
  };
  return counted;
}

/** Told by its code: importing the class would load the module that is being replaced. */
function isAssertionError(error: unknown): error is Error {
  return error instanceof Error && Reflect.get(error, "code") === "ERR_ASSERTION";
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}

function isStateMap(value: unknown): value is StateMap {
  return typeof value === "object" && value !== null && isFunction(Reflect.get(value, "set"));
}
