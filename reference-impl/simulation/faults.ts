import { DRAWN, Stream, scaled } from "./draws.js";
import { FAULT_SITES, type FaultSite, type RunSettings } from "./run.js";

/** How often a site strikes, in draws of 10,000, before swarm testing makes it rarer or more frequent. */
const RATES: Readonly<Record<FaultSite, number>> = {
  "stale-read": 1500,
  "stale-leader-read": 60,
  "cas-conflict": 300,
  "cas-unknown-landed": 250,
  "cas-unknown-lost": 250,
  "message-loss": 300,
  "message-duplicate": 400,
  "message-reorder": 800,
  "message-delay": 200,
  "reply-loss": 300,
  crash: 15,
  pause: 20,
  partition: 15,
  "clock-skew": 10_000,
  "clock-jump": 30,
  "timer-late": 1000,
  "timer-early": 1000,
  "timer-duplicate": 1000,
  "timer-loss": 500,
  "unfenced-ack": 5000,
  "election-gap": 6,
  "power-loss": 40,
  "set-unknown": 300,
  "worker-crash": 30,
  "worker-pause": 60,
};

const NUMBER: Readonly<Record<FaultSite, number>> = Object.fromEntries(
  FAULT_SITES.map((site, index) => [site, index]),
) as Record<FaultSite, number>;

/** No fault. */
export const NONE = -1;

interface Place {
  readonly whether: Stream;
  readonly amount: Stream;
}

/** The rates of a run's sites: swarm testing leaves each out with even chance and scales the rest (Groce et al., ISSTA 2012). */
function resolveRates(seed: number, sites: readonly FaultSite[], swarm: boolean): ReadonlyMap<FaultSite, number> {
  const stream = new Stream(seed, 0, DRAWN.swarm);
  const rates = new Map<FaultSite, number>();
  for (const [index, site] of FAULT_SITES.entries()) {
    const draw = stream.at(index);
    if (!sites.includes(site) || (swarm && (draw & 1) === 0)) continue;
    const factor = swarm ? ([0.25, 1, 1, 3][(draw >>> 8) & 3] as number) : 1;
    rates.set(site, Math.min(10_000, Math.max(1, Math.round(RATES[site] * factor))));
  }
  return rates;
}

/** Decides where faults strike, and keeps the names of those that took effect. */
export class Faults {
  readonly rates: ReadonlyMap<FaultSite, number>;
  /** Names of the faults that took effect, in order. */
  readonly taken: string[] = [];
  readonly #seed: number;
  readonly #suppressed: ReadonlySet<string>;
  readonly #names: readonly string[];
  readonly #limits: Float64Array;
  readonly #places: (Place | undefined)[] = [];
  #active = true;

  /** `processes`: names by number. */
  constructor(settings: RunSettings, processes: readonly string[]) {
    this.#seed = settings.seed;
    this.#suppressed = settings.suppressed;
    this.#names = processes;
    this.rates = resolveRates(settings.seed, settings.sites, settings.swarm);
    this.#limits = Float64Array.from(FAULT_SITES, (site) => ((this.rates.get(site) ?? 0) * 4294967296) / 10_000);
  }

  /** From now on nothing strikes. */
  stop(): void {
    this.#active = false;
  }

  /**
   * Draws at a site: the number of the draw if a fault strikes, else `NONE`. Drawn always and suppressed afterwards; a
   * site that is off has nobody who could notice its draws.
   */
  strike(site: FaultSite, host: number): number {
    const number = NUMBER[site];
    const limit = this.#limits[number] as number;
    if (limit === 0) return NONE;
    const { whether } = this.#place(number, host);
    const n = whether.drawn;
    const struck = whether.next() < limit;
    if (!struck || !this.#active) return NONE;
    return this.#suppressed.size > 0 && this.#suppressed.has(this.name(site, host, n)) ? NONE : n;
  }

  /** How much of a fault: an integer from 0 to `bound` - 1 that belongs to its draw. */
  amount(site: FaultSite, host: number, n: number, bound: number): number {
    return scaled(this.#place(NUMBER[site], host).amount.at(n), bound);
  }

  /** Says that a fault took effect; gives its name. */
  take(site: FaultSite, host: number, n: number): string {
    const name = this.name(site, host, n);
    this.taken.push(name);
    return name;
  }

  name(site: FaultSite, host: number, n: number): string {
    return `${site}#${this.#names[host]}.${n}`;
  }

  #place(site: number, host: number): Place {
    const index = host * FAULT_SITES.length + site;
    const known = this.#places[index];
    if (known !== undefined) return known;
    const made = {
      whether: new Stream(this.#seed, host, site),
      amount: new Stream(this.#seed, host, FAULT_SITES.length + site),
    };
    this.#places[index] = made;
    return made;
  }
}
