import { parseStatements } from "../ears/parse.js";
import type { SpecDocument } from "../model/requirement.js";
import { parseSpec } from "../specs/parse.js";
import type { Cache } from "./cache.js";
import { NO_CACHE, openCache } from "./cache.js";
import { readTextFile, SPEC_LIMITS } from "./files.js";
import type { FileJob } from "./job.js";
import type { SpecFile, StatementCount } from "./spec-file.js";
import { kindOf, noDocument, SPEC_FILE } from "./spec-file.js";

export interface ParseSettings {
  /** Names the build of the tool in the cache's keys; null without a cache. */
  cache: string | null;
  /** Whether to read the sentences of main specifications. */
  sentences: boolean;
}

/** Reads and parses one specification, and keeps the result. */
const parseSpecs: FileJob<ParseSettings, SpecFile> = {
  ...SPEC_FILE,
  begin: (root, settings) => {
    const cache = settings.cache === null ? NO_CACHE : openCache(root, settings.cache);
    return (path) => parseFile(root, path, cache, settings.sentences);
  },
};

export default parseSpecs;

function parseFile(root: string, path: string, cache: Cache, sentences: boolean): SpecFile {
  const read = readTextFile(root, path, SPEC_LIMITS);
  if ("finding" in read) return { ...noDocument(path), findings: [read.finding] };
  const { document, findings } = parseSpec({ path, text: read.text });
  const statements = sentences && document.kind === "main" ? countStatements(document, read.text) : null;
  const parsed: SpecFile = { path, document, findings, statements };
  cache.set(kindOf(sentences), [path, read.digest], parsed);
  return parsed;
}

function countStatements(document: SpecDocument, text: string): StatementCount {
  const statements = parseStatements(document, text);
  return { statements: statements.length, read: statements.filter((each) => each.status === "read").length };
}
