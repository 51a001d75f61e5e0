import type { PromiseRecord } from "../../kernel/model.js";
import type { Response } from "../../kernel/request.js";
import { type Answered, answerOf, isBacked, keysOf } from "./answered.js";
import type { Detector, Seen, Watch } from "./detector.js";
import type { Ledger } from "./ledger.js";

function answerBeforeCommit(): Watch {
  /** Turns that were answered without a commit. */
  const early = new Set<string>();
  return (o, ledger): Seen => {
    if (o.kind !== "effect") return undefined;
    const turn = `${o.execution} ${o.effect.note?.turn ?? ""}`;
    const isCommit = o.op === "kv.cas" && o.effect.note?.kind === "commit" && o.effect.note.purpose !== "flush";
    if (isCommit && early.has(turn)) return `${o.effect.key} is written after the answer to ${o.effect.note?.turn}`;
    const answered = answerOf(o, ledger);
    if (answered === null) return undefined;
    const unbacked = keysOf(answered).filter((key) => !isBacked(answered, key));
    if (unbacked.length === 0) return null;
    early.add(turn);
    const tried = answered.before.find((done) => done.op === "kv.cas" && unbacked.includes(done.effect.key));
    return tried === undefined ? null : `${answered.turn} is answered ${answered.status}, and no commit was confirmed`;
  };
}

function unfencedAnswer(): Watch {
  return (o, ledger): Seen => {
    const answered = answerOf(o, ledger);
    const sent = answered === null ? undefined : ledger.sent.get(answered.turn);
    if (answered === null || sent === undefined) return undefined;
    for (const key of keysOf(answered).filter((each) => !isBacked(answered, each))) {
      const read = answered.before.findLast((done) => done.op === "kv.get" && done.effect.key === key);
      const current = ledger.revisionAt(key, sent);
      if (read?.op === "kv.get" && read.answer.revision < current) {
        return `${answered.turn} is answered from ${key} at ${read.answer.revision}; it was at ${current} when it was sent`;
      }
    }
    return null;
  };
}

function verdictWithoutEvidence(): Watch {
  return (o, ledger): Seen => {
    const answered = answerOf(o, ledger, true);
    if (answered === null) return undefined;
    let seen: Seen;
    for (const key of keysOf(answered)) {
      const unknown = answered.before.findLastIndex(
        (done) => done.op === "kv.cas" && done.effect.key === key && done.answer.outcome === "unknown",
      );
      if (unknown < 0) continue;
      seen = null;
      const isKnown = isBacked({ ...answered, before: answered.before.slice(unknown + 1) }, key);
      if (!isKnown && answered.status !== 500) {
        return `${answered.turn} is answered ${answered.status}, and its write of ${key} may have happened or not`;
      }
    }
    return seen;
  };
}

function unloggedDeadline(): Watch {
  return (o, ledger): Seen => {
    const answered = answerOf(o, ledger);
    if (answered === null) return undefined;
    let seen: Seen;
    for (const promise of promisesOf(answered.response)) {
      if (promise.settledAt === undefined || promise.settledAt !== promise.timeoutAt) continue;
      const hw = markOf(promise, answered, ledger);
      if (hw === null) continue;
      seen = null;
      if (hw < promise.timeoutAt) {
        return `${answered.turn} shows ${promise.id} settled at ${promise.timeoutAt}, and ${hw} is committed`;
      }
    }
    return seen;
  };
}

/** The high-water mark of the document that the answer took the promise from. */
function markOf({ id }: PromiseRecord, answered: Answered, ledger: Ledger): number | null {
  for (const key of keysOf(answered)) {
    const newest = ledger.newest(key);
    if (newest?.document.promises.has(id) === true) return newest.hw;
  }
  return null;
}

function promisesOf({ data }: Response): readonly PromiseRecord[] {
  if (typeof data === "string") return [];
  const inner = data.action === undefined ? [] : promisesOf(data.action);
  const own = data.promise === undefined ? [] : [data.promise];
  return [...own, ...(data.preload ?? []), ...(data.promises ?? []), ...inner];
}

function heartbeatRefused(): Watch {
  return (o, ledger): Seen => {
    const answered = answerOf(o, ledger, true);
    if (answered?.request.kind !== "task.heartbeat") return undefined;
    const roots = new Set(answered.request.data.tasks.map(({ id }) => id.split(":", 1)[0]));
    if (roots.size < 2) return undefined;
    const isRefused = answered.status >= 400 && answered.status < 429;
    return isRefused ? `a heartbeat over ${[...roots].join(", ")} is answered ${answered.status}` : null;
  };
}

export const ANSWER_DETECTORS: readonly Detector[] = [
  {
    name: "answer-before-commit",
    tag: "MAP-REPLY",
    meaning: "an answer sent before the compare-and-set was confirmed",
    start: answerBeforeCommit,
  },
  {
    name: "unfenced-answer",
    tag: "MAP-FENCE-STALE",
    meaning: "an answer from a revision that was already superseded when the request was sent",
    start: unfencedAnswer,
  },
  {
    name: "verdict-without-evidence",
    tag: "MAP-NO-VERDICT",
    meaning: "an answer that says failed or done for a commit whose outcome is unknown",
    start: verdictWithoutEvidence,
  },
  {
    name: "unlogged-deadline",
    tag: "MAP-DEADLINE",
    meaning: "an answer showing a deadline settlement later than the committed high-water mark",
    start: unloggedDeadline,
  },
  {
    name: "heartbeat-refused",
    tag: "MAP-SPAN-ANSWER",
    meaning: "a heartbeat refused because its entries span origins",
    start: heartbeatRefused,
  },
];
