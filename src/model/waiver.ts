import { z } from "zod";
import type { Span } from "./span.js";

export const waiverSchema = z.strictObject({
  tag: z.string().min(1).describe("Tag whose verdict is excused"),
  verdict: z.enum(["failing", "hollow", "suspect", "missing"]).describe("The verdict excused; another one is not"),
  reason: z.string().trim().min(10).describe("Why the gap is acceptable for now"),
  owner: z.string().trim().min(1).describe("Who answers for it"),
  expires: z.iso.date().describe("Last day it applies, YYYY-MM-DD"),
});

export const waiversFileSchema = z
  .strictObject({ waivers: z.array(waiverSchema).default([]) })
  .describe("evidence.waivers.yaml");

export type Waiver = z.infer<typeof waiverSchema> & { span: Span };
