import { z } from "zod";
import { isFindingCode } from "./codes/index.js";
import { EVIDENCE_KINDS } from "./evidence.js";
import { EXAMPLE_LANGUAGES } from "./example-language.js";
import { RESULT_FORMATS } from "./result.js";
import { TAG_SOURCE } from "./tag.js";

const evidenceKind = z.enum(EVIDENCE_KINDS);

/** One need: a kind, several joined by `|` of which one is enough, or `any` (any kind but implementation). */
const need = z
  .string()
  .regex(/^[a-z.|-]+$/)
  .refine((text) => text.split("|").every((part) => part === "any" || evidenceKind.safeParse(part).success), {
    error: `expected "any" or evidence kinds joined by "|": ${EVIDENCE_KINDS.join(", ")}`,
  })
  .describe('An evidence kind, several joined by "|" of which one is enough, or "any" (every kind but implementation)');

/** How the gate decides. */
export const MODES = ["strict", "ratchet", "report"] as const;

export type Mode = (typeof MODES)[number];

const globs = z.array(z.string().min(1));

const tag = z.string().regex(new RegExp(`^${TAG_SOURCE}$`), { error: "expected a tag such as AREA-NAME" });

export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    specs: globs
      .default(["openspec/specs/**/spec.md"])
      .describe("Main specifications: glob patterns relative to the judged folder"),
    changes: z
      .enum(["show", "gate", "ignore"])
      .default("show")
      .describe("Active changes: read and shown, judged by the gate too, or not read"),
    changesFolder: z.string().min(1).default("openspec/changes").describe("Folder of the active changes"),
    source: z
      .strictObject({
        include: globs.default(["**/*"]).describe("Source files that may refer to tags"),
        exclude: globs
          .default([])
          .describe("Left out, besides what git ignores, installed packages, submodules and the specifications"),
        tests: globs.default([]).describe("Test files, besides those their language's conventions name"),
      })
      .prefault({}),
    results: z
      .array(
        z.strictObject({
          path: z.string().min(1).describe("File or glob pattern"),
          format: z.enum(RESULT_FORMATS).optional().describe("Told from the content when left out"),
          kind: evidenceKind.optional().describe("Kind of evidence these tests are; test.unit when left out"),
        }),
      )
      .default([]),
    providers: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i),
          command: z.array(z.string().min(1)).min(1).describe("Argument vector; no shell reads it"),
          inputs: globs.default(["**/*"]).describe("Files whose change makes it run again"),
          results: z
            .array(z.string().min(1))
            .min(1)
            .describe("Files or patterns it writes; also listed under results, or told by content"),
          timeoutSeconds: z.int().min(1).max(86_400).default(900),
        }),
      )
      .default([]),
    policy: z
      .strictObject({
        must: z.array(need).min(1).default(["any"]).describe("Needs of a SHALL or MUST"),
        should: z.array(need).min(1).default(["any"]).describe("Needs of a SHOULD"),
        could: z.array(need).min(1).default(["any"]).describe("Needs of a MAY"),
        rules: z
          .array(
            z.strictObject({
              tags: z.array(z.string()).optional().describe("Tag patterns such as BOX-*"),
              specs: globs.optional().describe("Paths of specifications"),
              priority: z.enum(["must", "should", "could"]).optional(),
              needs: z.array(need).min(1).describe("Added to the needs of the priority"),
            }),
          )
          .default([]),
      })
      .prefault({}),
    logic: z
      .strictObject({
        glossary: z
          .string()
          .min(1)
          .default("openspec/glossary.yaml")
          .describe("Declared terms; without it nothing is proved"),
        solver: z
          .enum(["wasm", "native"])
          .default("wasm")
          .describe("Z3 as it comes with the package, or a z3 on the PATH: both find the same"),
      })
      .prefault({}),
    alloy: z
      .strictObject({
        enabled: z.boolean().default(true).describe("false: models are neither read nor run"),
        models: globs
          .default(["**/*.als"])
          .describe("Alloy files whose commands are evidence, besides the Alloy blocks of specifications"),
        tags: z
          .record(z.string().min(1), z.array(tag).min(1))
          .default({})
          .describe('What commands give evidence for: "models/box.als" or "models/box.als#label", both with patterns'),
        jar: z
          .string()
          .min(1)
          .optional()
          .describe("Jar of Alloy, relative to the judged folder or absolute; looked for and obtained when left out"),
        digest: z
          .string()
          .regex(/^[0-9a-fA-F]{64}$/)
          .optional()
          .describe("SHA-256 of a jar that may be run although it is none of the known ones"),
        memoryMb: z.int().min(64).max(65_536).default(1024).describe("Memory one process of Alloy may take"),
        workers: z.int().min(1).max(64).optional().describe("Processes at once; by cores and memory when left out"),
        timeoutSeconds: z.int().min(1).max(86_400).default(60).describe("Time one command may take"),
        probes: z
          .boolean()
          .default(true)
          .describe("Whether to ask of each command that finds nothing if it could have found something"),
      })
      .prefault({}),
    examples: z
      .strictObject({
        run: z.boolean().default(false).describe("Run the examples in Evidence sections; they run with your rights"),
        timeoutSeconds: z.int().min(1).max(3600).default(10).describe("Of each example"),
        languages: z
          .array(z.enum(EXAMPLE_LANGUAGES))
          .default([...EXAMPLE_LANGUAGES])
          .describe("Languages whose examples are run"),
      })
      .prefault({}),
    waivers: z.string().min(1).default("evidence.waivers.yaml"),
    manifest: z.string().min(1).default("evidence-manifest.json"),
    confirmations: z.string().min(1).default("evidence.confirmations.yaml"),
    baseline: z.string().min(1).default("evidence.baseline.yaml"),
    mode: z
      .enum(MODES)
      .optional()
      .describe(
        "strict; report: never exit 1; ratchet: only what is worse than the base or the baseline fails. Left out: ratchet where there is a baseline, else strict",
      ),
    severity: z
      .record(
        z.string().refine((text): boolean => isFindingCode(text), { error: "expected a finding code" }),
        z.enum(["error", "warning", "info", "off"]),
      )
      .default({})
      .describe("Another severity for a finding code"),
  })
  .describe("evidence.config.json");

export type Config = z.infer<typeof configSchema>;
export type ProviderConfig = Config["providers"][number];
export type ResultsConfig = Config["results"][number];

/** The configuration of a folder that has none. */
export function defaultConfig(): Config {
  return configSchema.parse({});
}
