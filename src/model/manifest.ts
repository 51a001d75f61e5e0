import { z } from "zod";
import { baseSchema } from "./base.js";
import { MODES } from "./config.js";
import { EVIDENCE_KINDS, OUTCOMES } from "./evidence.js";
import { SEVERITIES } from "./finding.js";
import { modelsSchema } from "./models.js";
import { LEVELS, VERDICTS } from "./verdict.js";

/** The in-toto statement and predicate types of our manifest. */
export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const PREDICATE_TYPE = "urn:spec-evidence:manifest:1";

/** Name of the subject that stands for all source files together. */
export const SOURCE_TREE = "source tree";

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const textDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const count = z.int().min(0);
const place = { file: z.string(), line: z.int().min(1), column: z.int().min(1) };

const spanSchema = z.strictObject({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  endLine: z.int().min(1),
  endColumn: z.int().min(1),
});

export const totalsSchema = z
  .strictObject({
    specs: count,
    requirements: count,
    scenarios: count,
    tags: count,
    failing: count,
    hollow: count,
    suspect: count,
    missing: count,
    waived: count,
    verified: count,
  })
  .describe("Counts over the main specifications; one per verdict");

const definitionSchema = z.strictObject({
  tag: z.string(),
  kind: z.enum(["requirement", "scenario"]),
  title: z.string(),
  capability: z.string(),
  parent: z.string().nullable().describe("Requirement a scenario belongs to"),
  priority: z.enum(["must", "should", "could"]),
  needs: z.array(z.string()).describe("Kinds of evidence it wants, by policy and attribute"),
  ...place,
  text: z.string().describe("Normative text as it stands in the specification"),
  textDigest,
  refines: z.array(z.string()).optional().describe("Tags of the more abstract requirements it makes concrete"),
  status: z.string().optional(),
  owner: z.string().optional(),
});

const referenceSchema = z.strictObject({
  tag: z.string(),
  role: z.enum(["implements", "verifies", "mentions"]),
  form: z.enum(["comment", "title", "annotation", "traceSpec", "prose", "evidence"]),
  ...place,
  test: z.string().nullable().describe("Full title of the test it stands on"),
  executed: z.boolean().nullable().describe("Whether a result of that test was read; null for what is no test"),
});

const itemSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(EVIDENCE_KINDS),
  name: z.string(),
  tags: z.array(z.string()),
  outcome: z.enum(OUTCOMES),
  producer: z.strictObject({
    name: z.string(),
    version: z.string().nullable(),
    command: z.array(z.string()).nullable(),
  }),
  location: spanSchema.nullable(),
  inputs: z.record(z.string(), sha256Hex),
  against: z.record(z.string(), textDigest),
  quotes: z.record(z.string(), z.string()).optional(),
  assertions: count.nullable(),
  cannotFail: z.string().nullable(),
  strength: z.record(z.string(), z.union([z.string(), z.number()])),
  notes: z.array(z.string()),
});

const verdictSchema = z.strictObject({
  tag: z.string(),
  verdict: z.enum(VERDICTS),
  unwaived: z.enum(VERDICTS),
  level: z.enum(LEVELS),
  reasons: z.array(z.string()),
  evidence: z.array(z.string()),
});

export const findingSchema = z.strictObject({
  id: z.string(),
  code: z.string().regex(/^[A-Z]+[0-9]{3}$/),
  severity: z.enum(SEVERITIES),
  message: z.string(),
  span: spanSchema,
  tags: z.array(z.string()),
  related: z.array(z.strictObject({ span: spanSchema, message: z.string() })),
  suggestion: z.string().nullable(),
  check: z.string().optional().describe("For analyses: which check found it"),
  tier: z.enum(["proved", "assumed", "possible"]).optional(),
  situation: z
    .strictObject({
      conditions: z.array(z.string()),
      demands: z.array(z.strictObject({ statement: z.string(), text: z.string() })),
    })
    .optional()
    .describe("For analyses: what holds at one instant, and what statements then ask for"),
});

const changeSchema = z.strictObject({
  change: z.string(),
  gates: z.boolean().describe("Whether its verdicts count for the gate"),
  removed: z.array(z.string()).describe("Tags the change takes away"),
  definitions: z.array(definitionSchema).describe("Tags it adds, or whose text it changes"),
  verdicts: z.array(verdictSchema),
});

/** Facts of one analysis, such as how much was read: name → number, text or flag. */
export const analysesSchema = z.record(
  z.string(),
  z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
);

/** What strict mode would count and ratchet mode does not. */
export const knownSchema = z.strictObject({
  tags: z.array(z.string()),
  findings: z.array(z.string()).describe("Ids"),
});

export const predicateSchema = z.strictObject({
  tool: z.strictObject({ name: z.literal("spec-evidence"), version: z.string() }),
  configuration: z.strictObject({ path: z.string().nullable(), digest: sha256Hex }),
  source: z.strictObject({
    commit: z.string().nullable().describe("Checked-out git commit; null outside a repository"),
    files: count,
    digest: sha256Hex.describe("Over the paths and digests of the source files read"),
  }),
  mode: z.enum(MODES),
  policy: z.strictObject({
    must: z.array(z.string()),
    should: z.array(z.string()),
    could: z.array(z.string()),
    rules: z.array(z.record(z.string(), z.unknown())),
  }),
  gate: z.enum(["pass", "fail"]),
  gateReasons: z.array(z.string()).describe("Why the gate fails, worst first; empty when it passes"),
  known: knownSchema.optional().describe("In ratchet mode: what was there before and does not count for the gate"),
  totals: totalsSchema,
  catalog: z.array(definitionSchema),
  references: z.array(referenceSchema),
  results: z.array(
    z.strictObject({ path: z.string(), format: z.string(), producer: z.string(), tests: count, items: count }),
  ),
  items: z.array(itemSchema),
  verdicts: z.array(verdictSchema),
  findings: z.array(findingSchema),
  waivers: z.array(
    z.strictObject({
      tag: z.string(),
      verdict: z.string(),
      reason: z.string(),
      owner: z.string(),
      expires: z.string(),
      state: z.enum(["used", "unused", "expired"]),
    }),
  ),
  findingWaivers: z
    .array(
      z.strictObject({
        finding: z.string(),
        reason: z.string(),
        owner: z.string(),
        expires: z.string(),
        state: z.enum(["used", "unused", "expired"]),
      }),
    )
    .optional()
    .describe("Waivers of single findings, where there are any"),
  confirmations: z
    .array(
      z.strictObject({
        tag: z.string(),
        text: textDigest,
        reason: z.string(),
        owner: z.string(),
        date: z.string(),
        state: z.enum(["in force", "stale"]),
      }),
    )
    .optional()
    .describe("Confirmations that evidence holds for a text, where there are any"),
  baseline: z
    .strictObject({
      path: z.string(),
      verdicts: z.array(
        z.strictObject({ tag: z.string(), verdict: z.enum(VERDICTS), state: z.enum(["used", "unused"]) }),
      ),
      findings: z.array(z.strictObject({ finding: z.string(), state: z.enum(["used", "unused"]) })),
    })
    .optional()
    .describe("What is no news to the gate in ratchet mode, where there is a baseline"),
  base: baseSchema.optional().describe("How the tree differs from a base, where it was held against one"),
  changes: z.array(changeSchema),
  analyses: analysesSchema,
  models: modelsSchema.optional().describe("Commands of Alloy models, where there are any"),
});

export const manifestSchema = z
  .strictObject({
    _type: z.literal(STATEMENT_TYPE),
    subject: z.array(z.strictObject({ name: z.string(), digest: z.record(z.string(), z.string()) })),
    predicateType: z.literal(PREDICATE_TYPE),
    predicate: predicateSchema,
  })
  .describe("evidence-manifest.json: an in-toto Statement v1 about specifications and source");

export type Totals = z.infer<typeof totalsSchema>;
export type Analyses = z.infer<typeof analysesSchema>;
export type ManifestDefinition = z.infer<typeof definitionSchema>;
export type ManifestReference = z.infer<typeof referenceSchema>;
export type ManifestItem = z.infer<typeof itemSchema>;
export type ManifestVerdict = z.infer<typeof verdictSchema>;
export type ManifestFinding = z.infer<typeof findingSchema>;
export type ManifestChange = z.infer<typeof changeSchema>;
/** Everything one run found out; what every report is rendered from. */
export type Predicate = z.infer<typeof predicateSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
