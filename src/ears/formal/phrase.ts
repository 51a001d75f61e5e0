import type { Word } from "../glossary/words.js";
import { keyOf, textOfWords } from "../glossary/words.js";
import type { Formula } from "./formula.js";
import { join, not } from "./formula.js";
import type { Lexicon } from "./lexicon.js";
import { deniedBy } from "./negation.js";
import type { Applied, Opaque, Reading, Understood } from "./reading.js";
import { readResidue, valueFormula } from "./residue.js";
import { readTemplates } from "./template.js";

/** Longer phrases are no atoms, and longer lists no conditions a person can survey. */
const LONGEST_ATOM = 40;
const MOST_CONNECTIVES = 12;

/**
 * Reads the words of a condition (`imperative` false) or of a response as a formula over declared variables. Every word
 * must be accounted for; otherwise the phrase is opaque, with the reason.
 */
export function readPhrase(lexicon: Lexicon, words: readonly Word[], imperative: boolean): Reading {
  const whole = readAtom(lexicon, words, imperative);
  if ("formula" in whole || whole.opaque.reason === "ambiguous") return whole;
  const cuts = words.flatMap((word, index) => (word.key === "and" || word.key === "or" ? [index] : []));
  if (cuts.length === 0 || cuts.length > MOST_CONNECTIVES) return whole;
  const kinds = new Set(cuts.map((index) => words[index]?.key));
  if (kinds.size > 1) return splitMixed(lexicon, words, cuts, imperative) ?? whole;
  return splitAt(lexicon, words, kinds.has("or") ? "or" : "and", imperative) ?? whole;
}

/** `a and b or c` has two readings, unless one connective is part of an atom. */
function splitMixed(
  lexicon: Lexicon,
  words: readonly Word[],
  cuts: readonly number[],
  imperative: boolean,
): Reading | null {
  for (const kind of ["and", "or"] as const) {
    const reading = splitAt(lexicon, words, kind, imperative);
    if (reading !== null && "formula" in reading) return reading;
  }
  const text = textOfWords(words);
  return cuts.length > 1 ? { opaque: { reason: "mixed-connectives", text } } : null;
}

/** Splits at every connective of one kind (and the commas of its list) such that each part is an atom of its own. */
function splitAt(lexicon: Lexicon, words: readonly Word[], kind: "and" | "or", imperative: boolean): Reading | null {
  const last = words.findLastIndex((word) => word.key === kind);
  const isCut = (index: number) => words[index]?.key === kind || (words[index]?.key === "," && index < last);
  const parts: Understood[] = [];
  let strange: Opaque | null = null;
  let from = 0;
  let to = 0;
  while (from < words.length) {
    let found: Reading | null = null;
    for (to = words.length; to > from; to--) {
      if (to < words.length && !isCut(to)) continue;
      const reading = readAtom(lexicon, words.slice(from, to), imperative);
      if ("opaque" in reading) strange = reading.opaque.strange === undefined ? strange : reading.opaque;
      if ("opaque" in reading && reading.opaque.reason !== "ambiguous") continue;
      found = reading;
      break;
    }
    if (found === null) return strange === null ? null : { opaque: strange };
    if ("opaque" in found) return found;
    parts.push(found);
    from = to;
    while (from < words.length && isCut(from)) from++;
  }
  if (parts.length < 2) return null;
  return {
    formula: join(
      kind,
      parts.map((part) => part.formula),
    ),
    rules: [
      { rule: "conjuncts", note: `${parts.length} parts joined by ${kind}` },
      ...parts.flatMap((part) => part.rules),
    ],
    said: parts.flatMap((part) => part.said),
  };
}

/** One atom of all the words. Several readings that differ make it ambiguous. */
function readAtom(lexicon: Lexicon, words: readonly Word[], imperative: boolean): Reading {
  const text = textOfWords(words);
  if (words.length === 0 || words.length > LONGEST_ATOM) return { opaque: { reason: "unknown-words", text } };
  const found = stated(lexicon, words, text);
  let opaque: Opaque | null = null;
  for (const { variable, reading } of found.length === 0 ? readTemplates(lexicon, words, text) : []) {
    if ("formula" in reading) found.push(reading);
    else opaque ??= { reason: reading.opaque, text, ...strangeness(variable, reading.value) };
  }
  for (let from = 0; found.length === 0 && from < words.length; from++) {
    for (let to = Math.min(words.length, from + lexicon.longestName); to > from; to--) {
      for (const variable of lexicon.named(keyOf(words, from, to))) {
        const name = words.slice(from, to);
        const residue = { name, before: words.slice(0, from), after: words.slice(to), imperative, text };
        const reading = readResidue(lexicon, variable, residue);
        if (reading === null) continue;
        if ("formula" in reading) found.push(reading);
        else opaque ??= { reason: reading.opaque, text, ...strangeness(variable.name, reading.value) };
      }
    }
  }
  const [first, ...others] = found;
  if (first === undefined) return { opaque: opaque ?? { reason: "unknown-words", text } };
  return others.some((other) => !sameMeaning(first.formula, other.formula))
    ? { opaque: { reason: "ambiguous", text } }
    : { ...first, said: [{ text, formula: first.formula }] };
}

function strangeness(variable: string, value: string | undefined): { strange?: { variable: string; value: string } } {
  return value === undefined ? {} : { strange: { variable, value } };
}

/** The whole phrase as the glossary states it, or the denial of a phrase it states. */
function stated(lexicon: Lexicon, words: readonly Word[], text: string): { formula: Formula; rules: Applied[] }[] {
  const whole = lexicon.phrased(keyOf(words));
  if (whole.length > 0) {
    return whole.map(({ variable, value }) => ({
      formula: valueFormula(variable, value),
      rules: [{ rule: "phrase", note: `${JSON.stringify(text)} is ${variable.name} = ${value}` }],
    }));
  }
  return deniedBy(words).flatMap((key) =>
    lexicon.phrased(key).map(({ variable, value }) => ({
      formula: not(valueFormula(variable, value)),
      rules: [
        { rule: "phrase" as const, note: `${JSON.stringify(key)} is ${variable.name} = ${value}` },
        { rule: "negation" as const, note: "the main clause is negated" },
      ],
    })),
  );
}

/** Whether two readings of the same words say the same, their words aside. */
function sameMeaning(a: Formula, b: Formula): boolean {
  return meaningOf(a) === meaningOf(b);
}

/** A formula as a text that two formulas share when they say the same with the same structure. */
export function meaningOf(formula: Formula): string {
  if (formula.kind === "atom") {
    const { variable, test } = formula.atom;
    if (test.is === "true") return JSON.stringify(variable);
    if (test.is === "value") return `${JSON.stringify(variable)}=${JSON.stringify(test.value)}`;
    return `${JSON.stringify(variable)}${test.relation}${test.number.numerator}/${test.number.denominator}`;
  }
  if (formula.kind === "not" || formula.kind === "rising") return `${formula.kind}(${meaningOf(formula.of)})`;
  return `${formula.kind}(${[...formula.of.map(meaningOf)].sort().join(",")})`;
}
