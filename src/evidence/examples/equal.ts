/**
 * Whole-value comparison of what an example gives with what it expects. Two values are equal when nothing that a reader
 * can see tells them apart: primitives by `Object.is`, objects by class, members (absent differs from undefined) and what
 * their class holds besides. `hidden` names what keeps its state where it cannot be seen; calling that equal would be a guess.
 */
export type Comparison = { equal: true } | { equal: false; hidden: string | null };

const EQUAL: Comparison = { equal: true };
const DIFFERENT: Comparison = { equal: false, hidden: null };

type Pairs = Map<object, Set<object>>;

export function compareValues(a: unknown, b: unknown): Comparison {
  return compare(a, b, new Map());
}

function compare(a: unknown, b: unknown, pairs: Pairs): Comparison {
  if (Object.is(a, b)) return EQUAL;
  if (!isObject(a) || !isObject(b) || typeof a === "function" || typeof b === "function") return DIFFERENT;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return DIFFERENT;
  const met = pairs.get(a);
  // Under way already: a cycle, which is equal unless something else differs.
  if (met?.has(b)) return EQUAL;
  if (met === undefined) pairs.set(a, new Set([b]));
  else met.add(b);
  const inside = compareInside(a, b, pairs);
  if (!inside.equal) return inside;
  const members = ArrayBuffer.isView(a) ? EQUAL : compareMembers(a, b, pairs);
  return members.equal ? visible(a) : members;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** What a built-in class holds besides its members. */
function compareInside(a: object, b: object, pairs: Pairs): Comparison {
  const tag = builtIn(a);
  if (tag !== builtIn(b)) return DIFFERENT;
  switch (tag) {
    case "Object":
    case "Arguments":
      return EQUAL;
    case "Array":
      return verdict((a as unknown[]).length === (b as unknown[]).length);
    case "Map":
      return compareMaps(a as Map<unknown, unknown>, b as Map<unknown, unknown>, pairs);
    case "Set":
      return compareSets(a as Set<unknown>, b as Set<unknown>, pairs);
    case "Date":
    case "Number":
    case "String":
    case "Boolean":
    case "Symbol":
    case "BigInt":
      return verdict(Object.is(a.valueOf(), b.valueOf()));
    case "RegExp":
      return verdict(String(a) === String(b) && (a as RegExp).lastIndex === (b as RegExp).lastIndex);
    case "Error":
      return compareErrors(a as Error, b as Error, pairs);
    case "URL":
    case "URLSearchParams":
      return verdict(String(a) === String(b));
    case "ArrayBuffer":
    case "SharedArrayBuffer":
      return compareNumbers(new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer));
    case "DataView":
      return compareNumbers(bytesOf(a as DataView), bytesOf(b as DataView));
    case "TypedArray":
      return compareNumbers(a as Uint8Array, b as Uint8Array);
    default:
      return { equal: false, hidden: tag };
  }
}

function verdict(equal: boolean): Comparison {
  return equal ? EQUAL : DIFFERENT;
}

/** The class whose inner state a value has, whatever it calls itself. Each probe fails on values of other classes. */
const PROBES: readonly [string, (value: object) => unknown][] = [
  ["Map", (value) => Reflect.get(Map.prototype, "size", value)],
  ["Set", (value) => Reflect.get(Set.prototype, "size", value)],
  ["URL", (value) => Reflect.get(URL.prototype, "href", value)],
  ["URLSearchParams", (value) => URLSearchParams.prototype.toString.call(value)],
  ["Number", (value) => Number.prototype.valueOf.call(value)],
  ["String", (value) => String.prototype.valueOf.call(value)],
  ["Boolean", (value) => Boolean.prototype.valueOf.call(value)],
  ["Symbol", (value) => Symbol.prototype.valueOf.call(value)],
  ["BigInt", (value) => BigInt.prototype.valueOf.call(value)],
];

/** Classes of the language whose name is enough: nothing else has it, and their state is told apart above or hidden. */
const NAMED = new Set(["Date", "RegExp", "Error", "Arguments", "ArrayBuffer", "SharedArrayBuffer", "DataView"]);

function builtIn(value: object): string {
  if (Array.isArray(value)) return "Array";
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return "TypedArray";
  for (const [name, probe] of PROBES) if (works(probe, value)) return name;
  const name = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (NAMED.has(name)) return name;
  const hidden = hiddenClass(value);
  return hidden ?? "Object";
}

function works(probe: (value: object) => unknown, value: object): boolean {
  try {
    probe(value);
    return true;
  } catch {
    return false;
  }
}

/** The nearest class up the chain that is the platform's own, other than Object: its state is not in its members. */
function hiddenClass(value: object): string | null {
  for (const { made, name } of classesOf(value)) {
    if (made !== Object && isNative(made)) return name;
  }
  return null;
}

/** How a class reaches a private member of its own. */
const PRIVATE_MEMBER = /\.#[A-Za-z_$]|#[A-Za-z_$][\w$]*\s+in\b/u;

/** Equal as far as this can be seen: a class with private members keeps state where nobody can look. */
function visible(value: object): Comparison {
  for (const { made, name } of classesOf(value)) {
    // Node writes these two itself, with private members; what they hold was compared as text.
    if (made === URL || made === URLSearchParams) continue;
    if (!isNative(made) && PRIVATE_MEMBER.test(sourceOf(made))) return { equal: false, hidden: name };
  }
  return EQUAL;
}

function classesOf(value: object): { made: object; name: string }[] {
  const classes: { made: object; name: string }[] = [];
  for (let each: unknown = Object.getPrototypeOf(value); isObject(each); each = Object.getPrototypeOf(each)) {
    const made: unknown = Object.getOwnPropertyDescriptor(each, "constructor")?.value;
    if (typeof made === "function") classes.push({ made, name: made.name || "without a name" });
    // Generators and iterators have no constructor of their own, only a name.
    else if (each !== Object.prototype && Reflect.has(each, Symbol.toStringTag)) {
      classes.push({ made: Object.is, name: String(Reflect.get(each, Symbol.toStringTag)) });
    }
  }
  return classes;
}

function isNative(made: object): boolean {
  return /\[native code\]\s*\}\s*$/u.test(sourceOf(made));
}

function sourceOf(made: object): string {
  return Object.is.toString.call(made);
}

function compareMembers(a: object, b: object, pairs: Pairs): Comparison {
  const keys = visibleKeys(a);
  const others = new Set(visibleKeys(b));
  if (keys.length !== others.size || !keys.every((key) => others.has(key))) return DIFFERENT;
  return first(keys, (key) => compare(Reflect.get(a, key), Reflect.get(b, key), pairs));
}

function visibleKeys(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
}

/** The first comparison that does not end equal. One that differs counts more than one that cannot be told. */
function first<T>(values: readonly T[], compareOne: (value: T) => Comparison): Comparison {
  let result = EQUAL;
  for (const value of values) {
    const one = compareOne(value);
    if (one.equal) continue;
    if (one.hidden === null) return one;
    result = one;
  }
  return result;
}

function compareMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, pairs: Pairs): Comparison {
  if (a.size !== b.size) return DIFFERENT;
  const rest = new Set([...b.keys()].filter(isObject));
  return first([...a], ([key, value]) => {
    if (!isObject(key)) return b.has(key) ? compare(value, b.get(key), pairs) : DIFFERENT;
    return takePartner(rest, pairs, (other, trial) =>
      first([0, 1], (part) => (part === 0 ? compare(key, other, trial) : compare(value, b.get(other), trial))),
    );
  });
}

function compareSets(a: Set<unknown>, b: Set<unknown>, pairs: Pairs): Comparison {
  if (a.size !== b.size) return DIFFERENT;
  const rest = new Set([...b].filter(isObject));
  return first([...a], (value) => {
    if (!isObject(value)) return verdict(b.has(value));
    return takePartner(rest, pairs, (other, trial) => compare(value, other, trial));
  });
}

/** Finds an equal one among those left and takes it out. A trial that fails must leave no assumption behind. */
function takePartner(
  rest: Set<object>,
  pairs: Pairs,
  compareWith: (other: object, trial: Pairs) => Comparison,
): Comparison {
  let closest = DIFFERENT;
  for (const other of rest) {
    const trial = new Map([...pairs].map(([key, met]) => [key, new Set(met)]));
    const result = compareWith(other, trial);
    if (result.equal) {
      rest.delete(other);
      return EQUAL;
    }
    if (result.hidden !== null) closest = result;
  }
  return closest;
}

function compareErrors(a: Error, b: Error, pairs: Pairs): Comparison {
  return first(["name", "message", "cause", "errors"], (key) => {
    if (Object.hasOwn(a, key) !== Object.hasOwn(b, key)) return DIFFERENT;
    return compare(Reflect.get(a, key), Reflect.get(b, key), pairs);
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function compareNumbers(a: ArrayLike<unknown>, b: ArrayLike<unknown>): Comparison {
  if (a.length !== b.length) return DIFFERENT;
  for (let at = 0; at < a.length; at += 1) if (!Object.is(a[at], b[at])) return DIFFERENT;
  return EQUAL;
}
