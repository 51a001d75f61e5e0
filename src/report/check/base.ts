import type { BaseRecord } from "../../model/base.js";
import type { Predicate } from "../../model/manifest.js";
import { counted } from "./summary.js";

/** One group of what a change does: how many, and the lines that name them. */
export interface BaseGroup {
  title: string;
  lines: string[];
  /** Whether a reader should look at it first. */
  isTelling: boolean;
}

const SHORT = 8;

/** `main (1a2b3c4d)`; the ref alone where it is the commit itself. */
function baseName({ ref, commit }: BaseRecord): string {
  return ref.startsWith(commit.slice(0, SHORT)) ? ref.slice(0, 40) : `${ref} (${commit.slice(0, SHORT)})`;
}

/** What differs, in one sentence. */
export function baseSentence(base: BaseRecord): string {
  const { added, changed, removed, renamed } = base.files;
  const files = added + changed + removed + renamed;
  if (files === 0) return `Nothing differs from ${baseName(base)}.`;
  const tags = [
    said(base.added.length, "added"),
    said(base.changed.length, "changed"),
    said(base.renamed.length, "renamed"),
    said(base.removed.length, "removed"),
    said(base.touched.length, "touched by tests, models or code"),
  ].flat();
  const about = tags.length === 0 ? "no tag" : `tags: ${tags.join(", ")}`;
  return `Against ${baseName(base)}: ${counted(files, "file")}; ${about}.`;
}

function said(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

/** What a change does, what it alters in its own judgement first; groups without an entry are left out. */
export function baseGroups(base: BaseRecord, predicate: Predicate): BaseGroup[] {
  const suspects = predicate.verdicts.filter(({ unwaived }) => unwaived === "suspect");
  const evidence = base.manifest === null ? "references" : "evidence";
  const groups: BaseGroup[] = [
    group(
      "Alters what judges it",
      base.rules.map(({ kind, subject, change }) => `${change} ${kind} ${subject}`),
      true,
    ),
    group("Could not be told", base.lacking, true),
    group(
      "Removed",
      base.removed.map(({ tag, title }) => `${tag}  ${title}`),
      true,
    ),
    group("Renamed", base.renamed.map(renameLine), false),
    group(
      "Changed text",
      base.changed.map(({ tag, title }) => `${tag}  ${title}${suspicion(tag, suspects)}`),
      true,
    ),
    group(
      "Added",
      base.added.map(({ tag, title }) => `${tag}  ${title}`),
      false,
    ),
    group("No test, model or code of these was touched", base.untouched, true),
    group(
      "Code changed, tests did not run",
      base.unrun.map(({ tag, files }) => `${tag}  ${files.join(", ")}`),
      true,
    ),
    group(`Lost ${evidence}`, base.lost.map(moveLine), true),
    group(`Gained ${evidence}`, base.gained.map(moveLine), false),
    group(
      "Touched",
      base.touched.map(({ tag, files }) => `${tag}  ${files.join(", ")}`),
      false,
    ),
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

/** A group of lines under a title. */
export function group(title: string, lines: readonly string[], isTelling: boolean): BaseGroup {
  return { title, lines: [...lines], isTelling };
}

function suspicion(tag: string, suspects: readonly { tag: string }[]): string {
  return suspects.some((each) => each.tag === tag) ? " (suspect)" : "";
}

/** From which tag or title to which. */
export function renameLine({ tag, title, from, fromTitle }: BaseRecord["renamed"][number]): string {
  return from === tag ? `${tag}  ${fromTitle} → ${title}` : `${from} → ${tag}  ${title}`;
}

/** One piece of evidence that came or went. */
export function moveLine({ tag, kind, name, file }: BaseRecord["gained"][number]): string {
  return `${tag}  ${kind} ${name}${file === null || file === name ? "" : ` in ${file}`}`;
}
