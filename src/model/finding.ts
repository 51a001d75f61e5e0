import type { FindingCode } from "./codes/index.js";
import { FINDING_CODES } from "./codes/index.js";
import { sha256 } from "./digest.js";
import type { Span } from "./span.js";
import { compareSpans, compareText } from "./span.js";
import type { Tag } from "./tag.js";

export const SEVERITIES = ["error", "warning", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  /** `CODE-` and 12 hex digits of code, tags, file and subject: it survives moved lines. */
  id: string;
  code: FindingCode;
  severity: Severity;
  /** "Unexpected X, expected Y". */
  message: string;
  span: Span;
  tags: Tag[];
  /** Other places that matter, each with what stands there. */
  related: { span: Span; message: string }[];
  /** What would mend it; null when the documentation says it best. */
  suggestion: string | null;
  /** Of analyses: which check found it. */
  check?: string | undefined;
  /** Of analyses: `proved` follows from what is written and declared, `assumed` needs assumptions, `possible` is a hint. */
  tier?: "proved" | "assumed" | "possible" | undefined;
  /** Of analyses: a situation that shows it. */
  situation?: Situation | undefined;
}

/** What holds at one instant, and what statements then ask for, in the author's words. */
export interface Situation {
  conditions: string[];
  demands: { statement: string; text: string }[];
}

export interface FindingInput {
  code: FindingCode;
  message: string;
  span: Span;
  tags?: Tag[];
  related?: { span: Span; message: string }[];
  suggestion?: string;
  /** What the finding is about, free of line numbers; defaults to the message. Part of the id. */
  subject?: string;
}

/** Makes a finding with its code's own severity and its stable id. */
export function finding(input: FindingInput): Finding {
  const tags = [...(input.tags ?? [])].sort(compareText);
  const identity = [input.code, tags.join(","), input.span.file, input.subject ?? input.message].join("\n");
  return {
    id: `${input.code}-${sha256(identity).slice(0, 12)}`,
    code: input.code,
    severity: FINDING_CODES[input.code].severity,
    message: input.message,
    span: input.span,
    tags,
    related: input.related ?? [],
    suggestion: input.suggestion ?? null,
  };
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Worst first, then by place and code. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    RANK[a.severity] - RANK[b.severity] ||
    compareSpans(a.span, b.span) ||
    compareText(a.code, b.code) ||
    compareText(a.id, b.id)
  );
}

/** Sorted, with ids made unique: the second finding of one identity gets `-2`, and so on, in order of place. */
export function arrangeFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return [...findings].sort(compareFindings).map((each) => {
    const count = (seen.get(each.id) ?? 0) + 1;
    seen.set(each.id, count);
    return count === 1 ? each : { ...each, id: `${each.id}-${count}` };
  });
}
