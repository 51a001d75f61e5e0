import type { Request, Response } from "../../kernel/request.js";
import type { EventLine, TraceLine } from "../trace-line.js";
import { eventsOf } from "../trace-line.js";

/** A request of a client with its answer, as a trace tells it. */
export interface Exchange {
  readonly client: string;
  readonly corrId: string;
  readonly request: Request;
  /** Null if no answer arrived. */
  readonly response: Response | null;
  /** Index of the event among the events of the trace, and its virtual time. */
  readonly sent: { readonly place: number; readonly time: number };
  readonly received: { readonly place: number; readonly time: number } | null;
}

type Open = { -readonly [Field in keyof Exchange]: Exchange[Field] };

/**
 * The exchanges of a trace in the order of their requests. A request that is sent again under its `corrId` is one exchange
 * from the first sending to the first answer.
 */
export function exchangesOf(lines: readonly TraceLine[]): Exchange[] {
  const found: Open[] = [];
  const open = new Map<string, Open>();
  for (const [place, event] of eventsOf(lines).entries()) {
    const asked = askedBy(event);
    const at = { place, time: event.time };
    if (asked !== null && !open.has(asked.corrId)) {
      const exchange: Open = { client: event.process, ...asked, response: null, sent: at, received: null };
      found.push(exchange);
      open.set(asked.corrId, exchange);
    }
    const answered = answeredBy(event);
    const exchange = answered === null ? undefined : open.get(answered.corrId);
    if (answered === null || exchange === undefined || exchange.received !== null) continue;
    exchange.response = answered.response;
    exchange.received = at;
  }
  return found;
}

function askedBy(event: EventLine): { corrId: string; request: Request } | null {
  const { corrId, request } = event.args ?? {};
  if (event.op !== "request.send" || typeof corrId !== "string" || !isRequest(request)) return null;
  return { corrId, request };
}

function answeredBy(event: EventLine): { corrId: string; response: Response } | null {
  const body = event.args?.body;
  if (event.op !== "reply.receive" || typeof body !== "object" || body === null) return null;
  if (!("corrId" in body) || typeof body.corrId !== "string" || !("response" in body)) return null;
  return isResponse(body.response) ? { corrId: body.corrId, response: body.response } : null;
}

function isRequest(value: unknown): value is Request {
  return typeof value === "object" && value !== null && "kind" in value && "data" in value;
}

function isResponse(value: unknown): value is Response {
  return isRequest(value) && "status" in value;
}
