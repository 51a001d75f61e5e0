import { smtDeclarations, smtTerm } from "../../model/smt2.js";
import type { Term } from "../../model/solver.js";

/** A script that asks the questions one after the other and states the answer expected. */
export function smtScript(
  title: string,
  questions: readonly { title: string; assertions: readonly Term[]; expected: "sat" | "unsat" }[],
): string {
  const lines = [`; ${oneLine(title)}`, "(set-logic ALL)"];
  for (const { title: question, assertions, expected } of questions) {
    lines.push("(push 1)", `; ${oneLine(question)}: expected ${expected}`, ...smtDeclarations(assertions));
    for (const term of assertions) lines.push(`(assert ${smtTerm(term)})`);
    lines.push("(check-sat)", "(pop 1)");
  }
  return `${lines.join("\n")}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}
