import { Worker } from "node:worker_threads";
import type { Part } from "../simulation/campaign/plan.js";
import type { PartTally, Tally } from "../simulation/campaign/tally.js";
import { addTally, emptyTally } from "../simulation/campaign/tally.js";

/** What a thread is made with. */
export interface Work {
  readonly parts: readonly Part[];
  /** Path of the algorithm to run. */
  readonly algorithm: string;
}

/** Seeds that a thread takes at a time: many enough to be worth a message, few enough for threads to end together. */
const PORTION = 10;

/** Some seeds of the part at that place. */
export interface Portion {
  readonly part: number;
  readonly first: number;
  readonly last: number;
}

/** What a thread says: ready for seeds, or what a portion of the part at that place added up to. */
export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "tally"; readonly part: number; readonly tally: Tally };

/**
 * Runs the seeds of all parts in threads. What each part adds up to is the same for any number of threads.
 *
 * @param progress is told of every portion that has been run.
 * @throws If a thread does.
 */
export function runParts(work: Work, threads: number, progress: (tally: Tally) => void): Promise<PartTally[]> {
  const parts = work.parts.map((part) => ({ part, tally: emptyTally() }));
  const portions = work.parts.flatMap(portionsOf).values();
  const run = () =>
    new Promise<void>((resolve, reject) => {
      const thread = new Worker(new URL("./seeds-thread.js", import.meta.url), { workerData: work });
      thread.on("error", reject);
      thread.on("exit", () => resolve());
      thread.on("message", (message: FromThread) => {
        if (message.kind === "tally") {
          const of = parts[message.part];
          if (of !== undefined) addTally(of.tally, message.tally);
          progress(message.tally);
        }
        thread.postMessage(portions.next().value ?? null);
      });
    });
  return Promise.all(Array.from({ length: Math.max(1, threads) }, run)).then(() => parts);
}

function portionsOf({ seeds }: Part, part: number): Portion[] {
  return Array.from({ length: Math.ceil((seeds.last - seeds.first + 1) / PORTION) }, (_, index) => {
    const first = seeds.first + PORTION * index;
    return { part, first, last: Math.min(first + PORTION - 1, seeds.last) };
  });
}
