import type { AsyncLocalStorage } from "node:async_hooks";
import type { Tag } from "../model/tag.js";

/** What is observed of one attempt at one test: a retried test has several. */
export interface Attempt {
  readonly tags: Set<Tag>;
  assertions: number;
  /** An assertion ran of which it cannot be told whether it belongs to this attempt or to one beside it. */
  unsure: boolean;
  /** A fast-check property ran. */
  property: boolean;
  ended: boolean;
}

/** What one worker watches. It hangs on the global object because set-up and tests may load this module separately. */
export interface Observer {
  /** The attempt whose code is running; it follows asynchronous calls, so concurrent tests keep apart. */
  readonly running: AsyncLocalStorage<Attempt>;
  /** Attempts that have begun and not ended. */
  readonly open: Set<Attempt>;
  /** The tags that specifications define; null when that is not known. */
  known: ReadonlySet<Tag> | null;
  /** Whether calls of `expect` are seen at all. */
  seesExpect: boolean;
}

declare global {
  var __specEvidence__: Observer | undefined;
}

/** The observer of this worker; undefined where the plugin is not configured. */
export function observer(): Observer | undefined {
  return globalThis.__specEvidence__;
}

export function newAttempt(): Attempt {
  return { tags: new Set(), assertions: 0, unsure: false, property: false, ended: false };
}

/**
 * Counts one assertion for the attempt whose code is running. Where that cannot be told (a callback of something older
 * than the test), it counts for the only open attempt, and with several open none of them is sure of its count.
 */
export function countAssertion(): void {
  const watching = observer();
  if (watching === undefined) return;
  const attempt = watching.running.getStore();
  if (attempt !== undefined) {
    attempt.assertions += 1;
    return;
  }
  const [only] = watching.open;
  if (watching.open.size === 1 && only !== undefined) only.assertions += 1;
  else for (const each of watching.open) each.unsure = true;
}

/** Where every version of vitest since 0.34 and every copy of its `expect` keeps the state of `expect` functions. */
const EXPECT_STATES = Symbol.for("matchers-object");

type AnyFunction = (this: unknown, ...given: unknown[]) => unknown;

interface ExpectState {
  assertionCalls?: number;
}

interface StateMap {
  get(expect: object): ExpectState | undefined;
  set(expect: object, state: ExpectState): unknown;
}

interface ChaiParts {
  assert: object;
  Assertion: { prototype: { assert(...given: never[]): void } };
  util: { flag(assertion: object, name: string): unknown };
}

/**
 * Makes every call of any `expect` function count, the global one as well as those of test contexts. Says whether a trial
 * call of the given one was seen.
 */
export function countExpect(watching: Observer, expect: (value: unknown) => unknown): boolean {
  const states: unknown = Reflect.get(globalThis, EXPECT_STATES);
  if (!isStateMap(states)) return false;
  return [countStored, countDefined].some((count) => {
    const undo = count(states, expect);
    const trial = newAttempt();
    watching.running.run(trial, () => void expect(0));
    watching.running.disable();
    if (trial.assertions !== 1) undo();
    return trial.assertions === 1;
  });
}

/** Up to vitest 4 each call stores its state anew, with one more `assertionCalls` than before. */
function countStored(states: StateMap): () => void {
  const before = new WeakMap<object, number>();
  const { set } = states;
  states.set = (expect, state) => {
    const calls = state.assertionCalls ?? 0;
    if (calls > (before.get(expect) ?? 0)) countAssertion();
    before.set(expect, calls);
    return set.call(states, expect, state);
  };
  return () => Reflect.deleteProperty(states, "set");
}

/** From vitest 5 on a state is stored once, and each call only defines `assertionCalls` on it. */
function countDefined(states: StateMap, expect: object): () => void {
  const { set } = states;
  states.set = (key, state) => set.call(states, key, new Proxy(state, COUNT_DEFINITIONS));
  const present = states.get(expect);
  if (present !== undefined) states.set(expect, present);
  return () => Reflect.deleteProperty(states, "set");
}

const COUNT_DEFINITIONS: ProxyHandler<ExpectState> = {
  defineProperty(state, name, descriptor) {
    if (name === "assertionCalls" && descriptor.value > (state.assertionCalls ?? 0)) countAssertion();
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
