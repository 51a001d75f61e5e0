import type { AlloyAnswer, AlloyOutline, AlloyQuestion } from "../../model/alloy.js";
import type { ModelProbes, Possibility } from "../../model/models.js";

/**
 * Asks of a command that found nothing whether it could have: whether the facts have an instance in its scope and, if so,
 * whether each condition of what is asserted can hold in one.
 */
export async function probeVacuity(
  command: AlloyOutline["commands"][number],
  ask: (question: AlloyQuestion) => Promise<AlloyAnswer>,
): Promise<ModelProbes> {
  const facts = possibility(await ask({ ask: "facts", command: command.index }));
  const antecedents: ModelProbes["antecedents"] = [];
  if (facts === "impossible") return { facts, antecedents };
  for (const [antecedent, { text, place }] of command.antecedents.entries()) {
    const answer = await ask({ ask: "antecedent", command: command.index, antecedent });
    antecedents.push({ text, place, holds: possibility(answer) });
  }
  return { facts, antecedents };
}

/** The reason a command that found nothing could not have found anything; null when it could, or nobody knows. */
export function whyItCannotFail({ facts, antecedents }: ModelProbes): string | null {
  if (facts === "impossible") return "the facts of the model admit no instance in its scope";
  if (antecedents.length > 0 && antecedents.every(({ holds }) => holds === "impossible")) {
    return "nothing that it is about can occur in its scope";
  }
  return null;
}

function possibility({ status }: AlloyAnswer): Possibility {
  if (status === "satisfiable") return "possible";
  return status === "unsatisfiable" ? "impossible" : "undecided";
}
