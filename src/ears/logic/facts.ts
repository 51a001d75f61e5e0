import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { Formula } from "../formal/formula.js";
import { join, not } from "../formal/formula.js";
import type { Lexicon } from "../formal/lexicon.js";
import { readPhrase } from "../formal/phrase.js";
import { wordsOfText } from "../glossary/words.js";
import type { Fact } from "./world.js";
import { variablesOf } from "./world.js";

/** The glossary's assumptions as formulas; GLOSS002 for one whose words do not resolve. */
export function factsOf(lexicon: Lexicon): { facts: Fact[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const facts = lexicon.glossary.assumptions.flatMap((assumption): Fact[] => {
    const formulas: Formula[] = [];
    for (const text of [assumption.given, assumption.holds]) {
      if (text === null) continue;
      const reading = readPhrase(lexicon, wordsOfText(text), false);
      if ("formula" in reading) formulas.push(reading.formula);
      else {
        const message = `Unexpected words ${JSON.stringify(text)} in an assumption, expected declared terms`;
        findings.push(finding({ code: "GLOSS002", message, span: assumption.span }));
        return [];
      }
    }
    const [first, second] = formulas;
    if (first === undefined) return [];
    const formula = second === undefined ? first : join("or", [not(first), second]);
    const text = assumption.given === null ? assumption.holds : `given ${assumption.given}, ${assumption.holds}`;
    return [{ text, formula, variables: variablesOf([formula]) }];
  });
  return { facts, findings };
}
