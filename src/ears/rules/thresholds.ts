import type { FoundQuantity } from "../quantity.js";
import { exactValue, quantityAt } from "../quantity.js";
import type { Token } from "../token.js";
import { DETERMINERS, SUBORDINATORS } from "../words.js";

/** A limit that a phrase names: `lock timeout` of `5 min`. */
export interface NamedThreshold {
  /** Its words in lower case: a noun for a limit with what qualifies it. */
  name: string;
  quantity: FoundQuantity;
  /** Token indices of number and unit, the end exclusive. */
  from: number;
  to: number;
}

const NOUNS: ReadonlySet<string> = new Set(
  (
    "timeout limit threshold interval bound budget period deadline maximum minimum delay window lifetime capacity quota duration " +
    "ttl retention expiry latency age"
  ).split(" "),
);

/** What may stand between a limit's name and its value. */
const LINKS: ReadonlySet<string> = new Set(
  "of is be are to at equals default defaults exactly currently = ( :".split(" "),
);

/** Words that end a name to the left: they belong to the sentence, not to the noun. */
const BREAKS: ReadonlySet<string> = new Set(
  (
    "of is are be been was were has have had than at in on for with by from into per as and or not uses use using enforce " +
    "enforces set sets apply applies within without after before under over exceeds exceed shall must should may default " +
    "configured current documented new other same second different own separate"
  ).split(" "),
);

const LONGEST_NAME = 4;

/** Every named limit of a phrase. A bare `timeout` is no name: each place may mean another. */
export function namedThresholds(tokens: readonly Token[]): NamedThreshold[] {
  return tokens.flatMap((token, index): NamedThreshold[] => {
    if (token.kind !== "number") return [];
    const quantity = quantityAt(tokens, index);
    if (quantity === null) return [];
    const name = nameBefore(tokens, index) ?? nameBehind(tokens, quantity.to);
    return name === null ? [] : [{ name, quantity, from: index, to: quantity.to }];
  });
}

/** `lock timeout of 5 min`, `lock timeout (default 5 min)`. */
function nameBefore(tokens: readonly Token[], index: number): string | null {
  let at = index - 1;
  while (at >= 0 && LINKS.has(tokens[at]?.lower ?? "")) at--;
  if (at === index - 1 || !NOUNS.has(tokens[at]?.lower ?? "")) return null;
  const words: string[] = [];
  for (let from = at; from >= 0 && words.length < LONGEST_NAME; from--) {
    const token = tokens[from];
    if (token === undefined || (token.kind !== "word" && token.kind !== "code") || breaks(token)) break;
    words.unshift(token.lower);
    if (token.kind === "code") break;
  }
  return words.length < 2 ? null : words.join(" ");
}

/** `5-minute mtime threshold`. */
function nameBehind(tokens: readonly Token[], from: number): string | null {
  const words: string[] = [];
  for (let at = from; at < Math.min(tokens.length, from + LONGEST_NAME); at++) {
    const token = tokens[at];
    if (token === undefined || token.kind !== "word" || breaks(token)) return null;
    words.push(token.lower);
    if (NOUNS.has(token.lower)) return words.length < 2 ? null : words.join(" ");
  }
  return null;
}

function breaks(token: Token): boolean {
  return BREAKS.has(token.lower) || DETERMINERS.has(token.lower) || SUBORDINATORS.has(token.lower);
}

/** Equal for `5 min` and `300 s`. */
export function valueKey(quantity: FoundQuantity): string {
  const value = exactValue(quantity);
  return value === null ? `${quantity.value} ${quantity.unit}` : `${value.numerator}/${value.denominator}`;
}

/** Words that carry no meaning of their own in `does not become ready`. */
const HELPERS: ReadonlySet<string> = new Set(
  "not does do did is are was be been become becomes has have still yet".split(" "),
);

const FARTHEST = 8;

/** Every `… ready within 2 min` of a condition: the two words before it that say what is awaited, and whether it is denied. */
export function deadlines(tokens: readonly Token[]): (NamedThreshold & { negated: boolean })[] {
  return tokens.flatMap((token, index) => {
    const quantity = token.lower === "within" && token.kind === "word" ? quantityAt(tokens, index + 1) : null;
    if (quantity === null) return [];
    const words: string[] = [];
    let negated = false;
    for (let at = index - 1; at >= Math.max(0, index - FARTHEST); at--) {
      const { kind, lower } = tokens[at] ?? { kind: "mark", lower: "" };
      if (kind === "mark" || lower === "and" || lower === "or") break;
      negated ||= lower === "not";
      if (!HELPERS.has(lower) && words.length < 2) words.unshift(lower);
    }
    return words.length === 0 ? [] : [{ name: words.join(" "), negated, quantity, from: index + 1, to: quantity.to }];
  });
}
