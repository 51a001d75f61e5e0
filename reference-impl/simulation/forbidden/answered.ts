import type { Request, Response, Status } from "../../kernel/request.js";
import type { Observation, ObservedEffect } from "../observation.js";
import type { Ledger } from "./ledger.js";

/** An answer to a request, with what was done for it. */
export interface Answered {
  readonly turn: string;
  readonly request: Request;
  readonly response: Response;
  readonly status: Status;
  /** What the same turn did before, in order. */
  readonly before: readonly ObservedEffect[];
}

/** Statuses that claim nothing about the present. */
const NO_CLAIM: readonly Status[] = [400, 401, 403, 429, 500, 501];

/**
 * The answer that is sent; null for any other observation, for a search, which is not fenced, and for an answer that claims
 * nothing about the present unless `any` is asked for.
 */
export function answerOf(o: Observation, ledger: Ledger, any = false): Answered | null {
  if (o.kind !== "effect" || o.op !== "reply" || o.effect.body.kind !== "reply") return null;
  const incoming = ledger.executions.get(o.execution)?.incoming;
  if (incoming?.kind !== "request") return null;
  const { turn, request } = incoming.delivery.body;
  const { response } = o.effect.body;
  if (!any && NO_CLAIM.includes(response.status)) return null;
  const isSearch = request.kind.endsWith(".search");
  return isSearch ? null : { turn, request, response, status: response.status, before: ledger.before(o) };
}

/** The keys of the documents that the turn read. */
export function keysOf({ before }: Answered): string[] {
  return [...new Set(before.flatMap((done) => (done.op === "kv.get" ? [done.effect.key] : [])))];
}

/** Whether a confirmed commit of the turn, or its identity in a document that was read, stands behind the answer. */
export function isBacked({ before, turn }: Answered, key: string): boolean {
  return before.some((done) => {
    if (done.op === "kv.get" && done.effect.key === key) {
      return done.answer.value?.turns.some((committed) => committed.turn === turn) === true;
    }
    return done.op === "kv.cas" && done.effect.key === key && done.answer.outcome === "committed";
  });
}
