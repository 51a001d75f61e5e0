import type { Span } from "./span.js";
import type { Tag } from "./tag.js";

/** The kinds of evidence, from the verification pyramid; the order is the order of presentation. */
export const EVIDENCE_KINDS = [
  "implementation",
  "example",
  "test.unit",
  "test.property",
  "test.integration",
  "test.concurrency",
  "simulation",
  "fault-injection",
  "differential",
  "model",
  "logic",
  "monitor",
  "proof",
  "static-analysis",
  "review",
] as const;

export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const OUTCOMES = ["pass", "fail", "error", "skipped", "inconclusive"] as const;

export type Outcome = (typeof OUTCOMES)[number];

export interface Producer {
  name: string;
  version: string | null;
  /** Argument vector that made it, where known. */
  command: string[] | null;
}

/** One piece of evidence for one or more tags. */
export interface EvidenceItem {
  /** Stable: a digest of kind, producer name, location file and name. */
  id: string;
  kind: EvidenceKind;
  /** Title of the test, label of the command, name of the judge. */
  name: string;
  tags: Tag[];
  outcome: Outcome;
  producer: Producer;
  /** Where it stands in the judged tree; null when its producer did not say. */
  location: Span | null;
  /** SHA-256 (hex) of the files it depends on, by path. */
  inputs: Readonly<Record<string, string>>;
  /** Digest of each tag's text it was made for, where its producer recorded one. */
  against: Readonly<Record<Tag, string>>;
  /** Requirement text it was made for, quoted by its producer, by tag. */
  quotes?: Record<Tag, string>;
  /** Assertions that ran; null when not observed. */
  assertions: number | null;
  /** Why this item could not have failed; null when it could, or when that was not observed. */
  cannotFail: string | null;
  /** What the case consists of, as facts: seeds, scope, mutants killed. */
  strength: Readonly<Record<string, string | number>>;
  notes: string[];
}
