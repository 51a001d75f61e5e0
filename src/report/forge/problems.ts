import { FINDING_CODES, isFindingCode } from "../../model/codes/index.js";
import { sha256 } from "../../model/digest.js";
import type { Severity } from "../../model/finding.js";
import { SEVERITIES } from "../../model/finding.js";
import type { ManifestDefinition, ManifestVerdict, Predicate } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";
import type { Verdict } from "../../model/verdict.js";
import { VERDICTS } from "../../model/verdict.js";

/** One thing that forges can show at a line: a finding, or a tag that is not verified. */
export interface Problem {
  /** Finding code, or `TAG-` and the verdict. */
  rule: string;
  title: string;
  severity: Severity;
  message: string;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** 64 hex digits that stay the same when lines move. */
  fingerprint: string;
  tags: readonly string[];
  related: readonly { file: string; line: number; column: number; message: string }[];
  /** Why it does not count; null when it does. */
  excuse: string | null;
}

/** What the rules of tags mean, by verdict. */
export const VERDICT_HELP: Readonly<Record<Exclude<Verdict, "verified">, string>> = {
  failing: "Some evidence of the requirement failed or could not be run.",
  hollow: "All evidence of the requirement could not have failed, so it shows nothing.",
  suspect: "The evidence was made for another text of the requirement than the one it has now.",
  missing: "The requirement wants a kind of evidence that it does not have.",
  waived: "The requirement lacks evidence, and a waiver in force excuses it.",
};

/** Findings and unverified tags, worst first, then by place. Waived tags come last. */
export function problemsOf(predicate: Predicate): Problem[] {
  const verdicts = new Map(predicate.verdicts.map((each) => [each.tag, each]));
  const waivers = new Map(predicate.waivers.filter(({ state }) => state === "used").map((each) => [each.tag, each]));
  const known = new Set([...(predicate.known?.tags ?? []), ...(predicate.known?.findings ?? [])]);
  const asKnown = (problem: Problem): Problem => ({ ...problem, severity: "info" });
  const problems = [
    ...predicate.catalog.flatMap((definition): Problem[] => {
      const verdict = verdicts.get(definition.tag);
      if (verdict === undefined || verdict.verdict === "verified") return [];
      const problem = tagProblem(definition, verdict, waivers.get(definition.tag));
      return [known.has(definition.tag) ? asKnown(problem) : problem];
    }),
    ...predicate.findings.map((each) => (known.has(each.id) ? asKnown(findingProblem(each)) : findingProblem(each))),
  ];
  return problems
    .map((problem) => ({ problem, rank: rankOf(problem) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        compareText(a.problem.file, b.problem.file) ||
        a.problem.line - b.problem.line ||
        compareText(a.problem.rule, b.problem.rule) ||
        compareText(a.problem.fingerprint, b.problem.fingerprint),
    )
    .map(({ problem }) => problem);
}

/** Excused ones last; of one severity, tags by verdict before findings. */
function rankOf({ severity, rule, excuse }: Problem): number {
  const verdict = VERDICTS.findIndex((each) => rule === `TAG-${each}`);
  return (excuse === null ? 0 : 1000) + SEVERITIES.indexOf(severity) * 100 + (verdict < 0 ? VERDICTS.length : verdict);
}

function tagProblem(
  definition: ManifestDefinition,
  { verdict, reasons }: ManifestVerdict,
  waiver: Predicate["waivers"][number] | undefined,
): Problem {
  const { tag, title, priority, file, line, column } = definition;
  const isError = verdict === "failing" || (priority === "must" && verdict !== "waived");
  return {
    rule: `TAG-${verdict}`,
    title: `Requirement ${verdict}`,
    severity: verdict === "waived" ? "info" : isError ? "error" : "warning",
    message: `${tag} ${title} is ${verdict}: ${reasons.join("; ") || "see evidence why"}`,
    file,
    line,
    column,
    endLine: line,
    endColumn: column,
    fingerprint: sha256(`${tag}\n${verdict}`),
    tags: [tag],
    related: [],
    excuse: waiver === undefined ? null : `${waiver.reason} (${waiver.owner}, until ${waiver.expires})`,
  };
}

function findingProblem(found: Predicate["findings"][number]): Problem {
  const { id, code, severity, message, span, tags, related, suggestion } = found;
  return {
    rule: code,
    title: isFindingCode(code) ? FINDING_CODES[code].title : code,
    severity,
    message: suggestion === null ? message : `${message}. ${suggestion}`,
    file: span.file,
    line: span.line,
    column: span.column,
    endLine: span.endLine,
    endColumn: span.endColumn,
    fingerprint: sha256(id),
    tags,
    related: related.map((each) => ({
      file: each.span.file,
      line: each.span.line,
      column: each.span.column,
      message: each.message,
    })),
    excuse: null,
  };
}
