import type { EvidenceItem, Outcome } from "../../model/evidence.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { Span } from "../../model/span.js";
import { itemId } from "../item.js";
import type { ExampleCase, ExampleRun, PlannedExpectation, Sighting, ThrownError } from "./run.js";

/** What one example came to. */
export interface JudgedExample {
  item: EvidenceItem;
  findings: Finding[];
  /** What it printed, bounded. */
  output: string;
}

/** Says of one run what it shows: an item of evidence, and what is wrong where. */
export function judgeRun(example: ExampleCase, run: ExampleRun): JudgedExample {
  const findings = [...planFindings(example, run), ...runFindings(example, run)];
  const unmet = run.plan.expectations.flatMap((_, index) => worst(run, index) ?? []);
  const hard = findings.filter((each) => each.severity === "error");
  const outcome: Outcome = hard.length === 0 ? "pass" : hard.every(({ code }) => FAILURES.has(code)) ? "fail" : "error";
  const evaluated = run.plan.expectations.filter(({ kind }, index) => kind !== "any" && isSeen(run, index));
  const counting = evaluated.filter(({ cannotFail }) => cannotFail === null);
  const item = itemOf(example, outcome);
  return {
    item: {
      ...item,
      assertions: evaluated.length,
      cannotFail: outcome === "pass" && counting.length === 0 ? hollowness(evaluated) : null,
      notes: [...hard.map(({ message, span }) => `line ${span.line}: ${message}`).slice(0, 5)],
      strength: { expectations: run.plan.expectations.length, met: evaluated.length - unmet.length },
    },
    findings,
    output: run.output,
  };
}

/** An example that was not run: no evidence for anything. */
export function notRun(example: ExampleCase, why: string): EvidenceItem {
  return { ...itemOf(example, "inconclusive"), notes: [why] };
}

/** Findings that say the system, not the example, is at fault. */
const FAILURES = new Set(["EX001", "EX002", "EX003"]);

function itemOf(example: ExampleCase, outcome: Outcome): EvidenceItem {
  return {
    id: itemId("example", "examples", example.file, example.name),
    kind: "example",
    name: example.name,
    tags: [...example.tags],
    outcome,
    producer: { name: "examples", version: null, command: null },
    location: example.example.span,
    inputs: { [example.file]: example.digest },
    against: {},
    assertions: null,
    cannotFail: null,
    strength: {},
    notes: [],
  };
}

function hollowness(evaluated: readonly PlannedExpectation[]): string {
  const reason = evaluated[0]?.cannotFail;
  return reason === undefined || reason === null ? "it expects nothing" : reason;
}

function isSeen(run: ExampleRun, index: number): boolean {
  return run.sightings.some(({ expectation }) => expectation === index);
}

function worst(run: ExampleRun, index: number): Sighting | null {
  return run.sightings.find(({ expectation, result }) => expectation === index && result !== "met") ?? null;
}

/** The place of a line of the example: from its first sign to its end. */
function placeOf({ file, example }: ExampleCase, line: number): Span {
  const text = example.code.split("\n")[line - example.firstLine] ?? "";
  const indent = text.length - text.trimStart().length;
  return { file, line, column: indent + 1, endLine: line, endColumn: Math.max(indent + 1, text.trimEnd().length + 1) };
}

function at(
  example: ExampleCase,
  line: number,
  code: Finding["code"],
  message: string,
  subject: string,
  suggestion?: string,
): Finding {
  return finding({
    code,
    message,
    span: placeOf(example, line),
    tags: example.tags,
    subject: `${example.name}\n${subject}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function planFindings(example: ExampleCase, run: ExampleRun): Finding[] {
  const { expectations, problems } = run.plan;
  const found = problems.map(({ code, line, message, subject }) => at(example, line, code, message, subject));
  for (const [index, { cannotFail, line, kind, expected }] of expectations.entries()) {
    if (cannotFail === null || kind === "any" || !isSeen(run, index) || worst(run, index) !== null) continue;
    const message = `Unexpected expectation that cannot fail (${cannotFail}), expected one that the code decides`;
    found.push(at(example, line, "EX013", message, `${kind} ${expected}`));
  }
  const readable = problems.length === 0 && run.status === "finished" && run.errors.length === 0;
  if (readable && expectations.every(({ kind }) => kind === "any")) {
    const message = "Unexpected example without an expectation, expected `//=> value` behind a statement";
    found.push(at(example, example.example.firstLine, "EX012", message, "empty"));
  }
  return found;
}

function runFindings(example: ExampleCase, run: ExampleRun): Finding[] {
  const found = run.errors.map((error) => thrownFinding(example, run, error));
  for (const [index, expectation] of run.plan.expectations.entries()) {
    const sighting = worst(run, index);
    if (sighting !== null) found.push(sightingFinding(example, expectation, sighting));
  }
  const line = run.line ?? example.example.firstLine;
  if (run.status === "timedOut") {
    const message = "Unexpected example that does not end in time, expected it to; it was stopped at this statement";
    found.push(at(example, line, "EX009", message, "time"));
  }
  if (run.status === "ended") {
    const message = `Unexpected end of the example's process (${run.ending}), expected the example to end first`;
    found.push(at(example, line, "EX010", message, `end ${run.ending}`));
  }
  if (run.status === "finished" && run.errors.length === 0) found.push(...unreached(example, run));
  return found;
}

function unreached(example: ExampleCase, run: ExampleRun): Finding[] {
  return run.plan.expectations.flatMap(({ kind, expected, line }, index) => {
    if (kind === "any" || isSeen(run, index)) return [];
    const message = "Unexpected expectation that was never reached, expected its statement to be run";
    return [at(example, line, "EX007", message, `${kind} ${expected}`)];
  });
}

function thrownFinding(example: ExampleCase, run: ExampleRun, error: ThrownError): Finding {
  const line = error.line ?? run.line ?? example.example.firstLine;
  if (error.missing !== null) {
    const message = `Unexpected import of "${error.missing}", which does not exist, expected a module of the project or an installed package`;
    return at(example, line, "EX011", message, error.missing);
  }
  const what = `${error.name}: ${firstLine(error.message)}`;
  const message = error.unhandled
    ? `Unexpected rejection that nobody looked at (${what}), expected it to be awaited`
    : `Unexpected error (${what}), expected none, or \`throws ${error.name}\` behind the statement`;
  return at(example, line, "EX004", message, `${error.name} ${error.message}`);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]?.slice(0, 300) ?? "";
}

function sightingFinding(example: ExampleCase, expectation: PlannedExpectation, { result, actual }: Sighting): Finding {
  const { kind, expected, line } = expectation;
  const subject = `${kind} ${expected}`;
  const wanted = expected.length > 300 ? `${expected.slice(0, 300)}…` : expected;
  if (result === "notAnExpression") {
    const message =
      wanted === ""
        ? `Unexpected empty expectation for ${actual}, expected an expression`
        : `Unexpected text \`${wanted}\` for ${actual}, expected an expression`;
    return at(example, line, "EX005", message, subject);
  }
  if (result === "broken") {
    const message = `Unexpected failure to evaluate \`${wanted}\` (${actual}), expected an expression with a value`;
    return at(example, line, "EX005", message, subject);
  }
  if (result === "hidden") {
    const message = `Unexpected value with hidden state (${actual}), expected one that can be compared whole`;
    return at(example, line, "EX018", message, subject);
  }
  if (kind === "type")
    return at(example, line, "EX002", `Unexpected type ${actual}, expected ${wanted || "a type"}`, subject);
  if (kind === "throws") {
    return at(example, line, "EX003", `Unexpected ${actual}, expected it to throw ${wanted || "an error"}`, subject);
  }
  const suggestion = actual.startsWith("Promise {")
    ? "Write `await` before the call: a promise is compared as a promise."
    : undefined;
  return at(example, line, "EX001", `Unexpected value ${actual}, expected ${wanted}`, subject, suggestion);
}
