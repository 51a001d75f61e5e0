import { availableParallelism } from "node:os";
import type { ExampleCase, ExampleRun } from "../../evidence/examples/run.js";
import type { ExampleLanguage } from "../../model/example-language.js";
import { compareText } from "../../model/span.js";
import type { RunSettings } from "./settings.js";
import { MissingProgram } from "./settings.js";

export type ExampleOutcome = { run: ExampleRun } | { missing: string; why: string };

/** Runs examples, those of one specification and language in one process, a few processes at a time; outcomes in order. */
export async function runExamples(
  cases: readonly ExampleCase[],
  settings: RunSettings,
  onStart: (file: string) => void = () => undefined,
): Promise<ExampleOutcome[]> {
  const groups = new Map<string, number[]>();
  for (const [index, { file, language }] of cases.entries()) {
    const key = `${file}\n${language === "javascript" ? "typescript" : language}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  const outcomes: ExampleOutcome[] = [];
  const queue = [...groups].sort(([a], [b]) => compareText(a, b));
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const members = next[1];
      const own = members.flatMap((index) => cases[index] ?? []);
      onStart(own[0]?.file ?? "");
      const done = await runGroup(own, settings);
      for (const [at, index] of members.entries()) {
        const outcome = done[at];
        if (outcome !== undefined) outcomes[index] = outcome;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
  return outcomes;
}

async function runGroup(cases: readonly ExampleCase[], settings: RunSettings): Promise<ExampleOutcome[]> {
  try {
    const runs = await runnerOf(cases[0]?.language ?? null)(cases, settings);
    return runs.map((run) => ({ run }));
  } catch (caught) {
    if (!(caught instanceof MissingProgram)) throw caught;
    return cases.map(() => ({ missing: caught.program, why: caught.message }));
  }
}

type Runner = (cases: readonly ExampleCase[], settings: RunSettings) => Promise<ExampleRun[]>;

function runnerOf(language: ExampleLanguage | null): Runner {
  if (language === "python") {
    return async (cases, settings) => (await import("./run-python.js")).runPythonExamples(cases, settings);
  }
  if (language === "java") {
    return async (cases, settings) => (await import("./run-java.js")).runJavaExamples(cases, settings);
  }
  return async (cases, settings) => (await import("./run-node.js")).runNodeExamples(cases, settings);
}
