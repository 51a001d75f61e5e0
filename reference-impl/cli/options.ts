import { InvalidArgumentError } from "commander";
import { PROFILES, type Profile } from "../simulation/profiles.js";
import { type RunSettings, WORKLOADS } from "../simulation/run.js";

/** The options of the command line that choose what runs. */
export interface Chosen {
  readonly seeds: { readonly first: number; readonly last: number };
  readonly profile: Profile;
  readonly mode: RunSettings["mode"];
  readonly workload: RunSettings["workload"];
  readonly judges: RunSettings["judges"];
  readonly schedule: RunSettings["schedule"];
  readonly steps: number;
}

const JUDGING = ["none", "cheap", "properties", "all"] as const satisfies readonly RunSettings["judges"][];

export const CHOICES = { profile: PROFILES, workload: WORKLOADS, mode: ["compat", "strict"], judges: JUDGING } as const;

/** `20` is the seeds from 1 to 20, `7..9` those three. */
export function seedRange(text: string): Chosen["seeds"] {
  const [, first = "1", last = ""] = /^(?:(\d{1,9})\.\.)?(\d{1,9})$/.exec(text) ?? [];
  if (last === "" || Number(first) > Number(last)) {
    throw new InvalidArgumentError("expected a number of seeds or a range such as 1..1000");
  }
  return { first: Number(first), last: Number(last) };
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError("expected a whole number above 0");
  return Number(text);
}

/** `random`, or `pct:3` for priorities that change at three places. */
export function scheduleOf(text: string): RunSettings["schedule"] {
  const depth = /^pct:([1-9]\d?)$/.exec(text)?.[1];
  if (depth !== undefined) return { kind: "pct", depth: Number(depth) };
  if (text === "random") return { kind: "random" };
  throw new InvalidArgumentError("expected random or pct:DEPTH");
}

/** What a run differs in from the usual settings. */
export function changesOf({ mode, workload, judges, schedule, steps }: Omit<Chosen, "seeds" | "profile">) {
  return { mode, workload, judges, schedule, faultSteps: steps, maxSteps: 10 * steps } satisfies Partial<RunSettings>;
}

/** The choices in the words of the command line, without what is usual. */
export function words({ profile, mode, workload, judges, schedule, steps }: Omit<Chosen, "seeds">): string[] {
  return [
    "--profile",
    profile,
    ...(mode === "compat" ? [] : ["--mode", mode]),
    ...(workload === "mixed" ? [] : ["--workload", workload]),
    ...(judges === "all" ? [] : ["--judges", judges]),
    ...(schedule.kind === "random" ? [] : ["--schedule", `pct:${schedule.depth}`]),
    ...(steps === 6000 ? [] : ["--steps", String(steps)]),
  ];
}
