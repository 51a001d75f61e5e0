import type { Priority } from "../model/requirement.js";
import type { Span } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import type { Quantity } from "./quantity.js";
import type { Token } from "./token.js";

/**
 * What the parser makes of the normative text of a specification. One statement is one obligation: a sentence with
 * several ("… SHALL a and SHALL NOT b") gives several statements that share its conditions.
 *
 * The patterns are those of EARS: Mavin, Wilkinson, Harwood, Novak, "Easy Approach to Requirements Syntax", RE 2009.
 */
export type EarsStatement = ReadStatement | UnreadStatement;

/** A stretch of the text. Conjuncts are not split; code, quotes and links are single opaque tokens. */
export interface Phrase {
  /** As written, emphasis removed, white space folded to one blank. */
  text: string;
  span: Span;
  /** In order, those within brackets included (their `depth` is above 0); offsets count in the file's text. */
  tokens: readonly Token[];
}

export type Keyword = "where" | "while" | "when" | "if";

/** A condition: `WHEN the button is pressed`. Its phrase stands without the keyword. */
export interface Clause {
  keyword: Keyword;
  /**
   * How it joins the clause before it. `or` binds tighter than `and`: `WHILE a, IF b, OR IF c` is a and (b or c). The
   * first clause has `and`.
   */
  join: "and" | "or";
  /** `after`: it stood behind the response (`SHALL close the valve WHEN …`). */
  position: "before" | "after";
  phrase: Phrase;
  /** With the keyword. */
  span: Span;
}

/** SHALL and MUST bind, SHOULD advises, MAY permits. */
export type Modality = "shall" | "should" | "may";

export interface Modal {
  modality: Modality;
  /** SHALL NOT, SHALL NEVER. */
  negated: boolean;
  /** As written, `NOT` included. */
  text: string;
  span: Span;
}

/** Who is to act. */
export interface Subject {
  /** Without its leading article. */
  text: string;
  /** `THE`, `the`, `a`, `every`, … as written; null without. Only `the` in any case is taken off the text. */
  article: string | null;
  span: Span;
  tokens: readonly Token[];
}

export type TimingKind =
  | "within"
  | "after"
  | "for"
  | "for-at-least"
  | "for-at-most"
  | "every"
  | "until"
  | "before"
  | "immediately";

/** When, how long or how often the response is due. */
export interface Timing {
  kind: TimingKind;
  /** `within 5 s`; null for `until …`, `before …`, `after <event>` and `immediately`. */
  quantity: Quantity | null;
  /** What `until`, `before` and `after` name, and what `within 5 s of …` counts from; null otherwise. */
  event: Phrase | null;
  /** `only after …`, `only until …`. */
  only: boolean;
  /** The whole of it, as written. */
  phrase: Phrase;
}

/** Why a reading may not be the only one. A statement with a doubt must not carry a proof. */
export type Doubt =
  /** Another SHALL stands inside the response and is no obligation of its own. */
  | "nested-modal"
  /** It is not clear whether the condition at the start of the sentence holds for this obligation too. */
  | "condition-scope"
  /** Timing behind a response of several parts: it may bind all of them or the last one only. */
  | "timing-scope";

export type Pattern = "ubiquitous" | "state" | "event" | "unwanted" | "optional" | "complex";

/** Where a statement comes from. */
export interface Origin {
  /** Of the requirement or scenario; null when its heading carries none. */
  tag: Tag | null;
  kind: "requirement" | "scenario";
  title: string;
  /** Of the requirement that a scenario belongs to; null for requirements. */
  parent: Tag | null;
  priority: Priority;
  capability: string;
  /** Active change that states it; null for main specifications. */
  change: string | null;
  /** Of the heading. */
  heading: Span;
}

interface Common {
  origin: Origin;
  /** Counts from 1 within the requirement or scenario. */
  ordinal: number;
  /** Of the sentence it is part of, or of the list item or table row. */
  span: Span;
  /** That sentence, white space folded. */
  sentence: string;
}

export interface ReadStatement extends Common {
  status: "read";
  pattern: Pattern;
  clauses: readonly Clause[];
  /** Text before the subject that is no EARS clause: `For each file`. A condition of unknown meaning. */
  preamble: Phrase | null;
  /** Null when the sentence names nobody (`WHEN x, SHALL y`). */
  system: Subject | null;
  modal: Modal;
  /** Without timing and trailing clauses; null only before a list (`SHALL:`). */
  response: Phrase | null;
  timing: readonly Timing[];
  /** Items of the list or rows of the table that a colon announces. */
  items: readonly Phrase[];
  /** Header row of that table; null without. */
  columns: Phrase | null;
  /** Conditions that stay part of the response's text: `clear it if it is set, and …`. */
  inner: readonly Clause[];
  doubts: readonly Doubt[];
  /** The statement rebuilt from this reading. */
  readBack: string;
}

/** Why a sentence could not be read; each is explained in `UNREAD_REASONS`. */
export type UnreadReason =
  | "no-modal"
  | "lower-case-modal"
  | "steps"
  | "no-subject"
  | "no-split"
  | "no-condition"
  | "no-response"
  | "too-long";

export interface UnreadStatement extends Common {
  status: "unread";
  reason: UnreadReason;
}

export const UNREAD_REASONS: Record<UnreadReason, string> = {
  "no-modal": "no SHALL, MUST, SHOULD or MAY says that it binds",
  "lower-case-modal": "its only modal stands in lower case in a file that writes modals in capitals",
  steps: "its steps name no obligation",
  "no-subject": "nobody is named before the modal",
  "no-split": "no comma or THEN ends the condition",
  "no-condition": "a keyword is followed by no condition",
  "no-response": "nothing follows the modal",
  "too-long": "it is longer than any sentence",
};
