import type { Severity } from "../../model/finding.js";
import type { Predicate } from "../../model/manifest.js";
import { gateCounts, gateWord } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import { visible } from "../text/visible.js";
import type { Problem } from "./problems.js";
import { problemsOf } from "./problems.js";

/** GitHub shows at most ten annotations of a kind for a step. */
const MOST_OF_A_KIND = 10;
const MOST_MESSAGE = 1000;

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/**
 * Workflow commands that annotate lines, worst first and ten of a kind; what is left out is counted. Line breaks and the
 * characters that end a property are escaped as the runner's own toolkit does, so no text can start a command.
 */
export function checkGithub(predicate: Predicate, options: RenderOptions): string {
  const problems = problemsOf(predicate).filter((problem) => problem.excuse === null);
  const lines: string[] = [];
  const left: string[] = [];
  for (const [severity, command] of Object.entries(COMMANDS)) {
    const all = problems.filter((problem) => problem.severity === severity);
    lines.push(...all.slice(0, MOST_OF_A_KIND).map((problem) => annotation(command, problem, options.below ?? "")));
    if (all.length > MOST_OF_A_KIND) left.push(`${all.length - MOST_OF_A_KIND} more of severity ${severity}`);
  }
  const counts = gateCounts(predicate).map((count) => count.text);
  lines.push(`evidence: ${gateWord(predicate).word}, ${counts.join(", ")}`);
  if (left.length > 0) lines.push(`evidence: ${left.join(", ")} in the summary and the report`);
  return `${lines.join("\n")}\n`;
}

function annotation(command: string, problem: Problem, below: string): string {
  const { file, line, column, endLine, endColumn, rule, title, message } = problem;
  const spans = endLine === line && endColumn > column ? [`endColumn=${endColumn}`] : [];
  const properties = [
    `file=${property(`${below}${file}`)}`,
    `line=${line}`,
    `col=${column}`,
    ...spans,
    `title=${property(`${rule} ${title}`)}`,
  ];
  const text = message.length <= MOST_MESSAGE ? message : `${message.slice(0, MOST_MESSAGE - 1)}…`;
  return `::${command} ${properties.join(",")}::${data(text)}`;
}

function data(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(visible)
    .join("\n")
    .replace(/%/g, "%25")
    .replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
