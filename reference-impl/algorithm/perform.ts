import type { Answers } from "../platform/effects.js";
import type { RuleNote } from "./note.js";
import type { ServerEffect, Serving } from "./serving.js";
import type { Stored } from "./stored.js";

/** Yields one effect and gives its answer the type that belongs to it: the only place where an answer is typed. */
export function* perform<E extends ServerEffect>(effect: E): Serving<Answers<Stored>[E["op"]]> {
  return (yield effect) as Answers<Stored>[E["op"]];
}

export function because(rule: string, turn: string): RuleNote {
  return { kind: "rule", rule, turn };
}
