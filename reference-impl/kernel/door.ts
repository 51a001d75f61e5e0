import { z } from "zod";
import { COUNT, DURATION, ID, TEXTS, VALUE } from "./fields.js";
import type { Request, RequestKind } from "./request.js";

/** The version of the protocol that is spoken here. */
export const PROTOCOL_VERSION = "2026-04-01";

/** What a request says about itself. */
export interface Head {
  readonly corrId: string;
  readonly version: string;
  readonly auth?: string;
  /** The caller's opinion of the origin. It is often wrong: where a request belongs follows from its ids. */
  readonly "resonate:origin"?: string;
  /** Used as `now` where the debug surface is enabled, ignored elsewhere. */
  readonly "resonate:debug_time"?: number;
}

export type Parsed =
  | { readonly ok: true; readonly head: Head; readonly request: Request }
  /** Kind and correlation id are the request's as far as they can be read; the kind is `unknown` otherwise. */
  | { readonly ok: false; readonly status: 400; readonly kind: string; readonly corrId: string; readonly why: string };

const HEAD = z.object({
  corrId: z.string(),
  version: z.string(),
  auth: z.string().exactOptional(),
  "resonate:origin": z.string().exactOptional(),
  "resonate:debug_time": z.number().exactOptional(),
});

const ENVELOPE = z.object({ kind: z.string(), head: HEAD, data: z.unknown() });

/** A request inside another one; only its correlation id is read of its head. */
const INNER_HEAD = z.object({ corrId: z.string().exactOptional() }).exactOptional();

const BY_ID = z.object({ id: ID });
const TASK_AT = z.object({ id: ID, version: COUNT });
const CREATE = z.object({ id: ID, timeoutAt: COUNT, param: VALUE, tags: TEXTS });
const SETTLE = z.object({ id: ID, state: z.string(), value: VALUE });
const CALLBACK = z.object({ awaited: ID, awaiter: ID });
const FILTER = z.object({
  state: z.string().exactOptional(),
  tags: TEXTS.exactOptional(),
  limit: COUNT.exactOptional(),
  cursor: z.string().exactOptional(),
});

const FENCED = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("promise.create"), head: INNER_HEAD, data: CREATE }),
    z.object({ kind: z.literal("promise.settle"), head: INNER_HEAD, data: SETTLE }),
  ])
  .transform(({ head, ...action }) => (head?.corrId === undefined ? action : { ...action, corrId: head.corrId }));

type DataOf = { readonly [K in RequestKind]: z.ZodType<Extract<Request, { readonly kind: K }>["data"]> };

const DATA: DataOf = {
  "promise.get": BY_ID,
  "promise.create": CREATE,
  "promise.settle": SETTLE,
  "promise.register_callback": CALLBACK,
  "promise.register_listener": z.object({ awaited: ID, address: z.string() }),
  "promise.search": FILTER,
  "task.get": BY_ID,
  "task.create": z.object({ pid: z.string(), ttl: DURATION, action: inner("promise.create", CREATE) }),
  "task.acquire": TASK_AT.extend({ pid: z.string(), ttl: DURATION }),
  "task.fence": TASK_AT.extend({ action: FENCED }),
  "task.heartbeat": z.object({ pid: z.string(), tasks: z.array(TASK_AT) }),
  "task.suspend": TASK_AT.extend({ actions: z.array(inner("promise.register_callback", CALLBACK)) }),
  "task.fulfill": TASK_AT.extend({ action: inner("promise.settle", SETTLE) }),
  "task.release": TASK_AT,
  "task.halt": BY_ID,
  "task.continue": BY_ID,
  "task.search": FILTER,
  "schedule.get": BY_ID,
  "schedule.create": z.object({
    id: ID,
    cron: z.string(),
    promiseId: ID,
    promiseTimeout: DURATION,
    promiseParam: VALUE,
    promiseTags: TEXTS,
  }),
  "schedule.delete": BY_ID,
  "schedule.search": FILTER,
};

function inner<K extends string, D extends z.ZodType>(kind: K, data: D) {
  return z.object({ kind: z.literal(kind), data });
}

/**
 * Lets a request in, or says why not: the shape of the envelope, the version of the protocol, the kind, and for each
 * kind that every field is there with its JSON type. Whether the values make sense is for `handle`. Fields that the
 * protocol does not have are left out. Takes anything that JSON can carry and throws for nothing.
 */
export function parseRequest(input: unknown): Parsed {
  const envelope = ENVELOPE.safeParse(input);
  if (!envelope.success) return refusal(input, reasonOf(envelope.error));
  const { kind, head, data } = envelope.data;
  if (head.version !== PROTOCOL_VERSION) return refusal(input, `the protocol's version is ${PROTOCOL_VERSION}`);
  if (!isKind(kind)) return refusal(input, "there is no such kind of request");
  const parsed = DATA[kind].safeParse(data);
  if (!parsed.success) return refusal(input, `data: ${reasonOf(parsed.error)}`);
  // The table pairs every kind with its data; the type system does not follow a look-up by a union.
  return { ok: true, head, request: { kind, data: parsed.data } as Request };
}

function isKind(kind: string): kind is RequestKind {
  return Object.hasOwn(DATA, kind);
}

function reasonOf({ issues }: z.ZodError): string {
  const [first] = issues;
  if (first === undefined) return "it is malformed";
  return first.path.length === 0 ? first.message : `${first.path.map(String).join(".")}: ${first.message}`;
}

const KIND = z.object({ kind: z.string() });
const CORRELATION = z.object({ head: z.object({ corrId: z.string() }) });

function refusal(input: unknown, why: string): Parsed {
  const { data: named } = KIND.safeParse(input);
  const { data: correlated } = CORRELATION.safeParse(input);
  return { ok: false, status: 400, kind: named?.kind ?? "unknown", corrId: correlated?.head.corrId ?? "", why };
}
