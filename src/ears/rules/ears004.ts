import { earsRule, perOwner } from "./rule.js";

const PRONOUNS: ReadonlySet<string> = new Set("it they he she we you this that these those one".split(" "));

export const ears004 = earsRule("EARS004", {
  examples: {
    bad: ["WHEN it rains, SHALL close the lid.", "SHALL close the lid.", "IF the lid is open, THEN it SHALL be red."],
    good: [
      "WHEN it rains, THE box SHALL close the lid and SHALL ring.",
      "- **WHEN** it rains\n- **THEN** the box SHALL close",
    ],
  },
  check: perOwner(({ read, tags }) =>
    read.flatMap(({ system, modal }) => {
      const pronoun = system !== null && system.article === null && PRONOUNS.has(system.text.toLowerCase());
      if (system !== null && !pronoun) return [];
      const found = system === null ? `${modal.text} without a subject` : `subject “${system.text}”`;
      return [
        { span: system?.span ?? modal.span, message: `Unexpected ${found}, expected the system that is to act`, tags },
      ];
    }),
  ),
});
