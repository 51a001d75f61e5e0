import { FINDING_CODES } from "../../model/codes/index.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import { lineSpan } from "../../model/span.js";
import type { JudgedLink } from "./judge.js";
import { readSymbol } from "./symbol.js";

/** One finding for each link that does not hold. */
export function linkFindings(judged: readonly JudgedLink[]): Finding[] {
  return judged.flatMap((each) => findingOf(each) ?? []);
}

/** What is wrong with a link as a finding; null when it holds. */
function findingOf({ link, binding, problem, text }: JudgedLink): Finding | null {
  if (problem === null) return null;
  const isError = FINDING_CODES[problem.code].severity === "error";
  const symbol = text.symbol === null ? "" : readSymbol(text.symbol).text;
  return finding({
    code: isError && !binding ? "LINK010" : problem.code,
    message: `Unexpected ${problem.unexpected}, expected ${problem.expected}`,
    span: link.span,
    tags: link.owner === null ? [] : [link.owner],
    related: (problem.places ?? []).map(({ file, line }) => ({ span: lineSpan(file, line), message: "it stands at" })),
    ...(problem.suggestion === undefined ? {} : { suggestion: problem.suggestion }),
    // Free of lines, so that the id survives an edit of the linked file.
    subject: `${link.url.replace(/(?:#(?:L|lines-)|:)\d[\dLC:-]*$/u, "")} ${symbol}`,
  });
}

export interface LinkFacts {
  /** Links of every kind. */
  links: number;
  /** Those that were held against a file of the repository. */
  checked: number;
  broken: number;
  /** Those whose line is not right any more. */
  moved: number;
  /** Addresses, of which only the form is looked at. */
  external: number;
  /** Fragments of formats that are not read. */
  unchecked: number;
}

export function linkFacts(judged: readonly JudgedLink[]): LinkFacts {
  const count = (state: JudgedLink["state"]) => judged.filter((each) => each.state === state).length;
  const [broken, moved, external, unchecked] = [count("broken"), count("moved"), count("external"), count("unchecked")];
  return { links: judged.length, checked: judged.length - external - unchecked, broken, moved, external, unchecked };
}
