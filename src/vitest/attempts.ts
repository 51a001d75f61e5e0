import type { RunnerTestCase as Test } from "vitest";
import type { Attempt, Observer } from "./observer.js";
import { newAttempt } from "./observer.js";

/** What a worker reports of a test, in its task's `meta`. */
interface Observed {
  tags: string[];
  /** Assertions that ran in the last attempt; null when not observed. */
  assertions: number | null;
  /** A fast-check property ran. */
  property: boolean;
}

declare module "vitest" {
  interface TaskMeta {
    specEvidence?: Observed;
  }
}

/** The methods of vitest's runner that surround an attempt; it calls those it has. */
interface RunnerMethods {
  onBeforeTryTask?(test: Test, ...rest: unknown[]): unknown;
  runTask?(test: Test): Promise<void>;
  onAfterRetryTask?(test: Test, ...rest: unknown[]): unknown;
}

export interface RunnerClass {
  prototype: RunnerMethods;
  /** The body of a test, wrapped in its time limit and fixtures. */
  getTestFn: (test: Test) => () => unknown;
}

/**
 * Follows the attempts at tests through the methods vitest offers for a runner of one's own. Hooks would do as well, but
 * they make every test wait for more promises, and following asynchronous calls makes each of those cost more.
 */
export function watchRunner(watching: Observer, { prototype, getTestFn }: RunnerClass): void {
  const { onBeforeTryTask, onAfterRetryTask } = prototype;
  const attempts = new WeakMap<Test, Attempt>();
  let bodies = 0;
  prototype.onBeforeTryTask = function (test, ...rest) {
    const attempt = newAttempt();
    attempts.set(test, attempt);
    watching.open.add(attempt);
    return onBeforeTryTask?.call(this, test, ...rest);
  };
  prototype.runTask = async (test) => {
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
  prototype.onAfterRetryTask = function (test, ...rest) {
    const attempt = attempts.get(test);
    if (attempt !== undefined) {
      watching.open.delete(attempt);
      test.meta.specEvidence = observed(watching, attempt);
    }
    return onAfterRetryTask?.call(this, test, ...rest);
  };
}

function observed(watching: Observer, attempt: Attempt): Observed {
  const { assertions, property } = attempt;
  const sure = watching.seesExpect && !(assertions === 0 && attempt.unsure);
  return { tags: [...attempt.tags], assertions: sure ? assertions : null, property };
}
