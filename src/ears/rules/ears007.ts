import { earsRule, perPhrase, spanOfTokens } from "./rule.js";
import { findWords, wordTable } from "./words.js";

const TABLE = wordTable(
  [
    "etc",
    "etcetera",
    "and so on",
    "and so forth",
    "and the like",
    "and others",
    "among others",
    "including but not limited to",
    "and more",
  ].map((phrase) => [phrase, phrase] as const),
);

export const ears007 = earsRule("EARS007", {
  examples: {
    bad: ["THE box SHALL report rain, snow, etc.", "THE box SHALL log events including but not limited to rain."],
    good: ["THE box SHALL report rain and snow.", "THE box SHALL log one and more than one event."],
  },
  check: perPhrase(({ tokens }, owner) =>
    findWords(tokens, TABLE).flatMap((hit) => {
      const next = tokens[hit.to];
      if (hit.value === "and more" && next !== undefined && next.kind !== "mark") return [];
      const span = spanOfTokens(owner, tokens, hit.from, hit.to);
      return [{ span, message: `Unexpected “${hit.value}”, expected a list that ends`, tags: owner.tags }];
    }),
  ),
});
