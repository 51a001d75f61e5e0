import type { Note } from "../../reference-impl/algorithm/note.js";
import { serve } from "../../reference-impl/algorithm/server.js";
import type { Served, ServerEffect } from "../../reference-impl/algorithm/serving.js";
import { DEFAULT_SETTINGS, type ServerSettings } from "../../reference-impl/algorithm/settings.js";
import type { Stored } from "../../reference-impl/algorithm/stored.js";
import type { Incoming, MessageBody, ReplyBody } from "../../reference-impl/algorithm/wire.js";
import type { Request, Response } from "../../reference-impl/kernel/request.js";
import type { Answers, Committed, Confirmation } from "../../reference-impl/platform/effects.js";
import type { Observation, ObservedEffect } from "../../reference-impl/simulation/observation.js";

/** What goes wrong with one effect. */
export type Fault =
  /** The process ends before the effect, or after it and before its answer. */
  | "crash before"
  | "crash after"
  /** A write: somebody else writes the same document first. */
  | "conflict"
  | "unknown landed"
  | "unknown lost"
  /** A write whose outcome is unknown and that arrives when the next read has been answered. */
  | "unknown late"
  | "too large"
  /** A read: the value one revision ago. */
  | "stale"
  /** A timer or a message: nothing is confirmed, nothing happens. */
  | "unconfirmed"
  | "undeliverable";

export interface Step {
  readonly effect: ServerEffect;
  readonly answer: Answers<Stored>[keyof Answers<Stored>];
}

/** A platform in memory with a script of faults: which effect of a run, counted from 0 in all runs, goes wrong and how. */
export class WeakPlatform {
  time = 1_000_000;
  /** What a process's clock shows beside the time. */
  skew = 0;
  platformTime: number | null = null;
  readonly settings: ServerSettings;
  readonly faults = new Map<number, Fault>();
  /** Called whenever a procedure has ended, by itself or in a crash. */
  onEnd: () => void = () => undefined;
  /** What others do just before an effect. */
  readonly meanwhile = new Map<number, () => void>();
  readonly history = new Map<string, Stored[]>();
  readonly timers = new Map<string, number>();
  readonly queue = new Map<string, Incoming>();
  readonly replies: ReplyBody[] = [];
  readonly messages: { address: string; body: MessageBody }[] = [];
  readonly steps: Step[] = [];
  /** What a judge of runs is shown. */
  readonly observations: Observation[] = [];
  #executions = 0;
  #late: (() => void) | null = null;
  #deliveries = 0;

  constructor(settings: Partial<ServerSettings> = {}) {
    this.settings = { ...DEFAULT_SETTINGS, ...settings };
  }

  revision(key: string): number {
    return this.history.get(key)?.length ?? 0;
  }

  newest(key: string): Stored | null {
    return this.history.get(key)?.at(-1) ?? null;
  }

  /** Puts a document in without asking. */
  write(key: string, value: Stored): void {
    this.history.set(key, [...(this.history.get(key) ?? []), value]);
  }

  /** Sends a request once and serves it; its answer, or null if there was none. */
  request(request: Request, turn = `turn-${this.#deliveries}`): Response | null {
    const delivery = this.enqueue(request, turn);
    const before = this.replies.length;
    this.serveDelivery(delivery);
    return this.replies[before]?.response ?? null;
  }

  enqueue(request: Request, turn: string): string {
    this.#deliveries += 1;
    const delivery = `d${this.#deliveries}`;
    this.observations.push({ kind: "sent", step: this.observations.length, time: this.time, turn });
    const body = { turn, corrId: turn, replyTo: "client", request };
    this.queue.set(delivery, { kind: "request", delivery: { delivery, body } });
    return delivery;
  }

  serveDelivery(delivery: string): Served | null {
    const incoming = this.queue.get(delivery);
    return incoming === undefined ? null : this.serve(incoming);
  }

  timer(name: string): Served | null {
    return this.serve({ kind: "timer", delivery: { delivery: name, body: { subject: name } } });
  }

  sweep(): Served | null {
    return this.serve({ kind: "sweep" });
  }

  /** Delivers everything that waits, and timers in their order as time passes, until `until` or until all is quiet. */
  settle(until: number): void {
    for (let rounds = 0; rounds < 1000; rounds += 1) {
      const waiting = this.queue.keys().next().value;
      if (waiting !== undefined) {
        this.serveDelivery(waiting);
        continue;
      }
      const [name, at] = [...this.timers].sort((a, b) => a[1] - b[1])[0] ?? [null, 0];
      if (name === null || at > until) return;
      this.time = Math.max(this.time, at);
      this.timer(name);
    }
    throw new Error("never quiet");
  }

  /** Runs a procedure; null if it crashed. */
  serve(incoming: Incoming): Served | null {
    this.#executions += 1;
    const execution = this.#executions;
    this.observations.push({ kind: "started", ...this.#placed(execution), incoming });
    const served = this.#run(incoming, execution);
    this.observations.push({ kind: "ended", ...this.#placed(execution), crashed: served === null });
    this.onEnd();
    return served;
  }

  #placed(execution: number) {
    return { step: this.observations.length, time: this.time, process: "p", incarnation: 1, execution };
  }

  #run(incoming: Incoming, execution: number): Served | null {
    const procedure = serve(incoming, this.settings);
    let next = procedure.next();
    while (next.done !== true) {
      const other = this.meanwhile.get(this.steps.length);
      this.meanwhile.delete(this.steps.length);
      other?.();
      const fault = this.faults.get(this.steps.length);
      if (fault === "crash before") {
        this.faults.delete(this.steps.length);
        return null;
      }
      const effect = next.value;
      const revision = "key" in effect ? this.revision(effect.key) : 0;
      const answer = this.#carryOut(effect, fault);
      const isWritten = effect.op === "kv.cas" && this.newest(effect.key) === effect.value;
      const truth = "key" in effect ? { revision, written: isWritten ? this.revision(effect.key) : null } : null;
      // One object of the union's members: which one is told by `op`, which is the effect's own.
      this.observations.push({
        kind: "effect",
        ...this.#placed(execution),
        op: effect.op,
        effect,
        answer,
        truth,
      } as ObservedEffect);
      this.steps.push({ effect, answer });
      if (fault === "crash after") return null;
      next = procedure.next(answer);
    }
    return next.value;
  }

  #carryOut(effect: ServerEffect, fault: Fault | undefined): Step["answer"] {
    switch (effect.op) {
      case "kv.get":
        return this.#get(effect.key, fault);
      case "kv.cas":
        return this.#cas(effect.key, effect.value, effect.expected, fault);
      case "kv.list":
        return [...this.history.keys()].filter((key) => key.startsWith(effect.prefix)).sort();
      case "queue.publish": {
        if (fault === "undeliverable") return "undeliverable";
        if (fault === "unconfirmed") return "unknown";
        if (effect.body.kind !== "reply") this.messages.push({ address: effect.address, body: effect.body });
        return "confirmed";
      }
      case "queue.ack":
        this.queue.delete(effect.delivery);
        return "confirmed";
      case "timer.ack":
        this.timers.delete(effect.delivery);
        return "confirmed";
      case "timer.set":
        return this.#set(effect.name, effect.at, fault);
      case "clock.read":
        return { now: this.time + this.skew, platform: this.platformTime };
      case "reply":
        if (effect.body.kind === "reply") this.replies.push(effect.body);
        return null;
      default:
        return "confirmed";
    }
  }

  #get(key: string, fault: Fault | undefined): Answers<Stored>["kv.get"] {
    const revision = Math.max(0, this.revision(key) - (fault === "stale" ? 1 : 0));
    const answer = { value: this.history.get(key)?.[revision - 1] ?? null, revision };
    this.#late?.();
    this.#late = null;
    return answer;
  }

  #cas(key: string, value: Stored, expected: number, fault: Fault | undefined): Committed {
    const write = (): Committed => {
      if (this.revision(key) !== expected) return { outcome: "conflict" };
      this.write(key, value);
      return { outcome: "committed", revision: expected + 1 };
    };
    if (fault === "too large") return { outcome: "too-large" };
    if (fault === "conflict") this.#disturb(key, value);
    if (fault === "unknown landed") write();
    if (fault === "unknown late") this.#late = () => this.#arrive(key, value, write());
    return fault?.startsWith("unknown") === true ? { outcome: "unknown" } : write();
  }

  /** A write whose outcome was told unknown took place after all, unless its revision was gone. */
  #arrive(key: string, value: Stored, answer: Committed): void {
    if (answer.outcome !== "committed") return;
    const { revision } = answer;
    this.observations.push({
      kind: "landed",
      step: this.observations.length,
      time: this.time,
      of: 0,
      key,
      value,
      revision,
    });
  }

  /** Somebody else writes the document that is there. */
  #disturb(key: string, value: Stored): void {
    const other = { ...(this.newest(key) ?? { ...value, turns: [], document: EMPTY, intent: null }) };
    this.write(key, other);
    this.observations.push({
      kind: "landed",
      step: this.observations.length,
      time: this.time,
      of: 0,
      key,
      value: other,
      revision: this.revision(key),
    });
  }

  #set(name: string, at: number, fault: Fault | undefined): Confirmation {
    if (fault === "unconfirmed") return "unknown";
    this.timers.set(name, at);
    return "confirmed";
  }
}

const EMPTY: Stored["document"] = {
  promises: new Map(),
  tasks: new Map(),
  schedules: new Map(),
  outbox: new Map(),
  sequence: 0,
};

/** The tags of the rules that asked for the effects, in order. */
export function rulesOf(steps: readonly Step[]): string[] {
  return steps.map(({ effect }) => ruleOf(effect.note));
}

function ruleOf(note: Note | undefined): string {
  return note?.rule ?? "none";
}
