/** Languages whose examples can be run. */
export const EXAMPLE_LANGUAGES = ["javascript", "typescript", "python", "java"] as const;

export type ExampleLanguage = (typeof EXAMPLE_LANGUAGES)[number];

const NAMES: Readonly<Record<string, ExampleLanguage>> = {
  javascript: "javascript",
  js: "javascript",
  mjs: "javascript",
  typescript: "typescript",
  ts: "typescript",
  mts: "typescript",
  python: "python",
  py: "python",
  python3: "python",
  java: "java",
  jshell: "java",
};

/** The language that a fence names, by any of its usual names (`ts`, `{.ts`); null for others. */
export function exampleLanguage(name: string): ExampleLanguage | null {
  const key = name.toLowerCase().replace(/^\{?\.?|\}$/gu, "");
  return Object.hasOwn(NAMES, key) ? (NAMES[key] ?? null) : null;
}
