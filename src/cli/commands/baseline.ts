import { join } from "node:path";
import type { BaselineEntries } from "../../evidence/baseline.js";
import { drawBaseline, parseBaseline, tightenBaseline, writeBaseline } from "../../evidence/baseline.js";
import { fileExists, readTextFile } from "../../host/files.js";
import { writeFileAtomic } from "../../host/write.js";
import type { GlobalOptions } from "../context.js";
import { requireText } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import { judge } from "../judge.js";
import { BASELINE_LIMITS } from "../rules.js";

export interface BaselineOptions {
  /** Draw it anew, whatever stands there. */
  write?: boolean;
  /** Only take out what is mended. */
  update?: boolean;
}

/** `evidence baseline`: writes down what is there today, from the results that are there, so that only what is new fails. */
export async function baseline(own: BaselineOptions, options: GlobalOptions): Promise<number> {
  requireText(options);
  if (own.write === true && own.update === true) {
    throw new UsageError("Unexpected --write beside --update, expected one of them");
  }
  // Judged as if there were none: what a baseline excuses is still there.
  const { root, config, predicate } = await judge(options, { providers: "read", alloy: "known", baseline: false });
  if (predicate.catalog.length === 0) {
    throw new UsageError("Unexpected specifications without a single tag, expected at least one tagged requirement");
  }
  const path = join(root.path, config.baseline);
  const exists = fileExists(path);
  if (own.update === true && !exists)
    throw new UsageError(`Unexpected absence of ${config.baseline}, expected a baseline`);
  if (exists && own.write !== true && own.update !== true) {
    throw new UsageError(
      `Unexpected ${config.baseline}, expected none; --update takes out what is mended, --write draws it anew`,
    );
  }
  const before = exists && own.update === true ? readBaseline(root.path, config.baseline) : null;
  const entries = before === null ? drawBaseline(predicate) : tightenBaseline(before, predicate);
  writeFileAtomic(path, writeBaseline(entries), { within: root.path });
  if (options.quiet !== true) process.stdout.write(report(config.baseline, entries, before, config.mode));
  return EXIT.clean;
}

function readBaseline(root: string, path: string): ReturnType<typeof parseBaseline>["baseline"] {
  const read = readTextFile(root, path, BASELINE_LIMITS);
  if ("finding" in read) throw new UsageError(`${path}: ${read.finding.message}`);
  const { baseline: known, findings } = parseBaseline(path, read.text);
  const [wrong] = findings;
  // An update that drops what it cannot read would take out entries that are still needed.
  if (wrong !== undefined) throw new UsageError(`${path}:${wrong.span.line}: ${wrong.message}`);
  return known;
}

function report(
  path: string,
  { verdicts, findings }: BaselineEntries,
  before: { verdicts: readonly unknown[]; findings: readonly unknown[] } | null,
  mode: string | undefined,
): string {
  const holds = `${counted(verdicts.length, "tag")} that ${verdicts.length === 1 ? "is" : "are"} not verified and ${counted(findings.length, "finding")}`;
  if (before !== null) {
    const out = before.verdicts.length + before.findings.length - verdicts.length - findings.length;
    return `Took ${counted(out, "entry", "entries")} out of ${path}; it holds ${holds}.\n`;
  }
  const effect =
    mode === undefined || mode === "ratchet"
      ? "From now on only what is new or worse fails the gate."
      : `It has no effect in mode ${mode}: set "mode": "ratchet", or leave the mode out.`;
  return `Wrote ${path}: ${holds}.\n${effect}\nCommit it, and run \`evidence baseline --update\` when something is mended.\n`;
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
