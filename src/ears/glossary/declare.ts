import type { GlossaryFile, VariableEntry } from "../../model/glossary.js";
import type { Rational } from "../../model/rational.js";
import { compareRationals, isWhole, multiply, parseDecimal, rational } from "../../model/rational.js";
import type { Span } from "../../model/span.js";
import { compareText } from "../../model/span.js";
import { unitOf } from "../units.js";
import { formsOf, oppositesOf } from "./forms.js";
import type { DeclaredUnit, Domain, EnumValue, Template, Variable } from "./glossary.js";
import { keyOfText } from "./words.js";

export interface Declaration {
  /** Null when the entry contradicts itself. */
  variable: Variable | null;
  /** "Unexpected X, expected Y". */
  faults: string[];
}

/** Turns an entry of the glossary file into a variable: words to keys, numbers to exact rationals in base units. */
export function declare(name: string, entry: VariableEntry, file: GlossaryFile, span: Span): Declaration {
  const faults = misplaced(name, entry);
  const domain = domainOf(name, entry, file, faults);
  if (domain === null || faults.length > 0) return { variable: null, faults };
  const phrases = Object.entries(entry.phrases ?? {});
  for (const [value, texts] of phrases) {
    if (!isStatable(domain, value))
      faults.push(`Unexpected phrases for ${JSON.stringify(value)} of ${name}, expected a value it has`);
    for (const text of value === "*" ? texts : []) {
      if (text.split("{}").length !== 2)
        faults.push(`Unexpected pattern ${JSON.stringify(text)} of ${name}, expected one {} in it`);
    }
  }
  if (faults.length > 0) return { variable: null, faults };
  const names = unique([name, ...entry.synonyms].flatMap(keysOfText));
  const isSentence = entry.type === "boolean" && entry.states === undefined && phrases.length === 0;
  const stated = phrases.flatMap(([value, texts]) =>
    value === "*" ? [] : texts.map((text) => ({ key: keyOfText(text), value })),
  );
  return {
    variable: {
      name,
      role: entry.role,
      domain,
      names,
      phrases: isSentence ? names.map((key) => ({ key, value: "true" })) : stated,
      templates: (entry.phrases?.["*"] ?? []).map(templateOf),
      by: unique(entry.by.map(keyOfText)),
      complete: String(entry.complete ?? false) === "true",
      when: entry.when ?? file.when,
      span,
    },
    faults,
  };
}

function misplaced(name: string, entry: VariableEntry): string[] {
  const number = entry.type === "number" || entry.type === "integer";
  const wrong = (present: boolean, what: string, where: string) =>
    present
      ? [`Unexpected ${what} of the ${entry.type} ${JSON.stringify(name)}, expected ${what} for ${where} only`]
      : [];
  return [
    ...wrong(entry.states !== undefined && entry.type !== "boolean", "states", "booleans"),
    ...wrong(entry.values !== undefined && entry.type !== "enum", "values", "enums"),
    ...wrong(!number && entry.unit !== undefined, "unit", "numbers"),
    ...wrong(!number && (entry.min !== undefined || entry.max !== undefined), "range", "numbers"),
  ];
}

function domainOf(name: string, entry: VariableEntry, file: GlossaryFile, faults: string[]): Domain | null {
  if (entry.type === "boolean") return { type: "boolean", words: stateWords(entry, file) };
  if (entry.type === "enum") {
    const values = enumValues(entry.values);
    if (values.length < 2)
      faults.push(`Unexpected enum ${JSON.stringify(name)} with ${values.length} values, expected two at least`);
    return { type: "enum", values };
  }
  const unit = entry.unit === undefined ? null : declaredUnit(entry.unit);
  if (unit === "unknown") {
    faults.push(
      `Unexpected unit ${JSON.stringify(entry.unit)} of ${name}, expected a known one such as s, °C, bar, MiB, %`,
    );
    return null;
  }
  const min = bound(entry.min, unit);
  const max = bound(entry.max, unit);
  if (min !== null && max !== null && compareRationals(min, max) > 0) {
    faults.push(`Unexpected range of ${name} whose min is above its max, expected the reverse`);
  }
  const whole = entry.type === "integer";
  if (whole && unit !== null && !isWhole(unit.factor)) {
    faults.push(
      `Unexpected unit ${unit.symbol} of the integer ${name}, expected a number: in base units it is a fraction`,
    );
  }
  return { type: "number", whole, unit, min, max };
}

/** Words of both values; where a word has an opposite and the other side does not name one, the opposite is taken. */
function stateWords(entry: VariableEntry, file: GlossaryFile): { true: string[]; false: string[] } {
  const antonyms = file.antonyms.map(([one, other]): [string, string] => [one.toLowerCase(), other.toLowerCase()]);
  const keys = (texts: readonly string[]) => texts.map(keyOfText);
  const positive = keys(entry.states?.true ?? []);
  const negative = keys(entry.states?.false ?? []);
  const opposite = (words: readonly string[]) => words.flatMap((word) => oppositesOf(word, antonyms));
  return {
    true: withForms([...positive, ...opposite(negative)]),
    false: withForms([...negative, ...opposite(positive)]),
  };
}

function withForms(words: readonly string[]): string[] {
  return unique(words.flatMap((word) => (word.includes(" ") ? [word] : [...formsOf(word)])));
}

function enumValues(values: VariableEntry["values"]): EnumValue[] {
  const entries: [string, readonly string[]][] = Array.isArray(values)
    ? values.map((value) => [value, []])
    : Object.entries(values ?? {}).map(([value, synonyms]) => [value, Array.isArray(synonyms) ? synonyms : []]);
  return entries.map(([name, synonyms]) => ({ name, words: unique([name, ...synonyms].flatMap(keysOfText)) }));
}

/** Its words, and a single word as it is spelt: `NotFoundError` in code keeps its capitals. */
function keysOfText(text: string): string[] {
  const key = keyOfText(text);
  return /^[\p{L}\p{N}_.-]+$/u.test(text) ? [key, text.normalize("NFC")] : [key];
}

function declaredUnit(symbol: string): DeclaredUnit | "unknown" {
  const unit = unitOf(symbol);
  if (unit === null) return "unknown";
  return { symbol: unit.symbol, dimension: unit.dimension, factor: rational(unit.numerator, unit.denominator) };
}

function bound(value: string | number | undefined, unit: DeclaredUnit | null): Rational | null {
  const decimal = value === undefined ? null : parseDecimal(String(value));
  return decimal === null || unit === null ? decimal : multiply(decimal, unit.factor);
}

function templateOf(text: string): Template {
  const [before = "", after = ""] = text.split("{}").map(keyOfText);
  return { before, after };
}

function isStatable(domain: Domain, value: string): boolean {
  if (domain.type === "boolean") return value === "true" || value === "false";
  if (domain.type === "enum") return value === "*" || domain.values.some((each) => each.name === value);
  return value === "*";
}

function unique(keys: readonly string[]): string[] {
  return [...new Set(keys)].filter((key) => key !== "").sort(compareText);
}
