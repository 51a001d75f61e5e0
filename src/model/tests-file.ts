import { z } from "zod";
import { EVIDENCE_KINDS, OUTCOMES } from "./evidence.js";
import { TAG_SOURCE } from "./tag.js";

const tag = z.string().regex(new RegExp(`^${TAG_SOURCE}$`));

/** Our own results file; the vitest plugin writes one per run or shard. */
export const testsFileSchema = z
  .strictObject({
    schema: z.literal("spec-evidence/tests@1"),
    producer: z.strictObject({ name: z.string().min(1), version: z.string().optional() }),
    tests: z.array(
      z.strictObject({
        file: z.string().min(1).describe("Path relative to the judged folder"),
        line: z.int().min(1).nullable(),
        suite: z.array(z.string()),
        name: z.string(),
        tags: z.array(tag),
        outcome: z.enum(OUTCOMES),
        kind: z.enum(EVIDENCE_KINDS).default("test.unit"),
        expectedToFail: z.boolean().default(false),
        assertions: z.int().min(0).nullable().describe("Assertions that ran; null when not observed"),
        attempts: z.int().min(1).default(1).describe("Runs it took, retries included"),
        durationMs: z.number().min(0).nullable(),
        message: z.string().nullable().default(null),
        against: z.record(tag, z.string().regex(/^sha256:[0-9a-f]{64}$/)).default({}),
      }),
    ),
  })
  .describe("Executed tests and the tags they trace");

export type TestsFile = z.infer<typeof testsFileSchema>;
