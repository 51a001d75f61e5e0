import type { z } from "zod";
import type { Baseline, BaselineFinding, BaselineVerdict } from "../model/baseline.js";
import { baselineFindingSchema, baselineVerdictSchema } from "../model/baseline.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Predicate } from "../model/manifest.js";
import type { Span } from "../model/span.js";
import { compareText } from "../model/span.js";
import type { TagVerdict, Verdict } from "../model/verdict.js";
import { VERDICTS } from "../model/verdict.js";
import { schemaIssues } from "./schema-issues.js";
import { fieldOf, secondField } from "./waivers.js";
import type { YamlEntry } from "./yaml-lists.js";
import { readYamlLists } from "./yaml-lists.js";

/** A baseline of ten thousand tags and their findings is about this long. */
const MAX_LENGTH = 20_000_000;

/** Reads the text of a baseline (YAML). A file of another form excuses nothing, nor does a malformed entry; both are findings. */
export function parseBaseline(path: string, text: string): { baseline: Baseline; findings: Finding[] } {
  const empty: Baseline = { path, verdicts: [], findings: [] };
  const read = readYamlLists(path, text, ["verdicts", "findings"], { noun: "entries", maxLength: MAX_LENGTH });
  if ("problem" in read) return { baseline: empty, findings: [finding({ code: "CHG022", ...read.problem })] };
  const findings: Finding[] = [];
  const verdicts = readEntries(read.lists.get("verdicts") ?? [], baselineVerdictSchema, ({ tag }) => tag, findings);
  const ids = readEntries(read.lists.get("findings") ?? [], baselineFindingSchema, (each) => each.finding, findings);
  return { baseline: { path, verdicts, findings: ids }, findings };
}

function readEntries<T extends object>(
  entries: readonly YamlEntry[],
  schema: z.ZodType<T>,
  key: (entry: T) => string,
  findings: Finding[],
): (T & { span: Span })[] {
  const known = new Map<string, T & { span: Span }>();
  for (const entry of entries) {
    const parsed = schema.safeParse(entry.value);
    if (!parsed.success) {
      for (const issue of schemaIssues(schema, entry.value, parsed.error)) {
        findings.push(finding({ code: "CHG021", message: issue.message, span: entry.placeOf(...fieldOf(issue)) }));
      }
    } else if (entry.twice !== null) {
      findings.push(finding({ code: "CHG021", message: secondField(entry.twice.name), span: entry.twice.span }));
    } else if (known.has(key(parsed.data))) {
      const message = `Unexpected second entry for ${key(parsed.data)}, expected one`;
      findings.push(finding({ code: "CHG021", message, span: entry.span }));
    } else {
      known.set(key(parsed.data), { ...parsed.data, span: entry.span });
    }
  }
  return [...known.values()];
}

/** Whether a verdict is worse than another, by the order of precedence. */
export function isWorse(verdict: Verdict, than: Verdict): boolean {
  return VERDICTS.indexOf(verdict) < VERDICTS.indexOf(than);
}

export interface AppliedBaseline {
  /** Tags whose verdict is no worse than the baseline's. */
  tags: ReadonlySet<string>;
  /** Ids of findings that the baseline holds. */
  ids: ReadonlySet<string>;
  record: NonNullable<Predicate["baseline"]>;
  /** CHG020 for entries that are no longer needed. */
  findings: Finding[];
}

/** Holds verdicts and findings (with their final ids) against a baseline. */
export function applyBaseline(
  baseline: Baseline,
  verdicts: readonly TagVerdict[],
  present: readonly Finding[],
): AppliedBaseline {
  const verdictOf = new Map(verdicts.map((each) => [each.tag, each.unwaived]));
  const presentIds = new Set(present.map((each) => each.id));
  const findings: Finding[] = [];
  const stale = (span: Span, subject: string, message: string) => {
    findings.push(finding({ code: "CHG020", span, subject, message }));
  };
  const tags = new Set<string>();
  const verdictRecords = baseline.verdicts.map(({ tag, verdict, span }) => {
    const now = verdictOf.get(tag);
    if (now !== undefined && !isWorse(now, verdict)) tags.add(tag);
    if (now === verdict) return { tag, verdict, state: "used" as const };
    const better = now === undefined || isWorse(verdict, now);
    if (better) stale(span, tag, `Unexpected ${verdict} for ${tag}, expected none: it is ${now ?? "gone"}`);
    return { tag, verdict, state: better ? ("unused" as const) : ("used" as const) };
  });
  const ids = new Set(baseline.findings.map((each) => each.finding));
  const findingRecords = baseline.findings.map(({ finding: id, span }) => {
    if (presentIds.has(id)) return { finding: id, state: "used" as const };
    stale(span, id, `Unexpected finding ${id}, expected one that is still there`);
    return { finding: id, state: "unused" as const };
  });
  const record = {
    path: baseline.path,
    verdicts: verdictRecords.sort((a, b) => compareText(a.tag, b.tag)),
    findings: findingRecords.sort((a, b) => compareText(a.finding, b.finding)),
  };
  return { tags, ids, record, findings };
}

export interface BaselineEntries {
  verdicts: BaselineVerdict[];
  findings: BaselineFinding[];
}

/** Findings about the baseline itself are no part of one. */
const OWN = /^CHG02/u;

/** What a baseline drawn now holds: tags neither verified nor waived, and findings that are more than notes; sorted. */
export function drawBaseline({ verdicts, findings }: Predicate): BaselineEntries {
  return {
    verdicts: verdicts
      .flatMap(({ tag, verdict, reasons }): BaselineVerdict[] =>
        verdict === "verified" || verdict === "waived"
          ? []
          : [{ tag, verdict, ...(reasons[0] === undefined ? {} : { note: reasons[0] }) }],
      )
      .sort((a, b) => compareText(a.tag, b.tag)),
    findings: findings
      .flatMap(({ id, severity, code, span, message }): BaselineFinding[] =>
        severity === "info" || OWN.test(code) ? [] : [{ finding: id, file: span.file, note: message }],
      )
      .sort((a, b) => compareText(a.finding, b.finding)),
  };
}

/** A baseline without what is mended, and with a better verdict where a tag has one: it never grows and never excuses more. */
export function tightenBaseline(baseline: Baseline, { verdicts, findings }: Predicate): BaselineEntries {
  const verdictOf = new Map(verdicts.map((each) => [each.tag, each.unwaived]));
  const present = new Set(findings.map((each) => each.id));
  return {
    verdicts: baseline.verdicts.flatMap(({ span: _, ...entry }): BaselineVerdict[] => {
      const now = verdictOf.get(entry.tag);
      if (now === undefined || now === "verified" || now === "waived") return [];
      return [isWorse(entry.verdict, now) ? { ...entry, verdict: now } : entry];
    }),
    findings: baseline.findings.flatMap(({ span: _, ...entry }) => (present.has(entry.finding) ? [entry] : [])),
  };
}

/** The file: one entry a line, quoted as JSON strings are, so that nothing in a message can be anything but text. */
export function writeBaseline({ verdicts, findings }: BaselineEntries): string {
  const list = (name: string, entries: readonly object[]) =>
    entries.length === 0 ? [`${name}: []`] : [`${name}:`, ...entries.map((entry) => `  - ${flow(entry)}`)];
  return [
    "# What was there when this repository took the gate: in ratchet mode it does not fail the gate, what is new does.",
    "# `evidence baseline --update` takes out what is mended; it never adds anything.",
    ...list("verdicts", verdicts),
    ...list("findings", findings),
    "",
  ].join("\n");
}

function flow(entry: object): string {
  const fields = Object.entries(entry).map(([name, value]) => {
    const text = String(value);
    return `${name}: ${/^[A-Za-z][A-Za-z0-9-]*$/u.test(text) ? text : JSON.stringify(text)}`;
  });
  return `{ ${fields.join(", ")} }`;
}
