import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import { fileSpan } from "../../model/span.js";
import type { DeltaPlan, NamedLine } from "./delta.js";
import { foldedName, keyOf } from "./lines.js";
import type { MergeInput } from "./merge-input.js";

/** Everything in a change that OpenSpec refuses whatever the main specification says, and entries that it does not read. */
export function planFindings(input: MergeInput): Finding[] {
  const { plan } = input;
  return [
    ...unpairedFindings(input),
    ...twiceFindings(input),
    ...conflictFindings(input),
    ...emptyFindings(input, plan),
  ];
}

function unpairedFindings({ plan, deltaLine }: MergeInput): Finding[] {
  const unpaired = plan.unpaired.map((side) => {
    const missing = side.side === "FROM" ? "TO" : "FROM";
    const message = `Unexpected ${side.side}: ${JSON.stringify(side.name)} without its ${missing}:, expected both, one behind the other`;
    return finding({ code: "SPEC036", message, span: deltaLine(side.line) });
  });
  const unread = plan.unread.map(({ line, text, reason }) => {
    const message = `Unexpected ${JSON.stringify(text)} in a section of a change, expected an entry: ${reason}`;
    return finding({ code: "SPEC029", message, span: deltaLine(line) });
  });
  return [...unpaired, ...unread];
}

function twiceFindings({ plan, deltaLine }: MergeInput): Finding[] {
  const lists: [string, readonly NamedLine[]][] = [
    ["ADDED", plan.added],
    ["MODIFIED", plan.modified],
    ["REMOVED", plan.removed],
    ["RENAMED FROM", plan.renamed.map((pair) => pair.from)],
    ["RENAMED TO", plan.renamed.map((pair) => pair.to)],
  ];
  return lists.flatMap(([section, entries]) => {
    const first = new Map<string, number>();
    return entries.flatMap((entry) => {
      const before = first.get(keyOf(entry));
      if (before === undefined) {
        first.set(keyOf(entry), entry.line);
        return [];
      }
      const message = `Unexpected second entry ${JSON.stringify(entry.name)} under ${section}, expected each requirement once`;
      const related = [{ span: deltaLine(before), message: "the first one" }];
      return [finding({ code: "SPEC025", message, span: deltaLine(entry.line), related })];
    });
  });
}

function conflictFindings({ plan, deltaLine }: MergeInput): Finding[] {
  const findings: Finding[] = [];
  const added = byName(plan.added);
  const modified = byName(plan.modified);
  const removed = byName(plan.removed);
  const removedFolded = new Map(plan.removed.map((entry) => [foldedName(keyOf(entry)), entry]));
  const conflict = (a: string, entry: NamedLine, b: string, other: NamedLine | undefined): void => {
    if (other === undefined) return;
    const message = `Unexpected requirement ${JSON.stringify(entry.name)} under ${a} and ${b}, expected one operation`;
    const related = [{ span: deltaLine(other.line), message: `under ${b}` }];
    findings.push(finding({ code: "SPEC025", message, span: deltaLine(entry.line), related }));
  };
  for (const entry of modified.values()) {
    conflict("MODIFIED", entry, "REMOVED", removed.get(keyOf(entry)));
    conflict("MODIFIED", entry, "ADDED", added.get(keyOf(entry)));
  }
  for (const entry of added.values()) conflict("ADDED", entry, "REMOVED", removed.get(keyOf(entry)));
  for (const { from, to } of plan.renamed) {
    conflict("RENAMED", from, "REMOVED", removedFolded.get(foldedName(keyOf(from))));
    conflict("RENAMED FROM", from, "MODIFIED, which has to use the new heading", modified.get(keyOf(from)));
    conflict("RENAMED TO", to, "ADDED", added.get(keyOf(to)));
  }
  return findings;
}

function byName<T extends NamedLine>(entries: readonly T[]): Map<string, T> {
  return new Map(entries.map((entry) => [keyOf(entry), entry]));
}

function emptyFindings({ deltaPath }: MergeInput, plan: DeltaPlan): Finding[] {
  if (plan.added.length + plan.modified.length + plan.removed.length + plan.renamed.length > 0) return [];
  const message =
    "Unexpected change without an operation, expected a requirement under `## ADDED Requirements` or the like";
  return [finding({ code: "SPEC027", message, span: fileSpan(deltaPath) })];
}
