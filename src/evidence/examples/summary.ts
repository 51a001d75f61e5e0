import type { EvidenceItem } from "../../model/evidence.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import { compareText } from "../../model/span.js";
import type { JudgedExample } from "./judge.js";
import { notRun } from "./judge.js";
import type { ExampleCase } from "./run.js";

/** One example, judged or not run. */
export interface ExampleRecord {
  example: ExampleCase;
  item: EvidenceItem;
  output: string;
}

export interface ExamplesAnalysis {
  examples: ExampleRecord[];
  findings: Finding[];
  facts: ExampleFacts;
}

export interface ExampleFacts extends Record<string, number> {
  examples: number;
  run: number;
  passed: number;
  failed: number;
  errors: number;
  notRun: number;
  assertions: number;
}

/** Why an example has no run. */
export type Reason =
  | { why: "notAllowed" }
  | { why: "notNow" }
  | { why: "language" }
  | { why: "missing"; program: string; said: string };

/** What all examples came to, in order of place: those that were run, and why the others were not. */
export function analyseExamples(
  cases: readonly ExampleCase[],
  outcomes: readonly (JudgedExample | Reason)[],
): ExamplesAnalysis {
  const examples: ExampleRecord[] = [];
  const findings: Finding[] = [];
  const absent = new Map<string, { first: ExampleCase; reason: Reason; count: number }>();
  for (const [index, example] of cases.entries()) {
    const outcome = outcomes[index] ?? { why: "notNow" };
    if ("item" in outcome) {
      examples.push({ example, item: outcome.item, output: outcome.output });
      findings.push(...outcome.findings);
      continue;
    }
    examples.push({ example, item: notRun(example, sentence(outcome)), output: "" });
    const key =
      outcome.why === "missing"
        ? `missing ${outcome.program}`
        : outcome.why === "language"
          ? `language ${example.example.language}`
          : outcome.why;
    const known = absent.get(key);
    if (known === undefined) absent.set(key, { first: example, reason: outcome, count: 1 });
    else known.count += 1;
  }
  for (const [, { first, reason, count }] of [...absent].sort(([a], [b]) => compareText(a, b))) {
    findings.push(...absenceFinding(first, reason, count));
  }
  return { examples, findings: groupMissing(findings), facts: factsOf(examples) };
}

function sentence(reason: Reason): string {
  switch (reason.why) {
    case "notAllowed":
      return "not run: the configuration does not allow examples";
    case "notNow":
      return "not run by this command, and not known from an earlier run on the same files: evidence check and evidence examples run examples";
    case "language":
      return "not run: not in a language that is run";
    case "missing":
      return `not run: ${reason.program} is missing`;
  }
}

function absenceFinding(first: ExampleCase, reason: Reason, count: number): Finding[] {
  const examples = count === 1 ? "1 example" : `${count} examples`;
  const { span, language } = first.example;
  switch (reason.why) {
    case "notNow":
      return [];
    case "notAllowed": {
      const message = `Unexpected ${examples} that are not run, expected \`examples.run\` in the configuration to allow it`;
      return [finding({ code: "EX015", message, span, subject: "not allowed" })];
    }
    case "language": {
      const name = language === "" ? "no named language" : `"${language}"`;
      const message = `Unexpected ${examples} in ${name}, expected one of those that \`examples.languages\` names`;
      return [finding({ code: "EX017", message, span, subject: `language ${language}` })];
    }
    case "missing": {
      const said = reason.said === "" ? "" : ` (${reason.said.split("\n").at(-1)?.slice(0, 200)})`;
      const message = `Unexpected absence of ${reason.program}${said}, expected it for ${examples}`;
      return [finding({ code: "EX016", message, span, subject: `missing ${reason.program}` })];
    }
  }
}

/** A module that is missing is said once per specification, with every place that wants it. */
function groupMissing(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding>();
  const rest: Finding[] = [];
  for (const each of findings) {
    if (each.code !== "EX011") {
      rest.push(each);
      continue;
    }
    const key = `${each.span.file}\n${each.message}`;
    const known = groups.get(key);
    if (known === undefined) {
      const { code, message, span, tags } = each;
      groups.set(key, finding({ code, message, span, tags, subject: message }));
      continue;
    }
    known.related.push({ span: each.span, message: "imported here too" });
    known.tags = [...new Set([...known.tags, ...each.tags])].sort(compareText);
  }
  return [...rest, ...groups.values()];
}

function factsOf(examples: readonly ExampleRecord[]): ExampleFacts {
  const count = (wanted: (item: EvidenceItem) => boolean) => examples.filter(({ item }) => wanted(item)).length;
  const idle = count(({ outcome }) => outcome === "inconclusive");
  return {
    examples: examples.length,
    run: examples.length - idle,
    passed: count(({ outcome }) => outcome === "pass"),
    failed: count(({ outcome }) => outcome === "fail"),
    errors: count(({ outcome }) => outcome === "error"),
    notRun: idle,
    assertions: examples.reduce((sum, { item }) => sum + (item.assertions ?? 0), 0),
  };
}
