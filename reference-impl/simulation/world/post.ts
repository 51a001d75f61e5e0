import { NONE } from "../faults.js";
import type { Process } from "./process.js";
import type { World } from "./world.js";

/** Somebody who can be sent to. */
export interface Receiver<B> {
  readonly host: Process;
  /** A message arrives; `event` is the number of the event that sent it. */
  receive(body: B, event: number): void;
}

/** What a lossy way did with a message: when copies of it arrive, and the fault that it met. */
export interface Carried {
  /** Milliseconds from now; none if the message is lost. */
  readonly arrivals: readonly number[];
  /** Number of the event of the last fault; 0 if there was none. */
  readonly fault: number;
}

const LOST: readonly number[] = [];

/** Carries one message from or to a process over a network that loses, copies, delays and reorders. */
export function carry(world: World, host: Process): Carried {
  const loss = world.strike("message-loss", host);
  const copy = world.strike("message-duplicate", host);
  const swap = world.strike("message-reorder", host);
  const wait = world.strike("message-delay", host);
  const latency = world.latency(host.number);
  if (loss !== NONE) return { arrivals: LOST, fault: world.take("message-loss", host, loss) };
  let delay = latency;
  let fault = 0;
  if (wait !== NONE) {
    fault = world.take("message-delay", host, wait);
    delay += 1000 + world.faults.amount("message-delay", host.number, wait, 30_000);
  } else if (swap !== NONE) {
    // Long enough for the next message of the same process to overtake it.
    fault = world.take("message-reorder", host, swap);
    delay += 5 + world.faults.amount("message-reorder", host.number, swap, 200);
  }
  if (copy === NONE) return { arrivals: [delay], fault };
  fault = world.take("message-duplicate", host, copy);
  return { arrivals: [delay, delay + world.faults.amount("message-duplicate", host.number, copy, 4000)], fault };
}

/** Ways to clients and workers: by name for answers, by address for messages. */
export class Post<B> {
  readonly #world: World;
  readonly #receivers = new Map<string, Receiver<B>>();
  readonly #groups = new Map<string, string[]>();
  #turn = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Lets somebody be reached at `poll://<cast>@<group>/<name>` from now. */
  connect(group: string, name: string, receiver: Receiver<B>): void {
    this.#receivers.set(name, receiver);
    const members = this.#groups.get(group) ?? [];
    if (!members.includes(name)) members.push(name);
    this.#groups.set(group, members);
  }

  disconnect(group: string, name: string): void {
    this.#receivers.delete(name);
    const members = this.#groups.get(group) ?? [];
    this.#groups.set(
      group,
      members.filter((member) => member !== name),
    );
  }

  /** Brings an answer to whoever asked. Lost if nobody is there. */
  answer(from: Process, name: string, body: B, event: number): number {
    const world = this.#world;
    const loss = world.strike("reply-loss", from);
    const delay = world.latency(from.number);
    if (loss !== NONE) return world.take("reply-loss", from, loss);
    this.#bring(name, body, event, delay);
    return 0;
  }

  /** Sends a message to an address; false if nobody is connected there. */
  send(from: Process, address: string, body: B, event: number): boolean {
    const name = this.#resolve(address);
    if (name === null) return false;
    for (const delay of carry(this.#world, from).arrivals) this.#bring(name, body, event, delay);
    return true;
  }

  #bring(name: string, body: B, event: number, delay: number): void {
    const world = this.#world;
    const receiver = this.#receivers.get(name);
    if (receiver === undefined) return;
    const { host } = receiver;
    const run = () => {
      if (this.#receivers.get(name) !== receiver) return;
      if (host.pausedUntil > world.now) world.scheduler.at(host.pausedUntil, { process: host.number, run });
      else receiver.receive(body, event);
    };
    world.scheduler.at(world.now + delay, { process: host.number, run });
  }

  /** `poll://<cast>@<group>[/<name>]`: a group's members are served in turn, the named one first if the cast is `any`. */
  #resolve(address: string): string | null {
    const [, cast, group, name] = /^poll:\/\/(uni|any)@([^/]+)(?:\/(.*))?$/.exec(address) ?? [];
    if (group === undefined) return null;
    if (name !== undefined && this.#receivers.has(name)) return name;
    const members = this.#groups.get(group) ?? [];
    if (cast === "uni" || members.length === 0) return null;
    this.#turn += 1;
    return members[this.#turn % members.length] as string;
  }
}
