import { distance } from "fastest-levenshtein";
import { z } from "zod";

/** One way in which a value does not fit its schema. */
export interface SchemaIssue {
  /** Keys and indexes that lead to the value, or to the key when `onKey`. */
  path: readonly PropertyKey[];
  onKey: boolean;
  /** "Unexpected X, expected Y". */
  message: string;
}

/** Puts the issues zod found in `value` into words, an unknown key with the known one that it resembles. */
export function schemaIssues(schema: z.ZodType, value: unknown, error: z.ZodError): SchemaIssue[] {
  return error.issues.flatMap((issue) => describe(schema, value, issue));
}

function describe(schema: z.ZodType, value: unknown, issue: z.core.$ZodIssue): SchemaIssue[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      onKey: true,
      message: `Unexpected key ${JSON.stringify(key)}, expected ${resembling(key, known)}`,
    }));
  }
  if (issue.code === "invalid_key") {
    const key = String(issue.path.at(-1));
    const rule = issue.issues[0];
    const expected = rule === undefined ? "another key" : expectation(rule, key);
    return [{ path: issue.path, onKey: true, message: `Unexpected key ${JSON.stringify(key)}, expected ${expected}` }];
  }
  const found = member(value, issue.path);
  if (found === undefined) {
    const name = issue.path.at(-1);
    return [
      {
        path: issue.path,
        onKey: false,
        message: `Unexpected absence of ${JSON.stringify(name ?? "a value")}, expected ${expectation(issue, found)}`,
      },
    ];
  }
  const expected = wrapped(schema, issue, found) ?? expectation(issue, found);
  return [{ path: issue.path, onKey: false, message: `Unexpected ${shown(found)}, expected ${expected}` }];
}

/** A text where an object with one text is meant: the object with this text in it. Null for everything else. */
function wrapped(schema: z.ZodType, issue: z.core.$ZodIssue, found: unknown): string | null {
  if (issue.code !== "invalid_type" || issue.expected !== "object" || typeof found !== "string") return null;
  const node = nodeAt(schema, issue.path);
  const required = member(node, ["required"]);
  const [key, ...others] = Array.isArray(required) ? required.map(String) : [];
  if (key === undefined || others.length > 0 || member(node, ["properties", key, "type"]) !== "string") return null;
  return `an object: { ${JSON.stringify(key)}: ${JSON.stringify(found.slice(0, 60))} }`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "text in quotes",
};

const UNITS: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: [" character", " characters"],
  array: [" entry", " entries"],
};

function expectation(issue: z.core.$ZodIssue, found: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return oneOf(issue.values.map(String), found);
    case "too_small":
      return `at least ${counted(issue.minimum, issue.origin)}`;
    case "too_big":
      return `at most ${counted(issue.maximum, issue.origin)}`;
    case "invalid_format":
      if (issue.format === "date") return "a calendar date, YYYY-MM-DD";
      return issue.pattern === undefined ? `a ${issue.format}` : `text of the form ${issue.pattern}`;
    case "invalid_union":
      return unionExpectation(issue, found);
    default:
      return issue.message.replace(/^expected /, "");
  }
}

function counted(number: number | bigint, origin: string): string {
  const [one, more] = UNITS[origin] ?? ["", ""];
  return `${number}${Number(number) === 1 ? one : more}`;
}

function unionExpectation(issue: z.core.$ZodIssueInvalidUnion, found: unknown): string {
  const parts = issue.errors.flatMap(([first]) => (first === undefined ? [] : [expectation(first, found)]));
  return parts.length === 0 ? issue.message : [...new Set(parts)].join(" or ");
}

function oneOf(values: readonly string[], found: unknown): string {
  const list = values.map((each) => JSON.stringify(each)).join(", ");
  const near = typeof found === "string" ? nearest(found, values) : null;
  const choice = values.length === 1 ? list : `one of ${list}`;
  return near === null ? choice : `${choice}; did you mean ${JSON.stringify(near)}?`;
}

function resembling(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  if (near !== null) return `${JSON.stringify(near)} or another known key`;
  return known.length === 0 ? "a known key" : `one of ${known.map((each) => JSON.stringify(each)).join(", ")}`;
}

/** The word that differs in a third of its letters at most; null when there is none. */
function nearest(word: string, words: readonly string[]): string | null {
  let best: { word: string; distance: number } | null = null;
  for (const each of words) {
    const apart = distance(word.slice(0, 100).toLowerCase(), each.toLowerCase());
    if (apart <= Math.max(1, Math.floor(each.length / 3)) && (best === null || apart < best.distance)) {
      best = { word: each, distance: apart };
    }
  }
  return best?.word ?? null;
}

/** What the schema says of a place, as JSON Schema. */
function nodeAt(schema: z.ZodType, path: readonly PropertyKey[]): unknown {
  let node: unknown = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  for (const step of path) node = member(node, typeof step === "number" ? ["items"] : ["properties", String(step)]);
  return node;
}

/** Keys that the schema knows at a path; empty where it cannot say. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const properties = member(nodeAt(schema, path), ["properties"]);
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
}

function member(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.getOwnPropertyDescriptor(found, step)?.value;
  }
  return found;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "empty list" : "list";
  if (typeof value === "object" && value !== null) return "object";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
