import type { ModelCommand } from "../../model/models.js";
import { writeInstance } from "../alloy/text.js";
import { counted } from "../check/summary.js";
import type { Page, Style } from "../text/page.js";

/** One word for what a command showed. */
export function verdictOf({ outcome, cannotFail, answer }: ModelCommand): { word: string; style: Style } {
  if (outcome === "pass")
    return cannotFail === null ? { word: "pass", style: "good" } : { word: "hollow", style: "doubtful" };
  if (outcome === "fail" || outcome === "error") return { word: outcome, style: "bad" };
  return { word: answer, style: "doubtful" };
}

/** Kind and name, the scope as written, and what the engine found. */
export function commandTitle({ kind, name }: Pick<ModelCommand, "kind" | "name">): string {
  return name === kind ? kind : `${kind} ${name}`;
}

/** A command's whole answer: verdict, place, scope, size, vacuity, and what was found as tables. */
export function writeCommand(page: Page, command: ModelCommand, withInstance: boolean): void {
  const { word, style } = verdictOf(command);
  page.text([[style, word], "  ", ["strong", commandTitle(command)], ` ${command.scope}`.trimEnd()], {
    indent: 2,
    hang: 4,
  });
  page.place(command.place.file, command.place.line, 4);
  page.text([sentenceOf(command)], { indent: 4 });
  const facts = factsOf(command);
  if (facts.length > 0) page.text([["faint", facts.join(", ")]], { indent: 4 });
  if (command.cannotFail !== null)
    page.text([["doubtful", `could not have failed: ${command.cannotFail}`]], { indent: 4 });
  const { instance } = command;
  if (instance === null || !withInstance) return;
  page.blank();
  writeInstance(page, instance);
  const { states, tuples } = instance.omitted;
  if (states > 0 || tuples > 0)
    page.line([["faint", `… without ${counted(states, "state")} and ${counted(tuples, "tuple")}`]], 2);
}

function sentenceOf({ answer, expect, reason }: ModelCommand): string {
  const said = reason === null ? answer : `${answer}: ${reason}`;
  return expect === null ? said : `${said} (expect ${expect})`;
}

function factsOf({ resolved, solver, variables, clauses, probes }: ModelCommand): string[] {
  const scope = Object.entries(resolved).map(([name, size]) => `${name} ${size}`);
  const size = solver === null ? [] : [solver, `${variables} variables`, `${clauses} clauses`];
  // A part that is asserted outright stands among those under a condition, as one that can always hold.
  const possible = probes?.antecedents.filter(({ holds }) => holds === "possible").length ?? 0;
  const conditions =
    probes === null || probes.antecedents.length === 0
      ? []
      : [`${possible} of ${counted(probes.antecedents.length, "asserted part")} put to the test`];
  const facts = probes === null ? [] : [`facts ${probes.facts}`];
  return [...scope, ...size, ...facts, ...conditions];
}
