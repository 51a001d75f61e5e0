import type { Finding } from "../model/finding.js";
import type { SpecDocument } from "../model/requirement.js";
import { brokenFinding } from "./broken.js";
import type { Cache } from "./cache.js";
import { readTextFile, SPEC_LIMITS } from "./files.js";
import type { ResultForm } from "./job.js";

export interface SpecFile {
  path: string;
  /** Null when the file could not be read. */
  document: SpecDocument | null;
  findings: Finding[];
  /** How many statements it makes and how many of them are read; null when that was not asked for, or of a delta. */
  statements: StatementCount | null;
}

export interface StatementCount {
  statements: number;
  read: number;
}

/** What is known of a specification without parsing it: that it cannot be read, or the result kept for its content. */
export function recallSpec(root: string, path: string, cache: Cache, sentences: boolean): SpecFile | { bytes: number } {
  const read = readTextFile(root, path, SPEC_LIMITS);
  if ("finding" in read) return { ...noDocument(path), findings: [read.finding] };
  return cache.get<SpecFile>(kindOf(sentences), [path, read.digest]) ?? { bytes: read.text.length };
}

export const SPEC_FILE: ResultForm<SpecFile> = {
  broken: (path, why) => ({ ...noDocument(path), findings: [brokenFinding(path, why)] }),
  isResult: (value): value is SpecFile => typeof value === "object" && value !== null && "document" in value,
};

/** The kind of work in the cache. */
export function kindOf(sentences: boolean): string {
  return sentences ? "spec with sentences" : "spec";
}

/** Of a specification that could not be read. */
export function noDocument(path: string): SpecFile {
  return { path, document: null, findings: [], statements: null };
}
