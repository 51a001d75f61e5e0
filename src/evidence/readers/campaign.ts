import { z } from "zod";
import type { CampaignItem } from "../../model/campaign.js";
import { campaignSchema } from "../../model/campaign.js";
import type { EvidenceItem, Producer } from "../../model/evidence.js";
import type { ResultSet } from "../../model/result.js";
import { lineSpan } from "../../model/span.js";
import { itemId } from "../item.js";
import { readEntries, readHead } from "./entries.js";
import { reportedPath } from "./paths.js";
import type { ReaderInput, ResultReader } from "./reader.js";
import { emptySet, nothingReported, textAt, topOf } from "./reader.js";
import { uniqueTags } from "./text.js";

const headSchema = campaignSchema.extend({ items: z.array(z.unknown()) });
const itemSchema = campaignSchema.shape.items.element;

/** Results of every kind of evidence (schemas/campaign.schema.json). */
export const campaignReader: ResultReader = {
  format: "campaign",
  syntax: "json",
  detect: (content) => textAt(topOf(content) ?? {}, "schema")?.startsWith("spec-evidence/campaign@") ?? false,
  read,
};

function read(input: ReaderInput): ResultSet {
  const { head, findings } = readHead(input, headSchema, "schemas/campaign.schema.json");
  const set = emptySet(input.path, "campaign", head?.producer.name ?? "unknown");
  set.findings.push(...findings);
  if (head === null) return set;
  const { name, version, command } = head.producer;
  const producer = { name, version: version ?? null, command: command ?? null };
  const { entries, findings: malformed } = readEntries(input, "items", itemSchema);
  set.producer = producer;
  set.findings.push(...malformed);
  set.items = entries.map((entry) => itemOf(entry, producer, input.root));
  if (head.items.length === 0) set.findings.push(nothingReported(input.path, "an item"));
  return set;
}

function itemOf(entry: CampaignItem, producer: Producer, root: string | null): EvidenceItem {
  const file = entry.file === undefined ? null : reportedPath(entry.file, root);
  return {
    id: itemId(entry.kind, producer.name, file ?? "", entry.name),
    kind: entry.kind,
    name: entry.name,
    tags: uniqueTags(entry.tags),
    outcome: entry.outcome,
    producer,
    location: file === null ? null : lineSpan(file, entry.line ?? 1),
    inputs: entry.inputs ?? {},
    against: entry.against ?? {},
    ...(entry.quotes === undefined ? {} : { quotes: entry.quotes }),
    assertions: entry.assertions ?? null,
    cannotFail: whyItCannotFail(entry),
    strength: strengthOf(entry),
    notes: entry.notes ?? [],
  };
}

/** Counts of zero that a producer states itself; what it does not state was not observed. */
function whyItCannotFail(entry: CampaignItem): string | null {
  if (entry.triggered === 0) return "its judge or guard was never met";
  if (entry.assertions === 0) return "it ran no assertion";
  return null;
}

function strengthOf(entry: CampaignItem): Record<string, string | number> {
  return {
    ...entry.strength,
    ...(entry.triggered === undefined ? {} : { triggered: entry.triggered }),
    ...(entry.seeds === undefined ? {} : { seeds: entry.seeds.reduce<number>((sum, each) => sum + seedsIn(each), 0) }),
    ...(entry.by === undefined ? {} : { by: entry.by }),
  };
}

/** How many seeds an entry of the list stands for: those of a range, both ends included, or one. */
function seedsIn(seed: string | number): number {
  const [, first, last] = /^(\d{1,15})\.\.(\d{1,15})$/.exec(String(seed)) ?? [];
  const count = Number(last) - Number(first) + 1;
  return count > 0 ? count : 1;
}
