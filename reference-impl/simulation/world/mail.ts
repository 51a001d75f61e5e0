import { DRAWN, Stream } from "../draws.js";
import { NONE } from "../faults.js";
import { HAPPENED } from "../tracer.js";
import type { Process } from "./process.js";
import type { World } from "./world.js";

/** What a message to the server says. */
export interface Parcel<B> {
  readonly body: B;
  /** Number of the event that sent it. */
  readonly event: number;
}

interface Held<B> extends Parcel<B> {
  readonly number: number;
  /** Virtual time at which the queue has it. */
  readonly since: number;
  attempt: number;
  /** How often it was given to somebody. */
  deliveries: number;
  holder: string | null;
  done: boolean;
}

/** A message in the hands of a process. */
export interface Handed<B> {
  readonly delivery: string;
  readonly body: B;
  /** Number of the event of the delivery, and of the event that sent the message. */
  readonly event: number;
  readonly sent: number;
  readonly deliveries: number;
  /** Who held it before and may still be at it. */
  readonly otherHolder: string | null;
}

/** Milliseconds after which a message that nobody acknowledged is given to somebody again. */
const PATIENCE = 8000;
const NOBODY = 500;

/** A queue that gives each message to one of its consumers, at least once, until it is acknowledged. */
export class Mail<B> {
  readonly #world: World;
  readonly #kind: string;
  readonly #consumers: () => readonly Process[];
  readonly #hand: (host: Process, handed: Handed<B>) => void;
  /** By number. */
  readonly #held = new Map<number, Held<B>>();
  /** Acknowledged messages with the instant of that, where a power loss may take it back. */
  #finished: { readonly held: Held<B>; readonly at: number }[] = [];
  readonly #choice: Stream;
  #count = 0;

  constructor(
    world: World,
    kind: string,
    consumers: () => readonly Process[],
    hand: (host: Process, handed: Handed<B>) => void,
  ) {
    this.#world = world;
    this.#kind = kind;
    this.#consumers = consumers;
    this.#hand = hand;
    this.#choice = new Stream(world.settings.seed, kind.length, DRAWN.consumer);
  }

  /** Messages that are not done with. */
  get waiting(): number {
    return this.#held.size;
  }

  /** Takes a message that is delivered after `delay` milliseconds. */
  offer({ body, event }: Parcel<B>, delay: number): void {
    this.#count += 1;
    const number = this.#count;
    const since = this.#world.now + delay;
    const held: Held<B> = { body, event, number, since, attempt: 0, deliveries: 0, holder: null, done: false };
    this.#held.set(number, held);
    this.#later(held, 0, delay);
  }

  /** Somebody says that a delivery is dealt with; false if it was not theirs any more and nothing happened. */
  acknowledge(host: Process, delivery: string): { readonly effective: boolean; readonly fault: number } {
    const { held, attempt } = this.#find(delivery);
    if (held === undefined || held.done) return { effective: false, fault: 0 };
    if (held.attempt === attempt) return { effective: this.#finish(held), fault: 0 };
    const unfenced = this.#world.strike("unfenced-ack", host);
    if (unfenced === NONE) return { effective: false, fault: 0 };
    const fault = this.#world.take("unfenced-ack", host, unfenced);
    return { effective: this.#finish(held), fault };
  }

  /** Somebody gives a delivery back. */
  giveBack(delivery: string): void {
    const { held, attempt } = this.#find(delivery);
    if (held !== undefined && !held.done && held.attempt === attempt) this.#later(held, attempt, NOBODY);
  }

  /** Takes back what happened after an instant, as a power loss does: messages that came since are gone. */
  forget(instant: number): void {
    this.restore(instant);
    for (const held of [...this.#held.values()]) {
      if (held.since > instant && held.since <= this.#world.now) this.#end(held);
    }
  }

  /** Takes back acknowledgements after an instant: their messages are delivered again. */
  restore(instant: number): void {
    for (const { held, at } of this.#finished) {
      if (at <= instant) continue;
      held.done = false;
      this.#held.set(held.number, held);
      this.#later(held, held.attempt, NOBODY);
    }
    // A later power loss may reach further back.
    this.#finished = this.#finished.filter(({ at }) => at <= instant);
  }

  #find(delivery: string): { held: Held<B> | undefined; attempt: number } {
    const slash = delivery.indexOf("/");
    const number = Number(delivery.slice(this.#kind.length, slash));
    return { held: this.#held.get(number), attempt: Number(delivery.slice(slash + 1)) };
  }

  #finish(held: Held<B>): true {
    this.#end(held);
    if (this.#world.faults.rates.has("power-loss")) this.#finished.push({ held, at: this.#world.now });
    return true;
  }

  #end(held: Held<B>): void {
    held.done = true;
    this.#held.delete(held.number);
  }

  /** Delivers after a while, unless the message was acknowledged or delivered again since. */
  #later(held: Held<B>, attempt: number, delay: number): void {
    const run = () => {
      if (!held.done && held.attempt === attempt) this.#deliver(held);
    };
    this.#world.scheduler.at(this.#world.now + delay, { process: 0, run });
  }

  #deliver(held: Held<B>): void {
    const consumers = this.#consumers();
    const host = consumers[this.#choice.below(Math.max(1, consumers.length))];
    if (host === undefined) {
      this.#later(held, held.attempt, NOBODY);
      return;
    }
    held.attempt += 1;
    held.deliveries += 1;
    this.#later(held, held.attempt, PATIENCE);
    const otherHolder = held.holder;
    held.holder = host.name;
    const delivery = `${this.#kind}${held.number}/${held.attempt}`;
    const event = this.#world.event(HAPPENED.deliver, host, held.number, held.attempt);
    this.#hand(host, {
      delivery,
      body: held.body,
      event,
      sent: held.event,
      deliveries: held.deliveries,
      otherHolder,
    });
  }
}
