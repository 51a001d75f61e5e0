import type { Outcome } from "../../model/evidence.js";

/** What one child element of a test case says about it. */
export type Sign = Outcome | "flaky";

/**
 * Child elements by lower-case name. `rerunFailure` stands beside the failure it repeats, `flakyFailure` in a test that
 * passed in the end (Maven Surefire, cargo-nextest); `warning` is PHPUnit's for a test that could not run as meant.
 */
const SIGN_OF_ELEMENT: Readonly<Record<string, Sign>> = {
  failure: "fail",
  rerunfailure: "fail",
  error: "error",
  rerunerror: "error",
  warning: "error",
  skipped: "skipped",
  skip: "skipped",
  ignored: "skipped",
  disabled: "skipped",
  aborted: "inconclusive",
  inconclusive: "inconclusive",
  flakyfailure: "flaky",
  flakyerror: "flaky",
};

/** Values of the attributes `status` and `result`, lower-case: googletest, CTest, NUnit converters, behave. */
const OUTCOME_OF_WORD: Readonly<Record<string, Outcome>> = {
  pass: "pass",
  passed: "pass",
  success: "pass",
  successful: "pass",
  succeeded: "pass",
  ok: "pass",
  run: "pass",
  completed: "pass",
  fail: "fail",
  failed: "fail",
  failure: "fail",
  error: "error",
  errored: "error",
  broken: "error",
  crashed: "error",
  timeout: "error",
  skip: "skipped",
  skipped: "skipped",
  disabled: "skipped",
  ignored: "skipped",
  pending: "skipped",
  todo: "skipped",
  notrun: "skipped",
  suppressed: "skipped",
  untested: "skipped",
  aborted: "inconclusive",
  inconclusive: "inconclusive",
};

const WORST_FIRST: readonly Outcome[] = ["error", "fail", "inconclusive", "skipped"];

export function signOf(element: string): Sign | null {
  const name = element.toLowerCase();
  return Object.hasOwn(SIGN_OF_ELEMENT, name) ? (SIGN_OF_ELEMENT[name] ?? null) : null;
}

/** Null for a word that no dialect defines. */
export function outcomeOfWord(word: string): Outcome | null {
  const key = word.toLowerCase().replace(/[\s_-]+/gu, "");
  return Object.hasOwn(OUTCOME_OF_WORD, key) ? (OUTCOME_OF_WORD[key] ?? null) : null;
}

/** The worst of what elements and attributes say; a pass when none of them says anything. */
export function worstOutcome(said: readonly (Sign | Outcome)[]): Outcome {
  return WORST_FIRST.find((outcome) => said.includes(outcome)) ?? "pass";
}
