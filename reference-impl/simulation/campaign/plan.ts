import type { Profile } from "../profiles.js";
import type { RunSettings } from "../run.js";

/** Seeds that are run alike, in the words of the command line. */
export interface Part {
  /** The first and the last one. */
  readonly seeds: { readonly first: number; readonly last: number };
  readonly profile: Profile;
  readonly mode: RunSettings["mode"];
  readonly workload: RunSettings["workload"];
  readonly judges: RunSettings["judges"];
  readonly schedule: RunSettings["schedule"];
  /** Steps of the scheduler with faults. */
  readonly steps: number;
}

/** What is run where nothing else is said. */
export const USUAL: Omit<Part, "seeds"> = {
  profile: "all",
  mode: "compat",
  workload: "mixed",
  judges: "all",
  schedule: { kind: "random" },
  steps: 6000,
};

/** What a run of the part differs in from the usual settings. */
export function changesOf({ mode, workload, judges, schedule, steps }: Part) {
  return { mode, workload, judges, schedule, faultSteps: steps, maxSteps: 10 * steps } satisfies Partial<RunSettings>;
}

/** The choices in the words of the command line, without what is usual: what replays a seed of the part. */
export function words({ profile, mode, workload, judges, schedule, steps }: Omit<Part, "seeds">): string[] {
  return [
    "--profile",
    profile,
    ...(mode === USUAL.mode ? [] : ["--mode", mode]),
    ...(workload === USUAL.workload ? [] : ["--workload", workload]),
    ...(judges === USUAL.judges ? [] : ["--judges", judges]),
    ...(schedule.kind === "random" ? [] : ["--schedule", `pct:${schedule.depth}`]),
    ...(steps === USUAL.steps ? [] : ["--steps", String(steps)]),
  ];
}

function part(first: number, last: number, chosen: Partial<Omit<Part, "seeds">>): Part {
  return { ...USUAL, ...chosen, seeds: { first, last } };
}

const STRICT = { mode: "strict" } as const;

/** A platform that takes acknowledged writes back breaks what the algorithm stands on: judged is what holds even so. */
const LOSS = { profile: "power", judges: "loss" } as const;

/**
 * What the gate runs: every profile in both modes, most of it under all faults at once. No seed stands in two parts, so
 * that a seed alone says how it was run.
 */
export const GATE: readonly Part[] = [
  part(501, 600, {}),
  part(1, 44, STRICT),
  part(201, 208, { profile: "none" }),
  part(211, 218, { profile: "none", ...STRICT }),
  part(221, 232, { profile: "network" }),
  part(241, 252, { profile: "network", ...STRICT }),
  part(261, 272, { profile: "storage" }),
  part(281, 292, { profile: "storage", ...STRICT }),
  part(301, 312, { profile: "clock" }),
  part(321, 332, { profile: "clock", ...STRICT }),
  part(341, 352, { profile: "crash" }),
  part(361, 372, { profile: "crash", ...STRICT }),
  part(401, 406, { workload: "crowds" }),
  part(411, 416, { workload: "crowds", ...STRICT }),
  part(421, 426, { workload: "strangers", ...STRICT }),
  part(441, 460, LOSS),
  part(461, 480, { ...LOSS, ...STRICT }),
];

/** Plans by their names on the command line. */
export const PLANS = { gate: GATE } as const;
