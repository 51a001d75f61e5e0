import { handle } from "../kernel/handle.js";
import { type Document, EMPTY_DOCUMENT } from "../kernel/model.js";
import type { Request, Response } from "../kernel/request.js";
import { enabled, fire } from "../kernel/step.js";
import { because, perform } from "./perform.js";
import { PREFIXES } from "./place.js";
import type { Serving } from "./serving.js";
import type { ServerSettings } from "./settings.js";
import type { Stored } from "./stored.js";

export type Search = Extract<Request, { readonly kind: "promise.search" | "task.search" | "schedule.search" }>;

/**
 * Answers a search from one read of every document: no snapshot, and not fenced, so it may show an object as it was. It
 * shows no deadline as passed that is not committed: each document is seen as of its own high-water mark.
 */
export function* searchAll(request: Search, turn: string, { protocol }: ServerSettings): Serving<Response> {
  // A refusal depends on the request alone; nothing is read for it.
  const { response } = handle(EMPTY_DOCUMENT, 0, request, protocol);
  if (response.status !== 200) return response;
  const prefix = PREFIXES[request.kind === "schedule.search" ? "schedule" : "origin"];
  const keys = yield* perform({ op: "kv.list", prefix, note: because("MAP-SEARCH", turn) });
  const seen: Document[] = [];
  for (const key of keys) {
    const { value } = yield* perform({ op: "kv.get", key, note: because("MAP-SEARCH", turn) });
    if (value !== null) seen.push(asCommitted(value, protocol));
  }
  // At instant 0 no deadline passes beyond those that the documents have settled.
  return handle(merged(seen), 0, request, protocol).response;
}

/** The document with every deadline settled that its high-water mark has passed. */
function asCommitted({ document, hw }: Stored, protocol: ServerSettings["protocol"]): Document {
  let current = document;
  for (const step of enabled(document, hw, protocol)) {
    if (step.step === "R1") current = fire(current, hw, step, protocol);
  }
  return current;
}

function merged(documents: readonly Document[]): Document {
  return {
    ...EMPTY_DOCUMENT,
    promises: new Map(documents.flatMap(({ promises }) => [...promises])),
    tasks: new Map(documents.flatMap(({ tasks }) => [...tasks])),
    schedules: new Map(documents.flatMap(({ schedules }) => [...schedules])),
  };
}
