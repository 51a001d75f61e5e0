import { z } from "zod";
import { predicateSchema, SOURCE_TREE, STATEMENT_TYPE, sha256Hex, totalsSchema } from "./manifest.js";

export const SUMMARY_TYPE = "urn:spec-evidence:summary:1";

const { tool, mode, gate, gateReasons } = predicateSchema.shape;
const count = z.int().min(0);

/** What `evidence manifest --as summary` prints. */
export const summarySchema = z
  .strictObject({
    _type: z.literal(STATEMENT_TYPE),
    subject: z
      .array(z.strictObject({ name: z.string(), digest: z.record(z.string(), z.string()) }))
      .min(1)
      .describe(`The manifest, and "${SOURCE_TREE}"`),
    predicateType: z.literal(SUMMARY_TYPE),
    predicate: z.strictObject({
      tool,
      configuration: z.strictObject({ digest: sha256Hex }),
      source: predicateSchema.shape.source,
      manifest: z.strictObject({
        digest: z.strictObject({ sha256: sha256Hex.describe("Of the manifest's bytes") }),
        size: count.describe("Bytes of the manifest"),
      }),
      mode,
      gate,
      gateReasons,
      totals: totalsSchema,
    }),
  })
  .describe(
    "An in-toto Statement v1 that names a manifest by its digest, for services that limit the size of a statement",
  );
