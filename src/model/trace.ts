import { z } from "zod";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const revision = z.int().min(0);

const header = z.strictObject({
  type: z.literal("header"),
  schema: z.literal("spec-evidence/trace@1"),
  name: z.string().describe("What ran"),
  seed: z.string().optional(),
  commit: z.string().optional(),
  config: z.string().optional().describe("Digest of the configuration and the algorithm"),
  faults: z.string().optional().describe("Fault profile"),
  runtime: z.record(z.string(), z.string()).optional(),
  hash: z.string().optional().describe("Rolling hash of all events"),
});

/** What really was, out of reach of what ran: absent where nobody can know it. */
const truth = z.strictObject({
  read: z
    .strictObject({
      observed: revision,
      latest: revision,
      latestValue: z.unknown().optional(),
      lag: z.number().optional().describe("Virtual milliseconds"),
      writtenBy: z.string().optional().describe("Event"),
      servedBy: z.string().optional(),
    })
    .optional(),
  write: z
    .strictObject({
      expected: revision.nullable(),
      actual: revision,
      conflict: z.string().optional().describe("Event that wrote the actual revision"),
      outcome: z.enum(["committed", "rejected", "unknown"]),
      landed: z.boolean().optional().describe("Of an unknown outcome: whether it took effect"),
    })
    .optional(),
  message: z
    .strictObject({
      copyOf: z.string().optional(),
      overtook: z.array(z.string()).optional(),
      deliveries: z.int().optional(),
      otherHolder: z.string().optional(),
    })
    .optional(),
  fault: z.strictObject({ id: z.string(), site: z.string(), suppressible: z.boolean().optional() }).optional(),
});

const event = z.strictObject({
  type: z.literal("event"),
  id: z.string().min(1),
  time: z.number().describe("Virtual milliseconds"),
  clock: z.number().optional().describe("Clock of the process, in milliseconds"),
  process: z.string().min(1),
  incarnation: z.int().optional(),
  task: z.string().optional(),
  kind: z.string(),
  op: z.string(),
  args: z.record(z.string(), z.unknown()).optional(),
  result: z.unknown().optional(),
  rule: z.string().optional().describe("Tag of the step of the specification it carries out"),
  causes: z
    .array(
      z.strictObject({
        event: z.string(),
        by: z.enum(["program", "message", "reads-from", "timer", "fault", "restart"]),
      }),
    )
    .default([]),
  truth: truth.optional(),
});

const violation = z.strictObject({
  type: z.literal("violation"),
  invariant: z.string().min(1),
  event: z.string().describe("Where it was first broken"),
  expected: z.unknown().optional(),
  actual: z.unknown().optional(),
  slice: z.array(z.string()).optional().describe("Events it follows from"),
  faults: z.array(z.string()).optional().describe("Smallest set of faults that still breaks it"),
  butFor: z.record(z.string(), z.boolean()).optional().describe("By fault: whether it breaks without it"),
  replay: z.array(scalar).optional().describe("Command that shows it again, as an argument vector"),
});

/** One line of a trace: NDJSON, the header first. */
export const traceLineSchema = z
  .discriminatedUnion("type", [header, event, violation])
  .describe("One line of a trace file");

export type TraceHeader = z.infer<typeof header>;
export type TraceEventLine = z.infer<typeof event>;
export type TraceViolation = z.infer<typeof violation>;
