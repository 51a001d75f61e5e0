import { earsRule, perOwner } from "./rule.js";

export const ears002 = earsRule("EARS002", {
  examples: {
    bad: [
      "WHEN it rains, THE box SHALL close and SHALL ring the bell.",
      "THE box SHALL close.\n\nTHE box SHALL NOT ring.",
      "Rules:\n\n- THE box SHALL close.\n- THE lid SHALL turn.",
    ],
    good: ["WHEN it rains, THE box SHALL close and ring the bell.", "THE box SHALL:\n\n- close\n- ring the bell"],
  },
  check: perOwner(({ read, tags }) => {
    const [first, ...others] = read;
    if (first === undefined || others.length === 0) return [];
    const related = others.map((each) => ({ span: each.modal.span, message: each.readBack }));
    const message = `Unexpected ${read.length} obligations under one tag, expected one`;
    return [{ span: first.modal.span, message, tags, related, subject: "obligations" }];
  }),
});
