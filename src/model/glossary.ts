import { z } from "zod";

const phrase = z.string().min(1).max(200);
const phrases = z.array(phrase);
const decimal = z
  .union([z.string().regex(/^[+-]?\d{1,60}(?:\.\d{1,60})?$/), z.number()])
  .describe("In the variable's own unit");
/** The reader gives every scalar as text, so that no decimal goes through a float. */
const flag = z.union([z.boolean(), z.literal("true"), z.literal("false")]);
const reading = z.enum(["edge", "level"]);

const variableSchema = z.strictObject({
  role: z
    .enum(["input", "output", "state"])
    .describe("Who decides it: the environment, the system, or the system earlier"),
  type: z.enum(["boolean", "enum", "integer", "number"]),
  definition: z.string().optional(),
  by: phrases
    .default([])
    .describe("Systems whose responses are about it; another system may mean something else by the same words"),
  synonyms: phrases.default([]).describe("Other names of the same thing"),
  states: z
    .strictObject({ true: phrases.default([]), false: phrases.default([]) })
    .optional()
    .describe(
      "Booleans: the words for both values, such as open and closed. Without states and phrases the name and its synonyms are sentences that say it holds",
    ),
  values: z
    .union([z.array(phrase), z.record(phrase, z.union([phrases, z.null(), z.literal("")]))])
    .optional()
    .describe("Enums: every value there is, each perhaps with synonyms"),
  unit: z.string().optional().describe("Numbers: s, °C, bar, …"),
  min: decimal.optional().describe("Smallest value there is"),
  max: decimal.optional().describe("Largest value there is"),
  phrases: z
    .record(z.string(), phrases)
    .optional()
    .describe(
      "Whole phrases by the value they state; under `*` with {} in the place of a number or of an enum's value",
    ),
  complete: flag
    .optional()
    .describe("Outputs: some statement must always say what it is. Others: every value must be met by some statement"),
  when: reading.optional().describe("How WHEN reads a condition about it, if other than the rest"),
});

const assumptionSchema = z.strictObject({
  given: phrase.optional(),
  holds: phrase,
  reason: z.string().min(1),
});

/** `openspec/glossary.yaml`: what the words of the specifications stand for. */
export const glossarySchema = z
  .strictObject({
    $schema: z.string().optional(),
    schema: z.literal("spec-evidence/glossary@1"),
    when: reading.default("edge").describe("WHEN is the instant a condition becomes true, or as long as it holds"),
    between: z.enum(["inclusive", "exclusive"]).optional().describe("Whether `between a and b` holds its ends"),
    variables: z.record(phrase, variableSchema).default({}),
    antonyms: z
      .array(z.tuple([phrase, phrase]))
      .default([])
      .describe("Pairs besides open/close, start/stop and the like"),
    assumptions: z
      .array(assumptionSchema)
      .default([])
      .describe("What always holds in the environment; findings that need one say so"),
    definitions: z.record(phrase, z.string()).default({}).describe("Other terms"),
  })
  .describe("openspec/glossary.yaml");

export type GlossaryFile = z.infer<typeof glossarySchema>;
export type VariableEntry = z.infer<typeof variableSchema>;
