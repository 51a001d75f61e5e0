import { readTrace } from "../evidence/trace.js";
import { readTextFile } from "../host/files.js";
import type { Trace } from "../report/html/data.js";
import { describeTrace } from "../report/html/trace.js";
import { UsageError } from "./errors.js";

/** The traces named on the command line. Throws UsageError for one that cannot be read. */
export function readTraces(files: readonly string[]): Trace[] {
  return files.map((file) => {
    const read = readTextFile(process.cwd(), file);
    if ("finding" in read) throw new UsageError(`${file}: ${read.finding.message}`);
    const parsed = readTrace(read.text);
    if ("problem" in parsed) throw new UsageError(`${file}:${parsed.problem.line}: ${parsed.problem.message}`);
    return describeTrace(parsed.trace);
  });
}
