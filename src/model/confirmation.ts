import { z } from "zod";
import type { Span } from "./span.js";

/** A person looked at the evidence of a tag and says that it holds for this text of it. */
export const confirmationSchema = z.strictObject({
  tag: z.string().min(1).describe("Tag whose evidence was looked at"),
  text: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .describe("Digest of the requirement text that the evidence was confirmed for"),
  reason: z.string().trim().min(10).describe("Why the evidence still holds"),
  owner: z.string().trim().min(1).describe("Who confirms it"),
  date: z.iso.date().describe("Day of the confirmation, YYYY-MM-DD"),
});

export const confirmationsFileSchema = z
  .strictObject({ confirmations: z.array(confirmationSchema).default([]) })
  .describe("evidence.confirmations.yaml");

export type Confirmation = z.infer<typeof confirmationSchema>;

/** A confirmation as it stands in its file. */
export type PlacedConfirmation = Confirmation & { span: Span };
