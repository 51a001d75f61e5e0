import type { InternalStep, MicroStep } from "../../kernel/machine.js";
import type { Document, Instant, Settings, Tags, Task } from "../../kernel/model.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import type { PromiseCreate, PromiseSettle, Request } from "../../kernel/request.js";
import { fire } from "../../kernel/step.js";
import { nextTimer, turn } from "../../kernel/turn.js";
import type { FinishedRun } from "../property.js";

/** Whole numbers, 0 or more, that decide one move of a walk through the machine. */
export interface Move {
  readonly kind: number;
  readonly id: number;
  readonly other: number;
  readonly tags: number;
  readonly amount: number;
  readonly wait: number;
}

/** What one move led to. */
export interface Stop {
  readonly now: Instant;
  readonly document: Document;
  readonly steps: readonly MicroStep[];
}

/** Few ids, most of one origin, so that moves meet. */
const IDS = ["r", "r:0", "r:1", "r:2", "q", ..."3456789abcdef".split("").map((digit) => `r:${digit}`)];
const ADDRESSES = ["poll://any@w", "http://listener/", "nats://topic", "nowhere"];
const TARGET = { "resonate:target": "poll://any@w" };
const TAGS: readonly Tags[] = [
  TARGET,
  TARGET,
  TARGET,
  TARGET,
  { "resonate:external": "true" },
  { "resonate:external": "true" },
  { "resonate:timer": "true" },
  {},
  { "resonate:scope": "global" },
  { "resonate:target": "" },
  { ...TARGET, "resonate:timer": "true" },
  { ...TARGET, "resonate:delay": "30" },
];
const SPANS = [60_000, 700, 60_000, 40, 60_000, 600, 60_000, 5, 60_000, 0, -10];
const WAITS = [0, 0, 0, 1, 5, 0, 40, 0, 0, 600, 0, 0];
const BOUNDS = [50, 50, 0, 1, 50, 3];
const STATES = ["resolved", "rejected", "rejected_canceled", "resolved", "rejected_timedout", "pending"];

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error("Unexpected empty list, expected something to choose from");
  return found;
}

/** Mostly the id of a promise that is stored pending, so that most moves do something. */
function someId(document: Document, index: number): string {
  const live = [...document.promises.values()].filter(({ state }) => state === "pending");
  return live.length > 0 && index % 4 !== 3 ? at(live, index >> 2).id : at(IDS, index);
}

/** A task in the state if there is one, or else any id: most moves shall be possible, and some not. */
function taskIn(document: Document, state: Task["state"] | null, move: Move): { id: string; version: number } {
  const tasks = [...document.tasks.values()].filter((task) => task.state === state);
  const id = tasks.length > 0 && move.other % 8 !== 7 ? at(tasks, move.id).id : at(IDS, move.id);
  const version = document.tasks.get(id)?.version ?? 0;
  return { id, version: move.amount % 9 === 8 ? version + (move.other % 3) - 1 : version };
}

function creation(move: Move, id: string, now: Instant, timed: readonly Tags[] = TAGS): PromiseCreate {
  const timeoutAt = now + at(SPANS, move.amount);
  const param = move.kind % 2 === 0 ? {} : { data: "x", headers: { h: "1" } };
  return { kind: "promise.create", data: { id, timeoutAt, param, tags: at(timed, move.tags) } };
}

function settlement(move: Move, id: string): PromiseSettle {
  const value = move.tags % 3 === 0 ? {} : { data: `${move.tags}` };
  return { kind: "promise.settle", data: { id, state: at(STATES, move.other), value } };
}

type Maker = (move: Move, document: Document, now: Instant) => Request;

const awaits = (awaited: string, awaiter: string) => ({
  kind: "promise.register_callback" as const,
  data: { awaited, awaiter },
});

const suspend: Maker = (move, document) => {
  const task = taskIn(document, "acquired", move);
  const live = [...document.promises.values()].filter(({ id, state }) => id !== task.id && state === "pending");
  const others = IDS.filter((id) => id !== task.id);
  const ids = live.length > 0 && move.wait % 5 !== 4 ? live.map(({ id }) => id) : others;
  const first = at(ids, move.other);
  const second = at(move.wait % 2 === 0 ? ids : others, move.tags);
  const awaited = first === second || move.amount % 2 === 0 ? [first] : [first, second];
  return { kind: "task.suspend", data: { ...task, actions: awaited.map((id) => awaits(id, task.id)) } };
};

const awaitToo: Maker = (move, document) => {
  const awaited = [...document.promises.values()].filter(
    ({ state, callbacks }) => state === "pending" && callbacks.length > 0,
  );
  return awaits(awaited.length > 0 ? at(awaited, move.id).id : at(IDS, move.id), someId(document, move.other));
};

const create: Maker = (move, _, now) => creation(move, at(IDS, move.id), now);
const acquire: Maker = (move, document) => ({
  kind: "task.acquire",
  data: {
    ...taskIn(document, "pending", move),
    pid: at(["p", "q"], move.other),
    ttl: at([20, 700, 0, 100], move.tags),
  },
});
const listen: Maker = (move, document) => ({
  kind: "promise.register_listener",
  data: { awaited: someId(document, move.id), address: at(ADDRESSES, move.other) },
});

const settleAwaited: Maker = (move, document) => {
  const awaited = [...document.promises.values()].filter(({ callbacks }) => callbacks.length > 0);
  return settlement(move, awaited.length > 0 ? at(awaited, move.id).id : at(IDS, move.id));
};

const MAKERS: readonly Maker[] = [
  create,
  create,
  create,
  (move, document) => ({ kind: "promise.get", data: { id: someId(document, move.id) } }),
  (move, document) => settlement(move, someId(document, move.id)),
  settleAwaited,
  settleAwaited,
  (move, document) => awaits(someId(document, move.id), someId(document, move.other)),
  awaitToo,
  awaitToo,
  listen,
  listen,
  (move, document) => ({ kind: "task.get", data: { id: someId(document, move.id) } }),
  (move, _, now) => ({
    kind: "task.create",
    data: { pid: "p", ttl: at([20, 700], move.other), action: creation(move, at(IDS, move.id), now, [TARGET]) },
  }),
  acquire,
  acquire,
  acquire,
  suspend,
  suspend,
  suspend,
  (move, document, now) => {
    const id = at(IDS, move.tags);
    const action = move.other % 2 === 0 ? creation(move, id, now) : settlement(move, id);
    return { kind: "task.fence", data: { ...taskIn(document, "acquired", move), action } };
  },
  (move, document) => ({
    kind: "task.heartbeat",
    data: { pid: at(["p", "q"], move.other), tasks: [taskIn(document, "acquired", move)] },
  }),
  (move, document) => {
    const task = taskIn(document, "acquired", move);
    return { kind: "task.fulfill", data: { ...task, action: settlement(move, task.id) } };
  },
  (move, document) => ({ kind: "task.release", data: taskIn(document, "acquired", move) }),
  (move, document) => ({ kind: "task.halt", data: { id: taskIn(document, "acquired", move).id } }),
  (move, document) => ({ kind: "task.continue", data: { id: taskIn(document, "halted", move).id } }),
  (move) => ({
    kind: "schedule.create",
    data: {
      id: at(["s", "t"], move.id),
      cron: "* * * * * *",
      promiseId: "{{.id}}-{{.timestamp}}",
      promiseTimeout: at([0, 300, 5_000], move.amount),
      promiseParam: {},
      promiseTags: at(TAGS, move.tags),
    },
  }),
  (move) => ({ kind: "schedule.delete", data: { id: at(["s", "t"], move.id) } }),
];

/** Any internal step: half of them of an object that could be ready for it, and the others of any. */
function internalStep(move: Move, document: Document): InternalStep {
  const any = someId(document, move.id);
  const near = move.amount % 2 === 0;
  const promises = [...document.promises.values()].filter(
    ({ callbacks, listeners }) => callbacks.length + listeners.length > 0,
  );
  const promise = near && promises.length > 0 ? at(promises, move.id) : undefined;
  const taskOf = (state: Task["state"]) => (near ? taskIn(document, state, move).id : any);
  const steps: readonly InternalStep[] = [
    { step: "R1", promise: any },
    { step: "R3", promise: promise?.id ?? any, address: promise?.listeners[0] ?? at(ADDRESSES, move.other) },
    { step: "R4", promise: promise?.id ?? any, awaiter: promise?.callbacks[0] ?? at(IDS, move.other) },
    { step: "R5", task: taskOf("acquired") },
    { step: "R6", task: taskOf("pending") },
    { step: "R7", schedule: at(["s", "t"], move.other) },
  ];
  return at(steps, move.tags);
}

/** Takes the machine from the empty document through the moves: requests, turns of timers, and lone internal steps. */
export function walk(moves: readonly Move[], settings: Settings): readonly Stop[] {
  const stops: Stop[] = [];
  let document = EMPTY_DOCUMENT;
  let now = 0;
  for (const move of moves) {
    now += at(WAITS, move.wait);
    const kind = move.kind % (MAKERS.length + 6);
    const steps: MicroStep[] = [];
    if (kind >= MAKERS.length + 2) {
      const by = internalStep(move, document);
      steps.push({ by, now, before: document, after: fire(document, now, by, settings), response: null });
    } else {
      const request = MAKERS[kind]?.(move, document, now) ?? null;
      steps.push(...turn(document, now, request, settings, at(BOUNDS, move.other)).steps);
    }
    document = steps.at(-1)?.after ?? document;
    stops.push({ now, document, steps });
  }
  return stops;
}

/** Turns of timers that a run may take to its end. */
const MOST_TURNS = 2_000;

/**
 * A walk that goes on, after the schedules have been deleted, with the clock moving from timer to timer until the server asks
 * for none. A state for every step.
 */
export function runToEnd(moves: readonly Move[], settings: Settings): FinishedRun {
  const stops = walk(moves, settings);
  const states = stops.flatMap(({ now, steps }) => steps.map(({ after }) => ({ now, document: after })));
  let { now = 0, document = EMPTY_DOCUMENT } = stops.at(-1) ?? {};
  const take = (request: Request | null) => {
    const { steps } = turn(document, now, request, settings, at(BOUNDS, 0));
    document = steps.at(-1)?.after ?? document;
    states.push(...steps.map(({ after }) => ({ now, document: after })), { now, document });
  };
  for (const id of [...document.schedules.keys()]) take({ kind: "schedule.delete", data: { id } });
  let next = nextTimer(document, settings);
  for (let left = MOST_TURNS; next !== null && left > 0; left--) {
    now = Math.max(now, next);
    take(null);
    next = nextTimer(document, settings);
  }
  return { states, quiet: next === null };
}
