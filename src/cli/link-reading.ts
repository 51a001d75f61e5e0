import { join } from "node:path";
import { byName, findElsewhere } from "../evidence/links/elsewhere.js";
import type { JudgedLink, LinkContext } from "../evidence/links/judge.js";
import { judgeLinks } from "../evidence/links/judge.js";
import type { Edit } from "../evidence/links/reanchor.js";
import { reanchor } from "../evidence/links/reanchor.js";
import { loadConfig } from "../host/config.js";
import { discoverSpecs } from "../host/discover.js";
import { readTextFile } from "../host/files.js";
import { listGitFiles } from "../host/git.js";
import { lastSeen } from "../host/link-history.js";
import { openReading } from "../host/reading.js";
import { isReadOnly } from "../host/write.js";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import type { SpecDocument } from "../model/requirement.js";
import { parseSpec } from "../specs/parse.js";
import type { GlobalOptions } from "./context.js";
import { rootOf } from "./context.js";
import { interruption } from "./interruption.js";
import { linkContext } from "./link-context.js";
import type { FoundElsewhere } from "./link-moves.js";
import { findLostNames, withMoves } from "./link-moves.js";
import { chooseSpecs } from "./scope.js";
import { unreadable } from "./specifications.js";

/** The links of a folder's specifications, held against its files. */
export interface LinkReading {
  root: string;
  config: Config;
  documents: SpecDocument[];
  /** Why there is none, where there is none, and which cannot be read. */
  absence: Finding[];
  context: LinkContext;
  judged: JudgedLink[];
}

/** Reads the specifications below the given paths, those of active changes too, and judges their links. */
export async function openLinks(options: GlobalOptions, paths: readonly string[]): Promise<LinkReading> {
  const root = rootOf(options);
  const { config, path } = loadConfig(root.path, options.config ?? null);
  const found = discoverSpecs(root.path, config, path);
  const scope = chooseSpecs(root.path, found.files, paths);
  const reading = await openReading(root, { cache: options.cache, signal: interruption() });
  try {
    const { documents, findings } = await reading.parseSpecs(found.files.filter((file) => scope?.has(file) ?? true));
    const context = await linkContext(root.path, documents);
    const absence = [...(documents.length === 0 ? found.findings : []), ...unreadable(documents, findings)];
    return { root: root.path, config, documents, absence, context, judged: judgeLinks(documents, context) };
  } finally {
    await reading.close();
  }
}

export interface ProposedEdits {
  files: { path: string; text: string; edits: Edit[] }[];
  /** Files that cannot be corrected, each with the reason. */
  refused: { path: string; why: string }[];
}

/**
 * What `--fix` would write. A file is proposed only if, read again, every corrected link holds and every other one is as
 * it was; a link that its correction would not make hold is left out.
 */
export function proposeEdits({ root, config, documents, context, judged }: LinkReading): ProposedEdits {
  const proposed: ProposedEdits = { files: [], refused: [] };
  const byFile = new Map<string, JudgedLink[]>(documents.map(({ path }) => [path, []]));
  for (const each of judged) byFile.get(each.link.span.file)?.push(each);
  for (const { path, digest } of documents) {
    const all = byFile.get(path) ?? [];
    const wanted = all.filter(({ problem }) => problem?.line !== undefined && config.severity[problem.code] !== "off");
    if (wanted.length === 0) continue;
    const refuse = (why: string) => proposed.refused.push({ path, why });
    const read = readTextFile(root, path);
    if ("finding" in read || read.digest !== digest) {
      refuse("it cannot be read, or changed meanwhile");
      continue;
    }
    if (isReadOnly(join(root, path))) {
      refuse("it is read-only");
      continue;
    }
    const corrected = correct({ path, text: read.text }, wanted, all, context);
    if (corrected === null) {
      refuse("with the corrections its links would read differently");
      continue;
    }
    for (const { link } of corrected.left) {
      refuse(`line ${link.span.line} has a target that others share, or an unusual form`);
    }
    for (const { link } of corrected.vain) refuse(`line ${link.span.line} would not hold with the line corrected`);
    if (corrected.edits.length > 0) proposed.files.push({ path, text: corrected.text, edits: corrected.edits });
  }
  return proposed;
}

/** A file's text with the corrections that make their links hold; null when they would change what other links say. */
function correct(
  { path, text: before }: { path: string; text: string },
  wanted: readonly JudgedLink[],
  all: readonly JudgedLink[],
  context: LinkContext,
): (ReturnType<typeof reanchor> & { vain: JudgedLink[] }) | null {
  const vain: JudgedLink[] = [];
  for (let rest = wanted; ; rest = rest.filter((each) => !vain.includes(each))) {
    const result = reanchor(before, rest, all);
    if (result.edits.length === 0) return { ...result, vain };
    const again = judgeLinks([parseSpec({ path, text: result.text }).document], context);
    const mended = new Set(rest.filter((each) => !result.left.includes(each)));
    if (again.length !== all.length) return null;
    const spoiled = all.filter((each, at) => again[at]?.state !== (mended.has(each) ? "holds" : each.state));
    if (spoiled.length === 0) return { ...result, vain };
    if (!spoiled.every((each) => mended.has(each))) return null;
    vain.push(...spoiled);
  }
}

export interface Investigated {
  /** The judged links, with what was found out as suggestions. */
  known: JudgedLink[];
  /** What is known of each missing file. */
  notes: ReadonlyMap<string, readonly string[]>;
}

/** The reading with the places that lost names have moved to. */
export async function followMoves(reading: LinkReading): Promise<LinkReading> {
  const found = await findLostNames(reading.root, reading.judged, reading.context);
  return { ...reading, judged: withMoves(reading.judged, found) };
}

/** Finds out where what links have lost may be: by name among the files of the repository, and in its history. */
export async function investigate({ root, context, judged }: LinkReading): Promise<Investigated> {
  const lost = new Map<string, { path: string; symbol: string | null; wanted: (string | null)[] }>();
  for (const { problem, target } of judged) {
    if (problem?.lost === undefined) continue;
    const { path, symbol } = problem.lost;
    const isFile = target === null;
    const key = isFile ? path : `${path}\n${symbol}`;
    const known = lost.get(key) ?? { path, symbol: isFile ? null : symbol, wanted: [] };
    if (isFile) known.wanted.push(symbol);
    lost.set(key, known);
  }
  if (lost.size === 0) return { known: [...judged], notes: new Map() };
  const questions = [...lost.values()];
  const answers = await lastSeen(root, questions);
  const elsewhere = await findLostNames(root, judged, context);
  const listed = await listGitFiles(root);
  const files = byName("files" in listed ? listed.files : []);
  const said = new Map<string, string[]>();
  for (const [index, [key, { path, symbol, wanted }]] of [...lost].entries()) {
    const answer = answers[index];
    const lines = answer === undefined ? [] : [sentence(answer.said)];
    if (symbol === null) {
      const renamed = answer?.renamedTo ?? null;
      lines.push(
        ...(renamed === null ? whereNow(path, wanted, files, context) : [`Git says it was renamed to ${renamed}.`]),
      );
    }
    said.set(key, lines);
  }
  const known = judged.map((each): JudgedLink => {
    const { problem, target } = each;
    if (problem?.lost === undefined) return each;
    const lines = said.get(target === null ? problem.lost.path : `${problem.lost.path}\n${problem.lost.symbol}`) ?? [];
    const places = target === null ? undefined : elsewhere.get(each);
    return { ...each, problem: { ...problem, suggestion: [...lines, ...standsNow(places, each.link.form)].join(" ") } };
  });
  return { known, notes: said };
}

/** Correction leaves the paths of links with a label and of images alone. */
function standsNow(found: FoundElsewhere | undefined, form: JudgedLink["link"]["form"]): string[] {
  if (found === undefined) return [];
  const shown = found.places.slice(0, 3).map(({ path, line }) => `${path}:${line}`);
  const more = found.places.length - shown.length;
  const where = `${shown.join(" or ")}${more > 0 ? ` or ${more} others` : ""}`;
  if (!found.hasMoved) return [`It may stand in ${where} now.`];
  return [`It has moved to ${where}${form === "inline" ? ": --fix leads the link there" : ""}.`];
}

/** Where a missing file may be now, by its name and what links say stands in it. */
function whereNow(
  path: string,
  wanted: readonly (string | null)[],
  files: ReadonlyMap<string, readonly string[]>,
  { tree }: LinkContext,
): string[] {
  const symbols = new Set(wanted.filter((symbol) => symbol !== null));
  const found = new Set<string>();
  for (const symbol of symbols.size > 0 ? [...symbols].slice(0, 5) : [null]) {
    for (const { file } of findElsewhere({ path, symbol }, files, (each) => tree.read(each))) found.add(file);
  }
  const places = [...found].sort();
  if (places.length === 0) return [];
  if (places.length === 1) return [`What it held may stand in ${places[0]} now.`];
  return [`It may be ${places.slice(0, 3).join(" or ")}${places.length > 3 ? ` or ${places.length - 3} others` : ""}.`];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
