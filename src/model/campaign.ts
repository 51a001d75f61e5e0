import { z } from "zod";
import { EVIDENCE_KINDS, OUTCOMES } from "./evidence.js";
import { TAG_SOURCE } from "./tag.js";

const tag = z.string().regex(new RegExp(`^${TAG_SOURCE}$`));
const textDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

const facts = z.record(z.string().min(1), z.union([z.string(), z.number()]));

const campaignItemSchema = z.strictObject({
  kind: z.enum(EVIDENCE_KINDS),
  name: z.string().min(1).describe("What was checked: the judge, lemma, fuzz target or review"),
  tags: z.array(tag).min(1),
  outcome: z.enum(OUTCOMES),
  file: z.string().optional().describe("Path relative to the judged folder"),
  line: z.int().min(1).optional(),
  triggered: z
    .int()
    .min(0)
    .optional()
    .describe("How often the judge or guard was met; 0 means that it could not have failed"),
  assertions: z.int().min(0).optional(),
  inputs: z
    .record(z.string(), z.string().regex(/^[0-9a-f]{64}$/))
    .optional()
    .describe("SHA-256 of the files it depends on"),
  against: z.record(tag, textDigest).optional().describe("Text digest of each tag it was made for"),
  quotes: z.record(tag, z.string().min(1)).optional().describe("The requirement text it was made for, quoted"),
  seeds: z
    .array(z.union([z.string(), z.int()]))
    .optional()
    .describe("Each a seed, or a range of whole numbers such as `1..1000`"),
  strength: facts.optional().describe("Facts about the case: scope, mutants killed, runs"),
  by: z.string().optional().describe("Reviewer or author, for reviews"),
  notes: z.array(z.string()).optional(),
});

/** What a simulator, fuzzer, fault injection, prover or reviewer did, against which tags. */
export const campaignSchema = z
  .strictObject({
    $schema: z.string().optional(),
    schema: z.literal("spec-evidence/campaign@1"),
    producer: z.strictObject({
      name: z.string().min(1),
      version: z.string().optional(),
      command: z.array(z.string()).optional(),
    }),
    items: z.array(campaignItemSchema),
  })
  .describe("Results of any kind of evidence");

export type CampaignItem = z.infer<typeof campaignItemSchema>;
