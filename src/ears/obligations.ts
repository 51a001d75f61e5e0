import type { ClauseRange } from "./conditions.js";
import type { Head, Range } from "./head.js";
import { readHead } from "./head.js";
import { readLink } from "./link.js";
import type { ModalPlace } from "./modals.js";
import { hasLowerModal, lowerModalBefore, modalsOf } from "./modals.js";
import type { Doubt, UnreadReason } from "./statement.js";
import type { Token } from "./token.js";
import { isCapitals, isMark } from "./token.js";

/** One obligation of a sentence as token indices. */
export interface Obligation {
  clauses: ClauseRange[];
  preamble: Range | null;
  subject: Range | null;
  modal: ModalPlace;
  /** Everything behind the modal that belongs to it, end marks off. */
  response: Range;
  /** The sentence ends in a colon: a list or table may complete the response. */
  announces: boolean;
  doubts: Doubt[];
}

export type SentenceReading = { obligations: Obligation[] } | { unread: UnreadReason };

/** A longer run of words, or more obligations, is no sentence: it is left unread, so that hostile text costs little. */
const LONGEST_SENTENCE = 2_000;
const MOST_OBLIGATIONS = 32;

/** How many modals are tried as the first one of a sentence before it is given up. */
const MOST_ATTEMPTS = 8;

/** Reads a sentence. `capitals`: the file writes its modals in capitals. */
export function readSentence(tokens: readonly Token[], capitals: boolean): SentenceReading {
  const modals = modalsOf(tokens, capitals);
  if (modals.length === 0) return { unread: hasLowerModal(tokens) ? "lower-case-modal" : "no-modal" };
  if (tokens.length > LONGEST_SENTENCE) return { unread: "too-long" };
  let reason: UnreadReason | null = null;
  for (const [index, modal] of modals.slice(0, MOST_ATTEMPTS).entries()) {
    const first = readFirst(tokens, modal);
    if ("unread" in first) {
      reason ??= first.unread;
      continue;
    }
    const rest = first.modal === modal ? modals.slice(index + 1) : modals.slice(index);
    return readRest(tokens, first, rest);
  }
  // Where a file writes capitals, a lower-case must that fits no reading is prose: "… and must not have to convert it".
  if (capitals && !isCapitals(tokens[modals[0]?.at ?? 0])) return { unread: "lower-case-modal" };
  return { unread: reason ?? "no-subject" };
}

function readFirst(tokens: readonly Token[], modal: ModalPlace): Obligation | { unread: UnreadReason } {
  const head = readHead(tokens, 0, modal.at);
  if (!("unread" in head)) return begin(head, modal);
  const lower = head.unread === "no-subject" ? lowerModalBefore(tokens, modal.at) : null;
  if (lower === null) return head;
  const earlier = readHead(tokens, 0, lower.at);
  return "unread" in earlier ? head : begin(earlier, lower);
}

function begin(head: Head, modal: ModalPlace, doubts: Doubt[] = []): Obligation {
  const { clauses, preamble, subject } = head;
  const response = { from: modal.to, to: modal.to };
  return { clauses, preamble, subject, modal, response, announces: false, doubts };
}

function readRest(tokens: readonly Token[], first: Obligation, modals: readonly ModalPlace[]): SentenceReading {
  const obligations = [first];
  let current = first;
  for (const modal of modals) {
    const link = readLink(tokens, current, modal.at);
    if (link === null) {
      if (!current.doubts.includes("nested-modal")) current.doubts.push("nested-modal");
      continue;
    }
    if (obligations.length === MOST_OBLIGATIONS) return { unread: "too-long" };
    close(tokens, current, link.cut);
    current = begin(link.head, modal, link.doubts);
    obligations.push(current);
  }
  close(tokens, current, tokens.length);
  const last = tokens.length - 1;
  current.announces = isMark(tokens[last], ":") || isMark(tokens[last - 1], ":");
  const silent = obligations.some((each) => each.response.from >= each.response.to && !each.announces);
  return silent ? { unread: "no-response" } : { obligations };
}

const END_MARKS = [".", ",", ";", ":", "!", "?"];

function close(tokens: readonly Token[], obligation: Obligation, to: number): void {
  let end = to;
  let start = obligation.modal.to;
  while (end > start && END_MARKS.some((mark) => isMark(tokens[end - 1], mark))) end--;
  while (start < end && isMark(tokens[start], ",")) start++;
  obligation.response = { from: start, to: end };
}
