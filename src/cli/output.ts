import { extname, resolve } from "node:path";
import { readHead } from "../host/bytes.js";
import { languageOf } from "../tags/languages.js";
import { UsageError } from "./errors.js";

/** How much of a file is looked at: JSON is sorted, so that the name of its schema can stand far behind its start. */
const LOOKED_AT = 8 * 1024 * 1024;

/** What reports of each form hold; texts for a terminal begin in too many ways to be told by their content. */
const MARKS: ReadonlyMap<string, RegExp> = new Map([
  [
    ".json",
    /"spec-evidence\/|"check_name":|"https:\/\/json\.schemastore\.org\/sarif|"https:\/\/in-toto\.io\/Statement|"bomFormat": ?"CycloneDX"|^\[\]\s*$/u,
  ],
  [".sarif", /"https:\/\/json\.schemastore\.org\/sarif/u],
  [".md", /^## (?:Evidence|`|[A-Z]+\d{3}\b)/u],
  [".html", /<title>[^<]*evidence for /u],
  [".htm", /<title>[^<]*evidence for /u],
  [".xml", /<testsuites name="spec-evidence"/u],
]);

const PLAIN = new Set([".txt", ".log", ".out"]);

/** What a text for a terminal begins with, told apart from a Makefile or a licence in a file without extension. */
const TEXT_START = /^(?:PASS|FAIL|CLEAN|NOTES|NONE|\d+ (?:gap|tag)|ok {6}|absent {2}|broken {2}|$)/u;

/**
 * A slip behind `--output` must not cost anybody a file: only a report is replaced by a report. Throws UsageError for
 * an existing file that is none, before any work is done.
 */
export function refuseForeignOutput(output: string | undefined): void {
  if (output === undefined || output === "-") return;
  const path = resolve(output);
  const head = headOf(path);
  if (head === null || head.trim() === "" || isReport(path, head)) return;
  throw new UsageError(
    `Unexpected file ${output} that is no report, expected a free place for the report (\`--output\`)`,
  );
}

function isReport(path: string, head: string): boolean {
  if (languageOf(path) !== null) return false;
  const extension = extname(path).toLowerCase();
  const mark = MARKS.get(extension);
  return mark === undefined ? PLAIN.has(extension) || TEXT_START.test(head) : mark.test(head);
}

/** Null where there is no file, or one that cannot be read: what writes it says so. */
function headOf(path: string): string | null {
  try {
    return readHead(path, LOOKED_AT);
  } catch {
    return null;
  }
}
