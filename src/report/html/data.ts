/**
 * What the page of a report is made from, laid out to be small: texts once in a table, everything of one kind in columns
 * of equal length. A number that stands for a text is its place in `strings`; -1 stands for none.
 */
export interface ReportData {
  strings: string[];
  head: Head;
  tags: TagColumns;
  items: ItemColumns;
  references: ReferenceColumns;
  findings: FindingColumns;
  waivers: { tag: number[]; verdict: number[]; reason: number[]; owner: number[]; expires: number[]; state: number[] };
  /** Edges between tags, by place in `tags`: `from` refines or mentions `to`. `relation` is a place in `RELATIONS`. */
  edges: { from: number[]; to: number[]; relation: number[] };
  /** Tags that are neither verified nor waived, most important first, each with what would close its gap. */
  gaps: { tag: number[]; close: number[][] };
  analyses: { name: string; facts: [string, string][] }[];
  models: ModelPicture[];
  traces: Trace[];
}

export interface Head {
  title: string;
  gate: "pass" | "fail";
  tool: string;
  commit: string | null;
  /** Address of the judged tree's root with a slash at its end, either at a forge or relative to the page; null for none. */
  links: { base: string; kind: "forge" | "local" } | null;
  /** Verdicts, kinds, outcomes and priorities in the order in which numbers stand for them. */
  verdicts: readonly string[];
  kinds: readonly string[];
  outcomes: readonly string[];
  priorities: readonly string[];
  severities: readonly string[];
  roles: readonly string[];
  levels: readonly string[];
}

export interface TagColumns {
  tag: number[];
  title: number[];
  /** 0 requirement, 1 scenario. */
  kind: number[];
  capability: number[];
  /** Place of the requirement a scenario belongs to. */
  parent: number[];
  priority: number[];
  verdict: number[];
  unwaived: number[];
  level: number[];
  file: number[];
  line: number[];
  needs: number[][];
  reasons: number[][];
  text: number[];
  /** EARS parts of the text, flat: part, start, length, and so on. Parts are numbered as in `PARTS`. */
  marks: number[][];
  /** Places in `items`. */
  items: number[][];
  /** Name of the active change that proposes it; -1 for those of the main specifications. */
  change: number[];
  /** 1 where an active change proposes it, or it is not what the base has. */
  changed: number[];
  /** When its lines were written. */
  history: number[][];
  /** Text that the base has, where it is another one. */
  before: number[];
}

export const RELATIONS = ["refines", "mentions"] as const;

export const PARTS = ["keyword", "condition", "subject", "modal", "response", "timing"] as const;

export interface ItemColumns {
  kind: number[];
  name: number[];
  outcome: number[];
  producer: number[];
  file: number[];
  line: number[];
  /** -1 when not observed. */
  assertions: number[];
  cannotFail: number[];
  /** `name value` of each fact. */
  strength: number[][];
  notes: number[][];
}

export interface ReferenceColumns {
  /** Place in `tags`. */
  tag: number[];
  role: number[];
  form: number[];
  file: number[];
  line: number[];
  test: number[];
}

export interface FindingColumns {
  id: number[];
  code: number[];
  severity: number[];
  message: number[];
  file: number[];
  line: number[];
  /** Places in `tags`. */
  tags: number[][];
  suggestion: number[];
  check: number[];
  tier: number[];
  related: { file: number; line: number; message: number }[][];
  situation: ({ conditions: number[]; demands: { statement: number; text: number }[] } | null)[];
  /** Title of the code. */
  title: number[];
}

/** A picture of an instance or a counterexample. */
export interface ModelPicture {
  command: string;
  file: string;
  line: number;
  tags: string[];
  verdict: string;
  facts: [string, string][];
  /** One SVG a state, made by us. */
  states: { title: string; svg: string }[];
}

/** A run as a space-time diagram: one lane a process, time downwards. */
export interface Trace {
  name: string;
  facts: [string, string][];
  lanes: string[];
  events: TraceEvent[];
}

export interface TraceEvent {
  id: string;
  lane: number;
  /** Virtual time, as the trace writes it. */
  time: string;
  label: string;
  /** Places in `events` of the events it follows from in other lanes. */
  causes: number[];
  /** What really was: shown on demand. */
  truth: [string, string][];
  /** Set when the truth differs from what the process saw. */
  hidden: "stale" | "conflict" | "fault" | null;
  /** Names of what it broke. */
  violations: string[];
}
