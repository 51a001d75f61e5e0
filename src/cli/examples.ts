import { exampleCases } from "../evidence/examples/cases.js";
import { judgeRun } from "../evidence/examples/judge.js";
import type { ExampleCase } from "../evidence/examples/run.js";
import type { ExamplesAnalysis, Reason } from "../evidence/examples/summary.js";
import { analyseExamples } from "../evidence/examples/summary.js";
import type { Config } from "../model/config.js";
import type { SpecDocument } from "../model/requirement.js";
import type { AnalysisResult } from "./analyses.js";
import { interruption } from "./interruption.js";

/** Runs the examples of documents where the configuration allows it and `run` is true, and judges them. */
export async function examplesOf(
  root: string,
  config: Config,
  documents: readonly SpecDocument[],
  run: boolean,
  onStart: (file: string) => void = () => undefined,
): Promise<ExamplesAnalysis> {
  const cases = exampleCases(documents);
  const reasons = cases.map((each) => reasonAgainst(each, config, run));
  const wanted = cases.filter((_, index) => reasons[index] === null);
  const outcomes = wanted.length === 0 ? [] : await runAll(root, config, wanted, onStart);
  return analyseExamples(
    cases,
    reasons.map((reason) => reason ?? outcomes.shift() ?? { why: "notNow" }),
  );
}

function reasonAgainst({ language }: ExampleCase, { examples }: Config, run: boolean): Reason | null {
  if (!examples.run) return { why: "notAllowed" };
  if (language === null || !examples.languages.includes(language)) return { why: "language" };
  return run ? null : { why: "notNow" };
}

async function runAll(
  root: string,
  { examples }: Config,
  cases: readonly ExampleCase[],
  onStart: (file: string) => void,
): Promise<(ReturnType<typeof judgeRun> | Reason)[]> {
  const { runExamples } = await import("../host/examples/run-examples.js");
  const signal = interruption();
  const outcomes = await runExamples(cases, { root, timeoutSeconds: examples.timeoutSeconds, signal }, onStart);
  signal.throwIfAborted();
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
