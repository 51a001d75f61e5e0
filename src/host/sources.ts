import type { Stats } from "node:fs";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import { compareText } from "../model/span.js";
import { errorCode, unreadable } from "./bytes.js";
import { isForeign } from "./discover.js";
import { unreadableFinding } from "./files.js";
import { listGitFiles } from "./git.js";
import { escapePattern, globs } from "./globs.js";
import type { SourceStat } from "./source-index.js";
import { sourceStat } from "./source-index.js";
import { walk } from "./walk.js";

/** Larger sources are generated or data; nobody writes a reference into them. */
export const SOURCE_MAX_BYTES = 2 * 1024 * 1024;

export interface DiscoveredSources {
  /** Relative to the root, in code-unit order. */
  files: string[];
  /** What the file system says about each, by path. */
  stats: Map<string, SourceStat>;
  /** Bytes of all of them. */
  bytes: number;
  /** Left out though selected: too large, or under a name that is not UTF-8. */
  skipped: { path: string; why: "large" | "name" }[];
  /** Who listed them. Without git, ignored files are read too. */
  listedBy: "git" | "walk";
  /** Why git did not; null when it did. */
  problem: string | null;
  findings: Finding[];
}

/**
 * The source files that may refer to tags: listed by git where the folder is part of a work tree (tracked, and new but
 * not ignored), by walking it otherwise. Of those, what `config.source` includes, does not exclude and `isSource` knows,
 * without the specifications and the files that the tool writes. Links are passed over: what they lead to is listed
 * itself when it lies in the folder.
 */
export async function discoverSources(
  root: string,
  config: Config,
  specs: readonly string[],
  isSource: (path: string) => boolean,
): Promise<DiscoveredSources> {
  const listed = await listGitFiles(root);
  const findings: Finding[] = [];
  const candidates = "files" in listed ? listed.files : walkSources(root, config.source.include, findings);
  const included = globs(config.source.include);
  const excluded = globs([...config.source.exclude, ".evidence/**", escapePattern(config.manifest)]);
  const specified = new Set(specs);
  const found: DiscoveredSources = {
    files: [],
    stats: new Map(),
    bytes: 0,
    skipped: [],
    listedBy: "files" in listed ? "git" : "walk",
    problem: "problem" in listed ? listed.problem : null,
    findings,
  };
  for (const path of candidates) {
    if (!isSource(path) || specified.has(path) || !included.matches(path) || excluded.matches(path)) continue;
    admit(root, path, found);
  }
  found.files.sort(compareText);
  return found;
}

/** Takes the file if it is a regular one of bearable size; a file that git still lists but that is gone is no file. */
function admit(root: string, path: string, found: DiscoveredSources): void {
  const stat = statOf(root, path);
  if ("code" in stat) {
    const problem = unreadable(stat.code);
    if (path.includes("\uFFFD")) found.skipped.push({ path, why: "name" });
    else if (problem.why !== "absent") found.findings.push(unreadableFinding(path, problem, SOURCE_MAX_BYTES));
  } else if (!stat.isFile()) {
    return;
  } else if (stat.size > SOURCE_MAX_BYTES) {
    found.skipped.push({ path, why: "large" });
  } else {
    found.files.push(path);
    found.stats.set(path, sourceStat(stat));
    found.bytes += stat.size;
  }
}

function statOf(root: string, path: string): Stats | { code: string } {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false }) ?? { code: "ENOENT" };
  } catch (caught) {
    return { code: errorCode(caught) };
  }
}

function walkSources(root: string, include: readonly string[], findings: Finding[]): string[] {
  const files: string[] = [];
  for (const base of globs(include).bases) {
    for (const entry of walk(root, base, (path) => !isForeign(path))) {
      if (entry.kind === "file") files.push(entry.path);
      if (entry.kind === "closed") findings.push(unreadableFinding(entry.path, unreadable(entry.code), 0));
    }
  }
  return files;
}
