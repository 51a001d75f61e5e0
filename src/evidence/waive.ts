import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Catalog } from "../model/reference.js";
import { compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import type { TagVerdict } from "../model/verdict.js";
import type { Waiver } from "../model/waiver.js";

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
