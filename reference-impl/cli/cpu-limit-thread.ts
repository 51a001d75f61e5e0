/** A thread of `limitCpu`: the main one may never look at a timer again. */
import { workerData } from "node:worker_threads";
import { cpuSeconds } from "./cpu-limit.js";

const INTERVAL_MS = 200;

const limit: unknown = workerData;
setInterval(() => {
  if (cpuSeconds() > Number(limit)) process.kill(process.pid, "SIGXCPU");
}, INTERVAL_MS);
