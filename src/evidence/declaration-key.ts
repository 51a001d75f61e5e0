import type { TestDeclaration } from "../model/reference.js";

const KEYS = new WeakMap<TestDeclaration, string>();

/** Names a declaration apart from every other. Made once for each: every result of a test asks for it. */
export function declarationKey(test: TestDeclaration): string {
  const known = KEYS.get(test);
  if (known !== undefined) return known;
  const key = [test.file, ...test.suite, test.name, test.line].join("\n");
  KEYS.set(test, key);
  return key;
}
