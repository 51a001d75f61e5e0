import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { outline, parseSpecText } from "../../test/builders/ears.js";
import type { SpecDocument } from "../model/requirement.js";
import { analyseEars } from "./lint.js";
import { parseStatements } from "./parse.js";
import type { EarsStatement, ReadStatement } from "./statement.js";

const CORPORA = "test/fixtures/specs/corpora";

interface SpecFile {
  path: string;
  text: string;
  document: SpecDocument;
  statements: EarsStatement[];
}

const corpora = new Map<string, SpecFile[]>();

function corpus(name: string): SpecFile[] {
  const known = corpora.get(name) ?? readCorpus(name);
  corpora.set(name, known);
  return known;
}

function readCorpus(name: string): SpecFile[] {
  const files = readdirSync(join(CORPORA, name), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith("spec.md"))
    .sort()
    .map((path) => {
      const text = readFileSync(join(CORPORA, name, path), "utf8");
      const document = parseSpecText(path, text);
      return { path, text, document, statements: parseStatements(document, text) };
    });
}

function isRead(statement: EarsStatement): statement is ReadStatement {
  return statement.status === "read";
}

const MODAL = /\b(?:SHALL|MUST|SHOULD|MAY)\b/u;

/** Code spans blotted out, so that neither keywords nor full stops in them count. */
function withoutCode(text: string): string {
  return text.replace(/`[^`\n]*`/gu, "`code`");
}

/** Sentences with a modal in capitals outside code, by line, found without the parser: fences and lines are all it knows. */
function modalSentences(text: string): string[] {
  const found: string[] = [];
  let fenced = false;
  let evidence = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*(?:```|~~~)/u.test(line)) fenced = !fenced;
    if (!fenced && line.startsWith("#")) evidence = /^#+ Evidence\s*$/u.test(line);
    if (fenced || evidence || /^(?:#|\*\*)/u.test(line)) continue;
    const sentences = withoutCode(line.replace(/^\s*(?:[-*]|\d+\.) /u, "")).split(/(?<=[.!?])\s+(?=[A-Z`])/u);
    for (const sentence of sentences) if (MODAL.test(sentence)) found.push(`${index + 1} ${sentence}`);
  }
  return found;
}

/** A generator of its own, so that the sample is the same everywhere (Mulberry32). */
function sampler(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("published specifications", () => {
  it("are read but for very few sentences", () => {
    traceSpec("EARS-STATEMENT-CORPUS");
    const files = [...corpus("spec-check"), ...corpus("devbox")];
    const tags = new Set(files.flatMap((file) => file.statements.map((each) => each.origin.tag)));
    const missed: string[] = [];
    let sentences = 0;
    for (const { path, text, statements } of files) {
      const read = new Set(statements.filter(isRead).map((each) => `${each.span.line} ${withoutCode(each.sentence)}`));
      for (const sentence of modalSentences(text)) {
        sentences++;
        if (!read.has(sentence)) missed.push(`${path}:${sentence}`);
      }
    }
    expect(tags.size).toBe(426);
    expect(sentences).toBe(482);
    expect(missed.length / sentences).toBeLessThanOrEqual(0.03);
    expect(missed).toEqual([]);
  });

  it("are read as a person reads them, in a sample of one hundred statements", async () => {
    traceSpec("EARS-STATEMENT-CORPUS");
    const all = [...corpus("spec-check"), ...corpus("devbox")].flatMap((file) => file.statements.filter(isRead));
    const next = sampler(20_261_121);
    const sample = Array.from({ length: 100 }, () => all.splice(Math.floor(next() * all.length), 1)).flat();
    const lines = sample.map((each) => `${each.origin.tag} ${each.ordinal}\n${each.sentence}\n=> ${outline(each)}\n`);
    await expect(lines.join("\n")).toMatchFileSnapshot("../../test/fixtures/ears/sample.txt");
  });

  it("of the liquid mixer are read completely, with the timing of each until", () => {
    traceSpec("EARS-STATEMENT-CORPUS", "EARS-TIMING");
    const statements = corpus("liquid-mixer").flatMap((file) => file.statements);
    expect(statements.map((each) => [each.origin.tag, isRead(each) ? outline(each) : each.reason].join(" "))).toEqual([
      "LM-001 WHILE {liquid level 1 is not reached} / WHEN {the start button is pressed} / liquid mixer controller SHALL {open valve 0}",
      "LM-002 WHEN {liquid level 1 is reached} / liquid mixer controller SHALL {close valve 0}",
      "LM-003 WHILE {liquid level 2 is not reached} / WHEN {liquid level 1 is reached} / liquid mixer controller SHALL {open valve 1} / until {the emergency button is pressed}",
      "LM-004 WHEN {liquid level 2 is reached} / liquid mixer controller SHALL {close valve 1}",
      "LM-005 WHEN {liquid level 2 is reached} / liquid mixer controller SHALL {start the 60 second timer}",
      "LM-006 WHEN {liquid level 2 is reached} / liquid mixer controller SHALL {start the stirring motor} / until {the 60 second timer expires or the emergency button is pressed}",
      "LM-007 WHEN {the 60 second timer expires} / liquid mixer controller SHALL {start the 120 second timer}",
      "LM-008 WHEN {the 60 second timer expires} / liquid mixer controller SHALL {open valve 2} / until {the 120 second timer expires or the emergency button is pressed}",
      "LM-009 IF {the emergency button is pressed} / liquid mixer controller SHALL {close valve 0}",
      "LM-010 IF {the emergency button is pressed} / liquid mixer controller SHALL {close valve 1}",
      "LM-011 IF {the emergency button is pressed} / liquid mixer controller SHALL {close valve 2}",
      "LM-012 IF {the emergency button is pressed} / liquid mixer controller SHALL {stop the stirring motor}",
    ]);
  });

  it("give the warnings that a person has looked at, and few hints", () => {
    traceSpec("EARS-LINT-CORPUS");
    const files = [...corpus("spec-check"), ...corpus("devbox")];
    // Both sets hold a file of the same path.
    const sources = new Map(files.map((file) => [file.document.digest, file.text]));
    const documents = files.map((file) => ({ ...file.document, path: file.document.digest }));
    const { findings, facts } = analyseEars(documents, sources);
    const counts = new Map<string, number>();
    for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(facts).toEqual({ statements: 632, read: 618, unread: 14 });
    expect(Object.fromEntries(counts)).toEqual({
      EARS002: 119,
      EARS003: 17,
      EARS005: 4,
      EARS009: 2,
      EARS012: 2,
      EARS014: 4,
      EARS016: 11,
    });
    const warnings = findings.filter((each) => each.severity === "warning");
    expect(warnings.map((each) => `${each.tags} ${/“(.*)”/u.exec(each.message)?.[1]}`).sort()).toEqual(REVIEWED);
  });
});

/** Vague words of the published specifications, each looked at in its sentence. */
const REVIEWED = [
  "BOX-ADAPTER-ATOMIC best-effort",
  "BOX-DOMAIN-INIT-CONFLICTS clearly",
  "BOX-DOMAIN-LIST-BATCH when possible",
  "BOX-INIT-SG-ALLOWED clearly",
  "CAT-EARS-MATCH appropriate",
  "CGC-CLAIM-FAIL sufficient",
  "REMOTE-ADAPTER-CLEANUP best-effort",
  "REMOTE-CLEANUP-FAIL best-effort",
  "STC-DIVERGE-HIGH prominently",
  "STC-GEN-CAPABILITY relevant",
  "STC-GEN-CAPABILITY sufficient",
  "STC-GEN-INSUFFICIENT meaningful",
  "STC-GEN-INSUFFICIENT sufficient",
  "STC-TRACE-SOURCE relevant",
  "STC-TRACE-SOURCE relevant",
  "TRACE-TEST-UNTRACED normally",
  "TRACE-TEST-UNTRACED normally",
];
