import { z } from "zod";
import { analysesSchema, findingSchema } from "./manifest.js";
import { modelsSchema, placeSchema } from "./models.js";

const count = z.int().min(0);

const factSchema = z.strictObject({
  name: z.string().nullable(),
  of: z.string().nullable().describe("Signature whose fact it is; null for one of its own"),
  text: z.string(),
  place: placeSchema,
});

/** What `evidence alloy --format json` prints. */
export const alloyReportSchema = z
  .strictObject({
    schema: z.literal("spec-evidence/alloy@1"),
    facts: analysesSchema.valueType,
    models: modelsSchema,
    findings: z.array(findingSchema),
    ablation: z
      .strictObject({
        commands: z.array(
          z.strictObject({
            module: z.string(),
            name: z.string(),
            needs: z.array(factSchema).describe("A smallest set of facts that it passes with"),
            undecided: count,
          }),
        ),
        unneeded: z.array(factSchema).describe("Facts that no command needs, all left out together"),
      })
      .nullable(),
    mutation: z
      .array(
        z.strictObject({
          module: z.string(),
          killed: count,
          survived: count,
          invalid: count,
          undecided: count,
          possible: count,
        }),
      )
      .nullable(),
  })
  .describe("Output of evidence alloy --format json");

export type AlloyReport = Omit<z.infer<typeof alloyReportSchema>, "schema">;
