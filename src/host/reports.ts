import { join } from "node:path";
import { readHead } from "./bytes.js";
import { walk } from "./walk.js";

/** A test report that a tool left in a folder. */
export interface FoundReport {
  /** Relative to the judged folder. */
  path: string;
  /** Its first characters: who wrote it stands there. */
  head: string;
}

/** Folders that hold other people's things, or samples of reports. */
const PASSED_OVER =
  /(?:^|\/)(?:\.git|\.hg|\.svn|\.evidence|\.gradle|node_modules|vendor|venv|\.venv|\.tox|fixtures|__fixtures__|testdata|snapshots|samples|examples)$/u;

const MOST_FOLDERS = 20_000;
const MOST_REPORTS = 500;
const HEAD_BYTES = 4096;

/** Root element of a JUnit report, behind the declaration, comments and white space of any length that is looked at. */
const JUNIT = /<testsuites?[\s>]/u;

/** The JUnit reports in a folder, ignored files included: what tools write is seldom committed. In code-unit order of folders. */
export function findReports(root: string): FoundReport[] {
  const reports: FoundReport[] = [];
  let folders = 0;
  const enter = (path: string) => {
    folders += 1;
    return folders <= MOST_FOLDERS && !PASSED_OVER.test(path);
  };
  for (const { kind, path } of walk(root, "", enter)) {
    if (kind !== "file" || !path.endsWith(".xml")) continue;
    const head = headOf(join(root, path));
    if (head !== null && JUNIT.test(head)) reports.push({ path, head });
    if (reports.length >= MOST_REPORTS) break;
  }
  return reports;
}

/** What cannot be read is no report that could be named. */
function headOf(absolute: string): string | null {
  try {
    return readHead(absolute, HEAD_BYTES);
  } catch {
    return null;
  }
}
