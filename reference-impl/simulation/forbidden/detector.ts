import type { ServerSettings } from "../../algorithm/settings.js";
import type { Observation } from "../observation.js";
import type { Ledger } from "./ledger.js";

/**
 * What a detector makes of one observation: undefined if its guard is not met, null if it is and all is well, otherwise what
 * is wrong, in words with the keys and instants.
 */
export type Seen = string | null | undefined;

/** Judges the observations in their order; the ledger holds what was true just before each. */
export type Watch = (observation: Observation, ledger: Ledger) => Seen;

/** An event that must never appear in a trace. */
export interface Detector {
  readonly name: string;
  /** Tag of the requirement that rules the event out. */
  readonly tag: string;
  readonly meaning: string;
  /** A watch of its own for every run. */
  start(settings: ServerSettings): Watch;
}
