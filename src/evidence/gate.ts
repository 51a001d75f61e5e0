import type { Mode } from "../model/config.js";
import type { Finding, Severity } from "../model/finding.js";
import type { Predicate } from "../model/manifest.js";
import type { Definition } from "../model/reference.js";
import type { Tag } from "../model/tag.js";
import type { TagVerdict } from "../model/verdict.js";
import type { Known } from "./base/ratchet.js";

export interface GateInput {
  mode: Mode;
  /** What was there before; it only fails the gate in strict mode. */
  known: Known;
  definitions: ReadonlyMap<Tag, Definition>;
  /** Those that count. */
  verdicts: readonly TagVerdict[];
  findings: readonly Finding[];
}

export interface Decision {
  gate: "pass" | "fail";
  reasons: string[];
  known: NonNullable<Predicate["known"]>;
}

/**
 * The exit rule: the gate fails exactly when a must tag is neither verified nor waived, any tag is failing, a finding
 * has severity error, or nothing was judged. In ratchet mode only what was not known before counts. In report mode the
 * reasons are still given and the gate passes. `known` is what only ratchet mode does not count.
 */
export function decideGate(input: GateInput): Decision {
  const isRatchet = input.mode === "ratchet";
  const isOpen = ({ tag, verdict }: TagVerdict) =>
    verdict !== "verified" &&
    verdict !== "waived" &&
    verdict !== "failing" &&
    input.definitions.get(tag)?.priority === "must";
  const isKnown = ({ tag }: TagVerdict) => isRatchet && input.known.tags.has(tag);
  const counting = input.verdicts.filter((each) => !isKnown(each));
  const failing = counting.filter((verdict) => verdict.verdict === "failing").length;
  const open = counting.filter(isOpen).length;
  const allErrors = input.findings.filter(({ severity }) => severity === "error");
  const errors = allErrors.filter(({ id }) => !(isRatchet && input.known.ids.has(id))).length;
  const known = {
    tags: input.verdicts
      .filter((each) => isKnown(each) && (each.verdict === "failing" || isOpen(each)))
      .map(({ tag }) => tag),
    findings: allErrors.filter(({ id }) => isRatchet && input.known.ids.has(id)).map(({ id }) => id),
  };
  const newly = isRatchet ? "newly " : "";
  const reasons: string[] = [];
  if (input.verdicts.length === 0) reasons.push("nothing was judged");
  if (failing > 0) reasons.push(`${counted(failing, "tag")} ${newly}failing`);
  if (open > 0) reasons.push(`${counted(open, "must tag")} ${newly}without sufficient evidence`);
  if (errors > 0) reasons.push(`${counted(errors, isRatchet ? "new finding" : "finding")} of severity error`);
  return { gate: reasons.length > 0 && input.mode !== "report" ? "fail" : "pass", reasons, known };
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
