import type { Example } from "../../../model/requirement.js";
import type { ExamplePlan, PlanProblem } from "../run.js";
import { bindExpectations } from "./bind.js";
import type { Observer } from "./instrument.js";
import { instrument } from "./instrument.js";
import type { ParsedProgram } from "./program.js";
import { parseProgram } from "./program.js";

export interface JavaScriptPlan extends ExamplePlan {
  /** The program to run; null when the example cannot be parsed. Line n of it is line n of the example. */
  program: string | null;
  /** Modules that the example names itself, with their lines in the specification. */
  imports: { specifier: string; line: number }[];
}

/** Takes the types out of TypeScript, keeping every line where it is. */
export type StripTypes = (code: string) => { code: string } | { message: string; line: number };

/** The program that shows what an example in JavaScript or TypeScript gives. `strip` is null for JavaScript. */
export function planJavaScript(example: Example, observer: Observer, strip: StripTypes | null): JavaScriptPlan {
  const { firstLine } = example;
  // Something stands before the example's code in its program, where `#!` is no longer allowed.
  const written = example.code.replace(/^#!/u, "//");
  const stripped = strip === null ? { code: written } : strip(written);
  if ("message" in stripped) return unparsable(stripped.message, firstLine + stripped.line - 1);
  const { code } = stripped;
  const starts = lineStarts(code);
  const lineOf = (offset: number) => firstLine + lineAt(starts, offset) - 1;
  let program: ParsedProgram;
  try {
    program = parseProgram(code);
  } catch (caught) {
    if (!(caught instanceof Error)) throw caught;
    const at = "pos" in caught && typeof caught.pos === "number" ? caught.pos : 0;
    return unparsable(caught.message.replace(/\s*\(\d+:\d+\)$/u, ""), lineOf(at));
  }
  const bound = bindExpectations(program, lineOf);
  return {
    program: instrument(program, bound, observer),
    imports: program.imports.map(({ specifier, start }) => ({ specifier, line: lineOf(start) })),
    expectations: bound.expectations,
    problems: [...bound.problems, ...lostWithTypes(example, bound.expectations, bound.problems, code)],
  };
}

function unparsable(message: string, line: number): JavaScriptPlan {
  const text = `Unexpected code: ${message}; expected a JavaScript or TypeScript module`;
  return {
    program: null,
    imports: [],
    expectations: [],
    problems: [{ code: "EX008", line, message: text, subject: message }],
  };
}

/** Expectations that stood within a type, and went with it. */
function lostWithTypes(
  { code, firstLine, expectations }: Example,
  kept: readonly { line: number }[],
  known: readonly { line: number }[],
  stripped: string,
): PlanProblem[] {
  const found = new Set([...kept, ...known].map(({ line }) => line));
  const before = code.split("\n");
  const after = stripped.split("\n");
  return expectations.flatMap(({ line }) => {
    const at = line - firstLine;
    if (found.has(line) || before[at] === after[at]) return [];
    const message = "Unexpected expectation inside a type, expected it behind a statement's end";
    return [{ code: "EX006" as const, line, message, subject: before[at]?.trim() ?? "" }];
  });
}

function lineStarts(code: string): number[] {
  const starts = [0];
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
