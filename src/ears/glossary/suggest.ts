import { stringify } from "yaml";
import { compareText } from "../../model/span.js";
import type { EarsStatement } from "../statement.js";
import type { Candidate } from "./candidates.js";
import { candidatesOf } from "./candidates.js";
import { oppositesOf } from "./forms.js";
import type { Glossary } from "./glossary.js";

/** A variable a glossary could declare. */
export interface Suggestion {
  name: string;
  /** As it stands in the file. */
  entry: Record<string, unknown>;
  /** Statements that mention it. */
  statements: number;
  /** Of these, how many would be formalised once everything suggested before it and itself is declared. */
  unlocks: number;
}

interface Need {
  names: ReadonlySet<string>;
}

/** A glossary of a thousand statements has about as many terms. */
const MOST_SUGGESTIONS = 2_000;

/**
 * Variables that the specifications speak about and the glossary does not declare, those first that complete the most
 * statements. A draft: roles, values and units are read off the sentences, and a person has to look at each.
 */
export function suggestTerms(statements: readonly EarsStatement[], glossary: Glossary): Suggestion[] {
  const declared = new Set(glossary.variables.flatMap((variable) => variable.names));
  const found = new Map<string, Candidate[]>();
  const needs: Need[] = [];
  for (const statement of statements) {
    if (statement.status !== "read" || statement.doubts.length > 0 || statement.preamble !== null) continue;
    const candidates = candidatesOf(statement);
    for (const candidate of candidates) {
      if (candidate === null || declared.has(candidate.name)) continue;
      const group = found.get(candidate.name);
      if (group === undefined) found.set(candidate.name, [candidate]);
      else group.push(candidate);
    }
    if (candidates.includes(null)) continue;
    const names = candidates.flatMap((each) => (each === null || declared.has(each.name) ? [] : [each.name]));
    if (names.length > 0) needs.push({ names: new Set(names) });
  }
  const drafts = [...found].flatMap(([name, candidates]) => {
    const entry = draft(candidates);
    return entry === null ? [] : [{ name, entry, statements: candidates.length }];
  });
  return ranked(drafts, needs).slice(0, MOST_SUGGESTIONS);
}

/** The suggestions as a glossary file. */
export function printGlossary(suggestions: readonly Suggestion[]): string {
  const variables = Object.fromEntries(suggestions.map(({ name, entry }) => [name, entry]));
  return stringify({ schema: "spec-evidence/glossary@1", variables }, { lineWidth: 0 });
}

/** A term's share of every statement it belongs to: the fewer terms a statement needs, the more each is worth. */
function ranked(drafts: readonly Omit<Suggestion, "unlocks">[], needs: readonly Need[]): Suggestion[] {
  const worth = new Map<string, number>();
  const possible = new Set(drafts.map(({ name }) => name));
  const complete = needs.filter(({ names }) => [...names].every((name) => possible.has(name)));
  for (const { names } of complete) {
    for (const name of names) worth.set(name, (worth.get(name) ?? 0) + Math.floor(720_720 / names.size));
  }
  const ordered = [...drafts].sort(
    (a, b) =>
      (worth.get(b.name) ?? 0) - (worth.get(a.name) ?? 0) || b.statements - a.statements || compareText(a.name, b.name),
  );
  const place = new Map(ordered.map(({ name }, index) => [name, index]));
  const unlocks = new Map<number, number>();
  for (const { names } of complete) {
    const last = Math.max(...[...names].map((name) => place.get(name) ?? 0));
    unlocks.set(last, (unlocks.get(last) ?? 0) + 1);
  }
  return ordered.map((each, index) => ({ ...each, unlocks: unlocks.get(index) ?? 0 }));
}

/** The entry that candidates of one name amount to; null when they contradict each other. */
function draft(candidates: readonly Candidate[]): Record<string, unknown> | null {
  const sides = new Set(candidates.map((candidate) => candidate.side));
  const role = sides.size > 1 ? "state" : sides.has("response") ? "output" : "input";
  const numbers = candidates.flatMap(({ stated }) => (stated.kind === "number" ? [stated.unit] : []));
  const words = candidates.flatMap(({ stated }) =>
    stated.kind === "state" || stated.kind === "value" ? [stated.text] : [],
  );
  const phrases = candidates.flatMap(({ stated }) => (stated.kind === "phrase" ? [stated.text] : []));
  if (numbers.length > 0) {
    if (words.length > 0) return null;
    const unit = numbers.find((each) => each !== null);
    return { role, type: "number", ...(unit === undefined ? {} : { unit }) };
  }
  if (words.length === 0) {
    const [text] = phrases;
    return text === undefined ? null : { role, type: "boolean", phrases: { true: [text] } };
  }
  const distinct = [...new Set(words)].sort(compareText);
  const [first = "", ...others] = distinct;
  const opposite = oppositesOf(first, []);
  const paired = others.every(
    (other) =>
      opposite.includes(other) ||
      oppositesOf(other, []).some((each) => opposite.length > 0 && oppositesOf(each, []).includes(first)),
  );
  const assigned = candidates.some(({ stated }) => stated.kind === "value");
  if (!assigned && (others.length === 0 || paired)) return { role, type: "boolean", states: { true: [first] } };
  return distinct.length > 1
    ? { role, type: "enum", values: distinct }
    : { role, type: "enum", values: [first, `other than ${first}`] };
}
