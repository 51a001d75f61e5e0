import type { Finding } from "../model/finding.js";
import type { SpecDocument } from "../model/requirement.js";
import { parseSpec } from "../specs/parse.js";
import { brokenFinding } from "./broken.js";
import type { Cache } from "./cache.js";
import { NO_CACHE, openCache } from "./cache.js";
import { readTextFile } from "./files.js";
import type { FileJob } from "./job.js";

export interface SpecFile {
  path: string;
  /** Null when the file could not be read. */
  document: SpecDocument | null;
  findings: Finding[];
}

export interface ParseSettings {
  /** Names the build of the tool in the cache's keys; null without a cache. */
  cache: string | null;
}

/** Reads and parses one specification, and keeps the result. */
const parseSpecs: FileJob<ParseSettings, SpecFile> = {
  begin: (root, settings) => {
    const cache = settings.cache === null ? NO_CACHE : openCache(root, settings.cache);
    return (path) => parseFile(root, path, cache);
  },
  broken: (path, why) => ({ path, document: null, findings: [brokenFinding(path, why)] }),
  isResult: (value): value is SpecFile => typeof value === "object" && value !== null && "document" in value,
};

export default parseSpecs;

/** What is known of a specification without parsing it: that it cannot be read, or the result kept for its content. */
export function recallSpec(root: string, path: string, cache: Cache): SpecFile | { bytes: number } {
  const read = readTextFile(root, path);
  if ("finding" in read) return { path, document: null, findings: [read.finding] };
  return cache.get<SpecFile>(KIND, [path, read.digest]) ?? { bytes: read.text.length };
}

const KIND = "spec";

function parseFile(root: string, path: string, cache: Cache): SpecFile {
  const read = readTextFile(root, path);
  if ("finding" in read) return { path, document: null, findings: [read.finding] };
  const { document, findings } = parseSpec({ path, text: read.text });
  const parsed: SpecFile = { path, document, findings };
  cache.set(KIND, [path, read.digest], parsed);
  return parsed;
}
