import type { StateDiff } from "../../model/diff.js";
import type { BaseGroup } from "../check/base.js";
import { group, moveLine, renameLine } from "../check/base.js";

const SOURCES: Readonly<Record<StateDiff["before"]["source"], string>> = {
  manifest: "a manifest",
  "committed manifest": "by the manifest committed there",
  references: "specifications and references only, nothing was run",
};

/** What the two states are, one sentence each. */
export function stateSentences({ before, after }: StateDiff): string[] {
  const isUneven = (before.source === "references") !== (after.source === "references");
  return [
    `From ${before.name}: ${SOURCES[before.source]}, gate ${before.gate}.`,
    ...(before.lacking ?? []),
    `To ${after.name}: ${SOURCES[after.source]}, gate ${after.gate}.`,
    ...(after.lacking ?? []),
    ...(isUneven ? ["Only one of them has results, so verdicts and executed evidence differ for that alone."] : []),
  ];
}

/** What differs; groups without an entry are left out. */
export function diffGroups(diff: StateDiff): BaseGroup[] {
  const verdicts = (worse: boolean) =>
    diff.verdicts
      .filter(({ isWorse }) => isWorse === worse)
      .map(({ tag, before, after }) => `${tag}  ${before} → ${after}`);
  return [
    group("Worse verdicts", verdicts(true), true),
    group("New findings", diff.findings.new.map(findingLine), true),
    group("Lost evidence", diff.lost.map(moveLine), true),
    group(
      "Removed",
      diff.removed.map(({ tag, title }) => `${tag}  ${title}`),
      true,
    ),
    group("Renamed", diff.renamed.map(renameLine), true),
    group(
      "Changed text",
      diff.changed.map(({ tag, title }) => `${tag}  ${title}`),
      true,
    ),
    group(
      "Added",
      diff.added.map(({ tag, title }) => `${tag}  ${title}`),
      true,
    ),
    group("Better verdicts", verdicts(false), true),
    group("Gained evidence", diff.gained.map(moveLine), true),
    group("Fixed findings", diff.findings.fixed.map(findingLine), true),
  ].filter(({ lines }) => lines.length > 0);
}

function findingLine({ code, severity, message, file, line }: StateDiff["findings"]["new"][number]): string {
  return `${severity} ${code} ${file}:${line}  ${message}`;
}
