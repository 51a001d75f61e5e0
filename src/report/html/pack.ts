import type { ReportData } from "./data.js";

/**
 * Columns as they travel: numbers as differences from the one before, lists as lengths and one run of numbers. Neighbours
 * are alike, so that compresses to a fraction. The page's `unpack` is the inverse.
 */
export type Packed = { d: number[] } | { n: number[]; d: number[] };

function packNumbers(column: readonly number[]): Packed {
  return { d: differences(column) };
}

function packLists(column: readonly (readonly number[])[]): Packed {
  return { n: column.map((list) => list.length), d: differences(column.flat()) };
}

/** Each column of a group packed; what is no list of numbers or of lists of numbers stays as it is. */
export function packColumns<T extends object>(columns: T): Record<keyof T, unknown> {
  const packed = Object.entries(columns).map(([name, column]): [string, unknown] => [name, packColumn(column)]);
  return Object.fromEntries(packed) as Record<keyof T, unknown>;
}

function packColumn(column: unknown): unknown {
  if (!Array.isArray(column) || column.length === 0) return column;
  if (column.every((value) => typeof value === "number")) return packNumbers(column);
  const isLists = column.every((value) => Array.isArray(value) && value.every((each) => typeof each === "number"));
  return isLists ? packLists(column) : column;
}

function differences(values: readonly number[]): number[] {
  return values.map((value, at) => value - (values[at - 1] ?? 0));
}

/** Inverse of `packColumns`. */
export function unpackColumns(columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, unpackColumn(column)]));
}

function unpackColumn(column: unknown): unknown {
  if (typeof column !== "object" || column === null || !("d" in column)) return column;
  const { d, n } = column as { d: number[]; n?: number[] };
  let last = 0;
  const values = d.map((difference) => {
    last += difference;
    return last;
  });
  if (n === undefined) return values;
  let at = 0;
  return n.map((length) => {
    at += length;
    return values.slice(at - length, at);
  });
}

/** Members of the data that are columns. */
const GROUPS = ["tags", "items", "references", "findings", "waivers", "edges", "gaps"] as const;

/** The data of a page as text. */
export function packReport(data: ReportData): string {
  const groups = GROUPS.map((group): [string, unknown] => [group, packColumns(data[group])]);
  return JSON.stringify({ ...data, ...Object.fromEntries(groups) });
}

/** Inverse of `packReport`. */
export function unpackReport(text: string): ReportData {
  const data = JSON.parse(text);
  for (const group of GROUPS) data[group] = unpackColumns(data[group]);
  return data;
}
