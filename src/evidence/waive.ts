import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Catalog } from "../model/reference.js";
import { compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import type { TagVerdict } from "../model/verdict.js";
import type { FindingWaiver, Waiver } from "../model/waiver.js";

export interface AppliedWaiver extends Waiver {
  state: "used" | "unused" | "expired";
}

/**
 * Applies waivers to verdicts. `today` is YYYY-MM-DD; a waiver holds up to and including its expiry date and excuses
 * exactly the verdict it names.
 */
export function applyWaivers(
  verdicts: readonly TagVerdict[],
  waivers: readonly Waiver[],
  catalog: Catalog,
  today: string,
): { verdicts: TagVerdict[]; applied: AppliedWaiver[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const byTag = new Map<Tag, TagVerdict>(verdicts.map((verdict) => [verdict.tag, verdict]));
  const applied = waivers.map((waiver): AppliedWaiver => {
    const verdict = byTag.get(waiver.tag);
    const state = waiver.expires < today ? "expired" : verdict?.unwaived === waiver.verdict ? "used" : "unused";
    const problem = problemWith(waiver, state, verdict, catalog);
    if (problem !== null) findings.push(problem);
    return { ...waiver, state };
  });
  const excused = new Map(applied.filter((each) => each.state === "used").map((each) => [each.tag, each]));
  const waived = verdicts.map((verdict): TagVerdict => {
    const waiver = excused.get(verdict.tag);
    if (waiver === undefined) return verdict;
    const reason = `waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`;
    return { ...verdict, verdict: "waived", reasons: [reason, ...verdict.reasons] };
  });
  applied.sort((a, b) => compareText(a.tag, b.tag) || compareText(a.verdict, b.verdict));
  return { verdicts: waived, applied, findings };
}

function problemWith(
  waiver: Waiver,
  state: AppliedWaiver["state"],
  verdict: TagVerdict | undefined,
  catalog: Catalog,
): Finding | null {
  const common = { span: waiver.span, tags: [waiver.tag], subject: `${waiver.tag} ${waiver.verdict}` };
  if (!catalog.definitions.has(waiver.tag)) {
    return finding({
      ...common,
      code: "EVD003",
      message: `Unexpected waiver for ${waiver.tag}, expected a tag that a main specification defines`,
    });
  }
  if (state === "expired") {
    return finding({
      ...common,
      code: "EVD001",
      message: `Unexpected waiver for ${waiver.tag} that expired on ${waiver.expires}, expected one in force`,
    });
  }
  if (state === "used") return null;
  return finding({
    ...common,
    code: "EVD002",
    message: `Unexpected waiver for ${waiver.tag} being ${waiver.verdict}, expected none: it is ${verdict?.unwaived}`,
  });
}

export interface AppliedFindingWaiver extends FindingWaiver {
  state: AppliedWaiver["state"];
}

/**
 * Lowers the waived findings to info, with the waiver as suggestion: they stay visible and no longer count. `today` as
 * in applyWaivers. Adds EVD001 for expired waivers and EVD002 for those whose finding is not there.
 */
export function waiveFindings(
  findings: readonly Finding[],
  waivers: readonly FindingWaiver[],
  today: string,
): { findings: Finding[]; applied: AppliedFindingWaiver[] } {
  const ids = new Set(findings.map((each) => each.id));
  const applied = waivers.map((waiver): AppliedFindingWaiver => {
    const state = waiver.expires < today ? "expired" : ids.has(waiver.finding) ? "used" : "unused";
    return { ...waiver, state };
  });
  const excused = new Map(applied.filter((each) => each.state === "used").map((each) => [each.finding, each]));
  const lowered = findings.map((each): Finding => {
    const waiver = excused.get(each.id);
    if (waiver === undefined) return each;
    const suggestion = `Waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`;
    return { ...each, severity: "info", suggestion };
  });
  applied.sort((a, b) => compareText(a.finding, b.finding));
  return { findings: [...lowered, ...applied.flatMap(problemWithFindingWaiver)], applied };
}

function problemWithFindingWaiver(waiver: AppliedFindingWaiver): Finding[] {
  const common = { span: waiver.span, subject: waiver.finding };
  if (waiver.state === "expired") {
    const message = `Unexpected waiver for ${waiver.finding} that expired on ${waiver.expires}, expected one in force`;
    return [finding({ ...common, code: "EVD001", message })];
  }
  if (waiver.state === "used") return [];
  const message = `Unexpected waiver for ${waiver.finding}, expected the id of a finding of this run`;
  return [finding({ ...common, code: "EVD002", message })];
}
