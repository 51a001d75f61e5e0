import type { Serve, ServerEffect } from "../../algorithm/serving.js";
import type { ServerSettings } from "../../algorithm/settings.js";
import type { Body, Incoming, RequestBody } from "../../algorithm/wire.js";
import type { Confirmation, Publication } from "../../platform/effects.js";
import { NONE } from "../faults.js";
import { HAPPENED } from "../tracer.js";
import { type Driver, Execution } from "./execution.js";
import type { Kv, Outcome } from "./kv.js";
import type { Handed, Mail } from "./mail.js";
import type { Post } from "./post.js";
import type { Process } from "./process.js";
import { Recorder, type Watcher } from "./recorder.js";
import type { Fired, Timers } from "./timers.js";
import type { World } from "./world.js";

export interface Platform {
  readonly kv: Kv;
  readonly requests: Mail<RequestBody>;
  readonly fired: Mail<Fired>;
  readonly timers: Timers;
  readonly post: Post<Body>;
}

/** Virtual milliseconds between two sweeps of a process, besides the one at its start. */
const SWEEP_INTERVAL = 60_000;

/** Messages that a process is given at most before it has dealt with one. */
const MOST_HELD = 12;

const CONFIRMED: Confirmation = "confirmed";

/** The processes that run the algorithm: driven step by step, crashed, paused, cut off and started again. */
export class Servers implements Driver {
  readonly #world: World;
  readonly #platform: () => Platform;
  readonly #recorder: Recorder;
  readonly #serve: Serve;
  readonly #settings: ServerSettings;
  readonly #running = new Set<Execution>();
  readonly #processes: readonly Process[];
  readonly #failed: (execution: Execution, failure: string) => void;
  #count = 0;

  /** `platform` is asked for when something runs; `failed` is told of procedures that threw. */
  constructor(options: {
    world: World;
    processes: readonly Process[];
    platform: () => Platform;
    serve: Serve;
    settings: ServerSettings;
    watcher: Watcher | null;
    failed(execution: Execution, failure: string): void;
  }) {
    this.#world = options.world;
    this.#processes = options.processes;
    this.#platform = options.platform;
    this.#serve = options.serve;
    this.#settings = options.settings;
    this.#failed = options.failed;
    this.#recorder = new Recorder(options.world, options.watcher);
  }

  /** Procedures that were started. */
  get started(): number {
    return this.#count;
  }

  /** Whether a request or a timer is being served. */
  get busy(): boolean {
    for (const { incoming } of this.#running) if (incoming.kind !== "sweep") return true;
    return false;
  }

  /** Processes that can be given messages: up, and not full of what they have not dealt with. */
  readonly consumers = (): readonly Process[] => this.#processes.filter(({ up, holds }) => up && holds < MOST_HELD);

  /** Starts the processes, each with a sweep. */
  start(): void {
    for (const host of this.#processes) {
      host.skew = this.#drawnSkew(host);
      host.began = this.#world.event(HAPPENED.start, host, host.incarnation, host.skew + 1e6);
      this.#recorder.lifecycle(host, host.began, "start", []);
      this.#sweeping(host, host.incarnation);
    }
  }

  /** Gives a message to a process. */
  hand<B>(host: Process, handed: Handed<B>, incoming: Incoming): void {
    this.#recorder.delivered(host, handed, incoming.kind);
    this.#begin(host, incoming, handed.event);
  }

  /** Ends every pause and partition; faults are over. */
  heal(): void {
    for (const host of this.#processes) host.cutOffUntil = 0;
  }

  admits(execution: Execution): boolean {
    const world = this.#world;
    const { on } = execution;
    if (on.pausedUntil > world.now) {
      world.scheduler.at(on.pausedUntil, execution);
      return false;
    }
    const jump = world.strike("clock-jump", on);
    if (jump !== NONE) {
      world.take("clock-jump", on, jump);
      const worst = world.worstSkew;
      on.skew = world.faults.amount("clock-jump", on.number, jump, 2 * worst + 1) - worst;
    }
    const cut = world.strike("partition", on);
    if (cut !== NONE && on.cutOffUntil <= world.now) {
      world.take("partition", on, cut);
      on.cutOffUntil = world.now + 500 + world.faults.amount("partition", on.number, cut, 20_000);
    }
    const crash = world.strike("crash", on);
    const pause = world.strike("pause", on);
    if (crash !== NONE) {
      this.#crash(on, world.take("crash", on, crash), 50 + world.faults.amount("crash", on.number, crash, 8000));
      return false;
    }
    if (pause === NONE) return true;
    world.take("pause", on, pause);
    on.pausedUntil = world.now + 200 + world.faults.amount("pause", on.number, pause, 40_000);
    world.scheduler.at(on.pausedUntil, execution);
    return false;
  }

  perform(execution: Execution, effect: ServerEffect): void {
    const world = this.#world;
    world.operations += 1;
    const outcome = this.#carryOut(execution, effect);
    this.#recorder.effect(execution, effect, outcome);
    execution.last = outcome.event;
    if (outcome.answer === null && effect.op !== "reply") {
      world.scheduler.at(world.now + outcome.delay, { process: execution.process, run: () => this.#drop(execution) });
      return;
    }
    execution.answer = outcome.answer;
    world.scheduler.at(world.now + outcome.delay, execution);
  }

  ended(execution: Execution, failure: string | null): void {
    this.#running.delete(execution);
    execution.on.holds -= 1;
    execution.over = true;
    if (failure !== null) this.#failed(execution, failure);
    this.#recorder.ended(execution, false);
  }

  #carryOut(execution: Execution, effect: ServerEffect): Outcome<unknown> {
    const world = this.#world;
    const { on } = execution;
    const { kv, timers } = this.#platform();
    const cutOff = on.cutOffUntil > world.now;
    switch (effect.op) {
      case "kv.get":
        if (cutOff) return this.#unanswered(on, HAPPENED.get);
        return kv.get(on, effect.key);
      case "kv.list":
        if (cutOff) return this.#unanswered(on, HAPPENED.list);
        return kv.list(on, effect.prefix);
      case "kv.cas":
        return kv.cas({
          key: effect.key,
          value: effect.value,
          expected: effect.expected,
          note: effect.note,
          host: on,
          step: world.scheduler.steps,
        });
      case "clock.read": {
        const now = on.clock();
        const event = world.event(HAPPENED.clock, on, now, 0);
        return { answer: { now, platform: world.now }, delay: 0, event, fault: 0 };
      }
      case "timer.set":
        return timers.set(on, effect, !cutOff && world.now >= kv.gapUntil);
      case "queue.publish":
        return this.#publish(execution, effect.address, effect.body);
      case "reply":
        return this.#reply(execution, effect.to, effect.body);
      default:
        return this.#dealtWith(execution, effect.op, effect.delivery);
    }
  }

  /** A process that does not reach the platform: its procedure ends as by a crash. */
  #unanswered(host: Process, what: number): Outcome<never> {
    const event = this.#world.event(what, host, 0, 0);
    return { answer: null, delay: 3000, event, fault: 0 };
  }

  #publish(execution: Execution, address: string, body: Body): Outcome<Publication> {
    const world = this.#world;
    const { on } = execution;
    const { kv, post } = this.#platform();
    const unknown = world.strike("set-unknown", on);
    const amount = unknown === NONE ? 0 : world.faults.amount("set-unknown", on.number, unknown, 6000);
    const fault = unknown === NONE ? 0 : world.take("set-unknown", on, unknown);
    const event = world.event(HAPPENED.publish, on, body.kind.length, fault);
    if (on.cutOffUntil > world.now || kv.gapUntil > world.now) return { answer: "unknown", delay: 2000, event, fault };
    if ((amount & 1) === 1) return { answer: "unknown", delay: 1000 + (amount >> 1), event, fault };
    const reached = post.send(on, address, body, event);
    if (fault > 0) return { answer: "unknown", delay: 1000 + (amount >> 1), event, fault };
    return { answer: reached ? CONFIRMED : "undeliverable", delay: world.latency(on.number), event, fault };
  }

  #reply(execution: Execution, to: string, body: Body): Outcome<null> {
    const world = this.#world;
    const { on } = execution;
    const status = body.kind === "reply" ? body.response.status : 0;
    const event = world.event(HAPPENED.reply, on, status, 0);
    const cutOff = on.cutOffUntil > world.now;
    const fault = cutOff ? 0 : this.#platform().post.answer(on, to, body, event);
    return { answer: null, delay: 0, event, fault };
  }

  #dealtWith(
    execution: Execution,
    op: "queue.ack" | "queue.return" | "timer.ack",
    delivery: string,
  ): Outcome<Confirmation> {
    const world = this.#world;
    const { on } = execution;
    const { requests, fired } = this.#platform();
    const cutOff = on.cutOffUntil > world.now;
    const mail = op === "timer.ack" || delivery.startsWith("t") ? fired : requests;
    let fault = 0;
    if (!cutOff && op === "queue.return") mail.giveBack(delivery);
    else if (!cutOff) fault = mail.acknowledge(on, delivery).fault;
    const event = world.event(HAPPENED[op === "queue.return" ? "return" : "ack"], on, cutOff ? 1 : 0, fault);
    if (cutOff) return { answer: "unknown", delay: 2000, event, fault };
    return { answer: CONFIRMED, delay: world.latency(on.number), event, fault };
  }

  #begin(host: Process, incoming: Incoming, cause: number): void {
    this.#count += 1;
    const procedure = this.#serve(incoming, this.#settings);
    const execution = new Execution(this.#count, host, incoming, procedure, cause, this);
    this.#running.add(execution);
    host.holds += 1;
    this.#recorder.started(execution);
    this.#world.scheduler.at(this.#world.now + this.#world.latency(host.number), execution);
  }

  /** Sweeps now, and again as long as the process lives; one sweep at a time. */
  #sweeping(host: Process, incarnation: number): void {
    if (!host.up || host.incarnation !== incarnation) return;
    if (!this.#sweeps(host)) this.#begin(host, { kind: "sweep" }, host.began);
    const again = { process: host.number, run: () => this.#sweeping(host, incarnation) };
    this.#world.scheduler.at(this.#world.now + SWEEP_INTERVAL, again);
  }

  #sweeps(host: Process): boolean {
    for (const { on, incoming } of this.#running) if (on === host && incoming.kind === "sweep") return true;
    return false;
  }

  #drop(execution: Execution): void {
    if (execution.over) return;
    execution.over = true;
    execution.on.holds -= 1;
    this.#running.delete(execution);
    this.#recorder.ended(execution, true);
  }

  #crash(host: Process, fault: number, delay: number): void {
    const world = this.#world;
    host.up = false;
    for (const execution of [...this.#running]) if (execution.on === host) this.#drop(execution);
    const event = world.event(HAPPENED.crash, host, host.incarnation, 0);
    this.#recorder.lifecycle(host, event, "crash", [[fault, "fault"]]);
    const run = () => {
      host.up = true;
      host.incarnation += 1;
      host.began = world.event(HAPPENED.restart, host, host.incarnation, 0);
      this.#recorder.lifecycle(host, host.began, "restart", [[event, "restart"]]);
      this.#sweeping(host, host.incarnation);
    };
    world.scheduler.at(world.now + delay, { process: host.number, run });
  }

  #drawnSkew(host: Process): number {
    const n = this.#world.strike("clock-skew", host);
    if (n === NONE) return 0;
    this.#world.take("clock-skew", host, n);
    const worst = this.#world.worstSkew;
    return this.#world.faults.amount("clock-skew", host.number, n, 2 * worst + 1) - worst;
  }
}
