import type { Document, Instant, Tags } from "../../kernel/model.js";
import { isExternal } from "../../kernel/project.js";
import type { PromiseCreate, Request } from "../../kernel/request.js";
import {
  acquire,
  byId,
  callback,
  create,
  EXTERNAL,
  fence,
  heartbeat,
  listener,
  release,
  schedule,
  settle,
  spawn,
  TARGET,
  TIMER,
} from "./requests.js";

/** Random scripts of requests that know enough of the document to get anywhere, and are hostile now and then. */

/** Numbers from 0 up to 1 that follow from a seed. Source: Mulberry32 by Tommy Ettinger, in the public domain. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

const IDS = ["a", "a:0", "a:1", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7", "b"];
const PIDS = ["p", "q"];
const TTLS = [0, 10, 60, 60, 60, 400];
const WAITS = [0, 0, 0, 0, 0, 1, 5, 20, 45, 150];
const STATES = ["resolved", "rejected", "rejected_canceled", "resolved", "rejected_timedout", "pending"];
const VALUES = [{}, { data: "x" }, { headers: { h: "1" }, data: "y" }];
const LISTENERS = ["http://l", "http://l", "poll://any@g", "nats://n", "ftp://n"];
const BRANCH: Tags = { "resonate:branch": "a" };

const TAGS: readonly Tags[] = [
  { ...TARGET, ...BRANCH },
  { ...TARGET, ...BRANCH },
  { ...TARGET, ...BRANCH },
  { ...EXTERNAL, ...BRANCH },
  { ...EXTERNAL, ...BRANCH },
  { ...EXTERNAL, ...BRANCH },
  { ...TIMER, ...BRANCH },
  BRANCH,
  { "resonate:scope": "global" },
  { ...TARGET, ...TIMER },
  { "resonate:target": "" },
  { ...TARGET, "resonate:delay": "90" },
  { ...TARGET, "resonate:delay": "99999" },
];

function birth(random: Random, now: Instant, id = pick(random, IDS)): PromiseCreate {
  const timeoutAt = now + pick(random, [-3, 1, 40, 200, 200, 600, 600, 3000, 3000, 3000]);
  return create(id, Math.max(0, timeoutAt), pick(random, TAGS), pick(random, VALUES));
}

function versionOf(random: Random, document: Document, id: string): number {
  const current = document.tasks.get(id)?.version ?? 0;
  return random() < 0.8 ? current : Math.max(0, current + pick(random, [-1, 1]));
}

function waits(random: Random, document: Document, id: string): Request {
  const version = versionOf(random, document, id);
  const usable = [...document.promises.values()]
    .filter(({ tags }) => isExternal({ tags }, "strict"))
    .map((one) => one.id);
  const live = [...document.promises.values()].filter(({ state }) => state === "pending").map((one) => one.id);
  const open = (random() < 0.3 ? live : usable).filter(
    (one) => one !== id && document.promises.get(one)?.state === "pending",
  );
  const from = random() < 0.6 && open.length > 0 ? open : random() < 0.7 && usable.length > 0 ? usable : IDS;
  const awaited = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    random() < 0.1 ? id : pick(random, from),
  );
  const proper = random() < 0.7 ? [...new Set(awaited)].filter((one) => one !== id) : awaited;
  const actions = proper.map((one) => callback(one, random() < 0.97 ? id : pick(random, IDS)));
  return { kind: "task.suspend", data: { id, version, actions } };
}

type Maker = (random: Random, document: Document, now: Instant, id: string) => Request;

const MAKERS: readonly Maker[] = [
  (random, _, now) => birth(random, now),
  (random, _, now) => birth(random, now),
  (_, __, ___, id) => byId("promise.get", id),
  (random) => settle(pick(random, IDS), pick(random, STATES), pick(random, VALUES)),
  (random, _, __, id) => callback(pick(random, IDS), random() < 0.9 ? id : pick(random, IDS)),
  (random) => listener(pick(random, IDS), pick(random, LISTENERS)),
  (_, __, ___, id) => byId("task.get", id),
  (random, _, now, id) => {
    const { data } = birth(random, now, id);
    const tags = random() < 0.8 ? { ...TARGET, ...BRANCH } : data.tags;
    return spawn(id, data.timeoutAt, { pid: pick(random, PIDS), ttl: pick(random, TTLS), tags });
  },
  (random, document, _, id) =>
    acquire(id, versionOf(random, document, id), { pid: pick(random, PIDS), ttl: pick(random, TTLS) }),
  (random, document, now, id) => {
    const action = random() < 0.5 ? birth(random, now) : settle(pick(random, IDS), "resolved", pick(random, VALUES));
    return fence(id, versionOf(random, document, id), action);
  },
  (random, document) => {
    const entries = IDS.filter(() => random() < 0.6).map((id) => ({ id, version: versionOf(random, document, id) }));
    return heartbeat(pick(random, PIDS), ...entries);
  },
  (random, document, _, id) => waits(random, document, id),
  (random, document, _, id) => waits(random, document, id),
  (random, document, _, id) => {
    const other = random() < 0.95 ? id : pick(random, IDS);
    const action = settle(other, random() < 0.9 ? "resolved" : pick(random, STATES), pick(random, VALUES));
    return { kind: "task.fulfill", data: { id, version: versionOf(random, document, id), action } };
  },
  (random, document, _, id) => release(id, versionOf(random, document, id)),
  (_, __, ___, id) => byId("task.halt", id),
  (_, __, ___, id) => byId("task.continue", id),
  (random) =>
    schedule("s", "* * * * * *", {
      promiseTimeout: pick(random, [0, 50, 2000]),
      promiseTags: pick(random, TAGS),
      promiseParam: pick(random, VALUES),
    }),
  () => byId("schedule.delete", "s"),
];

/** An id that a request is about: mostly one with a task that is not over. */
function subject(random: Random, { tasks }: Document): string {
  const open = [...tasks.values()].filter(({ state }) => state !== "fulfilled").map(({ id }) => id);
  return open.length > 0 && random() < 0.85 ? pick(random, open) : pick(random, IDS);
}

/** Requests that move things along come more often than the rest. */
const BUSY: readonly Maker[] = [
  (random, document, _, id) =>
    acquire(id, document.tasks.get(id)?.version ?? 0, { pid: pick(random, PIDS), ttl: pick(random, TTLS) }),
  (random, document, _, id) => waits(random, document, id),
  (random, document) => settle(live(random, document), "resolved", pick(random, VALUES)),
  (random, document, _, id) => callback(live(random, document), id),
  (random, document) => listener(live(random, document), pick(random, LISTENERS)),
  (random, document, _, id) => release(id, versionOf(random, document, id)),
  (_, __, now) => create(`s-${(Math.floor(now / 1000) + 1) * 1000}`, now + 9000, EXTERNAL),
];

function live(random: Random, { promises }: Document): string {
  const pending = [...promises.values()].filter(({ state }) => state === "pending").map(({ id }) => id);
  return pick(random, pending.length > 0 ? pending : IDS);
}

export interface Command {
  readonly now: Instant;
  /** Null: only time passes. */
  readonly request: Request | null;
  readonly bound: number;
}

/** What most scripts begin with: two tasks, one of them held, and promises to wait for. */
const PROLOGUE: readonly Request[] = [
  spawn("a", 4000, { ttl: 200, tags: { ...TARGET, ...BRANCH } }),
  create("a:0", 3000, { ...TARGET, ...BRANCH }),
  create("a:1", 600, { ...EXTERNAL, ...BRANCH }),
  create("a:2", 3000, { ...EXTERNAL, ...BRANCH }),
];

/** What happens next, at or after `now`. */
export function nextCommand(random: Random, document: Document, now: Instant): Command {
  const begun = PROLOGUE[document.promises.size];
  if (begun !== undefined && random() < 0.9) return { now, request: begun, bound: 0 };
  const later = now + (random() < 0.01 ? 1000 : pick(random, WAITS));
  const id = subject(random, document);
  const end = document.promises.get(id)?.timeoutAt ?? 0;
  // Deadlines that nobody has noticed yet are where most goes wrong.
  const overdue = end >= now && end < now + 2000 && random() < 0.08;
  const request = random() < 0.1 ? null : pick(random, random() < 0.5 ? BUSY : MAKERS);
  const at = overdue ? end : later;
  const bound = overdue ? 0 : pick(random, [0, 0, 1, 3, 50, 50]);
  return { now: at, request: request === null ? null : request(random, document, at, id), bound };
}
