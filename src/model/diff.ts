import { z } from "zod";
import { baseSchema } from "./base.js";
import { SEVERITIES } from "./finding.js";
import { VERDICTS } from "./verdict.js";

const STATE_SOURCES = ["manifest", "committed manifest", "references"] as const;

const stateSchema = z.strictObject({
  name: z.string().describe("As it was asked for"),
  source: z
    .enum(STATE_SOURCES)
    .describe("references: specifications and references of a revision, judged without running anything"),
  commit: z.string().nullable(),
  gate: z.enum(["pass", "fail"]),
  lacking: z.array(z.string()).optional().describe("What could not be told of it, one sentence each"),
});

const diffFindingSchema = z.strictObject({
  id: z.string(),
  code: z.string(),
  severity: z.enum(SEVERITIES),
  message: z.string(),
  file: z.string(),
  line: z.int().min(1),
});

/** What `evidence diff --format json` prints. */
export const diffSchema = z
  .strictObject({
    schema: z.literal("spec-evidence/diff@1"),
    before: stateSchema,
    after: stateSchema,
    ...baseSchema.pick({ added: true, changed: true, removed: true, renamed: true }).shape,
    verdicts: z.array(
      z.strictObject({
        tag: z.string(),
        before: z.enum(VERDICTS),
        after: z.enum(VERDICTS),
        isWorse: z.boolean(),
      }),
    ),
    ...baseSchema.pick({ gained: true, lost: true }).shape,
    findings: z.strictObject({ new: z.array(diffFindingSchema), fixed: z.array(diffFindingSchema) }),
  })
  .describe("Output of evidence diff --format json");

export type StateDiff = z.infer<typeof diffSchema>;
