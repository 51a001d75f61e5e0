import type { DurablePromise, Tags, Task, Value } from "../kernel/model.js";

const NOTHING: Tags = {};

/** Whether two texts by name are the same; the order of names is no part of them. */
export function sameTexts(a: Tags = NOTHING, b: Tags = NOTHING): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}

/** Whether two values have the same data and headers. Headers that are absent are no headers. */
export function sameValue(a: Value, b: Value): boolean {
  return a === b || (a.data === b.data && sameTexts(a.headers, b.headers));
}

/** Whether there is neither data nor a header. */
export function isNoValue({ data, headers }: Value): boolean {
  return data === undefined && (headers === undefined || Object.keys(headers).length === 0);
}

/** Whether every element of `a` is one of `b`. */
export function isSubset(a: readonly string[], b: readonly string[]): boolean {
  return a === b || a.every((each) => b.includes(each));
}

export function isUnique(list: readonly string[]): boolean {
  return list.length < 2 || new Set(list).size === list.length;
}

/** A promise or a task in words, for what is broken. */
export function shown(object: DurablePromise | Task | object | undefined): string {
  return object === undefined ? "nothing" : JSON.stringify(object);
}

/** What became of an object, in words. */
export function moved(before: object | undefined, after: object | undefined): string {
  return `${shown(before)} became ${shown(after)}`;
}
