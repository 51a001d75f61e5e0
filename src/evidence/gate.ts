import type { Finding, Severity } from "../model/finding.js";
import type { Definition } from "../model/reference.js";
import type { Tag } from "../model/tag.js";
import type { TagVerdict } from "../model/verdict.js";

export interface GateInput {
  mode: "strict" | "report";
  definitions: ReadonlyMap<Tag, Definition>;
  /** Those that count. */
  verdicts: readonly TagVerdict[];
  findings: readonly Finding[];
}

/**
 * The exit rule: the gate fails exactly when a must tag is neither verified nor waived, any tag is failing, a finding
 * has severity error, or nothing was judged. In report mode the reasons are still given and the gate passes.
 */
export function decideGate(input: GateInput): { gate: "pass" | "fail"; reasons: string[] } {
  const failing = input.verdicts.filter((verdict) => verdict.verdict === "failing").length;
  const open = input.verdicts.filter(
    ({ tag, verdict }) =>
      verdict !== "verified" &&
      verdict !== "waived" &&
      verdict !== "failing" &&
      input.definitions.get(tag)?.priority === "must",
  ).length;
  const errors = input.findings.filter((each) => each.severity === "error").length;
  const reasons: string[] = [];
  if (input.verdicts.length === 0) reasons.push("nothing was judged");
  if (failing > 0) reasons.push(`${counted(failing, "tag")} failing`);
  if (open > 0) reasons.push(`${counted(open, "must tag")} without sufficient evidence`);
  if (errors > 0) reasons.push(`${counted(errors, "finding")} of severity error`);
  return { gate: reasons.length > 0 && input.mode === "strict" ? "fail" : "pass", reasons };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Applies the configured severities; findings that are turned off fall away. */
export function applySeverities(
  findings: readonly Finding[],
  severities: Readonly<Record<string, Severity | "off">>,
): Finding[] {
  return findings.flatMap((each) => {
    const severity = severities[each.code];
    if (severity === "off") return [];
    return severity === undefined ? [each] : [{ ...each, severity }];
  });
}
