import type { Payload, RequestKind, Response, Status } from "./request.js";

const NOTHING: Payload = {};

export function done(kind: RequestKind, data: Payload = NOTHING): Response {
  return { kind, status: 200, data };
}

/** `why` is what the caller gets to read. */
export function refused(kind: RequestKind, status: Exclude<Status, 200 | 300>, why: string): Response {
  return { kind, status, data: why };
}
