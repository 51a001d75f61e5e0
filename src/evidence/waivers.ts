import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Span } from "../model/span.js";
import type { FindingWaiver, Waiver } from "../model/waiver.js";
import { findingWaiverSchema, waiverSchema } from "../model/waiver.js";
import { schemaIssues } from "./schema-issues.js";
import type { YamlEntry } from "./yaml-lists.js";
import { readYamlLists } from "./yaml-lists.js";

export interface WaiversFile {
  /** In the order of the file; each verdict of a tag once. Expiry and use are judged elsewhere. */
  waivers: Waiver[];
  /** Those that excuse a finding by its id; each id once. */
  findingWaivers: FindingWaiver[];
  /** EVD004, EVD007, EVD008. */
  findings: Finding[];
}

/**
 * Reads the text of a waivers file (YAML). A file that is not YAML of the documented form gives no waiver at all; of one
 * that is, each malformed entry is left out with its findings. An empty file holds no waivers.
 */
export function parseWaivers(path: string, text: string): WaiversFile {
  const read = readYamlLists(path, text, ["waivers"], { noun: "waivers" });
  if ("problem" in read) {
    return { waivers: [], findingWaivers: [], findings: [finding({ code: "EVD007", ...read.problem })] };
  }
  const waivers = new Map<string, Waiver>();
  const findingWaivers = new Map<string, FindingWaiver>();
  const findings: Finding[] = [];
  for (const entry of read.lists.get("waivers") ?? []) {
    const schema = entry.fields.includes("finding") ? findingWaiverSchema : waiverSchema;
    const parsed = schema.safeParse(entry.value);
    if (!parsed.success) {
      const issues = schemaIssues(schema, entry.value, parsed.error);
      findings.push(...issues.map((issue) => malformed(issue.message, entry.placeOf(...fieldOf(issue)))));
    }
    if (entry.twice !== null) findings.push(malformed(secondField(entry.twice.name), entry.twice.span));
    if (!parsed.success || entry.twice !== null) continue;
    const waiver = { ...parsed.data, span: entry.span };
    if ("finding" in waiver) keep(findingWaivers, waiver.finding, waiver, findings);
    else keep(waivers, `${waiver.tag} ${waiver.verdict}`, waiver, findings);
  }
  return { waivers: [...waivers.values()], findingWaivers: [...findingWaivers.values()], findings };
}

/** The field that an issue is about, and which part of it. */
export function fieldOf(issue: { path: readonly PropertyKey[]; onKey: boolean }): Parameters<YamlEntry["placeOf"]> {
  return [String(issue.path[0]), issue.onKey ? "name" : "value"];
}

export function secondField(name: string): string {
  return `Unexpected second ${JSON.stringify(name)}, expected one`;
}

function keep<W extends Waiver | FindingWaiver>(
  known: Map<string, W>,
  key: string,
  waiver: W,
  findings: Finding[],
): void {
  const earlier = known.get(key);
  if (earlier === undefined) known.set(key, waiver);
  else findings.push(repeated(waiver, earlier));
}

function malformed(message: string, span: Span): Finding {
  return finding({ code: "EVD004", message, span });
}

function repeated(waiver: Waiver | FindingWaiver, earlier: Waiver | FindingWaiver): Finding {
  const what = "finding" in waiver ? waiver.finding : `${waiver.verdict} for ${waiver.tag}`;
  return finding({
    code: "EVD008",
    message: `Unexpected second waiver of ${what}, expected one`,
    span: waiver.span,
    tags: "finding" in waiver ? [] : [waiver.tag],
    related: [{ span: earlier.span, message: "first waiver" }],
  });
}
