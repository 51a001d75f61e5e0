import type { Example, Expectation } from "../../../model/requirement.js";
import { readComment } from "../../../specs/examples.js";
import { languageOf } from "../../../tags/languages.js";
import { lex } from "../../../tags/lex.js";
import { nearMiss } from "../near-miss.js";
import type { PlanProblem } from "../run.js";

export interface JavaPlan {
  /** The code with blanks for comments, so that every character keeps its offset. */
  code: string;
  /** With the offset of their comment; lines count within the example, from 1. */
  expectations: (Expectation & { offset: number })[];
  /** Comments that only look like expectations; lines are those of the specification. */
  problems: PlanProblem[];
}

const JAVA = languageOf("Example.java")?.lexis;

/** Finds the expectations of a Java example. Which statement they are about is for Java's own parser to say. */
export function planJava({ code, firstLine }: Pick<Example, "code" | "firstLine">): JavaPlan {
  const plan: JavaPlan = { code: "", expectations: [], problems: [] };
  if (JAVA === undefined) return { ...plan, code };
  let line = 1;
  for (const segment of lex(code, JAVA).segments) {
    const text = code.slice(segment.start, segment.end);
    plan.code += segment.kind === "comment" ? text.replace(/[^\n]/gu, (sign) => " ".repeat(sign.length)) : text;
    if (segment.kind === "comment") {
      const expectation = segment.line ? readComment(text.trimEnd(), line) : null;
      if (expectation !== null) plan.expectations.push({ ...expectation, offset: segment.start });
      else {
        const near = nearMiss(text, segment.line);
        if (near !== null) plan.problems.push({ ...near, line: firstLine + line - 1 });
      }
    }
    line += text.split("\n").length - 1;
  }
  return plan;
}
