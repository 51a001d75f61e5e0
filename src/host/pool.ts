import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Crew, ThreadFailure } from "./crew.js";
import type { Work } from "./job.js";
import { attemptFile } from "./job.js";

export interface PoolOptions {
  root: string;
  /** Threads at most; 0 does everything in this one. By default as many as there are processors, but 8 at most. */
  threads?: number;
  /** Ends all work; what is under way rejects with its reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds after which a file that is still being worked on counts as broken. Only threads can be stopped. */
  stallMs?: number;
  /** Memory of one thread's objects; a file that needs more breaks off, and the process lives. */
  threadMemoryMb?: number;
  /** Entry of the threads; the built `worker.js` beside this module. */
  worker?: URL;
}

/** Does jobs over lists of files, in threads where that pays. */
export interface Pool {
  /**
   * Results in the order of the files, the same whatever the number of threads. A file whose analysis throws, takes the
   * thread down or stalls gets the job's `broken` result; the others are done all the same.
   */
  run<Settings, Result>(work: Work<Settings, Result>, files: readonly string[]): Promise<Result[]>;
  /** Ends the threads. */
  close(): Promise<void>;
}

const MOST_THREADS = 8;

const STALL_MS = 60_000;

const THREAD_MEMORY_MB = 1024;

export function createPool(options: PoolOptions): Pool {
  const worker = options.worker ?? new URL("./worker.js", import.meta.url);
  // Run from TypeScript, as tests are, there is no entry that a thread could load.
  const possible = existsSync(fileURLToPath(worker)) ? availableParallelism() : 0;
  const threads = options.threads ?? Math.min(possible, MOST_THREADS);
  const { root, stallMs = STALL_MS, threadMemoryMb = THREAD_MEMORY_MB } = options;
  const crew = new Crew({ root, threads, worker, stallMs, threadMemoryMb });
  const onAbort = () => crew.abort(options.signal?.reason);
  options.signal?.addEventListener("abort", onAbort, { once: true });
  return {
    run: async (work, files) => {
      options.signal?.throwIfAborted();
      if (files.length === 0) return [];
      const alone = threads < 2 || files.length < 2 || !work.large;
      if (alone) return runHere(work, options, files);
      return crew.run(work, files).catch((reason) => {
        if (reason instanceof ThreadFailure) return runHere(work, options, files);
        throw reason;
      });
    },
    close: () => {
      options.signal?.removeEventListener("abort", onAbort);
      return crew.dismiss();
    },
  };
}

/** How long this thread works before it looks at signals and timers. */
const SLICE_MS = 50;

async function runHere<Settings, Result>(
  { load, settings }: Work<Settings, Result>,
  { root, signal }: PoolOptions,
  files: readonly string[],
): Promise<Result[]> {
  const job = await load();
  const work = job.begin(root, settings);
  const results: Result[] = [];
  let since = performance.now();
  for (const path of files) {
    results.push(attemptFile(job, work, path));
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    since = performance.now();
  }
  return results;
}
