import type { Settings } from "../kernel/model.js";
import { nextTimer } from "../kernel/turn.js";
import { LIVENESS } from "../properties/liveness.js";
import type { FinishedRun, Judgement } from "../properties/property.js";
import type { CommittedTurn } from "./run.js";

/**
 * Judges what has to come at last, document by document: every state that the machine went through there. A document is
 * quiet if the run ended and nothing will ever be due in it.
 */
export function judgeFinished(commits: readonly CommittedTurn[], settings: Settings): ReadonlyMap<string, Judgement> {
  const found = new Map<string, { met: number; broken: string | null }>();
  for (const { name } of LIVENESS) found.set(name, { met: 0, broken: null });
  for (const [key, run] of runsOf(commits, settings)) {
    for (const property of LIVENESS) {
      const { met, broken } = property.judge(run, settings);
      const so = found.get(property.name);
      if (so === undefined) continue;
      so.met += met;
      if (so.broken === null && broken !== null) so.broken = `${key}: ${broken}`;
    }
  }
  return found;
}

function runsOf(commits: readonly CommittedTurn[], settings: Settings): Map<string, FinishedRun> {
  const states = new Map<string, FinishedRun["states"][number][]>();
  for (const { key, now, steps, document } of commits) {
    const all = states.get(key) ?? [];
    for (const step of steps) if (step.after !== document) all.push({ now, document: step.after });
    all.push({ now, document });
    states.set(key, all);
  }
  const runs = new Map<string, FinishedRun>();
  for (const [key, each] of states) {
    const last = each.at(-1)?.document;
    const quiet = last !== undefined && last.outbox.size === 0 && nextTimer(last, settings) === null;
    runs.set(key, { states: each, quiet });
  }
  return runs;
}
