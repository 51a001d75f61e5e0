import { z } from "zod";
import { VERDICTS } from "./verdict.js";

export const NEXT_SCHEMA = "spec-evidence/next@1";

/** What `evidence next --json` prints. */
export const nextReportSchema = z
  .strictObject({
    schema: z.literal(NEXT_SCHEMA),
    gate: z.enum(["pass", "fail"]),
    steps: z
      .array(
        z.strictObject({
          subject: z.enum(["finding", "tag"]),
          gates: z.boolean().describe("Whether the gate fails as long as it is open (in report mode: would fail)"),
          tag: z.string().nullable().describe("What it is about; of a finding the first tag it names, if any"),
          code: z.string().nullable().describe("Of a finding: its code, for `evidence explain`"),
          verdict: z.enum(VERDICTS).nullable().describe("Of a tag"),
          priority: z.enum(["must", "should", "could"]).nullable().describe("Of a tag"),
          change: z.string().nullable().describe("Active change whose text it judges; null for what is in force"),
          title: z.string().describe("Title of the tag, or message of the finding"),
          file: z.string().describe("Where the tag is defined or the finding stands"),
          line: z.int().min(1),
          reasons: z.array(z.string()).describe("Why it is open, worst first; empty for findings, whose title says it"),
          close: z.array(z.string()).min(1).describe("What would close it, one instruction each"),
        }),
      )
      .describe("The gaps, most important first"),
  })
  .describe("The gaps between the specifications and their evidence, as `evidence next --json` prints them");

/** One gap and what would close it. */
export type NextStep = z.infer<typeof nextReportSchema>["steps"][number];
