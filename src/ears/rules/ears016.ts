import { earsRule, perOwner } from "./rule.js";

export const ears016 = earsRule("EARS016", {
  examples: {
    bad: [
      "WHEN it rains, THE box SHALL close, while other boxes SHALL stay open.",
      "IF it rains, THEN THE box SHALL close; otherwise THE box SHALL open.",
      "WHEN it rains, THE box SHALL close. THE bell SHALL ring.",
      "WHEN it rains, THE box SHALL do this:\n\n- THE lid SHALL turn",
    ],
    good: [
      "WHEN it rains, THE box SHALL close. WHEN it rains, THE bell SHALL ring.",
      "WHEN it rains, THE box SHALL close and SHALL ring.",
      "WHEN it rains, THE box SHALL close.\n\nTHE bell SHALL be made of tin.",
    ],
  },
  check: perOwner(({ read, tags }) =>
    read.flatMap(({ doubts, modal, readBack, system }) => {
      if (!doubts.includes("condition-scope")) return [];
      const article = system === null || system.article === null ? "" : "the ";
      const who = system === null ? "this obligation" : `the obligation of ${article}${system.text}`;
      const message = `Unexpected doubt whether the condition before holds for ${who} too, expected a condition of its own`;
      return [{ span: system?.span ?? modal.span, message, tags, subject: readBack }];
    }),
  ),
});
