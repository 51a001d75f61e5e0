/** Opposites that hold for every object. Closed on purpose: what a specification needs besides stands in its glossary. */
const ANTONYMS: readonly (readonly [string, string])[] = [
  ["open", "close"],
  ["enable", "disable"],
  ["enabled", "disabled"],
  ["start", "stop"],
  ["lock", "unlock"],
  ["on", "off"],
  ["accept", "reject"],
  ["allow", "deny"],
  ["show", "hide"],
  ["shown", "hidden"],
];

/** Irregular forms of the verbs above; the participle means the state that the verb brings about. */
const IRREGULAR: readonly (readonly string[])[] = [
  ["show", "shows", "shown", "showing"],
  ["hide", "hides", "hidden", "hiding"],
];

/** A word with the other forms of the same regular verb: `stop`, `stops`, `stopped`. Finite and participle forms alike. */
export function formsOf(word: string): Set<string> {
  const irregular = IRREGULAR.find((forms) => forms.includes(word));
  if (irregular !== undefined) return new Set(irregular.filter((form) => !form.endsWith("ing")));
  const forms = new Set<string>([word]);
  for (const base of basesOf(word)) for (const form of inflected(base)) forms.add(form);
  return forms;
}

/** What the word may be a form of; itself at least. Several letters must remain, so that `red` stays `red`. */
function basesOf(word: string): string[] {
  const bases = [word];
  if (!/^[a-z]{4,}$/u.test(word)) return bases;
  if (word.endsWith("ied") || word.endsWith("ies")) bases.push(`${word.slice(0, -3)}y`);
  else if (word.endsWith("ed")) {
    const stem = word.slice(0, -2);
    if (/([bdgklmnprt])\1$/u.test(stem)) bases.push(stem.slice(0, -1));
    bases.push(stem, `${stem}e`);
  } else if (word.endsWith("s") && !word.endsWith("ss")) {
    bases.push(word.slice(0, -1));
    if (word.endsWith("es")) bases.push(word.slice(0, -2));
  }
  return bases.filter((base) => base.length > 1);
}

function inflected(base: string): string[] {
  if (!/^[a-z]{2,}$/u.test(base)) return [base];
  if (base.endsWith("e")) return [base, `${base}s`, `${base}d`];
  if (/[^aeiou]y$/u.test(base)) return [base, `${base.slice(0, -1)}ies`, `${base.slice(0, -1)}ied`];
  const doubled = /^[^aeiou]*[aeiou][bdgklmnprt]$/u.test(base) ? [`${base}${base.slice(-1)}ed`] : [];
  return [base, /(?:s|x|z|ch|sh)$/u.test(base) ? `${base}es` : `${base}s`, `${base}ed`, ...doubled];
}

/** The opposites of a word in the form it has: `closed` for `opened`, `stop` for `start`. */
export function oppositesOf(word: string, declared: readonly (readonly [string, string])[]): string[] {
  const forms = formsOf(word);
  return [...ANTONYMS, ...declared].flatMap(([one, other]) => {
    if (forms.has(one)) return [other];
    return forms.has(other) ? [one] : [];
  });
}
