import type { UncheckedAssertion } from "../alloy/judge/unchecked.js";
import type { EvidenceItem } from "../model/evidence.js";
import type { Models } from "../model/models.js";
import { itemId } from "./item.js";

/**
 * The commands that were run, and the assertions that nobody checks, as items of kind `model`. Commands without a tag make
 * none: they are evidence for nothing. `digests` are SHA-256 (hex) of the files of each module, by the module's root.
 */
export function modelItems(
  models: Models,
  unchecked: readonly UncheckedAssertion[],
  digests: ReadonlyMap<string, Readonly<Record<string, string>>>,
): EvidenceItem[] {
  const producer = { name: "alloy", version: models.engine?.version ?? null, command: null };
  const common = { kind: "model", against: {}, assertions: null } as const;
  const commands = models.commands.flatMap((command): EvidenceItem[] => {
    if (command.outcome === null || command.tags.length === 0) return [];
    const { module, kind, name, outcome, answer, reason } = command;
    const title = name === kind ? kind : `${kind} ${name}`;
    return [
      {
        ...common,
        id: itemId("model", "alloy", module, title),
        name: title,
        tags: [...command.tags],
        outcome,
        producer,
        location: command.place,
        inputs: digests.get(module) ?? {},
        cannotFail: outcome === "pass" ? command.cannotFail : null,
        strength: strengthOf(command),
        notes: [reason === null ? answer : `${answer}: ${reason}`],
      },
    ];
  });
  const never = unchecked.flatMap(({ name, tags, place }): EvidenceItem[] =>
    tags.length === 0
      ? []
      : [
          {
            ...common,
            id: itemId("model", "alloy", place.file, `assert ${name}`),
            name: `assert ${name}`,
            tags: [...tags],
            outcome: "skipped",
            producer: { ...producer, version: null },
            location: place,
            inputs: digests.get(place.file) ?? {},
            cannotFail: "no command checks it",
            strength: {},
            notes: ["no command checks it"],
          },
        ],
  );
  return [...commands, ...never];
}

function strengthOf(command: Models["commands"][number]): EvidenceItem["strength"] {
  const { scope, solver, variables, clauses } = command;
  return {
    scope: scope === "" ? "default" : scope,
    ...(solver === null ? {} : { solver }),
    ...(variables === null ? {} : { variables }),
    ...(clauses === null ? {} : { clauses }),
  };
}
