import type { EvidenceKind } from "./evidence.js";
import type { Priority } from "./requirement.js";
import type { Span } from "./span.js";
import type { Tag } from "./tag.js";

/** Where a tag is defined and what stands there. */
export interface Definition {
  tag: Tag;
  kind: "requirement" | "scenario";
  title: string;
  capability: string;
  /** Active change that defines or restates it; null for main specifications. */
  change: string | null;
  /** The requirement a scenario belongs to (null when that has no tag); null for requirements. */
  parent: Tag | null;
  priority: Priority;
  span: Span;
  text: string;
  textDigest: string;
}

/** The tags of the main specifications, each once, sorted by tag. */
export interface Catalog {
  definitions: ReadonlyMap<Tag, Definition>;
  /** Tags that only active changes define. */
  proposed: ReadonlyMap<Tag, Definition>;
}

export type ReferenceRole = "implements" | "verifies" | "mentions";

/** `evidence`: a link of an Evidence section in the specification itself. */
export type ReferenceForm = "comment" | "title" | "annotation" | "traceSpec" | "prose" | "evidence";

/** Something that names a tag from outside its definition. */
export interface Reference {
  tag: Tag;
  role: ReferenceRole;
  form: ReferenceForm;
  /**
   * `@verifies`, `@implements`, `traceSpec` and annotations made for tags (`@Verifies`) claim the tag outright; a
   * bracketed token or a label (`[UTF-8]`, `@Tag("JIRA-12")`) may be something else and counts as a claim only when a
   * defined tag shares its first segment.
   */
  explicit: boolean;
  span: Span;
  /** The test it stands on or in; null elsewhere. */
  test: TestDeclaration | null;
  /** Requirement text quoted beside the reference; null without. */
  quote: { text: string; span: Span } | null;
  /** Where an Evidence link leads; absent for references that stand at their own place. */
  target?: Span;
  /** Kind of test an Evidence link says it leads to. */
  kind?: EvidenceKind;
}

/** A test as it stands in source, found without running it. */
export interface TestDeclaration {
  file: string;
  /** Line of the call, function or method. */
  line: number;
  /** Last line of its body. */
  endLine: number;
  /** Own title or function name. */
  name: string;
  /** Titles or names of what encloses it, outermost first: describe blocks, classes, modules. */
  suite: string[];
  /** What reports may call it in place of its name: JUnit's `@DisplayName`. */
  title?: string;
  /** The same for a test that runs with several values, each in braces: `{0} of {1}`. */
  template?: string;
  /**
   * What the body asserts, as far as reading it can tell: `none`, only on `constant` values, `present`, or `unknown`
   * (calls that may assert, or a language whose assertions are not read).
   */
  assertions: "none" | "constant" | "present" | "unknown";
  /** Assertions on constants that every run of the body comes by. With a count of what ran, it shows whether there were others. */
  constants?: number;
  /** The body throws, or calls something whose name suggests an assertion that no counter sees. */
  helpers?: boolean;
}
