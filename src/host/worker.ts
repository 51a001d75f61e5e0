import { parentPort, workerData } from "node:worker_threads";
import type { Answer, FileJob, Order } from "./job.js";
import { attemptFile, PULSE_COUNT, PULSE_FILE, PULSE_ORDER } from "./job.js";

/** Entry of a pool's thread: carries out orders one after the other until it is terminated. */
const pulse = new Int32Array(sharedMemory(workerData));
let job: FileJob<unknown, unknown> | null = null;
let work: (path: string) => unknown = () => undefined;

/** Ends with the last order so far: loading the job of one must not let the next overtake it. */
let last: Promise<void> = Promise.resolve();

parentPort?.on("message", (order: Order) => {
  last = last.then(() => carryOut(order));
});

async function carryOut({ briefing, files }: Order): Promise<void> {
  if (briefing !== null) {
    const loaded: { default: FileJob<unknown, unknown> } = await import(briefing.module);
    job = loaded.default;
    work = job.begin(briefing.root, briefing.settings);
  }
  const doing = job;
  if (doing === null) throw new Error("Unexpected order without a briefing, expected one before the first file");
  const results = files.map((path, at) => {
    Atomics.store(pulse, PULSE_FILE, at);
    if (at === 0) Atomics.add(pulse, PULSE_ORDER, 1);
    Atomics.add(pulse, PULSE_COUNT, 1);
    return attemptFile(doing, work, path);
  });
  const answer: Answer = { results };
  parentPort?.postMessage(answer);
}

function sharedMemory(data: unknown): SharedArrayBuffer {
  if (data instanceof SharedArrayBuffer) return data;
  throw new TypeError("Unexpected start of a thread without shared memory, expected the pool to start it");
}
