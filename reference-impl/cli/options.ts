import { InvalidArgumentError } from "commander";
import type { Part } from "../simulation/campaign/plan.js";
import { PROFILES } from "../simulation/profiles.js";
import { type RunSettings, WORKLOADS } from "../simulation/run.js";

const JUDGING = ["none", "cheap", "properties", "all", "loss"] as const satisfies readonly RunSettings["judges"][];

export const CHOICES = {
  profile: PROFILES,
  workload: WORKLOADS,
  mode: ["compat", "strict"],
  judges: JUDGING,
  plan: ["gate"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** `20` is the seeds from 1 to 20, `7..9` those three. */
export function seedRange(text: string): Part["seeds"] {
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
