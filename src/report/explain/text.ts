import { FINDING_CODES } from "../../model/codes/index.js";
import { SEVERITY_STYLES } from "../check/findings.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";
import type { Question } from "./lookup.js";
import { lookUp } from "./lookup.js";

/** What a code means and what to do about it; for an unknown code the nearest ones. */
export function explainText(question: Question, options: RenderOptions): string {
  const page = new Page(options);
  const answer = lookUp(question);
  if (answer.code === null) {
    page.text([`Unexpected finding code ${question.code}, expected one like TAG004`]);
    for (const code of answer.family ?? [])
      page.text([["strong", code], `  ${FINDING_CODES[code].title}`], { indent: 2 });
    if (answer.family === undefined && answer.near.length > 0) page.text([`Did you mean ${answer.near.join(" or ")}?`]);
    return page.toString();
  }
  const { severity, title, explanation, remedy, example } = answer.doc;
  page.text([["strong", answer.code], `  ${title} `, [SEVERITY_STYLES[severity], `(${severity})`]], { hang: 2 });
  if (options.detail === "quiet") return page.toString();
  for (const paragraph of explanation.split(/\n\s*\n/)) {
    page.blank();
    page.text([paragraph]);
  }
  page.heading("What to do");
  page.text([remedy], { indent: 2 });
  if (example !== undefined) {
    page.heading("Example");
    for (const line of example.split("\n")) page.line([line], 2);
  }
  return page.toString();
}
