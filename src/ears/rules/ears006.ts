import { earsRule, perPhrase, spanOfTokens } from "./rule.js";
import { findWords, wordTable } from "./words.js";

const TABLE = wordTable([
  ["and/or", true],
  ["or/and", true],
]);

export const ears006 = earsRule("EARS006", {
  examples: {
    bad: ["THE box SHALL log rain and/or snow.", "IF it rains AND/OR snows, THEN THE box SHALL close."],
    good: ["THE box SHALL log rain, snow or both.", "THE box SHALL print `and/or`."],
  },
  check: perPhrase(({ tokens }, owner) =>
    findWords(tokens, TABLE).map((hit) => ({
      span: spanOfTokens(owner, tokens, hit.from, hit.to),
      message: "Unexpected “and/or”, expected “and”, “or” or “or both”",
      tags: owner.tags,
    })),
  ),
});
