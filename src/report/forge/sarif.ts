import { FINDING_CODES, isFindingCode } from "../../model/codes/index.js";
import type { Severity } from "../../model/finding.js";
import type { Predicate } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";
import { VERDICTS } from "../../model/verdict.js";
import type { RenderOptions } from "../format.js";
import { uriOf } from "../text/uri.js";
import { visibleJson, withoutUnsafe } from "../text/visible.js";
import type { Problem } from "./problems.js";
import { problemsOf, VERDICT_HELP } from "./problems.js";

/** Forges refuse a run with more than 25,000 results and show 5,000: what is worst comes first, and the rest is counted. */
const MOST_RESULTS = 5000;
/** Longest message a forge shows whole. */
const MOST_MESSAGE = 1000;

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/**
 * SARIF 2.1.0 (OASIS Standard, 2020-03-27): a result for each finding and each tag that is not verified, a rule with help
 * for each kind of them, fingerprints without line numbers, and a suppression for each waived tag.
 */
export function checkSarif(predicate: Predicate, options: RenderOptions): string {
  const problems = problemsOf(predicate);
  const shown = problems.slice(0, MOST_RESULTS);
  const rules = [...new Set(shown.map((problem) => problem.rule))].sort(compareText);
  const left = problems.length - shown.length;
  const run = {
    tool: {
      driver: {
        name: "evidence",
        semanticVersion: predicate.tool.version,
        rules: rules.map(ruleOf),
      },
    },
    automationDetails: { id: "evidence/check/" },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
    invocations: [
      {
        executionSuccessful: true,
        ...(left === 0
          ? {}
          : {
              toolExecutionNotifications: [
                { level: "warning", message: { text: `${left} more results are left out; the report has them all.` } },
              ],
            }),
      },
    ],
    results: shown.map((problem) => resultOf(problem, rules, options.below ?? "")),
    properties: { gate: predicate.gate, totals: predicate.totals },
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return visibleJson(`${JSON.stringify(log, null, 2)}\n`);
}

function ruleOf(id: string): Record<string, unknown> {
  const verdict = VERDICTS.find((each) => id === `TAG-${each}`);
  if (verdict !== undefined && verdict !== "verified") {
    return {
      id,
      name: `Requirement${verdict[0]?.toUpperCase()}${verdict.slice(1)}`,
      shortDescription: { text: `Requirement ${verdict}` },
      fullDescription: { text: VERDICT_HELP[verdict] },
      help: { text: `${VERDICT_HELP[verdict]} \`evidence why TAG\` shows the whole case.` },
      defaultConfiguration: { level: verdict === "waived" ? "note" : "error" },
      properties: { tags: ["requirements"] },
    };
  }
  if (!isFindingCode(id)) return { id };
  const { title, severity, explanation, remedy } = FINDING_CODES[id];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: {
      text: `${explanation}\n\n${remedy}`,
      markdown: `${explanation}\n\n${remedy}\n\n\`evidence explain ${id}\``,
    },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ["requirements"] },
  };
}

function resultOf(problem: Problem, rules: readonly string[], below: string): Record<string, unknown> {
  const { rule, severity, message, fingerprint, related, excuse } = problem;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: LEVELS[severity],
    message: { text: cut(message) },
    locations: [{ physicalLocation: { artifactLocation: artifact(problem.file, below), region: regionOf(problem) } }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            message: { text: cut(each.message) },
            physicalLocation: {
              artifactLocation: artifact(each.file, below),
              region: { startLine: each.line, startColumn: each.column },
            },
          })),
        }),
    partialFingerprints: { "evidence/v1": fingerprint },
    ...(excuse === null ? {} : { suppressions: [{ kind: "external", status: "accepted", justification: excuse }] }),
    properties: { requirements: problem.tags },
  };
}

function regionOf({ line, column, endLine, endColumn }: Problem): Record<string, number> {
  const start = { startLine: line, startColumn: column };
  if (endLine < line || (endLine === line && endColumn <= column)) return start;
  return { ...start, endLine, endColumn };
}

function artifact(file: string, below: string): { uri: string; uriBaseId: string } {
  return { uri: uriOf(`${below}${file}`), uriBaseId: "%SRCROOT%" };
}

function cut(text: string): string {
  return text.length <= MOST_MESSAGE ? text : `${withoutUnsafe(text.slice(0, MOST_MESSAGE - 1))}…`;
}
