import type { RuleChange } from "../../model/base.js";
import type { Baseline } from "../../model/baseline.js";
import { compactCanonicalJson } from "../../model/canonical.js";
import type { Config } from "../../model/config.js";
import type { PlacedConfirmation } from "../../model/confirmation.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { Span } from "../../model/span.js";
import { compareText, fileSpan } from "../../model/span.js";
import type { FindingWaiver, Waiver } from "../../model/waiver.js";

/** Something by which a tree is judged and that differs from the base. */
export interface RuleDifference extends RuleChange {
  span: Span;
  /** Whether the tree's own version counts all the same: it says what is read, not how it is judged. */
  counts: boolean;
}

/** By what a tree is judged, besides its configuration. */
export interface Excuses {
  waivers: readonly Waiver[];
  findingWaivers: readonly FindingWaiver[];
  confirmations: readonly PlacedConfirmation[];
  baseline: Baseline | null;
}

/** Members of the configuration that decide what counts; the others say what is read and run. */
const JUDGING = ["policy", "severity", "mode", "changes", "waivers", "confirmations", "baseline"] as const;

/** The configuration with everything that decides what counts as the base has it. */
export function judgedByBase(config: Config, base: Config): Config {
  const { policy, severity, mode, changes, waivers, confirmations, baseline } = base;
  return { ...config, policy, severity, mode, changes, waivers, confirmations, baseline };
}

/** Members of the configuration that differ, by name. `file` is where the configuration stands. */
export function configDifferences(before: Config, after: Config, file: string): RuleDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return names.flatMap((name): RuleDifference[] => {
    const was: unknown = before[name as keyof Config];
    const is: unknown = after[name as keyof Config];
    if (name === "$schema" || compactCanonicalJson(was) === compactCanonicalJson(is)) return [];
    const change = was === undefined ? "added" : is === undefined ? "removed" : "altered";
    const counts = !JUDGING.some((each) => each === name);
    return [{ kind: "configuration", subject: name, change, span: fileSpan(file), counts }];
  });
}

/**
 * The excuses that count: those that the base has and the tree still has, as the base has them. A new or altered one counts
 * once the base holds it, and one that the tree takes out counts no more.
 */
export function keptExcuses(
  before: Excuses,
  after: Excuses,
): { excuses: { -readonly [K in keyof Excuses]: Excuses[K] }; differences: RuleDifference[] } {
  const differences: RuleDifference[] = [];
  const keep = <T extends { span: Span }>(kind: RuleChange["kind"], key: (of: T) => string, from: Lists<T>): T[] => {
    const present = new Map(from.after.map((each) => [key(each), each]));
    const known = new Map(from.before.map((each) => [key(each), each]));
    for (const [subject, each] of present) {
      const earlier = known.get(subject);
      if (earlier !== undefined && plain(earlier) === plain(each)) continue;
      const change = earlier === undefined ? "added" : "altered";
      differences.push({ kind, subject, change, span: each.span, counts: false });
    }
    return from.before.flatMap((each) => {
      const kept = present.get(key(each));
      if (kept !== undefined) return [{ ...each, span: kept.span }];
      differences.push({ kind, subject: key(each), change: "removed", span: fileSpan(each.span.file), counts: true });
      return [];
    });
  };
  const excuses: Excuses = {
    waivers: keep("waiver", ({ tag, verdict }) => `${tag} ${verdict}`, lists(before.waivers, after.waivers)),
    findingWaivers: keep("waiver", (each) => each.finding, lists(before.findingWaivers, after.findingWaivers)),
    confirmations: keep(
      "confirmation",
      ({ tag, text }) => `${tag} ${text.slice(0, DIGEST_SHOWN)}`,
      lists(before.confirmations, after.confirmations),
    ),
    baseline:
      before.baseline === null
        ? null
        : {
            path: before.baseline.path,
            verdicts: keep(
              "baseline",
              ({ tag, verdict }) => `${tag} ${verdict}`,
              baselineLists(before, after, "verdicts"),
            ),
            findings: keep("baseline", (each) => each.finding, baselineLists(before, after, "findings")),
          },
  };
  if (before.baseline === null && after.baseline !== null) {
    const span = fileSpan(after.baseline.path);
    differences.push({ kind: "baseline", subject: after.baseline.path, change: "added", span, counts: false });
  }
  differences.sort((a, b) => compareText(a.kind, b.kind) || compareText(a.subject, b.subject));
  return { excuses, differences };
}

/** `sha256:` and twelve hex digits. */
const DIGEST_SHOWN = 19;

interface Lists<T> {
  before: readonly T[];
  after: readonly T[];
}

function lists<T>(before: readonly T[], after: readonly T[]): Lists<T> {
  return { before, after };
}

function baselineLists<K extends "verdicts" | "findings">(
  before: Excuses,
  after: Excuses,
  name: K,
): Lists<Baseline[K][number]> {
  return lists<Baseline[K][number]>(before.baseline?.[name] ?? [], after.baseline?.[name] ?? []);
}

function plain<T extends { span: Span }>({ span: _, ...entry }: T): string {
  return compactCanonicalJson(entry);
}

const SHOWN = 40;

/** CHG001 for what the change alters in that by which it is judged; beyond so many of one kind they are one finding. */
export function ruleFindings(differences: readonly RuleDifference[]): Finding[] {
  const kinds = [...new Set(differences.map((each) => each.kind))];
  return kinds.flatMap((kind) => {
    const all = differences.filter((each) => each.kind === kind);
    const [first] = all;
    if (first === undefined || all.length <= SHOWN) return all.map(ruleFinding);
    const message = `Unexpected changes of ${all.length} entries of the ${kind}s, expected those of the base`;
    return [finding({ code: "CHG001", span: fileSpan(first.span.file), message, subject: kind })];
  });
}

function ruleFinding({ kind, subject, change, span, counts }: RuleDifference): Finding {
  const what = kind === "configuration" ? `"${subject}" in the configuration` : `${kind} ${subject}`;
  const effect = counts ? "it counts at once, so look at it" : "it counts once the base holds it";
  return finding({
    code: "CHG001",
    span,
    subject: `${kind} ${subject}`,
    message: `Unexpected ${change} ${what}, expected what the base has: ${effect}`,
  });
}
