import type { Keyword, Modality, TimingKind } from "./statement.js";

/** The parts of a read statement that its wording consists of; a `ReadStatement` is one. */
export interface StatementContent {
  clauses: readonly { keyword: Keyword; join: "and" | "or"; position: "before" | "after"; phrase: { text: string } }[];
  preamble: { text: string } | null;
  system: { text: string; article: string | null } | null;
  modal: { modality: Modality; negated: boolean };
  response: { text: string } | null;
  timing: readonly {
    kind: TimingKind;
    quantity: { value: string; unit: string } | null;
    event: { text: string } | null;
    only: boolean;
  }[];
  items: readonly { text: string }[];
}

const TIMING_WORDS: Record<TimingKind, string> = {
  within: "within",
  after: "after",
  for: "for",
  "for-at-least": "for at least",
  "for-at-most": "for at most",
  every: "every",
  until: "until",
  before: "before",
  immediately: "immediately",
};

/** The statement as one canonical sentence; it ends in a colon when items follow. */
export function printSentence(content: StatementContent): string {
  const before = content.clauses.filter((clause) => clause.position === "before");
  const conditions = before.map((clause, index) => printClause(clause, index > 0)).join(", ");
  const then = before.some((clause) => clause.keyword === "if") ? "THEN " : "";
  const lead = [content.preamble?.text, conditions].filter((part) => part !== undefined && part !== "");
  const head = lead.map((part) => `${part}, `).join("");
  const after = content.clauses.filter((clause) => clause.position === "after");
  const words = [
    printSubject(content),
    content.modal.modality.toUpperCase(),
    content.modal.negated ? "NOT" : "",
    content.response?.text ?? "",
    ...content.timing.map(printTiming),
    ...after.map((clause, index) => printClause(clause, index > 0)),
  ];
  const end = content.items.length > 0 ? ":" : ".";
  return `${head}${then}${words.filter((word) => word !== "").join(" ")}${end}`;
}

/** The sentence with its items behind it, on one line. */
export function printStatement(content: StatementContent): string {
  const items = content.items.map((item) => item.text).join("; ");
  return items === "" ? printSentence(content) : `${printSentence(content)} ${items}.`;
}

function printSubject({ system }: StatementContent): string {
  if (system === null) return "";
  return system.article === null ? system.text : `THE ${system.text}`;
}

function printClause(clause: StatementContent["clauses"][number], joined: boolean): string {
  const join = joined && clause.join === "or" ? "OR " : "";
  return `${join}${clause.keyword.toUpperCase()} ${clause.phrase.text}`;
}

function printTiming(timing: StatementContent["timing"][number]): string {
  const quantity = timing.quantity === null ? "" : `${timing.quantity.value} ${timing.quantity.unit}`;
  const event = timing.event === null ? "" : `${timing.quantity === null ? "" : "of "}${timing.event.text}`;
  const words = [timing.only ? "only" : "", TIMING_WORDS[timing.kind], quantity, event];
  return words.filter((word) => word !== "").join(" ");
}
