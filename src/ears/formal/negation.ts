import { formsOf } from "../glossary/forms.js";
import type { Word } from "../glossary/words.js";
import { keyOf } from "../glossary/words.js";
import { SUBORDINATORS } from "../words.js";

const BEING = new Set("is are was were has have had can".split(" "));
const DOING = new Set(["do", "does", "did"]);

/** Of a subject that begins with one of these it is open whether `not` denies the whole or each: `every valve is not open`. */
export const QUANTIFIERS: ReadonlySet<string> = new Set(
  (
    "all any both each either every few half many more most much neither no nobody none nothing one only several " +
    "some someone something two three at least less fewer almost nearly"
  ).split(" "),
);

/** Names that begin with one of these deny what is said of them: `no door is open`. */
export const EXCLUDING: ReadonlySet<string> = new Set("no none neither nobody nothing nor not".split(" "));

/** With one of these anywhere, `not` may deny a part only, or there is no main clause of its own. */
const LIMITING: ReadonlySet<string> = new Set([
  ...SUBORDINATORS,
  ..."and or nor but , ; : just only merely solely simply until till before after except".split(" "),
  ..."all any both certain each either every few half many most neither none several some".split(" "),
]);

/**
 * The keys of the sentences of which words deny the main clause: `a file is not closed` denies `a file is closed`, `the key
 * does not fit` denies `the key fits`. None where the scope of `not` is open.
 */
export function deniedBy(words: readonly Word[]): string[] {
  const at = words.findIndex((word) => word.key === "not" || word.key === "cannot");
  if (at < 1 || words.length < at + 2) return [];
  const others = [...words.slice(0, at), ...words.slice(at + 1)];
  if (others.some(({ key }) => LIMITING.has(key) || key === "not" || key === "cannot")) return [];
  if (QUANTIFIERS.has(words[0]?.key ?? "")) return [];
  const before = keyOf(words, 0, at);
  const after = keyOf(words, at + 1);
  const auxiliary = words[at - 1]?.key ?? "";
  if (words[at]?.key === "cannot") return [`${before} can ${after}`];
  if (BEING.has(auxiliary)) return [`${before} ${after}`];
  if (!DOING.has(auxiliary) || at < 2) return [];
  const subject = keyOf(words, 0, at - 1);
  const rest = keyOf(words, at + 2);
  return finiteForms(words[at + 1]?.key ?? "").map((verb) =>
    [subject, verb, rest].filter((part) => part !== "").join(" "),
  );
}

function finiteForms(verb: string): string[] {
  return verb === "have" ? ["has", "have"] : [...formsOf(verb)];
}
