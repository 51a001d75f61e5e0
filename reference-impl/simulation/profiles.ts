import { FAULT_SITES, type FaultSite } from "./run.js";

/** Named sets of sites. */
export const PROFILES = ["none", "network", "storage", "clock", "crash", "all", "power"] as const;

export type Profile = (typeof PROFILES)[number];

const NETWORK: readonly FaultSite[] = [
  "message-loss",
  "message-duplicate",
  "message-reorder",
  "message-delay",
  "reply-loss",
  "partition",
  "unfenced-ack",
];
const STORAGE: readonly FaultSite[] = [
  "stale-read",
  "stale-leader-read",
  "cas-conflict",
  "cas-unknown-landed",
  "cas-unknown-lost",
  "election-gap",
  "set-unknown",
];
const CLOCK: readonly FaultSite[] = [
  "clock-skew",
  "clock-jump",
  "timer-late",
  "timer-early",
  "timer-duplicate",
  "timer-loss",
];
const CRASH: readonly FaultSite[] = ["crash", "pause", "worker-crash", "worker-pause"];

/**
 * The sites of a profile. `all` leaves power losses out: a platform that takes acknowledged writes back breaks what the
 * algorithm stands on, so no algorithm survives it; `power` is there to see that it is noticed.
 */
export function sitesOf(profile: Profile): readonly FaultSite[] {
  switch (profile) {
    case "none":
      return [];
    case "network":
      return NETWORK;
    case "storage":
      return STORAGE;
    case "clock":
      return CLOCK;
    case "crash":
      return CRASH;
    case "all":
      return FAULT_SITES.filter((site) => site !== "power-loss");
    case "power":
      return ["power-loss"];
  }
}
