import { z } from "zod";
import { EVIDENCE_KINDS, OUTCOMES } from "./evidence.js";
import { TAG_SOURCE } from "./tag.js";

const tag = z.string().regex(new RegExp(`^${TAG_SOURCE}$`));

/** Our own results file; the vitest plugin writes one per run or shard. */
export const testsFileSchema = z
  .strictObject({
    schema: z.literal("spec-evidence/tests@1"),
    producer: z.strictObject({ name: z.string().min(1), version: z.string().optional() }),
    complete: z
      .boolean()
      .default(true)
      .describe("Whether every test of the suite (or of the shard) has its result here, for the test file as digested"),
    shard: z
      .strictObject({ index: z.int().min(1), count: z.int().min(1) })
      .optional()
      .describe("Which part of the suite this file holds, where the run was sharded"),
    files: z
      .record(z.string().min(1), z.string().regex(/^[0-9a-f]{64}$/))
      .default({})
      .describe("SHA-256 of each test file that ran, by path"),
    tests: z.array(
      z.strictObject({
        file: z.string().min(1).describe("Path relative to the judged folder"),
        line: z.int().min(1).nullable(),
        project: z.string().optional().describe("Name of the vitest project, where there are several"),
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
/** The file as its producer writes it: what has a default may be left out. */
export type TestsFileInput = z.input<typeof testsFileSchema>;
