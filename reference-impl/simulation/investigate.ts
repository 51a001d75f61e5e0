import { DIFFERENTIAL, judgeDifferential } from "./differential.js";
import { type Explanation, explain } from "./explain.js";
import { exchangesOf } from "./export/exchanges.js";
import { judgeLinearizability, LINEARIZABILITY } from "./linearizability/judge.js";
import type { RunResult, RunSettings, Violation } from "./run.js";
import { type Outcome, type Reduction, type Shrunk, shrink } from "./shrink.js";
import { dialsOf } from "./simulate.js";
import { eventsOf, type TraceLine } from "./trace-line.js";
import { WORST_SKEW } from "./world/process.js";

/** What is known of a failing run after it was made small. */
export interface Investigation {
  readonly explanation: Explanation;
  readonly shrunk: Shrunk;
  /** Faults and roots of the whole run. */
  readonly whole: { readonly faults: number; readonly roots: number };
  /** The smallest failing run, with its whole trace. */
  readonly result: RunResult;
  readonly lines: readonly TraceLine[];
}

/** Judges that look at how a run ends: with fewer steps every run breaks them. */
const AT_THE_END: readonly string[] = ["every-workflow-ends"];

/**
 * Runs a failing seed until the smallest run that breaks the same judge is found, and says why that fails. Null if it does
 * not fail at all.
 *
 * @param run the simulator.
 * @param roots how many roots the workload has.
 * @param most how many runs are allowed for shrinking.
 */
export function investigate(
  settings: RunSettings,
  run: (settings: RunSettings) => RunResult,
  roots: number,
  most: number,
): Investigation | null {
  const first = run({ ...settings, trace: "hash" });
  const judge = first.violations[0]?.judge;
  if (judge === undefined) return null;
  const replay = (reduction: Reduction): Outcome => {
    const { violations, faults } = run({ ...settings, ...reduction, trace: "hash" });
    const broken = violations.find((each) => each.judge === judge);
    return { fails: broken !== undefined, faults, step: broken?.step ?? null };
  };
  const fixedSteps = AT_THE_END.includes(judge);
  const shrunk = shrink({ faults: first.faults, roots, maxSteps: settings.maxSteps, fixedSteps }, replay, most);
  const result = run({ ...settings, ...shrunk.reduction, trace: "full" });
  const lines = result.trace as readonly TraceLine[];
  const violation = result.violations.find((each) => each.judge === judge);
  if (violation === undefined) throw new Error(`Unexpected run without ${judge}, expected the one that broke it`);
  const located = { ...violation, event: locate(result, violation, lines) };
  return {
    explanation: explain(lines, located, shrunk, replay),
    shrunk,
    whole: { faults: first.faults.length, roots },
    result,
    lines,
  };
}

/** The event that broke a judge of whole runs; of others it is known already. */
function locate(result: RunResult, violation: Violation, lines: readonly TraceLine[]): string | null {
  const { protocol } = dialsOf(result.settings);
  if (violation.judge === DIFFERENTIAL) {
    return judgeDifferential(result.commits, result.history, protocol).commit?.event ?? violation.event;
  }
  if (violation.judge !== LINEARIZABILITY) return violation.event;
  const clockError = result.settings.worstSkew ?? WORST_SKEW;
  const { operation } = judgeLinearizability(result.history, protocol, clockError);
  const exchange = exchangesOf(lines).find(
    ({ client, sent, request }) =>
      client === operation?.process && sent.time === operation.calledAt && request === operation.request,
  );
  const place = exchange?.received?.place;
  return place === undefined ? violation.event : (eventsOf(lines)[place]?.id ?? violation.event);
}
