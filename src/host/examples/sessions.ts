import type { ExampleCase, ExamplePlan, ExampleRun } from "../../evidence/examples/run.js";
import { blankRun, Progress } from "./progress.js";
import { runSession } from "./session.js";
import type { RunSettings } from "./settings.js";
import { MissingProgram } from "./settings.js";

export interface SessionKind {
  command: readonly string[];
  /** What has to be installed. */
  program: string;
  runnable: (index: number) => boolean;
  /** What the process is told: its nonce, and which examples to run. */
  input: (nonce: string, indices: readonly number[]) => string;
}

/** A process has this long to start; examples have their own limit. */
const START_MS = 60_000;

/**
 * Runs examples one after the other in one process, and goes on in a new one behind an example that ended, blocked or
 * soiled it. Gives the run of each example, in order. Throws MissingProgram when the program cannot be started.
 */
export async function runInSessions(
  cases: readonly ExampleCase[],
  plans: readonly ExamplePlan[],
  settings: RunSettings,
  kind: SessionKind,
): Promise<ExampleRun[]> {
  const runs = new Map<number, ExampleRun>();
  let left = cases.map((_, index) => index).filter((index) => kind.runnable(index));
  while (left.length > 0 && settings.signal?.aborted !== true) {
    const progress = new Progress(cases, new Map(plans.entries()));
    const last = left.at(-1);
    const end = await runSession({
      command: kind.command,
      cwd: settings.root,
      input: (nonce) => kind.input(nonce, left),
      startMs: START_MS,
      exampleMs: settings.timeoutSeconds * 1000,
      signal: settings.signal,
      onRecord: (record) =>
        progress.take(record) || (record.say === "end" && last !== undefined && progress.ended(last)),
    });
    progress.close(end);
    for (const [index, run] of progress.runs) runs.set(index, run);
    if (progress.runs.size === 0) throw new MissingProgram(kind.program, end.startFailure ?? end.complaint.trim());
    left = left.filter((index) => !runs.has(index));
  }
  return cases.map(
    (_, index) => runs.get(index) ?? blankRun(plans[index] ?? { expectations: [], problems: [] }, "blocked"),
  );
}
