import { type Profile, sitesOf } from "./profiles.js";
import type { RunSettings } from "./run.js";

/** The settings of a run that are used where nothing else is said. */
export function settingsFor(seed: number, profile: Profile, changes: Partial<RunSettings> = {}): RunSettings {
  return {
    seed,
    sites: sitesOf(profile),
    swarm: profile === "all",
    workload: "mixed",
    mode: "compat",
    schedule: { kind: "random" },
    faultSteps: 6000,
    maxSteps: 60_000,
    suppressed: new Set(),
    withoutRoots: new Set(),
    judges: "cheap",
    trace: "hash",
    ...changes,
  };
}
