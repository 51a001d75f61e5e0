import type { Glossary, Variable } from "../glossary/glossary.js";

/** The glossary indexed by keys of words. */
export interface Lexicon {
  glossary: Glossary;
  variable(name: string): Variable | undefined;
  named(key: string): readonly Variable[];
  phrased(key: string): readonly { variable: Variable; value: string }[];
  templated(key: string): readonly Variable[];
  /** Words of the longest name. */
  longestName: number;
}

export function lexiconOf(glossary: Glossary): Lexicon {
  const variables = new Map(glossary.variables.map((variable) => [variable.name, variable]));
  const names = grouped(
    glossary.variables.flatMap((variable) => variable.names.map((key) => ({ key, entry: variable }))),
  );
  const phrases = grouped(
    glossary.variables.flatMap((variable) =>
      variable.phrases.map(({ key, value }) => ({ key, entry: { variable, value } })),
    ),
  );
  const templates = grouped(
    glossary.variables.flatMap((variable) => variable.templates.map((key) => ({ key, entry: variable }))),
  );
  return {
    glossary,
    variable: (name) => variables.get(name),
    named: (key) => names.get(key) ?? [],
    phrased: (key) => phrases.get(key) ?? [],
    templated: (key) => templates.get(key) ?? [],
    longestName: Math.max(0, ...[...names.keys()].map((key) => key.split(" ").length)),
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
