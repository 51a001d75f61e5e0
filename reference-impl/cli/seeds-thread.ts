/** A thread of `runSeeds`: runs the seeds it is given, and says what they added up to. */
import { parentPort, workerData } from "node:worker_threads";
import { addRun, emptyTally } from "../simulation/campaign/tally.js";
import { settingsFor } from "../simulation/settings.js";
import { simulate } from "../simulation/simulate.js";
import type { FromThread, Seeds } from "./seeds.js";
import { loadServe } from "./serving.js";

const { profile, changes, algorithm } = workerData as Seeds;
const serve = await loadServe(algorithm);

parentPort?.on("message", (portion: { from: number; to: number } | null) => {
  if (portion === null) {
    parentPort?.close();
    return;
  }
  const tally = emptyTally();
  for (let seed = portion.from; seed <= portion.to; seed++)
    addRun(tally, simulate(settingsFor(seed, profile, changes), serve));
  say({ kind: "tally", tally });
});
say({ kind: "ready" });

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}
