import { Worker } from "node:worker_threads";

/** Seconds of processor time that this process has used, in all its threads. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * Ends this process by SIGXCPU when it has used so many seconds of processor time, whatever it is at. Seconds on the clock
 * would say as much about what else the machine does.
 */
export function limitCpu(seconds: number): void {
  new Worker(new URL("./cpu-limit-thread.js", import.meta.url), { workerData: seconds }).unref();
}
