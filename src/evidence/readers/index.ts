import type { EvidenceKind } from "../../model/evidence.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { ResultFormat, ResultSet } from "../../model/result.js";
import { RESULT_FORMATS } from "../../model/result.js";
import { lineSpan } from "../../model/span.js";
import { campaignReader } from "./campaign.js";
import { ctrfReader } from "./ctrf.js";
import { readJson } from "./json.js";
import { junitReader } from "./junit.js";
import type { Content, ResultReader } from "./reader.js";
import { emptySet, nothingReported, unreadable } from "./reader.js";
import { sarifReader } from "./sarif.js";
import { testsFileReader } from "./tests-file.js";
import { rootElement } from "./xml.js";

/** Every format, in the order in which they are asked. */
const READERS: readonly ResultReader[] = [testsFileReader, campaignReader, ctrfReader, sarifReader, junitReader];

export interface ResultsFile {
  /** Relative to the judged root, forward slashes. */
  path: string;
  text: string;
  /** Configured format; told from the content when left out. */
  format?: ResultFormat;
  /** Configured kind of evidence; the format's own when left out. */
  kind?: EvidenceKind;
  /** Absolute path of the judged root: reports name files by absolute paths, which become relative to it. */
  root?: string;
}

/**
 * Reads one results file. The format is told from what the content says of itself, never from the file's name. Input of
 * any form gives a result set; what could not be read stands in its findings (RES002, RES003, RES004, RES008, RES009,
 * RES011, RES012, RES013).
 */
export function readResults(file: ResultsFile): ResultSet {
  const { path, text } = file;
  const format = file.format ?? "unknown";
  if (text.trim() === "" || text.trim() === "\uFEFF") return failed(path, format, nothingReported(path, "any content"));
  const content = contentOf(path, text);
  if ("fault" in content) return failed(path, format, content.fault);
  const reader = file.format === undefined ? detect(content) : READERS.find((each) => each.format === file.format);
  if (reader === undefined) return failed(path, format, unknownFormat(path, content));
  if (reader.syntax !== content.syntax || (reader.syntax === "xml" && !reader.detect(content))) {
    const found = content.syntax === "json" ? "JSON" : `XML element <${content.root}>`;
    return failed(path, format, unreadable(path, `Unexpected ${found}, expected results of format ${reader.format}`));
  }
  return reader.read({ path, text, content, kind: file.kind ?? null, root: file.root ?? null });
}

function detect(content: Content): ResultReader | undefined {
  return READERS.find((reader) => reader.syntax === content.syntax && reader.detect(content));
}

function contentOf(path: string, text: string): Content | { fault: Finding } {
  const start = /[^\s\uFEFF]/u.exec(text)?.[0];
  if (start === "<") {
    const root = rootElement(text);
    return root === null
      ? { fault: unreadable(path, "Unexpected XML without an element, expected a report") }
      : { syntax: "xml", root };
  }
  if (start !== "{" && start !== "[") {
    return { fault: unknownSyntax(path) };
  }
  const read = readJson(text);
  if (read.fault === null) return { syntax: "json", value: read.value };
  const { what, line, column } = read.fault;
  return { fault: unreadable(path, `Unexpected ${what}, expected complete, well-formed JSON`, line, column) };
}

function failed(path: string, format: ResultSet["format"], fault: Finding): ResultSet {
  const set = emptySet(path, format, "unknown");
  set.findings.push(fault);
  return set;
}

/** Root elements of test reports that are not JUnit's, and what turns them into it. */
const FOREIGN: Readonly<Record<string, string>> = {
  "test-run": "an NUnit 3 report: let NUnit write it with its nunit3-junit transform",
  "test-results": "an NUnit 2 report: convert it to JUnit XML",
  assemblies: "an xUnit.net report: let it write JUnit XML (-junit)",
  assembly: "an xUnit.net report: let it write JUnit XML (-junit)",
  TestRun: "a Visual Studio report (trx): use a JUnit logger",
  Site: "a CTest report: use ctest --output-junit",
  "testng-results": "a TestNG report: use its JUnitReportReporter",
  coverage: "a coverage report, not test results",
  html: "a web page",
};

function unknownFormat(path: string, content: Content): Finding {
  const root = content.syntax === "xml" ? content.root : null;
  const foreign = root !== null && Object.hasOwn(FOREIGN, root) ? FOREIGN[root] : undefined;
  return finding({
    code: "RES004",
    message: `Unexpected ${root === null ? "JSON" : `XML element <${root}>`}, expected one of ${RESULT_FORMATS.join(", ")}`,
    span: lineSpan(path, 1),
    subject: "format",
    ...(foreign === undefined ? {} : { suggestion: `This is ${foreign}.` }),
  });
}

function unknownSyntax(path: string): Finding {
  return finding({
    code: "RES004",
    message: `Unexpected text that is neither XML nor JSON, expected one of ${RESULT_FORMATS.join(", ")}`,
    span: lineSpan(path, 1),
    subject: "format",
  });
}
