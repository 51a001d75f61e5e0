import type { Obstacle } from "../formal/formalise.js";
import type { Lexicon } from "../formal/lexicon.js";
import { keyOf, wordsOf, wordsOfText } from "../glossary/words.js";
import type { EarsStatement, ReadStatement } from "../statement.js";

/** Variables whose names stand anywhere in statements that were not analysed: those may say more about them. */
export function touchedBy(
  lexicon: Lexicon,
  statements: readonly EarsStatement[],
  opaque: readonly { statement: ReadStatement; obstacles: readonly Obstacle[] }[],
): ReadonlySet<string> {
  if (!lexicon.glossary.variables.some((variable) => variable.complete)) return new Set();
  const texts = [
    ...statements.flatMap((each) => (each.status === "unread" ? [wordsOfText(each.sentence)] : [])),
    ...opaque.map(({ statement }) => [
      ...wordsOfText(statement.sentence),
      ...statement.items.flatMap((item) => wordsOf(item.tokens)),
    ]),
  ];
  const touched = new Set<string>();
  for (const words of texts) {
    for (let from = 0; from < words.length; from++) {
      for (let to = from + 1; to <= Math.min(words.length, from + lexicon.longestName); to++) {
        for (const variable of lexicon.named(keyOf(words, from, to))) touched.add(variable.name);
      }
    }
  }
  return touched;
}
