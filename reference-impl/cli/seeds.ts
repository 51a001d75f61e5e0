import { Worker } from "node:worker_threads";
import type { Tally } from "../simulation/campaign/tally.js";
import { addTally, emptyTally } from "../simulation/campaign/tally.js";
import type { Profile } from "../simulation/profiles.js";
import type { RunSettings } from "../simulation/run.js";

/** What to run: every seed from `first` to `last` under one profile. */
export interface Seeds {
  readonly first: number;
  readonly last: number;
  readonly profile: Profile;
  /** What differs from the usual settings. */
  readonly changes: Partial<RunSettings>;
  /** Path of the algorithm to run. */
  readonly algorithm: string;
}

/** Seeds that a thread takes at a time: many enough to be worth a message, few enough for threads to end together. */
const PORTION = 10;

/** What a thread says: ready for seeds, or what a portion of them added up to. */
export type FromThread = { readonly kind: "ready" } | { readonly kind: "tally"; readonly tally: Tally };

/**
 * Runs the seeds in threads. The sum is the same for any number of threads.
 *
 * @param progress is told how much has been added up after every portion.
 * @throws If a thread does.
 */
export function runSeeds(seeds: Seeds, threads: number, progress: (tally: Tally) => void): Promise<Tally> {
  const tally = emptyTally();
  let next = seeds.first;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const thread = new Worker(new URL("./seeds-thread.js", import.meta.url), { workerData: seeds });
      thread.on("error", reject);
      thread.on("exit", () => resolve());
      thread.on("message", (message: FromThread) => {
        if (message.kind === "tally") {
          addTally(tally, message.tally);
          progress(tally);
        }
        const from = next;
        next = Math.min(from + PORTION, seeds.last + 1);
        thread.postMessage(from <= seeds.last ? { from, to: next - 1 } : null);
      });
    });
  return Promise.all(Array.from({ length: Math.max(1, threads) }, work)).then(() => tally);
}
