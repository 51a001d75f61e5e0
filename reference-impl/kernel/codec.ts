import { z } from "zod";
import { canonicalJson } from "./canonical.js";
import { COUNT, ID, TEXTS, VALUE } from "./fields.js";
import type { Document } from "./model.js";
import { byCodeUnits } from "./order.js";

const IDS = z.array(ID);

const RECORD = z.object({
  id: ID,
  state: z.enum(["pending", "resolved", "rejected", "rejected_canceled", "rejected_timedout"]),
  param: VALUE,
  value: VALUE,
  tags: TEXTS,
  timeoutAt: COUNT,
  createdAt: COUNT,
  settledAt: COUNT.exactOptional(),
});

const TASK = z.object({
  id: ID,
  state: z.enum(["pending", "acquired", "suspended", "halted", "fulfilled"]),
  version: COUNT,
  resumes: IDS,
  ttl: COUNT.exactOptional(),
  pid: z.string().exactOptional(),
  expiresAt: COUNT.exactOptional(),
  retryAt: COUNT.exactOptional(),
});

const SCHEDULE = z.object({
  id: ID,
  cron: z.string(),
  promiseId: ID,
  promiseTimeout: COUNT,
  promiseParam: VALUE,
  promiseTags: TEXTS,
  createdAt: COUNT,
  nextRunAt: COUNT,
  lastRunAt: COUNT.exactOptional(),
});

const MESSAGE = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("execute"), address: z.string(), task: z.object({ id: ID, version: COUNT }) }),
  z.object({ kind: z.literal("unblock"), address: z.string(), promise: RECORD }),
]);

const DOCUMENT = z.object({
  promises: z.array(RECORD.extend({ callbacks: IDS, listeners: z.array(z.string()) })),
  tasks: z.array(TASK),
  schedules: z.array(SCHEDULE),
  outbox: z.array(z.object({ key: z.string(), sequence: COUNT, message: MESSAGE })),
  sequence: COUNT,
});

/**
 * The canonical JSON text of a document: documents that hold the same have the same text, in whatever order their maps
 * were filled. Objects are listed by id, so that no id is ever a key.
 */
export function encodeDocument({ promises, tasks, schedules, outbox, sequence }: Document): string {
  return canonicalJson({
    promises: listed(promises),
    tasks: listed(tasks),
    schedules: listed(schedules),
    outbox: listed(outbox),
    sequence,
  });
}

/**
 * The document of a text that `encodeDocument` made. Throws a SyntaxError for a text that is no JSON, and a TypeError for
 * one that is no document or names an object twice.
 */
export function decodeDocument(text: string): Document {
  const parsed = DOCUMENT.safeParse(JSON.parse(text));
  if (!parsed.success) throw new TypeError(`no document: ${parsed.error.message}`);
  const { promises, tasks, schedules, outbox, sequence } = parsed.data;
  return {
    promises: keyed(promises, ({ id }) => id),
    tasks: keyed(tasks, ({ id }) => id),
    schedules: keyed(schedules, ({ id }) => id),
    outbox: keyed(outbox, ({ key }) => key),
    sequence,
  };
}

function listed<T>(objects: ReadonlyMap<string, T>): T[] {
  return [...objects].sort(([a], [b]) => byCodeUnits(a, b)).map(([, object]) => object);
}

function keyed<T>(objects: readonly T[], keyOf: (object: T) => string): Map<string, T> {
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  if (byKey.size < objects.length) throw new TypeError("no document: an object is there twice");
  return byKey;
}
