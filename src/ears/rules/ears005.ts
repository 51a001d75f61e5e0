import type { ReadStatement } from "../statement.js";
import type { Token } from "../token.js";
import { earsRule, perOwner } from "./rule.js";

const IRREGULAR: ReadonlySet<string> = new Set(
  (
    "sent kept set read written made given taken held found built run put left lost paid told chosen drawn hidden begun cut " +
    "done split brought caught thrown shown seen known shut sold met"
  ).split(" "),
);

/** Participles that say how something is, not what is done to it. */
const STATES: ReadonlySet<string> = new Set(
  "based called named located related limited sorted ordered composed".split(" "),
);

export const ears005 = earsRule("EARS005", {
  examples: {
    bad: ["WHEN it rains, THE lid SHALL be closed.", "THE key SHALL NOT be written to disk."],
    good: [
      "WHEN it rains, THE box SHALL close the lid.",
      "THE lid SHALL be red.",
      "THE report SHALL be well-formed XML.",
      "THE list SHALL be sorted by date.",
      "THE lid SHALL be closed by the guard.",
    ],
  },
  check: perOwner(({ read, tags }) =>
    read.flatMap((statement) => {
      const participle = passiveParticiple(statement);
      if (participle === null) return [];
      const message = `Unexpected passive “be ${participle.text}”, expected the system that does it as the subject`;
      return [{ span: statement.modal.span, message, tags }];
    }),
  ),
});

/** The participle of a response such as `be closed` or `always be closed`; null for anything else. */
function passiveParticiple({ response }: ReadStatement): Token | null {
  const tokens = response?.tokens ?? [];
  const at = tokens.slice(0, 3).findIndex((token) => token.lower === "be");
  const next = tokens[at + 1];
  const participle = next?.lower.endsWith("ly") === true ? tokens[at + 2] : next;
  if (at < 0 || participle === undefined || participle.kind !== "word" || participle.depth > 0) return null;
  if (
    STATES.has(participle.lower) ||
    participle.lower.includes("-") ||
    tokens.some((token) => token.lower === "by" && token.depth === 0)
  )
    return null;
  const regular = participle.lower.length > 4 && participle.lower.endsWith("ed") && !participle.lower.endsWith("eed");
  return regular || IRREGULAR.has(participle.lower) ? participle : null;
}
