import { numberAt, quantityAt } from "../quantity.js";
import type { Token } from "../token.js";
import type { Hit } from "./rule.js";
import { earsRule, perPhrase, spanOfTokens } from "./rule.js";

/** Nouns whose value has a unit. */
const MEASURED: ReadonlySet<string> = new Set(
  (
    "timeout timeouts delay interval period duration latency temperature pressure voltage current speed velocity distance " +
    "weight mass humidity frequency bandwidth"
  ).split(" "),
);

/** What leads from such a noun to its value. */
const LINKS: ReadonlySet<string> = new Set(
  "of is at to exceeds below above under over than least most equals reaches within be = > < >= <= :".split(" "),
);

export const ears008 = earsRule("EARS008", {
  examples: {
    bad: [
      "WHEN it rains, THE box SHALL close within 5.",
      "THE box SHALL use a timeout of 30.",
      "WHEN the temperature exceeds 40, THE box SHALL open.",
    ],
    good: [
      "WHEN it rains, THE box SHALL close within 5 s.",
      "THE box SHALL use a timeout of 30 seconds and a 60 second delay.",
      "THE box SHALL retry at most 3 times, then stop after 3.",
      "WHEN the temperature exceeds 40 °C, THE box SHALL exit with 2.",
      "THE box SHALL use a timeout of 30 ticks.",
      "WHEN temperature sensor 40, or 41, fails, THE box SHALL ring.",
    ],
  },
  check: perPhrase(({ tokens }, owner) => {
    const hits: Hit[] = [];
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index];
      if (token?.kind !== "number" || !lacksUnit(tokens, index) || !isMeasured(tokens, index)) continue;
      const message = `Unexpected bare number ${token.text}, expected a unit behind it`;
      hits.push({ span: spanOfTokens(owner, tokens, index, index + 1), message, tags: owner.tags });
    }
    return hits;
  }),
});

/** Nothing that could be a unit or a counted thing stands behind the number. */
function lacksUnit(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1];
  if (numberAt(tokens, index)?.suffix !== "" || quantityAt(tokens, index) !== null) return false;
  return next === undefined || (next.kind === "mark" && !"(°%/-–".includes(next.text)) || next.lower === "and";
}

/** `within 5`, `timeout of 30`, `temperature exceeds 40`. */
function isMeasured(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.lower ?? "";
  if (before === "within") return true;
  if (!LINKS.has(before)) return false;
  for (let at = index - 2; at >= Math.max(0, index - 4); at--) {
    const lower = tokens[at]?.lower ?? "";
    if (MEASURED.has(lower)) return true;
    if (!LINKS.has(lower)) return false;
  }
  return false;
}
