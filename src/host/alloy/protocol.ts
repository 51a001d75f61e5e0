import { z } from "zod";
import type { AlloyAnswer, AlloyReading } from "../../model/alloy.js";

/** What the engine's process writes: a line of JSON when it is ready, then one for each request. */
const place = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  endLine: z.int(),
  endColumn: z.int(),
});

const relation = { name: z.string(), of: z.string().nullable(), tuples: z.array(z.array(z.string())) };

const state = z.strictObject({
  signatures: z.array(
    z.strictObject({
      ...relation,
      parent: z.string().nullable(),
      subsetOf: z.array(z.string()),
      builtin: z.boolean(),
    }),
  ),
  fields: z.array(z.strictObject(relation)),
  skolems: z.array(z.strictObject(relation)),
});

const facts = z.strictObject({
  variables: z.int(),
  clauses: z.int(),
  scope: z.record(z.string(), z.union([z.int(), z.string()])),
  solver: z.string(),
});

const error = z.strictObject({ status: z.literal("error"), message: z.string(), place: place.nullable() });

const answer = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("satisfiable"),
    instance: z.strictObject({ states: z.array(state), loop: z.int().nullable() }),
    facts,
  }),
  z.strictObject({ status: z.literal("unsatisfiable"), facts }),
  z.strictObject({ status: z.literal("unknown"), reason: z.string() }),
  error,
]) satisfies z.ZodType<AlloyAnswer>;

const reading = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("read"),
    outline: z.strictObject({
      commands: z.array(
        z.strictObject({
          index: z.int(),
          kind: z.enum(["check", "run"]),
          label: z.string(),
          expect: z.union([z.literal(0), z.literal(1)]).nullable(),
          place,
          antecedents: z.array(z.strictObject({ text: z.string(), place })),
        }),
      ),
      facts: z.array(
        z.strictObject({
          index: z.int(),
          name: z.string().nullable(),
          of: z.string().nullable(),
          text: z.string(),
          place,
        }),
      ),
      warnings: z.array(z.strictObject({ message: z.string(), place })),
    }),
  }),
  error,
]) satisfies z.ZodType<AlloyReading>;

const ready = z.strictObject({ ready: z.literal(true), java: z.string(), alloy: z.string() });

export type Ready = z.infer<typeof ready>;

export const replySchemas = { answer, reading, ready };

/** A reply's line: the number of the request, and what was asked for. Null for anything else. */
export function parseReply(line: string): { id: number; result: unknown } | null {
  const parsed = z.strictObject({ id: z.int(), result: z.unknown() }).safeParse(json(line));
  return parsed.success ? parsed.data : null;
}

export function parseReady(line: string): Ready | null {
  const parsed = ready.safeParse(json(line));
  return parsed.success ? parsed.data : null;
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
