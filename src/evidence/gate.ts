import type { Mode } from "../model/config.js";
import type { Finding, Severity } from "../model/finding.js";
import type { Predicate } from "../model/manifest.js";
import type { Definition } from "../model/reference.js";
import type { Tag } from "../model/tag.js";
import type { TagVerdict } from "../model/verdict.js";
import type { Known } from "./base/ratchet.js";

/** Tags as they are defined in one place, judged. */
interface JudgedTags {
  definitions: ReadonlyMap<Tag, Definition>;
  verdicts: readonly TagVerdict[];
}

/** The main specifications, and what counts beside them. */
export interface GateInput extends JudgedTags {
  mode: Mode;
  /** What was there before, of the main specifications; it only fails the gate in strict mode. */
  known: Known;
  /** What each active change alters that gates. Of a tag as a change will have it nothing was there before. */
  proposed: readonly JudgedTags[];
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
  const isKnown = ({ tag }: TagVerdict) => isRatchet && input.known.tags.has(tag);
  const news = { definitions: input.definitions, verdicts: input.verdicts.filter((each) => !isKnown(each)) };
  const counting = [news, ...input.proposed];
  const failing = counting.flatMap(({ verdicts }) => verdicts.filter(({ verdict }) => verdict === "failing")).length;
  const open = counting.flatMap(openIn).length;
  const allErrors = input.findings.filter(({ severity }) => severity === "error");
  const errors = allErrors.filter(({ id }) => !(isRatchet && input.known.ids.has(id))).length;
  const openBefore = new Set(openIn(input));
  const known = {
    tags: input.verdicts
      .filter((each) => isKnown(each) && (each.verdict === "failing" || openBefore.has(each)))
      .map(({ tag }) => tag),
    findings: allErrors.filter(({ id }) => isRatchet && input.known.ids.has(id)).map(({ id }) => id),
  };
  const newly = isRatchet ? "newly " : "";
  const reasons: string[] = [];
  if ([input, ...input.proposed].every(({ verdicts }) => verdicts.length === 0)) reasons.push("nothing was judged");
  if (failing > 0) reasons.push(`${counted(failing, "tag")} ${newly}failing`);
  if (open > 0) reasons.push(`${counted(open, "must tag")} ${newly}without sufficient evidence`);
  if (errors > 0) reasons.push(`${counted(errors, isRatchet ? "new finding" : "finding")} of severity error`);
  return { gate: reasons.length > 0 && input.mode !== "report" ? "fail" : "pass", reasons, known };
}

/** Verdicts of must tags without sufficient evidence. */
function openIn({ definitions, verdicts }: JudgedTags): TagVerdict[] {
  return verdicts.filter(
    ({ tag, verdict }) =>
      verdict !== "verified" &&
      verdict !== "waived" &&
      verdict !== "failing" &&
      definitions.get(tag)?.priority === "must",
  );
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
