import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import type { Requirement, Scenario, SpecDocument } from "../model/requirement.js";
import type { ParsedSpec } from "./parse.js";
import { parseSpec } from "./parse.js";

const FIXTURES = "test/fixtures/specs/corpora";

interface SpecFile {
  path: string;
  text: string;
  parsed: ParsedSpec;
}

interface Counts {
  specs: number;
  requirements: number;
  scenarios: number;
  tags: number;
  alloyBlocks: number;
  evidenceGroups: number;
  evidenceEntries: number;
  examples: number;
  /** `//=>` */
  expectations: number;
  /** A bare `//*` */
  wildcards: number;
}

const sets = new Map<string, SpecFile[]>();

function readSet(name: string): SpecFile[] {
  const known = sets.get(name);
  if (known !== undefined) return known;
  const folder = join(FIXTURES, name);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("spec.md"));
  const set = files.sort().map((path) => {
    const text = readFileSync(join(folder, path), "utf8");
    return { path, text, parsed: parseSpec({ path, text }) };
  });
  sets.set(name, set);
  return set;
}

function ownersOf(document: SpecDocument): (Requirement | Scenario)[] {
  return document.requirements.flatMap((requirement) => [requirement, ...requirement.scenarios]);
}

function parsedCounts(files: readonly SpecFile[]): Counts {
  const documents = files.map((file) => file.parsed.document);
  const owners = documents.flatMap(ownersOf);
  const requirements = documents.flatMap((document) => document.requirements);
  const groups = owners.flatMap((owner) => owner.evidence);
  const entries = groups.flatMap((group) => group.entries);
  const examples = entries.flatMap((entry) => (entry.example === null ? [] : [entry.example]));
  const expectations = examples.flatMap((example) => example.expectations);
  return {
    specs: documents.length,
    requirements: requirements.length,
    scenarios: owners.length - requirements.length,
    tags: owners.filter((owner) => owner.tag !== null).length,
    alloyBlocks: documents.flatMap((document) => document.alloyBlocks).length,
    evidenceGroups: groups.length,
    evidenceEntries: entries.length,
    examples: examples.length,
    expectations: expectations.filter((each) => each.kind !== "any").length,
    wildcards: expectations.filter((each) => each.kind === "any").length,
  };
}

/** Counts lines with nothing but a flag for whether a fence of three backticks is open. */
function lineCounts(files: readonly SpecFile[]): Counts {
  const counts: Counts = {
    specs: files.length,
    requirements: 0,
    scenarios: 0,
    tags: 0,
    alloyBlocks: 0,
    evidenceGroups: 0,
    evidenceEntries: 0,
    examples: 0,
    expectations: 0,
    wildcards: 0,
  };
  for (const { text } of files) {
    let fence: string | null = null;
    let inEvidence = false;
    for (const line of text.split("\n")) {
      if (line.startsWith("```")) {
        if (fence === null && line === "```alloy") counts.alloyBlocks += 1;
        if (fence === null && inEvidence && line === "```typescript") counts.examples += 1;
        fence = fence === null ? line : null;
      } else if (fence !== null) {
        if (fence === "```typescript" && line.includes("//=>")) counts.expectations += 1;
        if (fence === "```typescript" && line.endsWith("//*")) counts.wildcards += 1;
      } else {
        if (line.startsWith("#")) inEvidence = line === "##### Evidence";
        if (line === "##### Evidence") counts.evidenceGroups += 1;
        if (line.startsWith("### Requirement:")) counts.requirements += 1;
        if (line.startsWith("#### Scenario:")) counts.scenarios += 1;
        if (/^#{3,4} (Requirement|Scenario):.* \[[A-Z0-9-]+\]$/.test(line)) counts.tags += 1;
        if (inEvidence && line.startsWith("- ")) counts.evidenceEntries += 1;
      }
    }
  }
  return counts;
}

describe("published specifications", () => {
  const none = { alloyBlocks: 0, evidenceGroups: 0, evidenceEntries: 0, examples: 0, expectations: 0, wildcards: 0 };
  const published: Record<string, Counts> = {
    "spec-check": {
      specs: 7,
      requirements: 69,
      scenarios: 221,
      tags: 290,
      alloyBlocks: 66,
      evidenceGroups: 199,
      evidenceEntries: 507,
      examples: 56,
      expectations: 114,
      wildcards: 38,
    },
    devbox: { ...none, specs: 5, requirements: 55, scenarios: 113, tags: 168 },
    "liquid-mixer": { ...none, specs: 1, requirements: 12, scenarios: 0, tags: 12 },
  };

  test.each(Object.entries(published))("%s comes out as counted", (name, expected) => {
    traceSpec("SPEC-STRUCTURE-CORPUS");
    const files = readSet(name);
    expect(parsedCounts(files)).toEqual(expected);
    expect(lineCounts(files)).toEqual(expected);
  });

  test.each(Object.keys(published))("%s gives no finding", (name) => {
    traceSpec("SPEC-STRUCTURE-CORPUS");
    expect(readSet(name).flatMap((file) => file.parsed.findings)).toEqual([]);
  });

  test.each(Object.keys(published))("every place in %s shows what it is said to hold", (name) => {
    traceSpec("SPEC-SPAN");
    for (const file of readSet(name)) {
      const lines = file.text.split("\n");
      const lineAt = (line: number) => lines[line - 1] ?? "";
      const { document } = file.parsed;
      for (const owner of ownersOf(document)) {
        expect(lineAt(owner.span.line)).toMatch(/^#{3,4} (Requirement|Scenario): /);
        expect(lineAt(owner.span.line).slice(0, owner.span.endColumn - 1)).toContain(`${owner.title} [${owner.tag}]`);
        for (const statement of owner.statements) {
          expect(lines.slice(statement.span.line - 1, statement.span.endLine).join("\n")).toBe(statement.text);
        }
        for (const attribute of owner.attributes) {
          expect(lineAt(attribute.span.line)).toMatch(`**${attribute.name}:**`);
        }
        for (const entry of owner.evidence.flatMap((group) => group.entries)) {
          expect(lineAt(entry.span.line)).toMatch(`- ${entry.label}`);
          expect(lineAt(entry.span.line)).toContain(entry.text);
          for (const { span, text, url } of entry.links) {
            expect(lineAt(span.line).slice(span.column - 1, span.endColumn - 1)).toBe(`[${text}](${url})`);
          }
          const example = entry.example;
          if (example === null) continue;
          expect(lineAt(example.span.line)).toBe(`\`\`\`${example.language}`);
          expect(lines.slice(example.firstLine - 1, example.span.endLine - 1).join("\n")).toBe(example.code);
          for (const { line, expected } of example.expectations) expect(lineAt(line)).toMatch(expected);
        }
      }
      for (const { firstLine, code, span } of document.alloyBlocks) {
        expect(lines.slice(firstLine - 1, span.endLine - 1).join("\n")).toBe(code);
      }
    }
  });

  test("links of the published evidence lead to files and lines", () => {
    traceSpec("SPEC-EVIDENCE-LINK");
    const links = readSet("spec-check")
      .flatMap((file) => ownersOf(file.parsed.document))
      .flatMap((owner) => owner.evidence.flatMap((group) => group.entries.flatMap((entry) => entry.links)));
    expect(links.length).toBeGreaterThan(500);
    for (const link of links) {
      expect(link.url).toBe(`/${link.path}#L${link.line}`);
      expect(link.text).toBe(`${link.path?.split("/").at(-1)}:${link.line} ${link.symbol}`);
    }
  });
});
