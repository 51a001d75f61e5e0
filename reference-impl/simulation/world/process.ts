import type { Scheduler } from "../scheduler.js";
import type { Identity } from "../tracer.js";

/** How far a clock of the simulated world is off at most, in milliseconds: below the bound at which clocks are refused. */
export const WORST_SKEW = 900;

/** A process of the world: what faults happen to. */
export class Process implements Identity {
  readonly number: number;
  readonly name: string;
  /** One more at each restart. */
  incarnation = 1;
  up = true;
  /** Milliseconds by which its clock is ahead. */
  skew = 0;
  /** Virtual time before which nothing of it runs. */
  pausedUntil = 0;
  /** Virtual time before which it does not reach the platform. */
  cutOffUntil = 0;
  /** Executions under way on it. */
  holds = 0;
  /** Number of the event that last began something new for it: its start, or a restart. */
  began = 0;
  readonly #scheduler: Scheduler;

  constructor(number: number, name: string, scheduler: Scheduler) {
    this.number = number;
    this.name = name;
    this.#scheduler = scheduler;
  }

  clock(): number {
    return this.#scheduler.now + this.skew;
  }
}
