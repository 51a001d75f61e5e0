import { inspect } from "node:util";
import { compareValues } from "../../evidence/examples/equal.js";
import type { Sighting } from "../../evidence/examples/run.js";
import type { Expectation } from "../../model/requirement.js";

/**
 * What instrumented examples call, in the process that runs them. One example is observed at a time; what is seen goes to
 * the reporter at once, so that it is not lost when the process ends.
 */
export interface Reporter {
  at(line: number): void;
  seen(sighting: Sighting): void;
}

type Result = Sighting["result"];

interface Observed {
  /** Number of the first expectation: calls about others come from an example that is over. */
  base: number;
  expectations: readonly Expectation[];
  reporter: Reporter;
  /** Results already reported: a loop reports each once. */
  told: Set<string>;
}

let observed: Observed | null = null;
let kept: unknown;

export function observe(base: number, expectations: readonly Expectation[], reporter: Reporter): void {
  observed = { base, expectations, reporter, told: new Set() };
}

/** Whether every expectation was looked at. */
export function allSeen(): boolean {
  const seen = new Set([...(observed?.told ?? [])].map((each) => each.split(" ", 1)[0]));
  return seen.size === (observed?.expectations.length ?? 0);
}

export function at(line: number): void {
  observed?.reporter.at(line);
}

export function hold<T>(value: T): T {
  kept = value;
  return value;
}

export function held(): unknown {
  return kept;
}

/** What the expected text came to. */
type Outcome = { given: unknown } | { failed: unknown };

export function given(value: unknown): Outcome {
  return { given: value };
}

export function failed(error: unknown): Outcome {
  return { failed: error };
}

export function any(number: number): void {
  tell(number, "met", "");
}

export function value(number: number, actual: unknown, expected: Outcome): void {
  if (!("failed" in expected)) compareWith(number, actual, expected.given);
  // `f(x)` or `[x]` may be the string itself.
  else if (actual === expectedOf(number)) tell(number, "met", "");
  else tell(number, "broken", summary(expected.failed));
}

/** The expected text may be a string without quotes: it is, when it is no expression (`expected` null) or names nothing. */
export function text(number: number, actual: unknown, expected: Outcome | null): void {
  const words = expectedOf(number);
  const isWords = typeof actual === "string" && actual === words;
  if (expected === null) {
    if (typeof actual === "string" && words !== "") tell(number, isWords ? "met" : "unmet", show(actual));
    else tell(number, "notAnExpression", show(actual));
  } else if ("failed" in expected) {
    if (typeof actual === "string" && namesNothing(expected.failed))
      tell(number, isWords ? "met" : "unmet", show(actual));
    else tell(number, "broken", summary(expected.failed));
  } else if (isWords && expected.given === undefined && words !== "undefined") tell(number, "met", "");
  else compareWith(number, actual, expected.given);
}

function namesNothing(error: unknown): boolean {
  return error instanceof ReferenceError || error instanceof TypeError;
}

function compareWith(number: number, actual: unknown, expected: unknown): void {
  try {
    const result = compareValues(actual, expected);
    if (result.equal) tell(number, "met", "");
    else if (result.hidden !== null) tell(number, "hidden", result.hidden);
    else tell(number, "unmet", `${show(actual)}${show(actual) === show(expected) ? likeness(actual, expected) : ""}`);
  } catch (caught) {
    tell(number, "broken", summary(caught));
  }
}

/** What tells two values apart that are shown alike. */
function likeness(actual: unknown, expected: unknown): string {
  const isOfOneClass = Object.getPrototypeOf(Object(actual)) === Object.getPrototypeOf(Object(expected));
  return isOfOneClass ? ", which only looks the same" : ", of another class";
}

export function type(number: number, actual: unknown): void {
  const wanted = expectedOf(number);
  const names = typeNames(actual);
  tell(number, names.includes(wanted) ? "met" : "unmet", names.at(-1) ?? "");
}

/** `typeof`, and the name of the class. `null` is a type of its own. */
function typeNames(actual: unknown): string[] {
  if (actual === null) return ["null"];
  if (actual === undefined) return ["undefined"];
  try {
    const name: unknown = Object(actual).constructor?.name;
    return typeof name === "string" && name !== "" ? [typeof actual, name] : [typeof actual];
  } catch {
    return [typeof actual];
  }
}

/** A promise that rejects counts as throwing where `throws` is expected, so it is awaited there. */
export function settle(result: unknown): unknown {
  return result;
}

export function calm(number: number, actual: unknown): void {
  tell(number, "unmet", `no error but ${show(actual)}`);
}

export function threw(number: number, error: unknown): void {
  const wanted = readThrows(expectedOf(number));
  const { name, message } = describeError(error);
  const fits = wanted.name === "" || name === wanted.name || ancestry(error).includes(wanted.name);
  const says = wanted.messages === null || wanted.messages.includes(message);
  tell(number, fits && says ? "met" : "unmet", summary(error));
}

/** `RangeError`, `RangeError: too long`, `RangeError "too long"`; the quotes may be the message's own. */
function readThrows(words: string): { name: string; messages: string[] | null } {
  const [, name = "", rest = ""] = /^([\p{L}_$][\p{L}\p{N}_$.]*)?:?\s*(.*)$/su.exec(words) ?? [];
  const quoted = /^(["'`])(.*)\1$/su.exec(rest)?.[2];
  return { name, messages: rest === "" ? null : [rest, ...(quoted === undefined ? [] : [quoted])] };
}

function ancestry(error: unknown): string[] {
  const names: string[] = [];
  for (let each: unknown = Object.getPrototypeOf(Object(error)); each !== null; each = Object.getPrototypeOf(each)) {
    const made: unknown = Object.getOwnPropertyDescriptor(each, "constructor")?.value;
    if (typeof made === "function" && made !== Object) names.push(made.name);
  }
  return names;
}

export function describeError(error: unknown): { name: string; message: string } {
  try {
    if (error instanceof Error) return { name: String(error.name), message: String(error.message) };
    return { name: typeNames(error).at(-1) ?? "", message: typeof error === "string" ? error : show(error) };
  } catch {
    return { name: "Error", message: "an error that cannot be shown" };
  }
}

function summary(error: unknown): string {
  const { name, message } = describeError(error);
  return shorten(`${name}: ${message}`);
}

const LONGEST = 300;

/** A value on one line, shortened. */
function show(shown: unknown): string {
  try {
    const options = { depth: 5, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 50, maxStringLength: LONGEST };
    return shorten(inspect(shown, options));
  } catch {
    return `a value of type ${typeof shown} that cannot be shown`;
  }
}

function shorten(shown: string): string {
  const line = shown.replace(/\s*[\r\n]+\s*/gu, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function expectedOf(number: number): string {
  return observed?.expectations[number - observed.base]?.expected ?? "";
}

function tell(number: number, result: Result, actual: string): void {
  const expectation = number - (observed?.base ?? 0);
  if (observed?.expectations[expectation] === undefined) return;
  const key = `${expectation} ${result === "met" ? "met" : "not"}`;
  if (observed.told.has(key)) return;
  observed.told.add(key);
  observed.reporter.seen({ expectation, result, actual });
}
