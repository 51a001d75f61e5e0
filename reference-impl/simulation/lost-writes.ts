import type { ServerSettings } from "../algorithm/settings.js";
import { Ledger } from "./forbidden/ledger.js";
import { FORKED_HISTORY } from "./forbidden/platform.js";
import type { Observation } from "./observation.js";

/** Name of the judge in the results of a run. */
export const LOST_WRITE = "lost-write-noticed";

/**
 * What holds on a platform that takes acknowledged writes back. Nothing of what was acknowledged does: no algorithm can
 * keep what the platform loses. But everything goes on and ends, and the next commit of a document shows, by what was confirmed to
 * the processes, that a write is missing. A write in between that nobody was told of can hide that, which is reported.
 */
export const AFTER_A_LOSS: readonly string[] = ["every-workflow-ends", "uncaught-error", LOST_WRITE];

/** Whether `forked-history` notices each lost write when its document is next committed. */
export class LostWrites {
  /** Commits over a lost write. */
  met = 0;
  readonly #watch;
  readonly #ledger = new Ledger();
  readonly #report: (message: string) => void;
  /** By key: the revision that was confirmed last to a writer; and the keys of which it is gone. */
  readonly #confirmed = new Map<string, number>();
  readonly #lost = new Set<string>();

  /** `report` is told of every commit over a lost write that goes unnoticed. */
  constructor(settings: ServerSettings, report: (message: string) => void) {
    this.#watch = FORKED_HISTORY.start(settings);
    this.#report = report;
  }

  observe(o: Observation): void {
    const seen = this.#watch(o, this.#ledger);
    if (o.kind === "rolled-back") {
      for (const [key, revision] of this.#confirmed) if ((o.revisions.get(key) ?? 0) < revision) this.#lost.add(key);
    }
    if (o.kind !== "effect" || o.op !== "kv.cas" || o.answer.outcome !== "committed") return;
    const { key } = o.effect;
    this.#confirmed.set(key, o.answer.revision);
    if (!this.#lost.delete(key)) return;
    this.met += 1;
    if (typeof seen !== "string") this.#report(`${key} is committed over a lost write at ${o.answer.revision}`);
  }
}
