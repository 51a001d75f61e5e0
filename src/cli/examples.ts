import { exampleCases } from "../evidence/examples/cases.js";
import { judgeRun } from "../evidence/examples/judge.js";
import type { ExampleCase } from "../evidence/examples/run.js";
import type { ExamplesAnalysis, Reason } from "../evidence/examples/summary.js";
import { analyseExamples } from "../evidence/examples/summary.js";
import type { Cache } from "../host/cache.js";
import type { Config } from "../model/config.js";
import type { SpecDocument } from "../model/requirement.js";
import type { AnalysisResult } from "./analyses.js";
import { interruption } from "./interruption.js";

/** `run`: run them. `known`: take what an earlier run on the same tree saw. `none`: leave them alone. */
export type ExamplesMode = "run" | "known" | "none";

export interface ExamplesToJudge {
  root: string;
  config: Config;
  documents: readonly SpecDocument[];
  mode: ExamplesMode;
  cache: Cache;
}

/** Judges the examples of documents by runs of them, where the configuration allows examples to run. */
export async function examplesOf(
  work: ExamplesToJudge,
  onStart: (file: string) => void = () => undefined,
): Promise<ExamplesAnalysis> {
  const cases = exampleCases(work.documents);
  const reasons = cases.map((each) => reasonAgainst(each, work));
  const wanted = cases.filter((_, index) => reasons[index] === null);
  const outcomes = wanted.length === 0 ? [] : await judgeAll(work, wanted, onStart);
  return analyseExamples(
    cases,
    reasons.map((reason) => reason ?? outcomes.shift() ?? { why: "notNow" }),
  );
}

function reasonAgainst({ language }: ExampleCase, { config: { examples }, mode }: ExamplesToJudge): Reason | null {
  if (!examples.run) return { why: "notAllowed" };
  if (language === null || !examples.languages.includes(language)) return { why: "language" };
  return mode === "none" ? { why: "notNow" } : null;
}

async function judgeAll(
  { root, config, mode, cache }: ExamplesToJudge,
  cases: readonly ExampleCase[],
  onStart: (file: string) => void,
): Promise<(ReturnType<typeof judgeRun> | Reason)[]> {
  const { knownRuns } = await import("../host/examples/known.js");
  const { outputPatterns } = await import("../host/providers.js");
  const known = await knownRuns(root, outputPatterns(config), cache);
  if (mode !== "run") {
    return cases.map((each) => {
      const run = known.get(each);
      return run === undefined ? { why: "notNow" } : judgeRun(each, run);
    });
  }
  const { runExamples } = await import("../host/examples/run-examples.js");
  const signal = interruption();
  const outcomes = await runExamples(cases, { root, timeoutSeconds: config.examples.timeoutSeconds, signal }, onStart);
  signal.throwIfAborted();
  await known.keep(
    cases.flatMap((each, index) => {
      const outcome = outcomes[index];
      return outcome !== undefined && "run" in outcome ? [[each, outcome.run] as const] : [];
    }),
  );
  return cases.map((each, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) return { why: "notNow" };
    return "run" in outcome
      ? judgeRun(each, outcome.run)
      : { why: "missing", program: outcome.missing, said: outcome.why };
  });
}

/** The part of `check`: facts and findings only where there are examples. */
export async function checkExamples(...args: Parameters<typeof examplesOf>): Promise<AnalysisResult> {
  const { examples, findings, facts } = await examplesOf(...args);
  return {
    analyses: examples.length === 0 ? {} : { examples: facts },
    findings,
    items: examples.map(({ item }) => item),
  };
}
