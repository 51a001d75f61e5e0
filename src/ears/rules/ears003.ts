import type { Token } from "../token.js";
import { isMark } from "../token.js";
import type { Hit } from "./rule.js";
import { earsRule, perPhrase, spanOfTokens } from "./rule.js";
import type { WordHit } from "./words.js";
import { findWords, wordTable } from "./words.js";

/**
 * Where a word counts: anywhere, only before a number (`about 5`), only as the end of a part (`if possible,`), only outside
 * conditions (`retry several times`; in `when several tests run` it means more than one), or only in capitals (`TBD`).
 */
type Place = "anywhere" | "number" | "end" | "response" | "capitals";

/** Adjectives and adverbs that compare with something unsaid. */
const ANYWHERE = [
  "adequate adequately appropriate appropriately sufficient sufficiently suitable suitably reasonable reasonably",
  "acceptable acceptably satisfactory proper properly relevant meaningful significant significantly substantial substantially",
  "considerable considerably minimal optimal optimally efficient efficiently effectively fast quick quickly rapid rapidly slow",
  "slowly timely promptly soon easy easily effortless effortlessly simple user-friendly intuitive intuitively seamless seamlessly",
  "graceful gracefully robust robustly flexible flexibly scalable state-of-the-art high-quality best-effort smooth smoothly",
  "typical typically usual usually generally normally often sometimes mostly frequently infrequently rarely occasionally seldom",
  "nearly almost approximately roughly numerous various clearly prominently nicely beautiful modern",
].flatMap((line) => line.split(" "));

const PHRASES = ["a few", "a lot of", "a number of", "in a timely manner", "as soon as possible", "as far as possible"];

const MORE_PHRASES = [
  "as much as possible",
  "as little as possible",
  "to the extent possible",
  "to the extent practical",
];

const IN_RESPONSE = ["several times", "several attempts", "several retries", "several seconds", "several minutes"];

const PLACEHOLDERS = ["tbd", "tbc", "todo", "fixme"];

const BEFORE_NUMBER = ["about", "around", "some", "circa"];

const ESCAPES = ["if", "when", "where", "whenever", "wherever", "as"].flatMap((first) =>
  [
    "possible",
    "necessary",
    "needed",
    "required",
    "appropriate",
    "applicable",
    "practical",
    "practicable",
    "feasible",
  ].map((second) => `${first} ${second}`),
);

const TABLE = wordTable<Place>([
  ...[...ANYWHERE, ...PHRASES, ...MORE_PHRASES].map((phrase) => [phrase, "anywhere"] as const),
  ...BEFORE_NUMBER.map((phrase) => [phrase, "number"] as const),
  ...IN_RESPONSE.map((phrase) => [phrase, "response"] as const),
  ...PLACEHOLDERS.map((phrase) => [phrase, "capitals"] as const),
  ...ESCAPES.map((phrase) => [phrase, "end"] as const),
]);

export const ears003 = earsRule("EARS003", {
  examples: {
    bad: [
      "THE box SHALL close quickly.",
      "WHEN it rains, THE box SHALL close several times.",
      "WHEN it rains, THE box SHALL open after TBD.",
      "THE box SHALL close within about 5 s.",
      "THE box SHALL ring the bell if possible.",
      "WHEN it rains, THE box SHALL log the drops, as appropriate, and close.",
      "THE box SHALL close as soon as possible.",
    ],
    good: [
      'THE box SHALL print `quickly` and "TODO".',
      "WHEN several drops fall several times, THE box SHALL give the status todo.",
      "IF some drops fall, THEN THE box SHALL print a text about rain.",
      "WHEN required tags are missing, THE box SHALL ring.",
      "THE box SHALL use the fast-drain valve as required by the manual.",
      "WHEN a simple majority votes, THE box SHALL open.",
    ],
  },
  check: perPhrase((phrase, owner) =>
    findWords(phrase.tokens, TABLE).flatMap((found): Hit[] => {
      const { tokens } = phrase;
      if (!counts(tokens, found) || (found.value === "response" && owner.conditions.includes(phrase))) return [];
      const words = tokens.slice(found.from, found.to).map((token) => token.text);
      const message = `Unexpected vague “${words.join(" ")}”, expected something that can be measured`;
      return [{ span: spanOfTokens(owner, tokens, found.from, found.to), message, tags: owner.tags }];
    }),
  ),
});

/** Fixed terms that hold such a word: `simple majority`. */
const TERMS: ReadonlySet<string> = new Set([
  "simple majority",
  "simple string",
  "slow mode",
  "fast mode",
  "fast forward",
  "robust mode",
]);

function counts(tokens: readonly Token[], { from, to, value }: WordHit<Place>): boolean {
  const next = tokens[to];
  if (TERMS.has(`${tokens[from]?.lower} ${next?.lower}`)) return false;
  if (value === "number") return next?.kind === "number";
  if (value === "capitals") return tokens[from]?.text !== tokens[from]?.lower;
  if (value === "anywhere" || value === "response") return true;
  return next === undefined || next.kind === "mark" || isMark(next, ",") || next.lower === "and" || next.lower === "or";
}
