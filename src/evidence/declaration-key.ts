import type { TestDeclaration } from "../model/reference.js";

/** Names a declaration apart from every other. */
export function declarationKey(test: TestDeclaration): string {
  return [test.file, ...test.suite, test.name, test.line].join("\n");
}
