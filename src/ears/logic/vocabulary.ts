import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { Obstacle } from "../formal/formalise.js";
import type { Lexicon } from "../formal/lexicon.js";
import type { ReadStatement } from "../statement.js";

/** LOGIC007 for every value of a declared enum that is not among its values. */
export function vocabulary(
  lexicon: Lexicon,
  opaque: readonly { statement: ReadStatement; obstacles: readonly Obstacle[] }[],
): Finding[] {
  return opaque.flatMap(({ statement, obstacles }) =>
    obstacles.flatMap((obstacle) => {
      const strange = obstacle.kind === "words" ? obstacle.opaque.strange : undefined;
      const variable = strange === undefined ? undefined : lexicon.variable(strange.variable);
      if (strange === undefined || variable?.domain.type !== "enum" || obstacle.kind !== "words") return [];
      const values = variable.domain.values.map((value) => value.name).join(", ");
      const tag = statement.origin.tag;
      const found = finding({
        code: "LOGIC007",
        message: `Unexpected value ${JSON.stringify(strange.value)} of ${variable.name}, expected one of ${values}`,
        span: obstacle.phrase.span,
        tags: tag === null ? [] : [tag],
        related: [{ span: variable.span, message: `${variable.name} is declared here` }],
      });
      return [{ ...found, check: "vocabulary", tier: "possible" as const }];
    }),
  );
}
