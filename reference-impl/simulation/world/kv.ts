import type { CommitNote, Note } from "../../algorithm/note.js";
import type { Stored } from "../../algorithm/stored.js";
import type { Committed, Versioned } from "../../platform/effects.js";
import { NONE } from "../faults.js";
import type { FaultSite } from "../run.js";
import { HAPPENED } from "../tracer.js";
import type { Process } from "./process.js";
import { Replicas } from "./replicas.js";
import { Store, type Version } from "./store.js";
import type { World } from "./world.js";

/** A compare-and-set on its way. */
export interface Write {
  readonly key: string;
  readonly value: Stored;
  readonly expected: number;
  readonly note: Note | undefined;
  readonly host: Process;
  /** Step of the scheduler at which it was asked for. */
  readonly step: number;
}

/** How an effect ended, and what the world alone knows of it. */
export interface Outcome<A> {
  /** Null if the procedure ends without one, as after a crash. */
  readonly answer: A | null;
  /** Milliseconds until the answer arrives. */
  readonly delay: number;
  /** Number of the effect's event. */
  readonly event: number;
  /** Number of the event of the fault that changed the outcome; 0 if none did. */
  readonly fault: number;
}

export interface ReadOutcome extends Outcome<Versioned<Stored>> {
  readonly seen: Version<Stored> | undefined;
  readonly latest: Version<Stored> | undefined;
  /** Virtual milliseconds that the replica was behind. */
  readonly lag: number;
  readonly served: string;
}

export interface WriteOutcome extends Outcome<Committed> {
  readonly latest: Version<Stored> | undefined;
  readonly landed: boolean;
  /** The revision that it wrote at once; null if it wrote none. */
  readonly written: number | null;
}

/** What is told of writes. */
export interface WriteWatcher {
  /** A write took effect: at once, or `late`, after its outcome was told unknown. `before` is what it replaced. */
  committed(write: Write, version: Version<Stored>, late: boolean, before: Version<Stored> | undefined): void;
  /** Every write after the instant was taken back. */
  rolledBack(instant: number): void;
}

const CONFLICT: Committed = { outcome: "conflict" };
const UNKNOWN: Committed = { outcome: "unknown" };

/** A leader that was lost is missed for so many milliseconds at least. */
const ELECTION = 4000;

/** The versioned key-value store with its replicas, a leader that may be missing, and answers that get lost. */
export class Kv {
  readonly store = new Store<Stored>();
  /** Virtual time until which there is no leader. */
  gapUntil = 0;
  readonly #world: World;
  readonly #watcher: WriteWatcher;
  readonly #replicas: Replicas;
  readonly #numbers = new Map<string, number>();

  constructor(world: World, watcher: WriteWatcher) {
    this.#world = world;
    this.#watcher = watcher;
    this.#replicas = new Replicas(world);
  }

  get(host: Process, key: string): ReadOutcome {
    const view = this.#replicas.view(host);
    const latest = this.store.latest(key);
    const seen = view.instant === null ? latest : this.store.asOf(key, view.instant);
    const fault = seen === latest ? 0 : view.take();
    const event = this.#world.event(HAPPENED.get, host, this.#number(key), seen?.revision ?? 0);
    const delay = this.#world.latency(host.number);
    const lag = view.instant === null ? 0 : this.#world.now - view.instant;
    const answer = seen === undefined ? { value: null, revision: 0 } : { value: seen.value, revision: seen.revision };
    return { answer, delay, event, fault, seen, latest, lag, served: view.served };
  }

  list(host: Process, prefix: string): Outcome<readonly string[]> {
    const view = this.#replicas.view(host);
    const all = this.store.keys(prefix, this.#world.now);
    const answer = view.instant === null ? all : this.store.keys(prefix, view.instant);
    const fault = answer.length === all.length ? 0 : view.take();
    const event = this.#world.event(HAPPENED.list, host, answer.length, 0);
    return { answer, delay: this.#world.latency(host.number), event, fault };
  }

  cas(write: Write): WriteOutcome {
    const { host } = write;
    const world = this.#world;
    const spurious = world.strike("cas-conflict", host);
    const landing = world.strike("cas-unknown-landed", host);
    const losing = world.strike("cas-unknown-lost", host);
    this.#lostLeader(host);
    if (world.now < this.gapUntil || world.now < host.cutOffUntil) return this.#unreached(write);
    if (losing !== NONE) return this.#unknown(write, "cas-unknown-lost", losing, false);
    if (landing !== NONE) return this.#unknown(write, "cas-unknown-landed", landing, true);
    const latest = this.store.latest(write.key);
    if ((latest?.revision ?? 0) !== write.expected) return this.#rejected(write, latest, 0);
    if (spurious !== NONE) return this.#rejected(write, latest, world.take("cas-conflict", host, spurious));
    const event = world.event(HAPPENED.cas, host, this.#number(write.key) * 8, write.expected);
    const version = this.#apply(write, event, false) as Version<Stored>;
    const answer = { outcome: "committed", revision: version.revision } as const;
    return {
      answer,
      delay: world.latency(host.number),
      event,
      fault: 0,
      latest,
      landed: true,
      written: version.revision,
    };
  }

  #rejected(write: Write, latest: Version<Stored> | undefined, fault: number): WriteOutcome {
    const event = this.#world.event(HAPPENED.cas, write.host, this.#number(write.key) * 8 + 1, write.expected);
    const delay = this.#world.latency(write.host.number);
    return { answer: CONFLICT, delay, event, fault, latest, landed: false, written: null };
  }

  /** Time-out of a write that takes effect at once, later, or never. */
  #unknown(write: Write, site: FaultSite, n: number, lands: boolean): WriteOutcome {
    const world = this.#world;
    const { host } = write;
    const fault = world.take(site, host, n);
    const amount = world.faults.amount(site, host.number, n, 8000);
    const latest = this.store.latest(write.key);
    const current = (latest?.revision ?? 0) === write.expected;
    const atOnce = lands && current && (amount & 1) === 0;
    const event = world.event(HAPPENED.cas, host, this.#number(write.key) * 8 + (atOnce ? 3 : 2), write.expected);
    const version = atOnce ? this.#apply(write, event, false) : null;
    const written = version?.revision ?? null;
    if (!atOnce && lands && current) this.#later(write, event, amount);
    return { answer: UNKNOWN, delay: 1000 + (amount >> 1), event, fault, latest, landed: atOnce, written };
  }

  /** No leader, or no way to it: the write lands when the way is free, or never. */
  #unreached(write: Write): WriteOutcome {
    const world = this.#world;
    const { host } = write;
    const wait = Math.max(this.gapUntil, host.cutOffUntil) - world.now;
    const amount = world.latency(host.number);
    const event = world.event(HAPPENED.cas, host, this.#number(write.key) * 8 + 4, write.expected);
    if (amount > 2) this.#later(write, event, wait + amount);
    const latest = this.store.latest(write.key);
    return { answer: UNKNOWN, delay: 1000 + 500 * amount, event, fault: 0, latest, landed: false, written: null };
  }

  #lostLeader(host: Process): void {
    const world = this.#world;
    const gap = world.strike("election-gap", host);
    const loss = world.strike("power-loss", host);
    if (gap !== NONE && world.now >= this.gapUntil) {
      world.take("election-gap", host, gap);
      this.gapUntil = world.now + ELECTION + world.faults.amount("election-gap", host.number, gap, 2000);
    }
    if (loss === NONE) return;
    const instant = world.now - 1 - world.faults.amount("power-loss", host.number, loss, 2000);
    if (this.store.forget(instant) === 0) return;
    world.take("power-loss", host, loss);
    this.#watcher.rolledBack(instant);
  }

  #later(write: Write, event: number, delay: number): void {
    const run = () => {
      if ((this.store.latest(write.key)?.revision ?? 0) === write.expected) this.#apply(write, event, true);
    };
    this.#world.scheduler.at(this.#world.now + delay, { process: 0, run });
  }

  #apply(write: Write, event: number, late: boolean): Version<Stored> | null {
    const { key, value, expected, host } = write;
    const before = this.store.latest(key);
    const version = this.store.write(key, value, expected, this.#world.now, event, host.number);
    if (version !== null) this.#watcher.committed(write, version, late, before);
    return version;
  }

  #number(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size + 1);
    return this.#numbers.size;
  }
}

/** What the algorithm says of a commit; null of any other effect. */
export function commitNote(note: Note | undefined): CommitNote | null {
  return note?.kind === "commit" ? note : null;
}
