import type { ServerSettings } from "../../algorithm/settings.js";
import type { Stored } from "../../algorithm/stored.js";
import { digestOf } from "../../algorithm/weight.js";
import { nextTimer } from "../../kernel/turn.js";
import type { Detector, Seen, Watch } from "./detector.js";

interface Observed {
  /** The highest revision that was confirmed to a writer. */
  confirmed: number;
  readonly versions: Map<number, Stored>;
}

/** Judges by what the processes see alone: it needs no truth, and works on a real platform's trace. */
function forkedHistory(): Watch {
  const keys = new Map<string, Observed>();
  const observedAt = (key: string): Observed => {
    const known = keys.get(key) ?? { confirmed: 0, versions: new Map() };
    keys.set(key, known);
    return known;
  };
  const hold = (key: string, { versions }: Observed, revision: number, value: Stored): Seen => {
    const known = versions.get(revision);
    if (known === undefined) versions.set(revision, value);
    if (known === undefined || known === value || digestOf(known) === digestOf(value)) return null;
    return `${key} has two documents of revision ${revision}`;
  };
  return (o): Seen => {
    if (o.kind !== "effect") return undefined;
    if (o.op === "kv.get") {
      const { value, revision } = o.answer;
      return value === null ? undefined : hold(o.effect.key, observedAt(o.effect.key), revision, value);
    }
    if (o.op !== "kv.cas" || o.answer.outcome !== "committed") return undefined;
    const { key, value, expected } = o.effect;
    const observed = observedAt(key);
    const { revision } = o.answer;
    if (revision <= observed.confirmed) return `${key} is committed at ${revision} after ${observed.confirmed}`;
    // Revisions that were given to other keys since do not hide the gap.
    if (expected < observed.confirmed) return `${key} is committed over ${expected} after ${observed.confirmed}`;
    observed.confirmed = revision;
    return hold(key, observed, revision, value);
  };
}

function forgottenOrigin(settings: ServerSettings): Watch {
  // A sweep, or a timer at the ceiling, comes to every document at least so often.
  const most = 2 * settings.ceiling;
  let next = 0;
  return (o, ledger): Seen => {
    if (o.time < next) return undefined;
    next = o.time + settings.grace;
    let seen: Seen;
    for (const [key, { touched }] of ledger.keys) {
      const newest = ledger.newest(key);
      const due = newest === null ? null : nextTimer(newest.document, settings.protocol);
      if (due === null || due > o.time) continue;
      seen = null;
      const since = Math.max(due, touched);
      if (o.time - since > most)
        return `${key} has work that is due since ${due}, and nobody has looked since ${since}`;
    }
    return seen;
  };
}

export const FORKED_HISTORY: Detector = {
  name: "forked-history",
  tag: "MAP-CHAIN",
  meaning: "two different documents for one revision, or a lower revision after a higher one",
  start: forkedHistory,
};

export const PLATFORM_DETECTORS: readonly Detector[] = [
  FORKED_HISTORY,
  {
    name: "forgotten-origin",
    tag: "MAP-SWEEP",
    meaning: "a document with due work and no attempt for longer than a sweep interval",
    start: forgottenOrigin,
  },
];
