import { z } from "zod";
import { baseSchema } from "./base.js";
import { MODES } from "./config.js";
import { EVIDENCE_KINDS, OUTCOMES } from "./evidence.js";
import { SEVERITIES } from "./finding.js";
import { analysesSchema, knownSchema, totalsSchema } from "./manifest.js";
import { LEVELS, VERDICTS } from "./verdict.js";

const line = z.int().min(1);

const checkTagSchema = z.strictObject({
  tag: z.string(),
  kind: z.enum(["requirement", "scenario"]),
  title: z.string(),
  capability: z.string(),
  parent: z.string().nullable(),
  priority: z.enum(["must", "should", "could"]),
  verdict: z.enum(VERDICTS),
  level: z.enum(LEVELS),
  file: z.string(),
  line,
  needs: z.array(z.string()),
  reasons: z.array(z.string()),
  evidence: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(EVIDENCE_KINDS),
      name: z.string(),
      outcome: z.enum(OUTCOMES),
      file: z.string().nullable(),
      line: line.nullable(),
      assertions: z.int().nullable(),
      cannotFail: z.string().nullable(),
    }),
  ),
});

const checkFindingSchema = z.strictObject({
  id: z.string(),
  code: z.string(),
  severity: z.enum(SEVERITIES),
  message: z.string(),
  file: z.string(),
  line,
  column: line,
  tags: z.array(z.string()),
  related: z.array(z.strictObject({ file: z.string(), line, column: line, message: z.string() })),
  suggestion: z.string().nullable(),
  check: z.string().optional(),
  tier: z.enum(["proved", "assumed", "possible"]).optional(),
});

/** What `evidence check --format json` prints. */
export const checkSchema = z
  .strictObject({
    schema: z.literal("spec-evidence/check@1"),
    gate: z.enum(["pass", "fail"]),
    gateReasons: z.array(z.string()),
    mode: z.enum(MODES),
    known: knownSchema.optional().describe("In ratchet mode: what was there before and does not count for the gate"),
    totals: totalsSchema,
    base: baseSchema.optional().describe("How the tree differs from a base, with --base"),
    tags: z.array(checkTagSchema),
    findings: z.array(checkFindingSchema),
    changes: z.array(
      z.strictObject({
        change: z.string(),
        gates: z.boolean(),
        removed: z.array(z.string()),
        tags: z.array(checkTagSchema),
      }),
    ),
    analyses: analysesSchema,
  })
  .describe("Output of evidence check --format json");

export type Check = z.infer<typeof checkSchema>;
export type CheckTag = z.infer<typeof checkTagSchema>;
