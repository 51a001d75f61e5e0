import { z } from "zod";
import type { Span } from "./span.js";

const agreement = {
  reason: z.string().trim().min(10).describe("Why the gap is acceptable for now"),
  owner: z.string().trim().min(1).describe("Who answers for it"),
  expires: z.iso.date().describe("Last day it applies, YYYY-MM-DD"),
};

/** Excuses one verdict of one tag. */
export const waiverSchema = z.strictObject({
  tag: z.string().min(1).describe("Tag whose verdict is excused"),
  verdict: z.enum(["failing", "hollow", "suspect", "missing"]).describe("The verdict excused; another one is not"),
  ...agreement,
});

/** Excuses one finding, whatever it is about. */
export const findingWaiverSchema = z.strictObject({
  finding: z
    .string()
    .regex(/^[A-Z]+[0-9]{3}-[0-9a-f]{12}(?:-[0-9]+)?$/)
    .describe("Id of the finding, as reports show it"),
  ...agreement,
});

export const waiversFileSchema = z
  .strictObject({ waivers: z.array(z.union([waiverSchema, findingWaiverSchema])).default([]) })
  .describe("evidence.waivers.yaml");

export type Waiver = z.infer<typeof waiverSchema> & { span: Span };

export type FindingWaiver = z.infer<typeof findingWaiverSchema> & { span: Span };
