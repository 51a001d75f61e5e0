import type { z } from "zod";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import { lineSpan } from "../../model/span.js";
import { schemaIssues } from "../schema-issues.js";
import type { JsonPath } from "./json.js";
import { elementOffsets, jsonPointer, offsetOf, placeOf, placesOf } from "./json.js";
import type { ReaderInput } from "./reader.js";
import { listAt, topOf, unreadable } from "./reader.js";

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
    if (faulty.length < MOST_FINDINGS) faulty.push({ index, fault: firstFault(schema, entry, parsed.error) });
  });
  const findings = located(input, member, faulty);
  if (faults > faulty.length) findings.push(malformedEntry(input, [member], `${faults - faulty.length} more entries`));
  return { entries, findings };
}

interface Fault {
  path: (string | number)[];
  message: string;
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
      message: `${fault.message} (${pointer})`,
      span: lineSpan(input.path, place.line, place.column),
      subject: pointer,
    });
  });
}

function firstFault(schema: z.ZodType, value: unknown, error: z.ZodError): Fault {
  const [issue] = schemaIssues(schema, value, error);
  if (issue === undefined) return { path: [], message: "Unexpected entry, expected one of its schema" };
  return { path: issue.path.map((step) => (typeof step === "number" ? step : String(step))), message: issue.message };
}

/**
 * Validates what stands around the entries; `schema` has the entries as an array of anything. Null data and RES003 when
 * that does not fit, for then nothing can be read.
 */
export function readHead<S extends z.ZodType>(
  input: ReaderInput,
  schema: S,
  name: string,
): { head: z.output<S> | null; findings: Finding[] } {
  const value = topOf(input.content);
  const parsed = schema.safeParse(value);
  if (parsed.success) return { head: parsed.data, findings: [] };
  const fault = firstFault(schema, value, parsed.error);
  const place = placeOf(input.text, offsetOf(input.text, fault.path));
  const message = `${fault.message} (${jsonPointer(fault.path) || "top"} of ${name})`;
  return { head: null, findings: [unreadable(input.path, message, place.line, place.column)] };
}
