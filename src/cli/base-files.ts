import { join } from "node:path";
import type { BaseInput } from "../evidence/base/input.js";
import { readBytes } from "../host/bytes.js";
import { readTextFile } from "../host/files.js";
import { globs } from "../host/globs.js";
import type { FileChange } from "../host/history.js";
import type { RevisionFiles } from "../host/revision-files.js";
import { specsIn } from "../host/revision-files.js";
import { sourceText } from "../host/source-text.js";
import { SOURCE_MAX_BYTES } from "../host/sources.js";
import type { Config } from "../model/config.js";
import { foldWhitespace, sha256 } from "../model/digest.js";
import type { SpecDocument } from "../model/requirement.js";
import { parseSpec } from "../specs/parse.js";
import { languageOf } from "../tags/languages.js";

/** The files of a base, and which of them differ in the tree. */
export interface BaseFiles {
  base: RevisionFiles;
  changes: FileChange[];
  /** Configuration of the base, with which its own files are read. */
  configThen: Config;
  /** What could not be told, one sentence each. */
  lacking: string[];
}

const SPEC_BYTES = 4 * 1024 * 1024;

/** What git lists, and specifications that differ all the same: in a submodule, behind a link, hidden from git. */
export function filesOf(
  changes: readonly FileChange[],
  then: readonly SpecDocument[],
  now: readonly SpecDocument[],
): BaseInput["files"] {
  const files = changes.map(({ before, after, isMove }) => ({ before: before?.path ?? null, after, isMove }));
  const listed = new Set(files.flatMap(({ before, after }) => [before, after]));
  const present = new Map(now.map((document) => [document.path, document]));
  for (const document of then) {
    const { path } = document;
    if (present.get(path) !== document && !listed.has(path))
      files.push({ before: path, after: present.has(path) ? path : null, isMove: false });
    present.delete(path);
  }
  for (const path of present.keys()) if (!listed.has(path)) files.push({ before: null, after: path, isMove: false });
  return files;
}

/**
 * The main specifications of the base; those that are the same now are not parsed again. `unknown` are the paths of those
 * that stand for what the base has there and nobody can tell.
 */
export async function documentsThen(
  root: string,
  { base, configThen, lacking }: BaseFiles,
  now: readonly SpecDocument[],
): Promise<{ documents: SpecDocument[]; unknown: string[] }> {
  const present = new Map(now.map((document) => [document.path, document]));
  const paths = specsIn(base, configThen.specs);
  const texts = await base.read(paths, SPEC_BYTES);
  const documents = paths.flatMap((path) => {
    const text = texts.get(path);
    if (text === undefined) lacking.push(`${path} of the base cannot be read: its tags are not known there.`);
    if (text === undefined) return [];
    const now = present.get(path);
    if (now !== undefined && (now.digest === sha256(text) || hasLines(root, path, text))) return now;
    return parseSpec({ path, text }).document;
  });
  // Of a submodule that is not there nothing is known, so that no list names anything in it. Where ordinary files took its
  // place, git lists them.
  const hidden = base.closed.filter(({ isPresent }) => isPresent);
  const unknown = now.filter(({ path }) => hidden.some((folder) => path.startsWith(`${folder.path}/`)));
  return { documents: [...documents, ...unknown], unknown: unknown.map(({ path }) => path) };
}

/** Whether a file has this text with whichever line ends: a checkout can have others than the commit. */
function hasLines(root: string, path: string, text: string): boolean {
  const read = readTextFile(root, path);
  return "text" in read && unixLines(read.text) === unixLines(text);
}

function unixLines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Texts of the source files that differ in more than white space, then and now. */
export async function changedTexts(
  root: string,
  { base, changes, configThen }: BaseFiles,
  sources: ReadonlyMap<string, string>,
): Promise<{ before: Map<string, string>; after: Map<string, string> }> {
  const included = globs(configThen.source.include);
  const excluded = globs(configThen.source.exclude);
  const wasSource = (path: string) => languageOf(path) !== null && included.matches(path) && !excluded.matches(path);
  const wanted = changes.flatMap(({ before }) => (before !== null && wasSource(before.path) ? [before.path] : []));
  const read = await base.readSources(wanted, SOURCE_MAX_BYTES);
  const before = new Map([...read].map(([path, bytes]) => [path, sourceText(bytes)]));
  const after = new Map<string, string>();
  for (const change of changes) {
    if (change.after === null || !sources.has(change.after)) continue;
    const present = readBytes(join(root, change.after), { maxBytes: SOURCE_MAX_BYTES, followLink: false });
    if (!("bytes" in present)) continue;
    const now = sourceText(present.bytes);
    const earlier = change.before === null ? undefined : before.get(change.before.path);
    if (change.before !== null && earlier !== undefined && foldWhitespace(earlier) === foldWhitespace(now)) {
      before.delete(change.before.path);
    } else {
      after.set(change.after, now);
    }
  }
  return { before, after };
}
