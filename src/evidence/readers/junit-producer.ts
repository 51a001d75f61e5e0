import type { Attributes } from "./xml.js";

const BY_ROOT_NAME: Readonly<Record<string, string>> = {
  "vitest tests": "vitest",
  "jest tests": "jest",
  "pytest tests": "pytest",
  pytest: "pytest",
  "nextest-run": "cargo-nextest",
  "Mocha Tests": "mocha",
  AllTests: "googletest",
};

/**
 * Who wrote a report, told from its first suites; null while nothing tells. JUnit XML has no place for it, so this only
 * knows the marks that reporters leave by default.
 */
export function producerOf(element: string, attributes: Attributes): string | null {
  if (element === "property") return attributes.name === "go.version" ? "go test" : null;
  const name = attributes.name ?? "";
  if (Object.hasOwn(BY_ROOT_NAME, name)) return BY_ROOT_NAME[name] ?? null;
  return (attributes["xsi:noNamespaceSchemaLocation"] ?? "").includes("surefire") ? "maven-surefire" : null;
}
