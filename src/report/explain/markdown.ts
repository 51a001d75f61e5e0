import type { CodeDoc } from "../../model/codes/code.js";
import { FINDING_CODES } from "../../model/codes/index.js";
import { compareText } from "../../model/span.js";
import { code, fenced } from "../text/markdown.js";
import type { Question } from "./lookup.js";
import { lookUp } from "./lookup.js";

/** The same as the text. Code documentation is our own and markdown already, so it is not escaped. */
export function explainMarkdown(question: Question): string {
  const answer = lookUp(question);
  if (answer.code !== null) return finish(section(answer.code, answer.doc));
  const near = answer.near.map((each) => code(each));
  const advice = near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
  return finish([`Unexpected finding code ${code(question.code)}, expected one like \`TAG004\`.${advice}`]);
}

/** docs/findings.md: every code there is, by family, with what it means and what to do about it. */
export function findingsPage(): string {
  const sections = Object.entries<CodeDoc>(FINDING_CODES)
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, doc]) => section(name, doc));
  return finish([
    "# Findings",
    "",
    "Every finding that `evidence check` can report. `evidence explain CODE` prints the same. A code, once released,",
    "keeps its meaning; `severity` in evidence.config.json changes how much it weighs.",
    "",
    "This page is generated from `src/model/codes/` by `npm run docs`.",
    "",
    ...sections,
  ]);
}

function section(name: string, { severity, title, explanation, remedy, example }: CodeDoc): string[] {
  return [
    `## ${name}`,
    "",
    `**${title}** (${severity})`,
    "",
    explanation,
    "",
    `What to do: ${remedy}`,
    "",
    ...(example === undefined ? [] : [...fenced(example), ""]),
  ];
}

function finish(lines: readonly string[]): string {
  return `${lines.join("\n").trimEnd()}\n`;
}
