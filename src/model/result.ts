import type { EvidenceItem, EvidenceKind, Outcome, Producer } from "./evidence.js";
import type { Finding } from "./finding.js";
import type { Tag } from "./tag.js";

/** One executed (or skipped) test as a results file reports it. */
export interface TestResult {
  /** Own title or method name. */
  name: string;
  /** Enclosing titles, outermost first; empty when the format flattens them. */
  suite: string[];
  /** `classname` of JUnit and the like; null without. */
  className: string | null;
  /**
   * Relative to the judged root when the report names a place inside it; a place outside it (another machine's
   * checkout) stands without its leading slash or drive, so that it can be matched by its last segments. Null without.
   */
  file: string | null;
  line: number | null;
  outcome: Outcome;
  /** Tags the result itself carries: by `traceSpec`, in its title, in properties or annotations. */
  tags: Tag[];
  /** Assertions that ran; null when the format does not say. */
  assertions: number | null;
  /** The test was declared to fail (`it.fails`, xfail). */
  expectedToFail: boolean;
  /** Failure message, first line; null without. */
  message: string | null;
  /** Digest of each tag's text at the time of the run, where recorded. */
  against: Readonly<Record<Tag, string>>;
  kind: EvidenceKind;
  /** Runs it took, retries included; absent when the format does not say. */
  attempts?: number;
}

/** What one results file says. Readers make it; they never judge. */
export interface ResultSet {
  /** Path of the file, relative to the judged root. */
  source: string;
  /** `unknown` when it was not configured and could not be told. */
  format: ResultFormat | "unknown";
  producer: Producer;
  tests: TestResult[];
  /** Campaigns and static analysis arrive as finished items. */
  items: EvidenceItem[];
  findings: Finding[];
  /** SHA-256 (hex) by path of the test files as they were when they ran, where recorded. */
  files?: Readonly<Record<string, string>>;
  /** False when the producer says that tests of the suite have no result here; absent when it does not say. */
  complete?: boolean;
  /** Test files that changed or went since these results were made; whoever read the file tells. */
  outdated?: string[];
}

export const RESULT_FORMATS = ["junit", "ctrf", "sarif", "tests", "campaign"] as const;

/** `tests` is our own file, written by the vitest plugin. */
export type ResultFormat = (typeof RESULT_FORMATS)[number];
