import type { ServerSettings } from "../../algorithm/settings.js";
import type { Observation } from "../observation.js";
import { ANSWER_DETECTORS } from "./answers.js";
import type { Detector } from "./detector.js";
import { Ledger } from "./ledger.js";
import { MESSAGE_DETECTORS } from "./messages.js";
import { PLATFORM_DETECTORS } from "./platform.js";
import { TIME_DETECTORS } from "./time.js";
import { TIMER_DETECTORS } from "./timers.js";
import { WRITE_DETECTORS } from "./writes.js";

/** Every event of the mapping that must never appear in a trace. */
export const DETECTORS: readonly Detector[] = [
  ...TIMER_DETECTORS,
  ...WRITE_DETECTORS,
  ...ANSWER_DETECTORS,
  ...MESSAGE_DETECTORS,
  ...TIME_DETECTORS,
  ...PLATFORM_DETECTORS,
];

/** Watches one run for forbidden events. */
export class ForbiddenEvents {
  readonly #ledger = new Ledger();
  readonly #watches: readonly (readonly [string, ReturnType<Detector["start"]>])[];
  readonly #report: (detector: string, message: string) => void;
  readonly #met: Map<string, number>;

  /** `report` is told of every event that is found, by the name of its detector. */
  constructor(
    settings: ServerSettings,
    report: (detector: string, message: string) => void,
    detectors: readonly Detector[] = DETECTORS,
  ) {
    this.#report = report;
    this.#watches = detectors.map((detector) => [detector.name, detector.start(settings)]);
    this.#met = new Map(detectors.map(({ name }) => [name, 0]));
  }

  /** Shown every observation, in order. */
  observe(observation: Observation): void {
    for (const [name, watch] of this.#watches) {
      const seen = watch(observation, this.#ledger);
      if (seen === undefined) continue;
      this.#met.set(name, (this.#met.get(name) ?? 0) + 1);
      if (seen !== null) this.#report(name, seen);
    }
    this.#ledger.apply(observation);
  }

  /** How often each detector had its guard met: 0 means that it had nothing to judge. */
  met(): ReadonlyMap<string, number> {
    return this.#met;
  }
}
