import type { Payload, Request, Response } from "../../kernel/request.js";

/** What a script waits for. */
export type Step =
  /** The answer to a request; null if none came in time. A request with the name of an earlier one is the same again. */
  | { readonly wait: "answer"; readonly request: Request; readonly name?: string }
  /** A message that says that this promise is settled, or that time has passed. */
  | { readonly wait: "unblock"; readonly promise: string; readonly within: number }
  | { readonly wait: "time"; readonly milliseconds: number };

/** What a client or worker does, step by step. It is given the answer to a request, and null otherwise. */
export type Script<R = void> = Generator<Step, R, Response | null>;

/** What a good answer carries; nothing of any other. */
export function payload(response: Response | null): Payload {
  return response === null || typeof response.data === "string" ? {} : response.data;
}
