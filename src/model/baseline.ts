import { z } from "zod";
import type { Span } from "./span.js";

/** A tag that was not verified when the baseline was drawn. */
export const baselineVerdictSchema = z.strictObject({
  tag: z.string().min(1),
  verdict: z.enum(["failing", "hollow", "suspect", "missing"]).describe("The verdict it had; a worse one is new"),
  note: z.string().optional().describe("Why, for whoever reads the file"),
});

/** A finding that was there when the baseline was drawn. */
export const baselineFindingSchema = z.strictObject({
  finding: z
    .string()
    .regex(/^[A-Z]+[0-9]{3}-[0-9a-f]{12}(?:-[0-9]+)?$/)
    .describe("Id of the finding, as reports show it"),
  file: z.string().optional(),
  note: z.string().optional().describe("Its message, for whoever reads the file"),
});

export const baselineFileSchema = z
  .strictObject({
    verdicts: z.array(baselineVerdictSchema).default([]),
    findings: z.array(baselineFindingSchema).default([]),
  })
  .describe("evidence.baseline.yaml");

export type BaselineVerdict = z.infer<typeof baselineVerdictSchema>;
export type BaselineFinding = z.infer<typeof baselineFindingSchema>;

/** What an old repository already had when it took the gate. */
export interface Baseline {
  /** Relative to the judged folder. */
  path: string;
  verdicts: readonly (BaselineVerdict & { span: Span })[];
  findings: readonly (BaselineFinding & { span: Span })[];
}
