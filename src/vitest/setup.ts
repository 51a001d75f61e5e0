import { AsyncLocalStorage } from "node:async_hooks";
import * as vitest from "vitest";
import type { Attempt, Observer } from "./observer.js";
import { countChai, countExpect, newAttempt, observer } from "./observer.js";

/** What the plugin sends to every worker. */
interface Provided {
  /** The defined tags, joined by line feeds; null when that is not known. */
  tags: string | null;
}

/** What a worker reports of a test, in its task's `meta`. */
interface Observed {
  tags: string[];
  /** Assertions that ran in the last attempt; null when not observed. */
  assertions: number | null;
  /** A fast-check property ran. */
  property: boolean;
}

declare module "vitest" {
  interface ProvidedContext {
    specEvidence: Provided;
  }
  interface TaskMeta {
    specEvidence?: Observed;
  }
}

// This file runs once per test file. With `isolate: false` files share a process, which is set up only once.
const watching = observer() ?? (await watch());
const tags = vitest.inject("specEvidence")?.tags;
watching.known = tags === undefined || tags === null ? null : new Set(tags === "" ? [] : tags.split("\n"));

async function watch(): Promise<Observer> {
  const made: Observer = {
    running: new AsyncLocalStorage<Attempt>(),
    open: new Set(),
    known: null,
    seesExpect: false,
  };
  globalThis.__specEvidence__ = made;
  made.seesExpect = countExpect(made, vitest.expect);
  countChai(vitest.chai);
  watchRunner(made, await runnerClass());
  return made;
}

/** The class whose instance runs the tests. */
async function runnerClass(): Promise<RunnerClass> {
  return vitest.TestRunner ?? (await import("./former-runner.js")).formerRunner;
}

type Step = (this: unknown, test: vitest.RunnerTestCase, ...rest: unknown[]) => unknown;

/** The methods of vitest's runner that surround an attempt, in this order; it calls those it has. */
interface RunnerMethods {
  onBeforeTryTask?: Step;
  runTask?: (test: vitest.RunnerTestCase) => Promise<void>;
  onTaskFinished?: Step;
  /** Behind the hooks of the attempt; vitest 3 does not call it. */
  onAfterRetryTask?: Step;
  /** Behind the last attempt, except of a test that skipped itself. */
  onAfterRunTask?: Step;
}

export interface RunnerClass {
  prototype: RunnerMethods;
  /** The body of a test, wrapped in its time limit and fixtures. */
  getTestFn: (test: vitest.RunnerTestCase) => () => unknown;
}

/**
 * Follows the attempts at tests through the methods vitest offers for a runner of one's own. Hooks would do as well, but
 * they make every test wait for more promises, and following asynchronous calls makes each of those cost more.
 */
function watchRunner(watching: Observer, { prototype, getTestFn }: RunnerClass): void {
  const attempts = new WeakMap<vitest.RunnerTestCase, Attempt>();
  const report = (test: vitest.RunnerTestCase, ended: boolean): void => {
    const attempt = attempts.get(test);
    if (attempt === undefined) return;
    test.meta.specEvidence = observed(watching, attempt);
    if (ended) watching.open.delete(attempt);
  };
  prototype.onBeforeTryTask = preceded(prototype.onBeforeTryTask, (test) => {
    const attempt = newAttempt();
    attempts.set(test, attempt);
    watching.open.add(attempt);
  });
  prototype.runTask = bodyRunner(watching, attempts, getTestFn);
  prototype.onTaskFinished = preceded(prototype.onTaskFinished, (test) => report(test, test.result?.state === "skip"));
  prototype.onAfterRetryTask = preceded(prototype.onAfterRetryTask, (test) => report(test, true));
  prototype.onAfterRunTask = preceded(prototype.onAfterRunTask, (test) => report(test, true));
}

function preceded(original: Step | undefined, before: (test: vitest.RunnerTestCase) => void): Step {
  return function (test, ...rest) {
    before(test);
    return original?.call(this, test, ...rest);
  };
}

function bodyRunner(
  watching: Observer,
  attempts: WeakMap<vitest.RunnerTestCase, Attempt>,
  getTestFn: RunnerClass["getTestFn"],
) {
  let bodies = 0;
  return async (test: vitest.RunnerTestCase): Promise<void> => {
    const attempt = attempts.get(test) ?? newAttempt();
    bodies += 1;
    try {
      await watching.running.run(attempt, getTestFn(test));
    } finally {
      bodies -= 1;
      attempt.ended = true;
      // Following asynchronous calls slows down all of them, vitest's own included.
      if (bodies === 0) watching.running.disable();
    }
  };
}

function observed(watching: Observer, attempt: Attempt): Observed {
  const { assertions, property } = attempt;
  const sure = watching.seesExpect && !(assertions === 0 && attempt.unsure);
  return { tags: [...attempt.tags], assertions: sure ? assertions : null, property };
}
