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
  let head = "";
  let tail = "";
  let unwanted = false;
  if (content.preamble !== null) head = `${content.preamble.text}, `;
  for (const [index, clause] of content.clauses.entries()) {
    if (clause.position === "before") head += `${printClause(clause, index > 0)}, `;
    else tail += ` ${printClause(clause, tail !== "")}`;
    unwanted ||= clause.position === "before" && clause.keyword === "if";
  }
  const subject = printSubject(content);
  const modal = `${content.modal.modality.toUpperCase()}${content.modal.negated ? " NOT" : ""}`;
  const response = content.response === null ? "" : ` ${content.response.text}`;
  const timing = content.timing.map((each) => ` ${printTiming(each)}`).join("");
  const end = content.items.length > 0 ? ":" : ".";
  return `${head}${unwanted ? "THEN " : ""}${subject}${modal}${response}${timing}${tail}${end}`;
}

/** The sentence with its items behind it, on one line. */
export function printStatement(content: StatementContent): string {
  const items = content.items.map((item) => item.text).join("; ");
  return items === "" ? printSentence(content) : `${printSentence(content)} ${items}.`;
}

function printSubject({ system }: StatementContent): string {
  if (system === null) return "";
  return system.article === null ? `${system.text} ` : `THE ${system.text} `;
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
