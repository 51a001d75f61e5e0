/** Containers above this depth get a line per member, those below stay on the line of their record. */
const LINED_DEPTH = 3;

/**
 * JSON with object keys in code-unit order and no `undefined` members, ending in a newline: equal values give equal
 * bytes. The outer three levels are indented and a record further inside stands on one line, so that a difference
 * between two files shows record by record. Throws TypeError on what JSON cannot hold: numbers that are not finite,
 * functions, symbols, bigints.
 */
export function canonicalJson(value: unknown): string {
  return `${write(value, 0)}\n`;
}

/** The same on one line without the newline, for hashing. */
export function compactCanonicalJson(value: unknown): string {
  return write(value, LINED_DEPTH);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`Unexpected number ${value}, expected one that JSON can hold`);
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "undefined":
      return "null";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value as Record<string, unknown>, depth);
    default:
      throw new TypeError(`Unexpected ${typeof value}, expected a value that JSON can hold`);
  }
}

function writeArray(values: readonly unknown[], depth: number): string {
  return enclose(
    "[",
    values.map((each) => write(each, depth + 1)),
    "]",
    depth,
  );
}

function writeObject(record: Readonly<Record<string, unknown>>, depth: number): string {
  const colon = depth < LINED_DEPTH ? ": " : ":";
  const members: string[] = [];
  // The default order of sort() is by code unit, whatever the locale.
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}${colon}${write(member, depth + 1)}`);
  }
  return enclose("{", members, "}", depth);
}

function enclose(open: string, members: readonly string[], close: string, depth: number): string {
  if (depth >= LINED_DEPTH || members.length === 0) return `${open}${members.join(",")}${close}`;
  const indent = "  ".repeat(depth + 1);
  return `${open}\n${indent}${members.join(`,\n${indent}`)}\n${"  ".repeat(depth)}${close}`;
}
