import { z } from "zod";

/** What a process that runs examples says, one JSON text a line, in the order of events. Lines count within the example. */
export const recordSchema = z.discriminatedUnion("say", [
  z.object({ say: z.literal("ready"), version: z.string() }),
  z.object({ say: z.literal("begin"), example: z.int() }),
  /** Languages that are parsed by their own program say here what was found. */
  z.object({
    say: z.literal("plan"),
    expectations: z.array(
      z.object({
        kind: z.enum(["value", "type", "throws", "any"]),
        expected: z.string(),
        line: z.int(),
        cannotFail: z.string().nullable(),
      }),
    ),
    problems: z.array(
      z.object({
        code: z.enum(["EX005", "EX006", "EX008", "EX014"]),
        line: z.int(),
        message: z.string(),
        subject: z.string(),
      }),
    ),
  }),
  z.object({ say: z.literal("at"), line: z.int() }),
  z.object({
    say: z.literal("seen"),
    expectation: z.int(),
    result: z.enum(["met", "unmet", "notAnExpression", "hidden", "broken"]),
    actual: z.string(),
  }),
  z.object({ say: z.literal("printed"), text: z.string() }),
  z.object({
    say: z.literal("threw"),
    name: z.string(),
    message: z.string(),
    line: z.int().nullable(),
    missing: z.string().nullable(),
    unhandled: z.boolean(),
  }),
  /** `stuck`: nothing is left that could settle what the example awaits. `dirty`: it left timers or handles behind. */
  z.object({ say: z.literal("end"), how: z.enum(["finished", "threw", "stuck", "blocked"]), dirty: z.boolean() }),
]);

export type ExampleRecord = z.infer<typeof recordSchema>;
