import type { Variable } from "../glossary/glossary.js";
import type { Word } from "../glossary/words.js";
import { keyOf } from "../glossary/words.js";
import { readComparison } from "./comparison.js";
import type { Formula, Test } from "./formula.js";
import { join, not } from "./formula.js";
import type { Lexicon } from "./lexicon.js";
import { EXCLUDING, QUANTIFIERS } from "./negation.js";
import type { Applied, OpaqueReason } from "./reading.js";

/** What stands around a variable's name; every word of it has to be accounted for. */
export interface Residue {
  /** The name as it stands in the phrase. */
  name: readonly Word[];
  before: readonly Word[];
  after: readonly Word[];
  /** Of a response: imperatives (`open valve 0`) count. */
  imperative: boolean;
  /** The author's words of the whole phrase. */
  text: string;
}

export type ResidueReading = { formula: Formula; rules: Applied[] } | { opaque: OpaqueReason; value?: string } | null;

const AUXILIARIES = new Set(["is", "are", "be", "been", "has", "have", "do", "does"]);
const BEING = new Set(["is", "are", "be", "been"]);
const LINKING = new Set("become becomes remain remains stay stays equal equals".split(" "));
const ASSIGNING = new Set("set switch turn put change drive bring".split(" "));
const KEEPING = new Set(["keep", "hold", "leave", "maintain"]);
const PARTICLES = new Set(["on", "off"]);

/** Reads the slots `<var> is <value>`, `set <var> to <value>`, `keep <var> <value>`, `<verb> <var>`; null when none fits. */
export function readResidue(lexicon: Lexicon, variable: Variable, residue: Residue): ResidueReading {
  if (EXCLUDING.has(residue.name[0]?.key ?? "")) return null;
  const reading = readAround(lexicon, variable, residue);
  return isOpenScope(residue, reading) ? null : reading;
}

function readAround(lexicon: Lexicon, variable: Variable, residue: Residue): ResidueReading {
  const { before, after, imperative } = residue;
  if (before.length === 0) return readPredicate(lexicon, variable, after, residue.text);
  const negated = before[0]?.key === "not";
  const verbs = negated ? before.slice(1) : before;
  const key = verbs[0]?.key ?? "";
  if (!imperative) return null;
  const positive = readImperative(lexicon, variable, verbs, key, residue);
  return positive !== null && "formula" in positive && negated ? denied(positive) : positive;
}

/**
 * Of several things at once only that they have a state is certain: `every valve is not open`, `some valve is closed`, `each
 * mode is idle or failed` say nothing about what the opposite or another value would be.
 */
function isOpenScope({ name }: Residue, reading: ResidueReading): boolean {
  if (reading === null || !QUANTIFIERS.has(name[0]?.key ?? "")) return false;
  return !("formula" in reading) || reading.formula.kind !== "atom" || reading.formula.atom.test.is !== "true";
}

function readImperative(
  lexicon: Lexicon,
  variable: Variable,
  verbs: readonly Word[],
  key: string,
  { after, text }: Residue,
): ResidueReading {
  if (after.length === 0) {
    const particle = verbs.length === 2 && ASSIGNING.has(key) && PARTICLES.has(verbs[1]?.key ?? "");
    return readValue(lexicon, variable, particle ? verbs.slice(1) : verbs, text, "state");
  }
  if (verbs.length !== 1) return null;
  if (ASSIGNING.has(key)) {
    const to = after[0]?.key === "to" || after[0]?.key === "into";
    if (to) return readValue(lexicon, variable, after.slice(1), text, "assignment");
    return PARTICLES.has(after[0]?.key ?? "") ? readValue(lexicon, variable, after, text, "state") : null;
  }
  if (KEEPING.has(key))
    return readValue(lexicon, variable, after[0]?.key === "at" ? after.slice(1) : after, text, "assignment");
  return null;
}

/** `is not reached`, `does not exceed 5 bar`, `becomes idle`. */
function readPredicate(lexicon: Lexicon, variable: Variable, after: readonly Word[], text: string): ResidueReading {
  let at = 0;
  let negated = false;
  while (AUXILIARIES.has(after[at]?.key ?? "")) at++;
  const denial = after[at]?.key === "not" ? after.slice(at) : null;
  if (after[at]?.key === "not") {
    negated = true;
    at++;
  } else if (at > 0 && after[at]?.key === "no" && after[at + 1]?.key === "longer" && after[at + 2]?.key !== "than") {
    negated = true;
    at += 2;
  }
  if (LINKING.has(after[at]?.key ?? "") && after.length > at + 1) at++;
  const explicit = after.slice(0, at).some((word) => BEING.has(word.key) || LINKING.has(word.key));
  const exclusion = explicit ? neitherOf(after.slice(at)) : null;
  if (exclusion !== null) negated = !negated;
  const rest = exclusion ?? after.slice(at);
  if (rest.length === 0) return null;
  const whole = denial === null ? null : readValue(lexicon, variable, denial, text, "value");
  if (whole !== null && "formula" in whole) return whole;
  const reading = readValue(lexicon, variable, rest, text, "value", explicit) ?? null;
  return negated && reading !== null && "formula" in reading ? denied(reading) : reading;
}

/** `neither idle nor failed` as the alternatives that it excludes. */
function neitherOf(words: readonly Word[]): Word[] | null {
  if (words[0]?.key !== "neither" || !words.some((word) => word.key === "nor")) return null;
  return words.slice(1).map((word) => (word.key === "nor" ? { ...word, key: "or" } : word));
}

function denied(reading: { formula: Formula; rules: Applied[] }): ResidueReading {
  return {
    formula: not(reading.formula),
    rules: [...reading.rules, { rule: "negation", note: "the main clause is negated" }],
  };
}

/** Words that state a value of the variable's domain, all of them. */
export function readValue(
  lexicon: Lexicon,
  variable: Variable,
  words: readonly Word[],
  text: string,
  rule: Applied["rule"],
  explicit = false,
): ResidueReading {
  const { domain, name } = variable;
  if (domain.type === "number") {
    const reading = readComparison(words, 0, domain, lexicon.glossary.between);
    if (reading === null || "opaque" in reading) return reading;
    const atoms = reading.comparisons.map((comparison) => atom(name, { is: "compared", ...comparison }));
    return {
      formula: join("and", atoms),
      rules: [{ rule: "comparison", note: `${JSON.stringify(text)} compares ${name} (${reading.note})` }],
    };
  }
  const alternatives = alternativesOf(words);
  const values = alternatives.map((each) => valueStated(variable, keyOf(each)));
  const known = values.filter((value) => value !== null);
  if (known.length < values.length) return strangeValue(variable, alternatives, explicit || rule === "assignment");
  const formulas = known.map((value) => valueFormula(variable, value));
  return {
    formula: join("or", formulas),
    rules: [{ rule, note: `${JSON.stringify(text)} is ${name} = ${known.join(" or ")}` }],
  };
}

/** `a`, `a or b`, `a, b or c`, `a, b, or c`. */
function alternativesOf(words: readonly Word[]): Word[][] {
  const parts: Word[][] = [[]];
  const last = words.findLastIndex((word) => word.key === "or");
  for (const [index, word] of words.entries()) {
    if (word.key === "," && index === last - 1) continue;
    if (word.key === "or" || (word.key === "," && index < last)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

/** The value of a boolean or enum that words state; null when none or two do. */
function valueStated(variable: Variable, key: string): string | null {
  const { domain } = variable;
  if (domain.type === "number") return null;
  if (domain.type === "boolean") {
    const affirmed = key === "true" || domain.words.true.includes(key);
    const refused = key === "false" || domain.words.false.includes(key);
    return affirmed === refused ? null : affirmed ? "true" : "false";
  }
  const meant = domain.values.filter((value) => value.words.includes(key));
  return meant.length === 1 ? (meant[0]?.name ?? null) : null;
}

export function valueFormula(variable: Variable, value: string): Formula {
  if (variable.domain.type === "enum") return atom(variable.name, { is: "value", value });
  const affirmed = atom(variable.name, { is: "true" });
  return value === "true" ? affirmed : not(affirmed);
}

export function atom(variable: string, test: Test): Formula {
  return { kind: "atom", atom: { variable, test } };
}

/** `<enum> is <one word that is none of its values>`: most likely a value that was renamed. */
function strangeValue(
  variable: Variable,
  alternatives: readonly (readonly Word[])[],
  explicit: boolean,
): ResidueReading {
  const { domain } = variable;
  if (domain.type !== "enum" || !explicit || alternatives.some((each) => each.length !== 1)) return null;
  const strange = alternatives.map((each) => each[0]).find((word) => valueStated(variable, word?.key ?? "") === null);
  if (strange === undefined || !/^[\p{L}\p{N}_-]+$/u.test(strange.key)) return null;
  const participle = /(?:ed|ing)$/u;
  const alike = domain.values.some((value) => participle.test(value.name));
  if (participle.test(strange.key) && !alike && strange.token.kind === "word") return null;
  return { opaque: "unknown-value", value: strange.token.text };
}
