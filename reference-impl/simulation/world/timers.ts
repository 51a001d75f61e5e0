import type { Confirmation } from "../../platform/effects.js";
import { NONE } from "../faults.js";
import { HAPPENED } from "../tracer.js";
import type { Outcome } from "./kv.js";
import type { Mail } from "./mail.js";
import type { Process } from "./process.js";
import type { World } from "./world.js";

interface Armed {
  readonly name: string;
  readonly subject: string;
  readonly at: number;
  /** Virtual time at which it was set. */
  readonly since: number;
  /** Number of the event that set it. */
  readonly event: number;
}

/** What a timer says when it fires. */
export interface Fired {
  readonly subject: string;
}

/** Delayed messages. One name holds one; each fires at or after its instant, on the clock of the platform. */
export class Timers {
  readonly #world: World;
  readonly #mail: Mail<Fired>;
  readonly #lost: (name: string) => void;
  readonly #armed = new Map<string, Armed>();

  /** `lost` is told of timers that the platform forgets. */
  constructor(world: World, mail: Mail<Fired>, lost: (name: string) => void) {
    this.#world = world;
    this.#mail = mail;
    this.#lost = lost;
  }

  /** Timers that have not fired yet. */
  get waiting(): number {
    return this.#armed.size;
  }

  /** `reachable`: whether the platform takes writes of the process now. */
  set(host: Process, effect: Omit<Armed, "event" | "since">, reachable: boolean): Outcome<Confirmation> {
    const world = this.#world;
    const unknown = world.strike("set-unknown", host);
    const amount = unknown === NONE ? 0 : world.faults.amount("set-unknown", host.number, unknown, 6000);
    const fault = unknown === NONE ? 0 : world.take("set-unknown", host, unknown);
    const event = world.event(HAPPENED.set, host, effect.at, unknown === NONE ? 0 : 1);
    const lost = !reachable || (amount & 1) === 1;
    if (!lost) this.#arm(host, { ...effect, event, since: world.now });
    if (!reachable) return { answer: "unknown", delay: 2000, event, fault };
    if (unknown !== NONE) return { answer: "unknown", delay: 1000 + (amount >> 1), event, fault };
    return { answer: "confirmed", delay: world.latency(host.number), event, fault };
  }

  /**
   * Takes back every timer that was set after an instant, as a power loss does; what such a timer replaced stays replaced, so
   * that its name has none. A timer that fired since is left to the queue of what fired.
   */
  forget(instant: number): void {
    for (const armed of [...this.#armed.values()]) if (armed.since > instant) this.#lose(armed);
  }

  #arm(host: Process, armed: Armed): void {
    const world = this.#world;
    const late = world.strike("timer-late", host);
    const early = world.strike("timer-early", host);
    const twice = world.strike("timer-duplicate", host);
    const loss = world.strike("timer-loss", host);
    this.#armed.set(armed.name, armed);
    let at = armed.at;
    let fault = 0;
    if (late !== NONE) {
      fault = world.take("timer-late", host, late);
      at += 1 + world.faults.amount("timer-late", host.number, late, 10_000);
    } else if (early !== NONE) {
      fault = world.take("timer-early", host, early);
      at -= 1 + world.faults.amount("timer-early", host.number, early, 2000);
    }
    if (loss !== NONE) {
      world.take("timer-loss", host, loss);
      world.scheduler.at(world.now + 1, { process: 0, run: () => this.#lose(armed) });
      return;
    }
    world.scheduler.at(at, { process: 0, run: () => this.#fire(armed, fault, true) });
    if (twice === NONE) return;
    const second = world.take("timer-duplicate", host, twice);
    const delay = world.faults.amount("timer-duplicate", host.number, twice, 3000);
    world.scheduler.at(at + delay, { process: 0, run: () => this.#fire(armed, second, false) });
  }

  #lose(armed: Armed): void {
    if (this.#armed.get(armed.name) !== armed) return;
    this.#armed.delete(armed.name);
    this.#lost(armed.name);
  }

  #fire(armed: Armed, fault: number, first: boolean): void {
    const world = this.#world;
    if (first) {
      // Another one has its name since: that one fires.
      if (this.#armed.get(armed.name) !== armed) return;
      this.#armed.delete(armed.name);
    }
    const platform = world.processes[0] as Process;
    const event = world.event(HAPPENED.fire, platform, armed.at, fault);
    if (world.tracer.full) {
      world.tracer.describe(event, world.now, platform, {
        op: "timer.fire",
        kind: "timer",
        args: { name: armed.name, at: armed.at },
        causes: [
          [armed.event, "timer"],
          [fault, "fault"],
        ],
      });
    }
    this.#mail.offer({ body: { subject: armed.subject }, event }, 0);
  }
}
