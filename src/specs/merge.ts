import type { FindingCode } from "../model/codes/index.js";
import type { Finding } from "../model/finding.js";
import { arrangeFindings, finding } from "../model/finding.js";
import { fileSpan } from "../model/span.js";
import { identityFindings } from "./identity.js";
import { locateSpec, mainPathOf } from "./locate.js";
import { planFindings } from "./openspec/conflicts.js";
import { joinMain, splitMain, structureFaults, withLineEnding } from "./openspec/main-parts.js";
import type { MergeInput, SpecFileText } from "./openspec/merge-input.js";
import { readMergeInput } from "./openspec/merge-input.js";
import { newMain } from "./openspec/new-main.js";
import type { Outcome } from "./openspec/operations.js";
import { applyOperations } from "./openspec/operations.js";
import { entryFaults, mergedFaults } from "./openspec/validity.js";

export interface MergedSpec {
  /** Where the merged main specification stands, or would be created. */
  path: string;
  /** The main specification as archiving the change leaves it; null when OpenSpec refuses to merge, or writes nothing. */
  text: string | null;
  findings: Finding[];
}

/** What makes OpenSpec refuse to merge. What it refuses only after merging (SPEC038) leaves a text to look at. */
const REFUSALS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "SPEC020",
  "SPEC021",
  "SPEC022",
  "SPEC023",
  "SPEC024",
  "SPEC025",
  "SPEC026",
  "SPEC027",
  "SPEC028",
  "SPEC036",
  "SPEC037",
]);

/**
 * The main specification that archiving a delta specification with OpenSpec 1.13 writes, byte for byte, and every case where
 * the identity of a requirement by heading, which archiving goes by, and by tag, which evidence goes by, disagree.
 */
export function mergeDelta(main: SpecFileText | null, delta: SpecFileText): MergedSpec {
  const input = readMergeInput(main, delta);
  const path = main?.path ?? mainPathOf(delta.path);
  const { capability = "", change = null } = locateSpec(delta.path) ?? {};
  const base = main?.text ?? newMain(capability, change ?? "", delta.text);
  const parts = splitMain(base);
  const outcome = applyOperations(input, parts.blocks);
  const findings = [
    ...planFindings(input),
    ...baseFindings(main, input),
    ...outcome.findings,
    ...identityFindings(input, outcome),
  ];
  if (findings.some((each) => REFUSALS.has(each.code))) {
    return { path, text: null, findings: arrangeFindings(findings.filter((each) => each.code !== "SPEC039")) };
  }
  const rebuilt = joinMain(parts, outcome.blocks);
  const text = written(main, rebuilt, outcome);
  return { path, text, findings: arrangeFindings([...findings, ...validityFindings(input, rebuilt)]) };
}

/** A change that was carried out before is not written again, so the file keeps its form. */
function written(main: SpecFileText | null, rebuilt: string, outcome: Outcome): string | null {
  if (main === null) return outcome.applied === 0 ? null : rebuilt;
  return outcome.applied === 0 ? main.text : withLineEnding(rebuilt, main.text);
}

function baseFindings(main: SpecFileText | null, input: MergeInput): Finding[] {
  if (main !== null) {
    return structureFaults(main.text).map(({ line, message }) =>
      finding({
        code: "SPEC037",
        message: `Unexpected ${message}, expected a main specification that a change can be merged into`,
        span: input.mainLine(line),
      }),
    );
  }
  const { modified, renamed } = input.plan;
  return [...modified, ...renamed.map((pair) => pair.from)].map(({ name, line }) =>
    finding({
      code: "SPEC026",
      message: `Unexpected change of ${JSON.stringify(name)} in a capability without a main specification, expected only ADDED`,
      span: input.deltaLine(line),
    }),
  );
}

function validityFindings(input: MergeInput, rebuilt: string): Finding[] {
  const faults = [...entryFaults(input.plan), ...mergedFaults(rebuilt)];
  const seen = new Set<string>();
  return faults.flatMap(({ message, line }) => {
    if (seen.has(message)) return [];
    seen.add(message);
    const span = line === null ? fileSpan(input.deltaPath) : input.deltaLine(line);
    return [finding({ code: "SPEC038", message: `Unexpected ${message}, expected what OpenSpec finds valid`, span })];
  });
}
