import type { EarsAnalysis } from "../../src/ears/lint.js";
import { analyseEars } from "../../src/ears/lint.js";
import { parseStatements } from "../../src/ears/parse.js";
import type { EarsStatement, ReadStatement } from "../../src/ears/statement.js";
import type { SpecDocument } from "../../src/model/requirement.js";
import { parseSpec } from "../../src/specs/parse.js";

/** Statements of one requirement with this text; its first line is line 4 of the file. */
export function statementsOf(text: string): EarsStatement[] {
  return statementsOfSpec(`## Requirements\n\n### Requirement: Example [BOX-EXAMPLE]\n${text}\n`);
}

/** Statements of a whole specification, read with the real reader. */
export function statementsOfSpec(text: string, path = "openspec/specs/example/spec.md"): EarsStatement[] {
  return parseStatements(parseSpecText(path, text), text);
}

/** The statements in the short form of `outline`, unread ones as their reason. */
export function outlinesOf(text: string): string[] {
  return statementsOf(text).map((each) => (each.status === "read" ? outline(each) : `unread: ${each.reason}`));
}

/** A reading on one line: `WHEN {a} / pump SHALL {close} within 5 s / doubt nested-modal`. */
export function outline(statement: ReadStatement): string {
  const clauses = statement.clauses.map((each) => {
    const place = each.position === "after" ? " behind" : "";
    return `${each.join === "or" ? "OR " : ""}${each.keyword.toUpperCase()}${place} {${each.phrase.text}}`;
  });
  const timing = statement.timing.map((each) => {
    const quantity = each.quantity === null ? "" : ` ${each.quantity.value} ${each.quantity.unit}`;
    return `${each.only ? "only " : ""}${each.kind}${quantity}${each.event === null ? "" : ` {${each.event.text}}`}`;
  });
  const modal = `${statement.modal.modality.toUpperCase()}${statement.modal.negated ? " NOT" : ""}`;
  const sentence = `${statement.system?.text ?? "nobody"} ${modal} {${statement.response?.text ?? ""}}`;
  const items = statement.items.map((each) => `- ${each.text}`);
  const inner = statement.inner.map((each) => `inner ${each.keyword} {${each.phrase.text}}`);
  const doubts = statement.doubts.map((each) => `doubt ${each}`);
  const preamble = statement.preamble === null ? [] : [`before {${statement.preamble.text}}`];
  return [...preamble, ...clauses, sentence, ...timing, ...items, ...inner, ...doubts].join(" / ");
}

/** The analysis of a requirement with this text, or of the sections that the text consists of. */
export function lintOf(text: string): EarsAnalysis {
  const path = "openspec/specs/example/spec.md";
  const body = text.startsWith("###") ? text : `### Requirement: Example [BOX-EXAMPLE]\n${text}`;
  const source = `## Requirements\n\n${body}\n`;
  return analyseEars([parseSpecText(path, source)], new Map([[path, source]]));
}

/** A specification read by the real reader. */
export function parseSpecText(path: string, text: string): SpecDocument {
  return parseSpec({ path, text }).document;
}
