import type { ServerSettings } from "../algorithm/settings.js";
import { judgeLinearizability, LINEARIZABILITY } from "./linearizability/judge.js";
import type { ClientOperation, RunSettings } from "./run.js";
import { WORST_SKEW } from "./world/process.js";
import type { Watcher } from "./world/recorder.js";

/** Told of a violation: the name of the property or judge, and what breaks it. */
export type Report = (judge: string, message: string) => void;

/** Everything that judges a run. */
export class Judges {
  readonly #settings: RunSettings;
  readonly #dials: ServerSettings;
  readonly #report: Report;
  readonly #met = new Map<string, number>();
  /** Shown every observation; null if nobody looks. */
  readonly watcher: Watcher | null = null;

  constructor(settings: RunSettings, dials: ServerSettings, report: Report) {
    this.#settings = settings;
    this.#dials = dials;
    this.#report = report;
  }

  /** The run is over. */
  finish(operations: readonly ClientOperation[]): void {
    if (this.#settings.judges !== "all") return;
    const clockError = this.#settings.worstSkew ?? WORST_SKEW;
    const { met, broken } = judgeLinearizability(operations, this.#dials.protocol, clockError);
    this.#met.set(LINEARIZABILITY, met);
    if (broken !== null) this.#report(LINEARIZABILITY, broken);
  }

  /** How often each judge had its guard met. */
  met(): ReadonlyMap<string, number> {
    return this.#met;
  }
}
