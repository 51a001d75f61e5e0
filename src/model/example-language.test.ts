import { traceSpec } from "spec-evidence/vitest";
import { expect, test } from "vitest";
import { exampleLanguage } from "./example-language.js";

test.each([
  ["ts", "typescript"],
  ["{.ts", "typescript"],
  ["{.ts}", "typescript"],
  [".js", "javascript"],
  ["JavaScript", "javascript"],
  ["py", "python"],
  ["jshell", "java"],
  ["", null],
  ["text", null],
  ["tsx", null],
  ["constructor", null],
  ["__proto__", null],
])("a fence that says %j is in %s", (name, language) => {
  traceSpec("EXAMPLE-CONSENT-LANGUAGE");
  expect(exampleLanguage(name)).toBe(language);
});
