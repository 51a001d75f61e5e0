import type { Rational } from "../../model/rational.js";
import type { Span } from "../../model/span.js";

/** What the words of the specifications stand for, checked and in base units. */
export interface Glossary {
  when: "edge" | "level";
  between: "inclusive" | "exclusive" | null;
  /** In code-unit order of their names. */
  variables: readonly Variable[];
  assumptions: readonly Assumption[];
  /** Pairs besides the built-in ones. */
  antonyms: readonly (readonly [string, string])[];
}

export type Role = "input" | "output" | "state";

export interface Variable {
  name: string;
  role: Role;
  domain: Domain;
  /** The name and its synonyms as keys of words. */
  names: readonly string[];
  /** Whole phrases that state a value. */
  phrases: readonly { key: string; value: string }[];
  /** Phrases with a number or value in the place of `{}`. */
  templates: readonly Template[];
  /** Keys of the systems whose responses are about it; none: of every system. */
  by: readonly string[];
  complete: boolean;
  when: "edge" | "level";
  span: Span;
}

/** Keys of the words on both sides of the slot. */
export interface Template {
  before: string;
  after: string;
}

export type Domain =
  | { type: "boolean"; words: { true: readonly string[]; false: readonly string[] } }
  | { type: "enum"; values: readonly EnumValue[] }
  | { type: "number"; whole: boolean; unit: DeclaredUnit | null; min: Rational | null; max: Rational | null };

export interface EnumValue {
  name: string;
  /** Its name and synonyms as keys of words. */
  words: readonly string[];
}

/** One of it is `factor` of its dimension's base unit. */
export interface DeclaredUnit {
  symbol: string;
  dimension: string;
  factor: Rational;
}

export interface Assumption {
  given: string | null;
  holds: string;
  reason: string;
  span: Span;
}

/** Nothing declared. */
export const EMPTY_GLOSSARY: Glossary = { when: "edge", between: null, variables: [], assumptions: [], antonyms: [] };
