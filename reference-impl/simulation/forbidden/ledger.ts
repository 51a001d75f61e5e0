import type { Stored } from "../../algorithm/stored.js";
import { type Incoming, parseTimer } from "../../algorithm/wire.js";
import { canonicalJson } from "../../kernel/canonical.js";
import type { Message } from "../../kernel/model.js";
import type { Observation, ObservedEffect } from "../observation.js";

/** The truth about one key. */
export interface KeyState {
  /** Newest revision; 0 if it was never written. */
  revision: number;
  /** What every revision holds. */
  readonly versions: Map<number, Stored>;
  /** The step at which each revision was written, in order. */
  readonly written: { readonly revision: number; readonly step: number }[];
  /** When anybody last read or wrote it. */
  touched: number;
}

/** A timer that the platform confirmed and nobody acknowledged. */
export interface LiveTimer {
  readonly name: string;
  readonly key: string;
  readonly at: number;
  /** Identity of the turn that set it. */
  readonly turn: string;
  readonly step: number;
}

export interface ExecutionState {
  readonly incoming: Incoming;
  readonly step: number;
  /** What it did so far, by the turn that it did it for. */
  readonly turns: Map<string, ObservedEffect[]>;
}

const NOTHING: readonly ObservedEffect[] = [];

/** What is known of a run so far. */
export class Ledger {
  readonly keys = new Map<string, KeyState>();
  readonly timers = new Map<string, LiveTimer>();
  readonly executions = new Map<number, ExecutionState>();
  /** Messages that a committed revision contained, and messages whose publication was confirmed: `messageId`s. */
  readonly contained = new Set<string>();
  readonly published = new Set<string>();
  /** Intents of schedules that were committed: `key@instant`. */
  readonly intents = new Set<string>();
  /** The step at which a client sent a request, by the turn's identity. */
  readonly sent = new Map<string, number>();

  newest(key: string): Stored | null {
    const state = this.keys.get(key);
    return state?.versions.get(state.revision) ?? null;
  }

  version(key: string, revision: number): Stored | null {
    return this.keys.get(key)?.versions.get(revision) ?? null;
  }

  revisionAt(key: string, step: number): number {
    return this.keys.get(key)?.written.findLast((write) => write.step <= step)?.revision ?? 0;
  }

  timersOf(key: string): LiveTimer[] {
    return [...this.timers.values()].filter((timer) => timer.key === key);
  }

  /** What the same execution did before, for the same turn. */
  before(observation: ObservedEffect): readonly ObservedEffect[] {
    const { effect, execution } = observation;
    return this.executions.get(execution)?.turns.get(effect.note?.turn ?? "") ?? NOTHING;
  }

  apply(observation: Observation): void {
    switch (observation.kind) {
      case "started":
        this.executions.set(observation.execution, {
          incoming: observation.incoming,
          step: observation.step,
          turns: new Map(),
        });
        break;
      case "ended":
        this.executions.delete(observation.execution);
        break;
      case "sent":
        if (!this.sent.has(observation.turn)) this.sent.set(observation.turn, observation.step);
        break;
      case "landed":
        this.#write(observation.key, observation.value, observation.revision, observation);
        break;
      case "rolled-back":
        for (const [key, revision] of observation.revisions) this.#rollBack(key, revision);
        break;
      case "effect":
        this.#effect(observation);
        break;
      case "timer-lost":
        // It was confirmed: whoever relies on it is in the right.
        break;
    }
  }

  #effect(observation: ObservedEffect): void {
    const execution = this.executions.get(observation.execution);
    const turn = observation.effect.note?.turn ?? "";
    const done = execution?.turns.get(turn);
    if (done === undefined) execution?.turns.set(turn, [observation]);
    else done.push(observation);
    switch (observation.op) {
      case "kv.get":
        this.#key(observation.effect.key).touched = observation.time;
        break;
      case "kv.cas": {
        const { effect, truth } = observation;
        this.#key(effect.key).touched = observation.time;
        if (truth.written !== null) this.#write(effect.key, effect.value, truth.written, observation);
        break;
      }
      case "queue.publish":
        if (observation.answer === "confirmed") {
          this.published.add(messageId(observation.effect.address, observation.effect.body));
        }
        break;
      case "timer.set":
        this.#arm(observation, turn);
        break;
      case "timer.ack":
        if (execution !== undefined) this.#acknowledge(execution);
        break;
      default:
        break;
    }
  }

  #arm({ effect, answer, step }: Extract<ObservedEffect, { op: "timer.set" }>, turn: string): void {
    const key = parseTimer(effect.subject)?.key;
    if (key === undefined || answer !== "confirmed") return;
    this.timers.set(effect.name, { name: effect.name, key, at: effect.at, turn, step });
  }

  /** The delivered timer is gone; one that was set under its name since is not. */
  #acknowledge({ incoming, step }: ExecutionState): void {
    if (incoming.kind !== "timer") return;
    const live = this.timers.get(incoming.delivery.body.subject);
    if (live !== undefined && live.step <= step) this.timers.delete(live.name);
  }

  #key(key: string): KeyState {
    let state = this.keys.get(key);
    if (state === undefined) {
      state = { revision: 0, versions: new Map(), written: [], touched: 0 };
      this.keys.set(key, state);
    }
    return state;
  }

  #write(key: string, value: Stored, revision: number, { step }: { readonly step: number }): void {
    const state = this.#key(key);
    state.revision = revision;
    state.versions.set(revision, value);
    state.written.push({ revision, step });
    if (value.intent !== null) this.intents.add(`${key}@${value.intent.at}`);
    for (const { message } of value.document.outbox.values()) this.contained.add(containedId(message));
  }

  #rollBack(key: string, revision: number): void {
    const state = this.#key(key);
    state.revision = revision;
    for (const later of [...state.versions.keys()]) if (later > revision) state.versions.delete(later);
  }
}

/** A write that took place, at once or late; null for any other observation. */
export function appliedWrite(o: Observation): { readonly key: string; readonly value: Stored } | null {
  if (o.kind === "landed") return o;
  if (o.kind !== "effect" || o.op !== "kv.cas" || o.truth.written === null) return null;
  return { key: o.effect.key, value: o.effect.value };
}

/** Tells messages apart by their address and all they say. */
export function messageId(address: string, body: object): string {
  return `${address} ${canonicalJson(body)}`;
}

const known = new WeakMap<Message, string>();

/** The same of a message in an outbox. */
export function containedId(message: Message): string {
  const before = known.get(message);
  if (before !== undefined) return before;
  const data = message.kind === "execute" ? { task: message.task } : { promise: message.promise };
  const id = messageId(message.address, { kind: message.kind, head: {}, data });
  known.set(message, id);
  return id;
}
