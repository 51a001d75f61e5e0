import type { Instant, Message, PromiseRecord } from "../kernel/model.js";
import type { Request, Response } from "../kernel/request.js";
import type { Delivery } from "../platform/effects.js";

/** A request as the queue carries it: it passed the door, so its fields are there and have their types. */
export interface RequestBody {
  /** Names this request; the same at every delivery of it, and never used for another. */
  readonly turn: string;
  readonly corrId: string;
  /** Where the answer goes. */
  readonly replyTo: string;
  readonly request: Request;
}

/** What a timer says: whose it is and when it was due. Everything else is decided when it arrives. */
export interface TimerBody {
  readonly subject: string;
}

/** What the algorithm is started with. A sweep comes from no queue: processes start it at boot and then now and again. */
export type Incoming =
  | { readonly kind: "request"; readonly delivery: Delivery<RequestBody> }
  | { readonly kind: "timer"; readonly delivery: Delivery<TimerBody> }
  | { readonly kind: "sweep" };

/** The answer to a request, for whoever sent it. */
export interface ReplyBody {
  readonly kind: "reply";
  readonly corrId: string;
  readonly response: Response;
}

/** A message to a worker or a listener, in the protocol's form. */
export type MessageBody =
  | {
      readonly kind: "execute";
      readonly head: Readonly<Record<string, never>>;
      readonly data: { readonly task: { readonly id: string; readonly version: number } };
    }
  | {
      readonly kind: "unblock";
      readonly head: Readonly<Record<string, never>>;
      readonly data: { readonly promise: PromiseRecord };
    };

/** What the algorithm sends: messages by `queue.publish`, answers by `reply`. */
export type Body = MessageBody | ReplyBody;

/** A message of the outbox, as it is published. */
export function messageBody(message: Message): MessageBody {
  return message.kind === "execute"
    ? { kind: "execute", head: {}, data: { task: message.task } }
    : { kind: "unblock", head: {}, data: { promise: message.promise } };
}

/**
 * The name of a timer, which is its subject too: the key of the document and the instant. A name of its own for every
 * instant keeps a later timer from replacing an earlier one that another commit relies on.
 */
export function timerName(key: string, at: Instant): string {
  return `${key}.${at}`;
}

/** What a timer's subject names; null if it is none. */
export function parseTimer(subject: string): { readonly key: string; readonly at: Instant } | null {
  const dot = subject.lastIndexOf(".");
  const at = subject.slice(dot + 1);
  return dot > 0 && /^\d+$/.test(at) ? { key: subject.slice(0, dot), at: Number(at) } : null;
}
