import { mix } from "./draws.js";

/** What happened, as it goes into the hash. Append only: the numbers are part of every hash. */
export const HAPPENED = {
  start: 1,
  fault: 2,
  get: 3,
  cas: 4,
  list: 5,
  publish: 6,
  ack: 7,
  return: 8,
  set: 9,
  timerAck: 10,
  clock: 11,
  reply: 12,
  deliver: 13,
  fire: 14,
  send: 15,
  receive: 16,
  crash: 17,
  restart: 18,
  land: 19,
  end: 20,
  decide: 21,
  expire: 22,
} as const;

export type Cause = "program" | "message" | "reads-from" | "timer" | "fault" | "restart";

/** What a trace says of an event besides its number, time and process. */
export interface Detail {
  readonly op: string;
  readonly kind: string;
  readonly task?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly rule?: string;
  /** Numbers of events; 0 stands for none and is left out. */
  readonly causes?: readonly (readonly [event: number, by: Cause])[];
  readonly truth?: object;
}

/** How a process appears in the trace at a moment. */
export interface Identity {
  readonly name: string;
  readonly incarnation: number;
  /** Its clock, in milliseconds; undefined where it has none. */
  clock(): number | undefined;
}

/** Keeps a rolling hash over all events; a full one also keeps the events. Both give the same hash. */
export class Tracer {
  /** Number of the last event; events count from 1. */
  count = 0;
  readonly full: boolean;
  #low = 0x243f6a88;
  #high = 0x85a308d3;
  readonly #lines: Record<string, unknown>[] = [];

  constructor(full: boolean) {
    this.full = full;
  }

  /** Notes that something happened; gives the number of the event. Arguments are integers below 2^53. */
  event(what: number, host: number, time: number, a: number, b: number): number {
    this.#low = mix(mix(mix(this.#low, what | (host << 8)), time % 4294967296), a % 4294967296);
    this.#high = mix(mix(this.#high, this.#low), b % 4294967296);
    this.count += 1;
    return this.count;
  }

  /** Adds the line of an event. Does nothing without a full trace; callers on hot paths look at `full` first. */
  describe(event: number, time: number, identity: Identity, detail: Detail): void {
    if (!this.full) return;
    const clock = identity.clock();
    this.#lines.push({
      type: "event",
      id: eventId(event),
      time,
      ...(clock === undefined ? {} : { clock }),
      process: identity.name,
      incarnation: identity.incarnation,
      ...(detail.task === undefined ? {} : { task: detail.task }),
      kind: detail.kind,
      op: detail.op,
      ...(detail.args === undefined ? {} : { args: detail.args }),
      ...(detail.result === undefined ? {} : { result: detail.result }),
      ...(detail.rule === undefined ? {} : { rule: detail.rule }),
      causes: (detail.causes ?? [])
        .filter(([cause]) => cause > 0)
        .map(([cause, by]) => ({ event: eventId(cause), by })),
      ...(detail.truth === undefined ? {} : { truth: detail.truth }),
    });
  }

  lines(): readonly Record<string, unknown>[] {
    return this.#lines;
  }

  /** 16 hexadecimal digits. */
  hash(): string {
    return hex(this.#high) + hex(this.#low);
  }
}

/** Name of an event in the trace and in results. */
export function eventId(event: number): string {
  return `e${event}`;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
