import type { EvidenceKind, Outcome } from "../../model/evidence.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { ResultSet, TestResult } from "../../model/result.js";
import { lineSpan } from "../../model/span.js";
import type { Tag } from "../../model/tag.js";
import { malformedEntry } from "./entries.js";
import { jsonPointer } from "./json.js";
import { reportedPath } from "./paths.js";
import type { Content, JsonObject, ReaderInput, ResultReader } from "./reader.js";
import {
  countAt,
  emptySet,
  heldFewer,
  isRecord,
  listAt,
  nothingReported,
  recordAt,
  textAt,
  topOf,
  unreadable,
} from "./reader.js";
import { CLAIMING_PROPERTIES, firstLine, LABELLING_PROPERTIES, listedTags, titleTags, uniqueTags } from "./text.js";

/** Common Test Report Format, all versions: before 0.1 `suite` was one text and nothing named the format. */
export const ctrfReader: ResultReader = {
  format: "ctrf",
  syntax: "json",
  detect: (content) => {
    const results = resultsOf(content);
    return results !== null && ["summary", "tool", "tests"].some((member) => results[member] !== undefined);
  },
  read,
};

function resultsOf(content: Content): JsonObject | null {
  const top = topOf(content);
  return top !== null && isRecord(Reflect.get(top, "results")) ? recordAt(top, "results") : null;
}

function read(input: ReaderInput): ResultSet {
  const results = resultsOf(input.content) ?? {};
  const tool = recordAt(results, "tool");
  const set = emptySet(input.path, "ctrf", textAt(tool, "name") ?? "ctrf");
  set.producer.version = textAt(tool, "version");
  const tests = listAt(results, "tests");
  if (tests === null) {
    set.findings.push(unreadable(input.path, "Unexpected JSON without results.tests, expected a CTRF report"));
    return set;
  }
  const unknown = new Map<string, number>();
  tests.forEach((entry, index) => {
    const test = isRecord(entry) ? readTest(entry, input) : null;
    if (test === null) {
      set.findings.push(malformedEntry(input, ["results", "tests", index], "entry without name and status"));
      return;
    }
    set.tests.push(test.result);
    if (test.unknownStatus !== null && !unknown.has(test.unknownStatus)) unknown.set(test.unknownStatus, index);
  });
  for (const [status, index] of unknown) set.findings.push(unknownStatus(input.path, status, index));
  const declared = countAt(recordAt(results, "summary"), "tests");
  if (declared !== null && declared > tests.length) {
    set.findings.push(heldFewer(input.path, tests.length, declared, "tests"));
  }
  if (tests.length === 0) set.findings.push(nothingReported(input.path, "a test"));
  return set;
}

function unknownStatus(path: string, status: string, index: number): Finding {
  const place = jsonPointer(["results", "tests", index]);
  return finding({
    code: "RES009",
    message: `Unexpected status "${status.slice(0, 40)}" at ${place}, expected passed, failed, skipped, pending or other`,
    span: lineSpan(path, 1),
    subject: status,
  });
}

function readTest(entry: JsonObject, input: ReaderInput): { result: TestResult; unknownStatus: string | null } | null {
  const title = textAt(entry, "name");
  const status = textAt(entry, "status");
  if (title === null || status === null) return null;
  const raw = (textAt(entry, "rawStatus") ?? "").toLowerCase();
  const outcome = outcomeOf(status, raw);
  const path = textAt(entry, "filePath");
  const file = path === null ? null : reportedPath(path, input.root);
  const suite = suiteOf(entry, path);
  const name = ownName(title, suite);
  const retries = countAt(entry, "retries");
  const line = countAt(entry, "line");
  const result: TestResult = {
    name,
    suite,
    className: null,
    file,
    line: line === 0 ? null : line,
    outcome: outcome ?? "inconclusive",
    tags: tagsOf(entry, [title, ...suite]),
    assertions: null,
    expectedToFail: raw.startsWith("xfail") || raw.startsWith("xpass"),
    message: outcome === "pass" ? null : firstLine(textAt(entry, "message") ?? "", input.root),
    against: {},
    kind: input.kind ?? kindOf(textAt(entry, "type")),
    ...(retries === null || retries === 0 ? {} : { attempts: retries + 1 }),
  };
  return { result, unknownStatus: outcome === null ? status : null };
}

/** Null for a word that CTRF does not have; `other` is told apart by what the runner itself called it. */
function outcomeOf(status: string, raw: string): Outcome | null {
  switch (status) {
    case "passed":
      return "pass";
    case "failed":
      return "fail";
    case "skipped":
    case "pending":
      return "skipped";
    case "other":
      return raw === "todo" || raw === "disabled" ? "skipped" : "inconclusive";
    default:
      return null;
  }
}

/** Enclosing titles without the file, which some reporters put first. */
function suiteOf(entry: JsonObject, path: string | null): string[] {
  const listed = listAt(entry, "suite")?.filter((each) => typeof each === "string");
  const titles = listed ?? textAt(entry, "suite")?.split(" > ") ?? [];
  const first = (titles[0] ?? "").replaceAll("\\", "/");
  return first !== "" && path?.replaceAll("\\", "/").endsWith(first) ? titles.slice(1) : titles;
}

/** jest's reporter repeats the enclosing titles in the name. */
function ownName(title: string, suite: readonly string[]): string {
  for (const separator of [" ", " > ", " › "]) {
    const prefix = suite.length === 0 ? "" : suite.join(separator) + separator;
    if (prefix !== "" && title.length > prefix.length && title.startsWith(prefix)) return title.slice(prefix.length);
  }
  return title;
}

function tagsOf(entry: JsonObject, titles: readonly string[]): Tag[] {
  const tags = titleTags(titles);
  const listed = listAt(entry, "tags") ?? [];
  const named = Object.entries(recordAt(entry, "labels")).flatMap(([name, value]) => {
    const key = name.toLowerCase();
    return CLAIMING_PROPERTIES.has(key) || LABELLING_PROPERTIES.has(key) ? [value].flat() : [];
  });
  for (const each of [...listed, ...named]) {
    if (typeof each === "string") tags.push(...listedTags(each.replace(/^@/u, "")).tags);
  }
  return uniqueTags(tags);
}

function kindOf(type: string | null): EvidenceKind {
  return type === "integration" || type === "e2e" ? "test.integration" : "test.unit";
}
