import type { BaseRecord } from "../../model/base.js";
import type { Finding } from "../../model/finding.js";
import type { ManifestFinding } from "../../model/manifest.js";
import type { Definition } from "../../model/reference.js";
import type { Tag } from "../../model/tag.js";
import type { TagVerdict } from "../../model/verdict.js";
import type { AppliedBaseline } from "../baseline.js";
import { isWorse } from "../baseline.js";
import { renamedTags } from "./definitions.js";
import type { Comparison } from "./describe.js";
import { renamedFiles } from "./describe.js";

/** What was there before: in ratchet mode it does not fail the gate. */
export interface Known {
  tags: ReadonlySet<Tag>;
  /** Ids of findings. */
  ids: ReadonlySet<string>;
}

interface Judged {
  verdicts: readonly TagVerdict[];
  findings: readonly Finding[];
}

/** What the baseline or the base had already. Without either nothing is known, and ratchet is as strict as strict. */
export function knownBefore(
  judged: Judged,
  baseline: AppliedBaseline | null,
  against: { comparison: Comparison; record: BaseRecord; glossary: string } | null,
): Known {
  const tags = new Set(baseline?.tags);
  const ids = new Set(baseline?.ids);
  if (against === null) return { tags, ids };
  const { comparison } = against;
  const earlier = comparison.input.manifest?.predicate;
  if (earlier !== undefined) {
    const present = renamedTags(comparison.definitions);
    const verdictOf = new Map(earlier.verdicts.map((each) => [present.get(each.tag) ?? each.tag, each.unwaived]));
    for (const { tag, unwaived } of judged.verdicts) {
      const before = verdictOf.get(tag);
      if (before !== undefined && !isWorse(unwaived, before)) tags.add(tag);
    }
    for (const { id } of earlier.findings) ids.add(id);
    for (const id of movedFindings(earlier.findings, judged.findings, comparison)) ids.add(id);
    return { tags, ids };
  }
  const isOld = untouchedBy(against.comparison, against.record);
  for (const verdict of judged.verdicts) if (isOld.verdict(verdict)) tags.add(verdict.tag);
  for (const each of judged.findings) if (isOld.finding(each, against.glossary)) ids.add(each.id);
  return { tags, ids };
}

/** Ids of findings that the base has too, in a file of another path: the path is part of an id. */
function movedFindings(
  earlier: readonly Pick<ManifestFinding, "code" | "message" | "span">[],
  present: readonly Finding[],
  { input }: Comparison,
): string[] {
  const files = renamedFiles(input);
  const left = new Map<string, number>();
  const key = (code: string, file: string, message: string) => JSON.stringify([code, file, message]);
  for (const { code, span, message } of earlier) {
    const file = files.get(span.file);
    if (file !== undefined) left.set(key(code, file, message), (left.get(key(code, file, message)) ?? 0) + 1);
  }
  return present.flatMap(({ id, code, span, message }) => {
    const count = left.get(key(code, span.file, message)) ?? 0;
    left.set(key(code, span.file, message), count - 1);
    return count > 0 ? [id] : [];
  });
}

/** Findings about results and about the change itself, which no look at the base's files can tell to be old. */
const NEWS = /^(?:RES|CHG)/u;
const OVER_TERMS = /^(?:LOGIC|GLOSS)/u;
/** Findings that the same text can have at one path and not at another. */
const OF_A_PLACE = /^(?:LINK|TAG009|EVD|FILE)/u;

/**
 * Without a manifest of the base: a gap is old when the tag, or one of another name, was there with the same text, lost nothing and, where its tests
 * cannot fail, has none that is new. A failing tag may always be new. A finding is old when neither its places nor its
 * tags are touched; a move touches what depends on the place. Of what is unknown nothing is old.
 */
function untouchedBy({ input, facts, definitions }: Comparison, record: BaseRecord) {
  const lost = new Set(record.lost.map((each) => each.tag));
  const changed = pathsOf(input.files.filter(({ isMove }) => !isMove));
  const moved = pathsOf(input.files.filter(({ isMove }) => isMove));
  const renamed = new Set(definitions.renamed.flatMap(({ from, to }) => (sameText(from, to) ? [to.tag] : [])));
  const known = new Set<Tag>();
  const unknown = new Set<Tag>();
  for (const { tag, span } of input.definitions.values()) (input.unknown.has(span.file) ? unknown : known).add(tag);
  const fresh = [...record.added, ...record.changed, ...record.renamed, ...record.removed].map((each) => each.tag);
  const touched = new Set([...fresh, ...facts.texts, ...facts.touched.keys(), ...lost, ...unknown]);
  const isTouched = (file: string, code: string): boolean =>
    changed.has(file) || input.unknown.has(file) || (moved.has(file) && OF_A_PLACE.test(code));
  return {
    verdict: ({ tag, unwaived }: TagVerdict): boolean =>
      (known.has(tag) || renamed.has(tag)) &&
      !facts.texts.has(tag) &&
      !lost.has(tag) &&
      unwaived !== "failing" &&
      (unwaived !== "hollow" || !facts.touched.has(tag)),
    finding: ({ code, span, related, tags }: Finding, glossary: string): boolean =>
      !NEWS.test(code) &&
      !(OVER_TERMS.test(code) && changed.has(glossary)) &&
      ![span, ...related.map((each) => each.span)].some(({ file }) => isTouched(file, code)) &&
      !tags.some((tag) => touched.has(tag)),
  };
}

function pathsOf(files: Comparison["input"]["files"]): Set<string> {
  return new Set(files.flatMap(({ before, after }) => [before, after]).filter((path) => path !== null));
}

/** Whether a tag that took another name demands the same. */
function sameText(from: Definition, to: Definition): boolean {
  return from.tag !== to.tag && from.textDigest === to.textDigest;
}
