import type { Variable } from "../glossary/glossary.js";
import type { Word } from "../glossary/words.js";
import { keyOf } from "../glossary/words.js";
import { amountAt } from "./comparison.js";
import type { Lexicon } from "./lexicon.js";
import type { ResidueReading } from "./residue.js";
import { atom, readValue } from "./residue.js";

/** Values are words, not clauses. */
const LONGEST_VALUE = 12;

interface Filled {
  variable: string;
  reading: NonNullable<ResidueReading>;
}

/** What the words say if they are a declared phrase with a number or value in its slot: `exit with 2`, `give it the verdict hollow`. */
export function readTemplates(lexicon: Lexicon, words: readonly Word[], text: string): Filled[] {
  const found: Filled[] = [];
  for (let from = 0; from < words.length; from++) {
    for (const { variable, after } of lexicon.templated(keyOf(words, 0, from))) {
      const length = after === "" ? 0 : after.split(" ").length;
      const to = words.length - length;
      if (to <= from || to - from > LONGEST_VALUE || keyOf(words, to) !== after) continue;
      const reading = filled(lexicon, variable, words, from, to, text);
      if (reading !== null) found.push({ variable: variable.name, reading });
    }
  }
  return found;
}

function filled(
  lexicon: Lexicon,
  variable: Variable,
  words: readonly Word[],
  from: number,
  to: number,
  text: string,
): ResidueReading {
  if (variable.domain.type !== "number") {
    return readValue(lexicon, variable, words.slice(from, to), text, "template", true);
  }
  const amount = amountAt(words, from, variable.domain);
  if (amount === null || "opaque" in amount || amount.to !== to) return null;
  return {
    formula: atom(variable.name, { is: "compared", relation: "=", number: amount.number }),
    rules: [{ rule: "template", note: `${JSON.stringify(text)} is the value of ${variable.name}` }],
  };
}
