import type { Finding } from "../../model/finding.js";
import { arrangeFindings, finding } from "../../model/finding.js";
import type { FormalStatement, Obstacle } from "../formal/formalise.js";
import { formalise } from "../formal/formalise.js";
import { atomsOf } from "../formal/formula.js";
import type { Lexicon } from "../formal/lexicon.js";
import { lexiconOf } from "../formal/lexicon.js";
import { readPhrase } from "../formal/phrase.js";
import type { Glossary, Variable } from "../glossary/glossary.js";
import { keyOf, wordsOf, wordsOfText } from "../glossary/words.js";
import type { EarsStatement, ReadStatement } from "../statement.js";

/** GLOSS003 to GLOSS006: variables nobody uses, words that are not declared beside words that are, names that differ in little. */
export function checkGlossary(statements: readonly EarsStatement[], glossary: Glossary): Finding[] {
  const lexicon = lexiconOf(glossary);
  const used = new Set<string>();
  const undefinedWords: Finding[] = [];
  for (const statement of statements) {
    if (statement.status !== "read") continue;
    const result = formalise(lexicon, statement);
    if ("formal" in result) for (const name of namesOf(result.formal)) used.add(name);
    else {
      const known = resolved(lexicon, statement);
      for (const name of known) used.add(name);
      if (known.size > 0) undefinedWords.push(...unresolved(statement, result.obstacles));
    }
  }
  for (const { given, holds } of glossary.assumptions) {
    for (const text of [given, holds]) {
      const reading = text === null ? null : readPhrase(lexicon, wordsOfText(text), false);
      if (reading !== null && "formula" in reading)
        for (const { variable } of atomsOf(reading.formula)) used.add(variable);
    }
  }
  const unused = glossary.variables.filter((variable) => !used.has(variable.name)).map(unusedFinding);
  return arrangeFindings([...unused, ...undefinedWords, ...similarNames(glossary.variables)]);
}

function namesOf({ guard, response }: FormalStatement): string[] {
  return [...atomsOf(guard), ...atomsOf(response)].map((atom) => atom.variable);
}

/** Variables that the phrases of a statement resolve to, each phrase by itself. */
function resolved(lexicon: Lexicon, statement: ReadStatement): Set<string> {
  const events = statement.timing.flatMap(({ event }) => (event === null ? [] : [event]));
  const conditions = [...statement.clauses.map((clause) => clause.phrase), ...events].map((phrase) => ({
    phrase,
    imperative: false,
  }));
  const responses = (statement.response === null ? statement.items : [statement.response]).map((phrase) => ({
    phrase,
    imperative: true,
  }));
  const own = statement.system === null ? lexicon : lexicon.spokenBy(keyOf(wordsOf(statement.system.tokens)));
  return new Set(
    [...conditions, ...responses].flatMap(({ phrase, imperative }) => {
      const reading = readPhrase(imperative ? own : lexicon, wordsOf(phrase.tokens), imperative);
      return "formula" in reading ? atomsOf(reading.formula).map((atom) => atom.variable) : [];
    }),
  );
}

function unresolved(statement: ReadStatement, obstacles: readonly Obstacle[]): Finding[] {
  const { tag } = statement.origin;
  return obstacles.flatMap((obstacle) =>
    obstacle.kind === "words" && obstacle.opaque.strange === undefined
      ? [
          finding({
            code: "GLOSS006",
            message: `Unexpected words ${JSON.stringify(obstacle.opaque.text)} (${obstacle.opaque.reason.replaceAll("-", " ")}), expected declared terms as in the rest of the statement`,
            span: obstacle.phrase.span,
            tags: tag === null ? [] : [tag],
          }),
        ]
      : [],
  );
}

function unusedFinding(variable: Variable): Finding {
  return finding({
    code: "GLOSS003",
    message: `Unexpected variable ${JSON.stringify(variable.name)} that no statement uses, expected one that the specifications speak about`,
    span: variable.span,
  });
}

/** Names longer than that are compared whole only. */
const LONGEST_NAME = 60;
/** Shorter names differ in one letter for good reasons. */
const SHORTEST_NAME = 6;

/**
 * Names that are the same but for one letter or the order of words, with the same digits. One pass over the names with one
 * letter left out (the neighbourhood of Levenshtein distance 1), so that many names cost little.
 */
function similarNames(variables: readonly Variable[]): Finding[] {
  const seen = new Map<string, Variable>();
  const told = new Set<string>();
  const findings: Finding[] = [];
  for (const variable of variables) {
    for (const key of neighbourhood(variable.name)) {
      const first = seen.get(key);
      if (first === undefined) seen.set(key, variable);
      const pair = `${first?.name}\n${variable.name}`;
      if (first === undefined || first === variable || told.has(pair)) continue;
      told.add(pair);
      findings.push(
        finding({
          code: "GLOSS005",
          message: `Unexpected likeness of ${JSON.stringify(variable.name)} and ${JSON.stringify(first.name)}, expected one term or two that differ clearly`,
          span: variable.span,
          related: [{ span: first.span, message: `${first.name} is declared here` }],
        }),
      );
    }
  }
  return findings;
}

function neighbourhood(name: string): string[] {
  const plain = name.normalize("NFC").toLowerCase();
  const sorted = plain.split(" ").sort().join(" ");
  const keys = [plain, `words ${sorted}`];
  if (plain.length < SHORTEST_NAME || plain.length > LONGEST_NAME) return keys;
  for (let at = 0; at < plain.length; at++) {
    const alone = isEdge(plain[at - 1]) && isEdge(plain[at + 1]);
    if (!alone && !/\d/u.test(plain[at] ?? "")) keys.push(`${plain.slice(0, at)}${plain.slice(at + 1)}`);
  }
  return keys;
}

/** `valve a` and `valve b` differ in a whole word. */
function isEdge(character: string | undefined): boolean {
  return character === undefined || character === " ";
}
