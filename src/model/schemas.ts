import { z } from "zod";
import { alloyReportSchema } from "./alloy-report.js";
import { baselineFileSchema } from "./baseline.js";
import { campaignSchema } from "./campaign.js";
import { compactCanonicalJson } from "./canonical.js";
import { checkSchema } from "./check.js";
import { configSchema } from "./config.js";
import { confirmationsFileSchema } from "./confirmation.js";
import { diffSchema } from "./diff.js";
import { examplesReportSchema } from "./examples-report.js";
import { glossarySchema } from "./glossary.js";
import { manifestSchema } from "./manifest.js";
import { nextReportSchema } from "./next-report.js";
import { summarySchema } from "./summary.js";
import { testsFileSchema } from "./tests-file.js";
import { traceLineSchema } from "./trace.js";
import { waiversFileSchema } from "./waiver.js";

interface PublishedSchema {
  /** Format name: of the file `schemas/NAME.schema.json` and in its `$id`. */
  name: string;
  /** Raised when a change breaks files that were valid before. */
  version: number;
  schema: z.ZodType;
}

/** Every file format of ours, with the schema that its reader checks by. */
const PUBLISHED: readonly PublishedSchema[] = [
  { name: "alloy", version: 1, schema: alloyReportSchema },
  { name: "baseline", version: 1, schema: baselineFileSchema },
  { name: "campaign", version: 1, schema: campaignSchema },
  { name: "check", version: 1, schema: checkSchema },
  { name: "config", version: 1, schema: configSchema },
  { name: "confirmations", version: 1, schema: confirmationsFileSchema },
  { name: "diff", version: 1, schema: diffSchema },
  { name: "examples", version: 1, schema: examplesReportSchema },
  { name: "glossary", version: 1, schema: glossarySchema },
  { name: "manifest", version: 1, schema: manifestSchema },
  { name: "next", version: 1, schema: nextReportSchema },
  { name: "summary", version: 1, schema: summarySchema },
  { name: "tests", version: 1, schema: testsFileSchema },
  { name: "trace-line", version: 1, schema: traceLineSchema },
  { name: "waivers", version: 1, schema: waiversFileSchema },
];

/**
 * The JSON Schemas (draft 2020-12) of our file formats, by file name below `schemas/`, with keys in code-unit order.
 * They describe what may be written: members with a default may be left out. Checks that JSON Schema cannot express are left out.
 */
export function publishedSchemas(): ReadonlyMap<string, string> {
  return new Map(
    PUBLISHED.map(({ name, version, schema }) => {
      const generated = z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" });
      const identified = { ...generated, $id: `urn:spec-evidence:schema:${name}:${version}` };
      const ordered: unknown = JSON.parse(compactCanonicalJson(identified));
      // People read schemas, so they are indented throughout, unlike records.
      return [`${name}.schema.json`, `${JSON.stringify(ordered, null, 2)}\n`];
    }),
  );
}
