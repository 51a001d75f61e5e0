import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { Glossary, Variable } from "./glossary.js";

/** GLOSS004 for words that name two variables or two values of one. */
export function ambiguities(glossary: Glossary): Finding[] {
  const named = new Map<string, Variable>();
  const stated = new Map<string, Variable>();
  return glossary.variables.flatMap((variable) => [
    ...variable.names.flatMap((key) => taken(named, key, variable)),
    ...variable.phrases.flatMap(({ key }) => taken(stated, key, variable)),
    ...sharedWords(variable),
  ]);
}

function taken(seen: Map<string, Variable>, key: string, variable: Variable): Finding[] {
  const first = seen.get(key);
  seen.set(key, first ?? variable);
  if (first === undefined || first === variable || areApart(first, variable)) return [];
  return [
    finding({
      code: "GLOSS004",
      message: `Unexpected second meaning ${JSON.stringify(variable.name)} of the words ${JSON.stringify(key)}, expected ${JSON.stringify(first.name)} only`,
      span: variable.span,
      related: [{ span: first.span, message: `first declared for ${first.name}` }],
    }),
  ];
}

/** Words of different systems may mean different things; what a response says is told by who acts. */
function areApart(a: Variable, b: Variable): boolean {
  return a.by.length > 0 && b.by.length > 0 && !a.by.some((system) => b.by.includes(system));
}

function sharedWords(variable: Variable): Finding[] {
  const { domain } = variable;
  if (domain.type === "number") return [];
  const sides =
    domain.type === "boolean"
      ? [
          { name: "true", words: domain.words.true },
          { name: "false", words: domain.words.false },
        ]
      : domain.values;
  const seen = new Map<string, string>();
  return sides.flatMap(({ name, words }) =>
    words.flatMap((word) => {
      const first = seen.get(word);
      if (first === undefined) seen.set(word, name);
      if (first === undefined || first === name) return [];
      return [
        finding({
          code: "GLOSS004",
          message: `Unexpected word ${JSON.stringify(word)} for two values (${first}, ${name}) of ${variable.name}, expected one`,
          span: variable.span,
        }),
      ];
    }),
  );
}
