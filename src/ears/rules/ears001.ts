import type { UnreadReason } from "../statement.js";
import { UNREAD_REASONS } from "../statement.js";
import type { Hit } from "./rule.js";
import { earsRule, perOwner } from "./rule.js";

/** Reasons of sentences that try to bind; without a modal a sentence may be an explanation beside others that bind. */
const TRIED: ReadonlySet<UnreadReason> = new Set<UnreadReason>([
  "no-subject",
  "no-split",
  "no-condition",
  "no-response",
  "too-long",
]);

function isProse(reason: UnreadReason): boolean {
  return reason !== "steps" && !TRIED.has(reason);
}

export const ears001 = earsRule("EARS001", {
  examples: {
    bad: [
      "The box is opened when it rains.",
      "When it rains the box shall close.",
      "THE box SHALL.",
      "It may leak. THE lid SHALL.",
    ],
    good: [
      "WHEN it rains, THE box SHALL close.",
      "THE box SHALL close. It is made of tin. A person looks at it and must not wait.",
      "- **WHEN** it rains\n- **THEN** the box closes",
      "THE box SHALL:\n\n- open\n- close",
    ],
  },
  check: perOwner(({ statements, read, tags }) => {
    const hits: Hit[] = [];
    const silent = read.length === 0 && statements.every((each) => each.status === "unread" && isProse(each.reason));
    for (const [index, statement] of statements.entries()) {
      if (statement.status === "read" || (!TRIED.has(statement.reason) && !(silent && index === 0))) continue;
      const { span, sentence } = statement;
      const message = `Unexpected sentence that is no EARS statement (${UNREAD_REASONS[statement.reason]}), expected a subject, SHALL and a response`;
      hits.push({ span, message, tags, subject: sentence.slice(0, 200) });
    }
    return hits;
  }),
});
