import type { EvidenceKind } from "../../model/evidence.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { ResultFormat, ResultSet } from "../../model/result.js";
import { lineSpan } from "../../model/span.js";

/** What a file turned out to be before any format looked at it. */
export type Content = { syntax: "xml"; root: string } | { syntax: "json"; value: unknown };

export interface ReaderInput {
  /** Of the results file, relative to the judged root. */
  path: string;
  text: string;
  content: Content;
  /** Configured kind of evidence; null when the format decides. */
  kind: EvidenceKind | null;
  /** Absolute path of the judged root with forward slashes; null when not known. */
  root: string | null;
}

/** One results format. Every reader is a plain object of this shape, listed in index.ts. */
export interface ResultReader {
  format: ResultFormat;
  syntax: Content["syntax"];
  /** Whether the content is of this format; decided by what it says of itself, never by a file name. */
  detect(content: Content): boolean;
  /** Reads it; what cannot be read becomes findings. */
  read(input: ReaderInput): ResultSet;
}

/** A result set to be filled. */
export function emptySet(path: string, format: ResultSet["format"], producer: string): ResultSet {
  const known = { name: producer, version: null, command: null };
  return { source: path, format, producer: known, tests: [], items: [], findings: [] };
}

/** RES003 at a place of the file. */
export function unreadable(path: string, message: string, line = 1, column = 1): Finding {
  return finding({ code: "RES003", message, span: lineSpan(path, line, column), subject: "unreadable" });
}

/** RES002: a set without tests and items says nothing, and nothing must not look like success. */
export function nothingReported(path: string, what: string): Finding {
  return finding({
    code: "RES002",
    message: `Unexpected results without ${what}, expected at least one`,
    span: lineSpan(path, 1),
    subject: "empty",
  });
}

/** RES011 when a report declares more than it holds. */
export function heldFewer(path: string, held: number, declared: number, what: string, line = 1): Finding {
  return finding({
    code: "RES011",
    message: `Unexpected ${held} ${what} in the report, expected the ${declared} that it declares`,
    span: lineSpan(path, line),
    subject: what,
  });
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member when it is an object; one without members otherwise. */
export function recordAt(of: JsonObject, member: string): JsonObject {
  const value = of[member];
  return isRecord(value) ? value : {};
}

/** The member when it is a list; null otherwise. */
export function listAt(of: JsonObject, member: string): readonly unknown[] | null {
  const value = of[member];
  return Array.isArray(value) ? value : null;
}

/** The objects in a list member; none when it is no list. */
export function recordsAt(of: JsonObject, member: string): readonly JsonObject[] {
  return (listAt(of, member) ?? []).filter(isRecord);
}

/** The member when it is a non-empty string; null otherwise. */
export function textAt(of: JsonObject, member: string): string | null {
  const value = of[member];
  return typeof value === "string" && value !== "" ? value : null;
}

/** The member when it can be a line or a count; null otherwise. */
export function countAt(of: JsonObject, member: string): number | null {
  const value = of[member];
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** Whether the member is there and true, or there and false. */
export function isTrue(of: JsonObject, member: string): boolean {
  return of[member] === true;
}

export function isFalse(of: JsonObject, member: string): boolean {
  return of[member] === false;
}

/** The top-level object of a JSON document; null for anything else. */
export function topOf(content: Content): JsonObject | null {
  return content.syntax === "json" && isRecord(content.value) ? content.value : null;
}
