import type { Obligation } from "./obligations.js";
import type { Parts } from "./parts.js";
import { printStatement } from "./print.js";
import type { Clause, Doubt, Origin, Pattern, Phrase, ReadStatement, Timing } from "./statement.js";
import type { TimingRange } from "./timing.js";
import { isTimingScopeOpen, liftTiming } from "./timing.js";
import type { Token } from "./token.js";
import { isCapitals } from "./token.js";
import { trailingConditions } from "./trailing.js";

/** What completes an obligation from outside its sentence. */
export interface Surroundings {
  /** Conditions of an enclosing list. */
  conditions: readonly Clause[];
  items: readonly Phrase[];
  columns: Phrase | null;
}

/** Turns an obligation's token indices into a statement; null when the response turns out to be empty. */
export function assemble(
  parts: Parts,
  obligation: Obligation,
  around: Surroundings,
  owner: { origin: Origin; ordinal: number },
): ReadStatement | null {
  const { tokens } = parts;
  const trailing = trailingConditions(tokens, obligation.response);
  const timed = liftTiming(tokens, trailing.response);
  const empty = timed.response.to <= timed.response.from;
  if (empty && around.items.length === 0) return null;
  const own = obligation.clauses.map((range) => parts.clause(range));
  const clauses = [...around.conditions, ...own, ...trailing.clauses.map((range) => parts.clause(range, "after"))];
  const doubts: Doubt[] = [...obligation.doubts];
  const open = isTimingScopeOpen(tokens, timed.response) || around.items.length > 1;
  if (timed.timing.length > 0 && open) doubts.push("timing-scope");
  const { modal, subject, preamble } = obligation;
  const statement: ReadStatement = {
    origin: owner.origin,
    ordinal: owner.ordinal,
    span: parts.span,
    sentence: parts.sentence,
    status: "read",
    pattern: patternOf(clauses),
    clauses,
    preamble: preamble === null ? null : parts.phrase(preamble),
    system: subject === null ? null : parts.subject(subject),
    modal: {
      modality: modal.modality,
      negated: modal.negated,
      text: parts.textOf(modal.at, modal.to),
      span: parts.spanOf(modal.at, modal.to),
    },
    response: empty ? null : parts.phrase(timed.response),
    timing: timed.timing.map((range) => timingFrom(parts, range)),
    items: around.items,
    columns: around.columns,
    inner: trailing.inner.map((range) => parts.clause(range, "after")),
    doubts,
    readBack: "",
  };
  statement.readBack = printStatement(statement);
  return statement;
}

function timingFrom(parts: Parts, range: TimingRange): Timing {
  const { quantity, event } = range;
  return {
    kind: range.kind,
    quantity: quantity === null ? null : { value: quantity.value, unit: quantity.unit },
    event: event === null ? null : parts.phrase(event),
    only: range.only,
    phrase: parts.phrase(range),
  };
}

function patternOf(clauses: readonly Clause[]): Pattern {
  const keywords = new Set(clauses.map((clause) => clause.keyword));
  if (keywords.size > 1) return "complex";
  if (keywords.has("if")) return "unwanted";
  if (keywords.has("when")) return "event";
  if (keywords.has("while")) return "state";
  return keywords.has("where") ? "optional" : "ubiquitous";
}

const MODAL_IN_CAPITALS = /^(?:SHALL|MUST|SHOULD|MAY)$/u;

/** Some modal stands in capitals: the file writes its modals so. */
export function writesCapitals(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.depth === 0 && isCapitals(token) && MODAL_IN_CAPITALS.test(token.text));
}
