import { z } from "zod";
import type { ResultSet, TestResult } from "../../model/result.js";
import { testsFileSchema } from "../../model/tests-file.js";
import { readEntries, readHead } from "./entries.js";
import { reportedPath } from "./paths.js";
import type { ReaderInput, ResultReader } from "./reader.js";
import { emptySet, nothingReported, textAt, topOf } from "./reader.js";
import { firstLine, titleTags, uniqueTags } from "./text.js";

const headSchema = testsFileSchema.extend({ tests: z.array(z.unknown()) });
const testSchema = testsFileSchema.shape.tests.element;

/** Our own file of executed tests (schemas/tests.schema.json). */
export const testsFileReader: ResultReader = {
  format: "tests",
  syntax: "json",
  detect: (content) => textAt(topOf(content) ?? {}, "schema")?.startsWith("spec-evidence/tests@") ?? false,
  read,
};

function read(input: ReaderInput): ResultSet {
  const { head, findings } = readHead(input, headSchema, "schemas/tests.schema.json");
  const set = emptySet(input.path, "tests", head?.producer.name ?? "unknown");
  set.findings.push(...findings);
  if (head === null) return set;
  set.producer.version = head.producer.version ?? null;
  const { entries, findings: malformed } = readEntries(input, "tests", testSchema);
  set.findings.push(...malformed);
  set.tests = entries.map(
    (entry): TestResult => ({
      name: entry.name,
      suite: entry.suite,
      className: null,
      file: reportedPath(entry.file, input.root),
      line: entry.line,
      outcome: entry.outcome,
      tags: uniqueTags([...entry.tags, ...titleTags([...entry.suite, entry.name])]),
      assertions: entry.assertions,
      expectedToFail: entry.expectedToFail,
      message: entry.message === null ? null : firstLine(entry.message, input.root),
      against: entry.against,
      // What the run itself says of a test is better known than what the configuration says of the whole file.
      kind: entry.kind === "test.unit" ? (input.kind ?? entry.kind) : entry.kind,
      ...(entry.attempts > 1 ? { attempts: entry.attempts } : {}),
    }),
  );
  set.complete = head.complete;
  set.files = Object.fromEntries(
    Object.entries(head.files).map(([file, digest]) => [reportedPath(file, input.root) ?? file, digest]),
  );
  if (head.tests.length === 0) set.findings.push(nothingReported(input.path, "a test"));
  return set;
}
