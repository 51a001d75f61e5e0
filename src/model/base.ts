import { z } from "zod";

const place = { file: z.string(), line: z.int().min(1) };

const evidenceMoveSchema = z.strictObject({
  tag: z.string(),
  kind: z.string().describe("Kind of evidence, or the role of a reference where no manifest of the base was read"),
  name: z.string().describe("Title of the test, or the file that refers"),
  file: z.string().nullable(),
});

/** What a change alters in that by which it is judged; its own version does not count yet. */
const ruleChangeSchema = z.strictObject({
  kind: z.enum(["configuration", "waiver", "confirmation", "baseline"]),
  subject: z.string().describe("Member of the configuration, or what an entry excuses"),
  change: z.enum(["added", "altered", "removed"]),
});

/** How the tree differs from the commit it is held against. */
export const baseSchema = z.strictObject({
  ref: z.string().describe("As it was asked for"),
  tip: z.string().describe("Commit that the ref names"),
  commit: z.string().describe("Commit whose tree was read: where the change started"),
  lacking: z.array(z.string()).describe("What could not be told, one sentence each"),
  manifest: z.string().nullable().describe("Manifest of the base that evidence was compared with; null without one"),
  rules: z.array(ruleChangeSchema),
  files: z.strictObject({ added: count(), changed: count(), removed: count(), renamed: count() }),
  added: z.array(z.strictObject({ tag: z.string(), title: z.string(), ...place })),
  changed: z.array(z.strictObject({ tag: z.string(), title: z.string(), ...place, before: z.string() })),
  removed: z.array(z.strictObject({ tag: z.string(), title: z.string(), file: z.string() })),
  renamed: z
    .array(z.strictObject({ tag: z.string(), title: z.string(), ...place, from: z.string(), fromTitle: z.string() }))
    .describe("The same text or title under another tag, or the same tag and text under another title"),
  touched: z
    .array(z.strictObject({ tag: z.string(), files: z.array(z.string()) }))
    .describe("Tags whose tests, models or code the change touches"),
  untouched: z.array(z.string()).describe("Added or changed tags of which it touches no test, model or code"),
  unrun: z
    .array(z.strictObject({ tag: z.string(), files: z.array(z.string()) }))
    .describe("Tags whose implementing code changed and whose tests did not run since"),
  gained: z.array(evidenceMoveSchema),
  lost: z.array(evidenceMoveSchema),
});

export type BaseRecord = z.infer<typeof baseSchema>;
export type EvidenceMove = z.infer<typeof evidenceMoveSchema>;
export type RuleChange = z.infer<typeof ruleChangeSchema>;

function count() {
  return z.int().min(0);
}
