import type { Glossary, Variable } from "../glossary/glossary.js";

/** The glossary indexed by keys of words. */
export interface Lexicon {
  glossary: Glossary;
  variable(name: string): Variable | undefined;
  named(key: string): readonly Variable[];
  phrased(key: string): readonly { variable: Variable; value: string }[];
  /** Variables with a template that begins with the words before a slot, with the key of the words behind it. */
  templated(before: string): readonly { variable: Variable; after: string }[];
  /** Words of the longest name. */
  longestName: number;
  /** The words as the responses of one system (its key) mean them. */
  spokenBy(system: string): Lexicon;
}

export function lexiconOf(glossary: Glossary): Lexicon {
  const variables = new Map(glossary.variables.map((variable) => [variable.name, variable]));
  const whole: Lexicon = indexed(glossary, glossary.variables, variables, () => whole);
  const systems = new Set(glossary.variables.flatMap((variable) => variable.by));
  const spoken = new Map<string, Lexicon>();
  const scoped = (system: string): Lexicon => {
    if (systems.size === 0) return whole;
    const key = systems.has(system) ? system : "";
    const known = spoken.get(key);
    if (known !== undefined) return known;
    const own = glossary.variables.filter(({ by }) => by.length === 0 || by.includes(key));
    const made = indexed(glossary, own, variables, scoped);
    spoken.set(key, made);
    return made;
  };
  return { ...whole, spokenBy: scoped };
}

function indexed(
  glossary: Glossary,
  own: readonly Variable[],
  variables: ReadonlyMap<string, Variable>,
  spokenBy: Lexicon["spokenBy"],
): Lexicon {
  const names = grouped(own.flatMap((variable) => variable.names.map((key) => ({ key, entry: variable }))));
  const phrases = grouped(
    own.flatMap((variable) => variable.phrases.map(({ key, value }) => ({ key, entry: { variable, value } }))),
  );
  const templates = grouped(
    own.flatMap((variable) =>
      variable.templates.map(({ before, after }) => ({ key: before, entry: { variable, after } })),
    ),
  );
  return {
    glossary,
    variable: (name) => variables.get(name),
    named: (key) => names.get(key) ?? [],
    phrased: (key) => phrases.get(key) ?? [],
    templated: (before) => templates.get(before) ?? [],
    longestName: Math.max(0, ...[...names.keys()].map((key) => key.split(" ").length)),
    spokenBy,
  };
}

function grouped<T>(entries: readonly { key: string; entry: T }[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { key, entry } of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}
