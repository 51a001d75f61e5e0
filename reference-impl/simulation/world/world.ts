import { DRAWN, Stream } from "../draws.js";
import { Faults } from "../faults.js";
import type { FaultSite, RunSettings } from "../run.js";
import { Scheduler } from "../scheduler.js";
import { HAPPENED, Tracer } from "../tracer.js";
import { Process, WORST_SKEW } from "./process.js";

/** Virtual time at which runs start, in milliseconds since the Unix epoch. */
const EPOCH = 1_800_000_000_000;

/** What all parts of a simulated world have in hand: time, processes, faults and the trace. */
export class World {
  readonly settings: RunSettings;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly tracer: Tracer;
  /** By number; the platform itself is number 0. */
  readonly processes: readonly Process[];
  /** Effects that the platform carried out. */
  operations = 0;
  /** Effects by the rule of the mapping that asked for them. */
  readonly rules = new Map<string, number>();
  readonly #latency: readonly Stream[];

  /** `names`: of the processes besides the platform. */
  constructor(settings: RunSettings, names: readonly string[]) {
    const all = ["platform", ...names];
    this.settings = settings;
    this.scheduler = new Scheduler(settings.seed, EPOCH, settings.schedule, settings.faultSteps);
    this.faults = new Faults(settings, all);
    this.tracer = new Tracer(settings.trace === "full");
    this.processes = all.map((name, number) => new Process(number, name, this.scheduler));
    this.#latency = all.map((_, number) => new Stream(settings.seed, number, DRAWN.latency));
  }

  get now(): number {
    return this.scheduler.now;
  }

  /** How far a clock is off at most, in milliseconds. */
  get worstSkew(): number {
    return this.settings.worstSkew ?? WORST_SKEW;
  }

  /** Milliseconds that an operation of a process takes: none for half of them, so that many things happen at once. */
  latency(host: number): number {
    const draw = (this.#latency[host] as Stream).next();
    return (draw & 1) === 0 ? 0 : 1 + ((draw >>> 1) & 3);
  }

  /** Notes an event in the hash; gives its number. */
  event(what: number, host: Process, a: number, b: number): number {
    return this.tracer.event(what, host.number, this.scheduler.now, a, b);
  }

  /** Counts an effect for the rule that asked for it. */
  follow(rule: string | undefined): void {
    if (rule !== undefined) this.rules.set(rule, (this.rules.get(rule) ?? 0) + 1);
  }

  /** Says that a fault took effect on a process, as an event of its own; gives the number of the event. */
  take(site: FaultSite, host: Process, n: number): number {
    const id = this.faults.take(site, host.number, n);
    const event = this.event(HAPPENED.fault, host, this.faults.taken.length, n);
    if (this.tracer.full) {
      this.tracer.describe(event, this.now, host, {
        op: site,
        kind: "fault",
        truth: { fault: { id, site, suppressible: true } },
      });
    }
    return event;
  }

  /** Draws at a site, and takes the fault if it strikes: its number, or `NONE`. */
  strike(site: FaultSite, host: Process): number {
    return this.faults.strike(site, host.number);
  }
}
