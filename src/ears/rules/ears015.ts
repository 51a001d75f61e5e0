import { earsRule, perOwner } from "./rule.js";

/** What an opening of a condition most likely stands for. */
const KEYWORD_FOR: ReadonlyMap<string, string> = new Map([
  ["on", "WHEN"],
  ["upon", "WHEN"],
  ["after", "WHEN"],
  ["once", "WHEN"],
  ["following", "WHEN"],
  ["during", "WHILE"],
  ["throughout", "WHILE"],
  ["until", "WHILE"],
  ["unless", "IF"],
  ["should", "IF"],
  ["provided", "IF"],
  ["assuming", "IF"],
]);

export const ears015 = earsRule("EARS015", {
  examples: {
    bad: ["After a power failure, THE box SHALL close.", "Unless it rains, THE box SHALL stay open."],
    good: [
      "WHEN power returns, THE box SHALL close.",
      "For each key, THE box SHALL keep a copy.",
      "By default, THE box SHALL stay open.",
    ],
  },
  check: perOwner(({ read, tags }) =>
    read.flatMap(({ preamble }) => {
      const keyword = KEYWORD_FOR.get(preamble?.tokens[0]?.lower ?? "");
      if (preamble === null || keyword === undefined) return [];
      const message = `Unexpected condition “${preamble.text}”, expected one that begins with ${keyword}`;
      return [{ span: preamble.span, message, tags }];
    }),
  ),
});
