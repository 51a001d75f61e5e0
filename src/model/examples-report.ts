import { z } from "zod";
import { OUTCOMES } from "./evidence.js";
import { findingSchema } from "./manifest.js";

const count = z.int().min(0);

/** What `evidence examples --format json` prints. */
export const examplesReportSchema = z
  .strictObject({
    schema: z.literal("spec-evidence/examples@1"),
    facts: z
      .strictObject({
        examples: count,
        run: count,
        passed: count,
        failed: count.describe("Gave another value, type or error than expected"),
        errors: count.describe("Could not be judged: no valid code, threw, took too long, …"),
        notRun: count,
        assertions: count.describe("Expectations that were evaluated"),
      })
      .describe("Sums over all examples"),
    examples: z.array(
      z.strictObject({
        name: z.string(),
        tags: z.array(z.string()),
        file: z.string(),
        line: z.int().min(1).describe("Of its fence"),
        language: z.string().describe("As the fence names it"),
        outcome: z.enum(OUTCOMES),
        assertions: count.nullable(),
        cannotFail: z.string().nullable().describe("Why it is no evidence although it passed"),
        notes: z.array(z.string()),
        output: z.string().describe("What it printed, cut at 16 KiB"),
      }),
    ),
    findings: z.array(findingSchema),
  })
  .describe("Output of evidence examples --format json");

export type ExamplesReport = z.infer<typeof examplesReportSchema>;
