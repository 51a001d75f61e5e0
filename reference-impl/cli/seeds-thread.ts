/** A thread of `runParts`: runs the seeds it is given, and says what they added up to. */
import { parentPort, workerData } from "node:worker_threads";
import { changesOf } from "../simulation/campaign/plan.js";
import { addRun, emptyTally } from "../simulation/campaign/tally.js";
import { settingsFor } from "../simulation/settings.js";
import { simulate } from "../simulation/simulate.js";
import type { FromThread, Portion, Work } from "./seeds.js";
import { loadServe } from "./serving.js";

const { parts, algorithm } = workerData as Work;
const serve = await loadServe(algorithm);

parentPort?.on("message", (portion: Portion | null) => {
  const part = portion === null ? undefined : parts[portion.part];
  if (portion === null || part === undefined) {
    parentPort?.close();
    return;
  }
  const tally = emptyTally();
  for (let seed = portion.first; seed <= portion.last; seed++)
    addRun(tally, simulate(settingsFor(seed, part.profile, changesOf(part)), serve));
  say({ kind: "tally", part: portion.part, tally });
});
say({ kind: "ready" });

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}
