import type { Note } from "../../algorithm/note.js";
import type { ServerEffect } from "../../algorithm/serving.js";
import type { Stored } from "../../algorithm/stored.js";
import type { Observation, ObservedEffect } from "../observation.js";
import { type Cause, type Detail, eventId } from "../tracer.js";
import type { Execution } from "./execution.js";
import type { Outcome, ReadOutcome, WriteOutcome } from "./kv.js";
import type { Handed } from "./mail.js";
import type { Process } from "./process.js";
import type { World } from "./world.js";

/** Shown everything that happens, for judges of runs. */
export type Watcher = (observation: Observation) => void;

/** Tells the trace and the judges what the processes of the algorithm do. */
export class Recorder {
  readonly #world: World;
  readonly #watcher: Watcher | null;

  constructor(world: World, watcher: Watcher | null) {
    this.#world = world;
    this.#watcher = watcher;
  }

  /** An event of a process as such: its start, its end. */
  lifecycle(host: Process, event: number, op: string, causes: Detail["causes"] & object): void {
    if (!this.#world.tracer.full) return;
    this.#world.tracer.describe(event, this.#world.now, host, { op, kind: "process", causes });
  }

  delivered<B>(host: Process, handed: Handed<B>, kind: "request" | "timer" | "sweep"): void {
    if (!this.#world.tracer.full) return;
    this.#world.tracer.describe(handed.event, this.#world.now, host, {
      op: `${kind}.deliver`,
      kind: kind === "timer" ? "timer" : "message",
      args: { delivery: handed.delivery, body: handed.body },
      causes: [
        [host.began, "program"],
        [handed.sent, kind === "timer" ? "timer" : "message"],
      ],
      truth: {
        message: {
          deliveries: handed.deliveries,
          ...(handed.otherHolder === null ? {} : { otherHolder: handed.otherHolder }),
        },
      },
    });
  }

  started(execution: Execution): void {
    this.#watcher?.({ kind: "started", ...this.#placed(execution), incoming: execution.incoming });
  }

  ended(execution: Execution, crashed: boolean): void {
    this.#watcher?.({ kind: "ended", ...this.#placed(execution), crashed });
  }

  effect(execution: Execution, effect: ServerEffect, outcome: Outcome<unknown>): void {
    const answer = outcome.answer;
    this.#world.follow(effect.note?.rule);
    if (this.#watcher !== null && (answer !== null || effect.op === "reply")) {
      this.#watcher({
        kind: "effect",
        ...this.#placed(execution),
        op: effect.op,
        effect,
        answer,
        truth: truthOf(effect, outcome),
      } as ObservedEffect);
    }
    if (!this.#world.tracer.full) return;
    const seen = effect.op === "kv.get" ? ((outcome as ReadOutcome).seen?.event ?? 0) : 0;
    const causes: [number, Cause][] = [
      [execution.last, "program"],
      [seen, "reads-from"],
      [outcome.fault, "fault"],
    ];
    const rule = effect.note?.rule;
    const truth = lineTruth(effect, outcome);
    this.#world.tracer.describe(outcome.event, this.#world.now, execution.on, {
      op: effect.op,
      kind: KINDS[effect.op],
      task: execution.task,
      args: shownArguments(effect),
      result: shownAnswer(answer),
      ...(rule === undefined ? {} : { rule }),
      causes,
      ...(truth === null ? {} : { truth }),
    });
  }

  #placed(execution: Execution) {
    return {
      step: this.#world.scheduler.steps,
      time: this.#world.now,
      process: execution.on.name,
      incarnation: execution.incarnation,
      execution: execution.number,
    };
  }
}

const KINDS: Readonly<Record<ServerEffect["op"], string>> = {
  "kv.get": "read",
  "kv.list": "read",
  "kv.cas": "write",
  "queue.publish": "message",
  "queue.ack": "message",
  "queue.return": "message",
  "timer.set": "timer",
  "timer.ack": "timer",
  "clock.read": "clock",
  reply: "message",
};

function truthOf(effect: ServerEffect, outcome: Outcome<unknown>) {
  if (effect.op === "kv.get") return { revision: (outcome as ReadOutcome).latest?.revision ?? 0, written: null };
  if (effect.op !== "kv.cas") return null;
  const { latest, written } = outcome as WriteOutcome;
  return { revision: latest?.revision ?? 0, written };
}

function lineTruth(effect: ServerEffect, outcome: Outcome<unknown>): object | null {
  if (effect.op === "kv.get" && outcome.answer !== null) {
    const { seen, latest, lag, served } = outcome as ReadOutcome;
    return {
      read: {
        observed: seen?.revision ?? 0,
        latest: latest?.revision ?? 0,
        ...(latest === undefined || latest === seen ? {} : { latestValue: summary(latest.value) }),
        lag,
        ...(seen === undefined ? {} : { writtenBy: eventId(seen.event) }),
        servedBy: served,
      },
    };
  }
  if (effect.op !== "kv.cas") return null;
  const { latest, landed, answer } = outcome as WriteOutcome;
  const outcomes = {
    committed: "committed",
    conflict: "rejected",
    "too-large": "rejected",
    unknown: "unknown",
  } as const;
  const told = answer?.outcome ?? "unknown";
  const actual = latest?.revision ?? 0;
  return {
    write: {
      expected: effect.expected,
      actual,
      ...(actual === effect.expected || latest === undefined ? {} : { conflict: eventId(latest.event) }),
      outcome: outcomes[told],
      ...(told === "unknown" ? { landed } : {}),
    },
  };
}

function shownArguments(effect: ServerEffect): Record<string, unknown> {
  const { op: _, note, ...rest } = effect as ServerEffect & { note?: Note };
  const about = note === undefined ? {} : { turn: note.turn, ...(note.kind === "commit" ? shownNote(note) : {}) };
  if ("value" in rest) return { ...rest, value: summary(rest.value), ...about };
  return { ...rest, ...about };
}

function shownNote(note: Extract<Note, { kind: "commit" }>) {
  const { attempt, purpose, basis, now, steps, response } = note;
  return { attempt, purpose, basis, now, steps: steps.map(({ by }) => by), response };
}

function shownAnswer(answer: unknown): unknown {
  if (typeof answer === "object" && answer !== null && "value" in answer && "revision" in answer) {
    return { revision: answer.revision, value: answer.value === null ? null : summary(answer.value as Stored) };
  }
  return answer;
}

/** A document as a trace shows it: its objects without their parameters and values. */
function summary({ subject, hw, armedAt, cursor, document }: Stored): object {
  return {
    subject,
    hw,
    armedAt,
    cursor,
    promises: Object.fromEntries(
      [...document.promises].map(([id, { state, timeoutAt }]) => [id, { state, timeoutAt }]),
    ),
    tasks: Object.fromEntries([...document.tasks].map(([id, { state, version }]) => [id, { state, version }])),
    schedules: Object.fromEntries([...document.schedules].map(([id, { nextRunAt }]) => [id, { nextRunAt }])),
    outbox: [...document.outbox.keys()],
  };
}
