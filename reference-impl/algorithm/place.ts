import { originOf } from "../kernel/origin.js";
import type { Request } from "../kernel/request.js";
import { fromBase64url, toBase64url } from "./base64url.js";

/** What has a document of its own: an origin, or a schedule. */
export interface Place {
  readonly kind: "origin" | "schedule";
  /** The origin, or the id of the schedule. */
  readonly subject: string;
}

export const PREFIXES = { origin: "o.", schedule: "s." } as const;

/** No base64url text: what stands for the empty one, since a key may not end in a dot. */
const EMPTY = "=";

/** The key of a document can be told from any of its ids: no index, no registry. */
export function keyOf({ kind, subject }: Place): string {
  return `${PREFIXES[kind]}${subject === "" ? EMPTY : toBase64url(subject)}`;
}

/** Whose document has the key; null if it is no key of a document. */
export function placeAt(key: string): Place | null {
  const kind = key.startsWith(PREFIXES.origin) ? "origin" : key.startsWith(PREFIXES.schedule) ? "schedule" : null;
  if (kind === null) return null;
  const code = key.slice(PREFIXES[kind].length);
  const subject = code === EMPTY ? "" : fromBase64url(code);
  return subject === null || keyOf({ kind, subject }) !== key ? null : { kind, subject };
}

export function originPlace(id: string): Place {
  return { kind: "origin", subject: originOf(id) };
}

/** Requests that one document answers. Heartbeats are split and searches read all. */
export type LocalRequest = Exclude<
  Request,
  { readonly kind: "task.heartbeat" | "promise.search" | "task.search" | "schedule.search" }
>;

/** The document that a request is about, by the ids in it alone. */
export function placeOf(request: LocalRequest): Place {
  switch (request.kind) {
    case "promise.register_callback":
    case "promise.register_listener":
      return originPlace(request.data.awaited);
    case "task.create":
      return originPlace(request.data.action.data.id);
    case "schedule.get":
    case "schedule.create":
    case "schedule.delete":
      return { kind: "schedule", subject: request.data.id };
    default:
      return originPlace(request.data.id);
  }
}
