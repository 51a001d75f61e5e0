import type { z } from "zod";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import { lineSpan } from "../../model/span.js";
import type { JsonPath } from "./json.js";
import { elementOffsets, jsonPointer, offsetOf, placeOf, placesOf } from "./json.js";
import type { ReaderInput } from "./reader.js";
import { isRecord, listAt, topOf, unreadable } from "./reader.js";

/** A broken producer breaks every entry alike; the first hundred say enough. */
const MOST_FINDINGS = 100;

/** RES008 for one entry, without its exact place. */
export function malformedEntry(input: ReaderInput, path: JsonPath, what: string): Finding {
  return finding({
    code: "RES008",
    message: `Unexpected ${what} at ${jsonPointer(path)}, expected the form that its schema names`,
    span: lineSpan(input.path, 1),
    subject: jsonPointer(path),
  });
}

export interface Entries<T> {
  entries: T[];
  findings: Finding[];
}

/**
 * Validates each element of the array `member` by itself, so that one malformed entry costs only itself: RES008 with
 * the JSON pointer and place of its first fault.
 */
export function readEntries<S extends z.ZodType>(input: ReaderInput, member: string, schema: S): Entries<z.output<S>> {
  const list = listAt(topOf(input.content) ?? {}, member) ?? [];
  const entries: z.output<S>[] = [];
  const faulty: { index: number; fault: Fault }[] = [];
  let faults = 0;
  list.forEach((entry, index) => {
    const parsed = schema.safeParse(entry);
    if (parsed.success) {
      entries.push(parsed.data);
      return;
    }
    faults += 1;
    if (faulty.length < MOST_FINDINGS) faulty.push({ index, fault: firstFault(parsed.error, entry) });
  });
  const findings = located(input, member, faulty);
  if (faults > faulty.length) findings.push(malformedEntry(input, [member], `${faults - faulty.length} more entries`));
  return { entries, findings };
}

interface Fault {
  path: (string | number)[];
  found: string;
  expected: string;
}

function located(input: ReaderInput, member: string, faulty: { index: number; fault: Fault }[]): Finding[] {
  if (faulty.length === 0) return [];
  const elements = elementOffsets(input.text, offsetOf(input.text, [member]));
  const offsets = faulty.map(({ index, fault }) => offsetOf(input.text, fault.path, elements[index] ?? 0));
  const places = placesOf(input.text, offsets);
  return faulty.map(({ index, fault }, nth) => {
    const pointer = jsonPointer([member, index, ...fault.path]);
    const place = places[nth] ?? { line: 1, column: 1 };
    return finding({
      code: "RES008",
      message: `Unexpected ${fault.found} at ${pointer}, expected ${fault.expected}`,
      span: lineSpan(input.path, place.line, place.column),
      subject: pointer,
    });
  });
}

function firstFault(error: z.ZodError, entry: unknown): Fault {
  const issue = error.issues[0];
  if (issue === undefined) return { path: [], found: "entry", expected: "one of its schema" };
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  let value = entry;
  for (const step of path) value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  return { path, found: preview(value), expected: expectation(issue) };
}

function preview(value: unknown): string {
  if (value === undefined) return "absence of a value";
  if (Array.isArray(value)) return value.length === 0 ? "empty list" : "list";
  if (isRecord(value)) return "object";
  const written = JSON.stringify(value);
  return written.length <= 60 ? written : `${written.slice(0, 59)}…`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `no member ${issue.keys.map((key) => JSON.stringify(key.slice(0, 60))).join(", ")}`;
    case "invalid_type":
      return `${/^[aeiou]/u.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
    case "invalid_key":
      return "a tag such as AREA-NAME as key";
    case "invalid_format":
      return issue.format === "regex" ? `text of the form ${String(issue.pattern)}` : `text of format ${issue.format}`;
    case "too_small":
      return `at least ${issue.minimum} (${issue.origin})`;
    default:
      return issue.message;
  }
}

/**
 * Validates what stands around the entries; `schema` has the entries as an array of anything. The findings tell why
 * nothing can be read; null data then.
 */
export function readHead<S extends z.ZodType>(
  input: ReaderInput,
  schema: S,
  name: string,
): { head: z.output<S> | null; findings: Finding[] } {
  const value = input.content.syntax === "json" ? input.content.value : null;
  const parsed = schema.safeParse(value);
  if (parsed.success) return { head: parsed.data, findings: [] };
  const fault = firstFault(parsed.error, value);
  const place = placeOf(input.text, offsetOf(input.text, fault.path));
  const pointer = fault.path.length === 0 ? "the top" : jsonPointer(fault.path);
  const message = `Unexpected ${fault.found} at ${pointer}, expected ${fault.expected} (${name})`;
  return { head: null, findings: [unreadable(input.path, message, place.line, place.column)] };
}
