import { foldWhitespace } from "../../model/digest.js";
import type { PlanProblem } from "./run.js";

/** Of a comment, its signs included, that means to be an expectation and is none; null for any other. */
export function nearMiss(comment: string, isLine: boolean): Omit<PlanProblem, "line"> | null {
  const inner = isLine ? comment.slice(2) : comment.slice(2).replace(/\*\/$/u, "");
  const sign = /^(?:=>|-+>|={2,}>|=(?!=)|→|⇒|➜)/u.exec(inner.trim())?.[0];
  if (sign === undefined || (isLine && sign === "=>")) return null;
  const shown = foldWhitespace(comment).slice(0, 80);
  const message = `Unexpected comment \`${shown}\`, expected \`//=> value\` if it is to be compared`;
  return { code: "EX014", message, subject: shown };
}
