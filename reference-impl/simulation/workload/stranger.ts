import type { PromiseCreate, PromiseSettle, RegisterCallback, Request, Response } from "../../kernel/request.js";
import { DRAWN, Stream } from "../draws.js";
import { Agent } from "./agent.js";
import { payload, type Script } from "./script.js";

/** How many requests one stranger makes. */
const REQUESTS = 60;

/** Who receives what is offered to strangers: nobody. */
const TARGET = "poll://any@strangers";

/** What a stranger remembers of a task: the version it acquired last, and as whom. */
interface Claim {
  readonly version: number;
  readonly pid: string;
}

/** Tags of the promises that strangers make, and more that are out of order. */
const TAGS: readonly Readonly<Record<string, string>>[] = [
  { "resonate:target": TARGET },
  { "resonate:target": TARGET },
  { "resonate:external": "true" },
  { "resonate:timer": "true" },
  {},
  { "resonate:scope": "global" },
  { "resonate:target": "" },
  { "resonate:timer": "true", "resonate:target": TARGET },
  { "resonate:external": "false" },
];

/** What a round begins with. */
const KINDS = [
  { "resonate:target": TARGET },
  { "resonate:target": TARGET },
  { "resonate:external": "true" },
  { "resonate:timer": "true" },
  {},
] as const;

/** After how many of them it turns to other promises, and to how many. */
const ROUND = 15;
const WIDTH = KINDS.length + 1;

const STATES = ["resolved", "resolved", "rejected", "rejected_canceled", "rejected_timedout", "pending"];

const ADDRESSES = ["http://a", "poll://uni@strangers/x", "poll://nobody", "ftp://a", "nats://a"];

/**
 * Asks for whatever the protocol has words for, on origins of its own: requests out of order, of stale holders, for promises
 * that are dead, internal or absent. No well-behaved client shows how these are refused.
 */
export class Stranger extends Agent {
  readonly #claims = new Map<string, Claim>();
  /** Which of the promises it asks for: new ones every while, because the old ones are dead by then. */
  #first = 0;

  /** `number` tells strangers apart; two of them share an origin. */
  *pester(number: number): Script {
    const { world } = this.around;
    const draws = new Stream(world.settings.seed, 4000 + number, DRAWN.workload);
    yield { wait: "time", milliseconds: draws.below(30_000) };
    for (let count = 0; count < REQUESTS; count++) {
      if (count % ROUND === 0) {
        this.#first = (count / ROUND) * WIDTH;
        this.#claims.clear();
        yield* this.#setUp(draws, `x${number >> 1}`);
      }
      const request = this.#any(draws, `x${number >> 1}`);
      this.#remember(request, yield { wait: "answer", request });
      yield { wait: "time", milliseconds: draws.below(5) === 0 ? draws.below(4000) : draws.below(40) };
    }
  }

  /** One promise of each kind, so that most of what follows meets something: a task held, one offered, and what to wait for. */
  *#setUp(draws: Stream, origin: string): Script {
    for (const [place, tags] of KINDS.entries()) {
      const id = `${origin}:${this.#first + place}`;
      const action = this.#create(draws, id, tags, draws.below(2) === 0 ? 4000 : 20_000);
      const data = { pid: this.name, ttl: 500 + draws.below(8000), action };
      const request: Request = place === 0 ? { kind: "task.create", data } : action;
      this.#remember(request, yield { wait: "answer", request });
    }
  }

  #remember(request: Request, response: Response | null): void {
    const { task } = payload(response);
    if (task?.state !== "acquired") return;
    if (request.kind === "task.acquire" || request.kind === "task.create") {
      this.#claims.set(task.id, { version: task.version, pid: request.data.pid });
    }
  }

  #any(draws: Stream, origin: string): Request {
    const id = this.#id(draws, origin);
    const pick = draws.below(20);
    if (pick < 5) return this.#create(draws, id);
    if (pick === 5) return settle(draws, this.#id(draws, origin));
    if (pick < 12) return this.#held(draws, origin);
    switch (pick) {
      case 12:
        return { kind: "promise.get", data: { id } };
      case 13:
        return register(id, this.#id(draws, origin));
      case 14:
        return { kind: "promise.register_listener", data: { awaited: id, address: oneOf(draws, ADDRESSES) } };
      case 15:
        return { kind: "task.get", data: { id } };
      case 16:
        return { kind: draws.below(2) === 0 ? "task.halt" : "task.continue", data: { id } };
      case 17:
        return this.#schedule(draws, origin);
      default:
        return this.#take(draws, id);
    }
  }

  #id(draws: Stream, origin: string): string {
    // One more than there are: it is absent at first.
    return `${origin}:${this.#first + draws.below(WIDTH)}`;
  }

  #create(draws: Stream, id: string, wanted?: Record<string, string>, within?: number): PromiseCreate {
    const { now } = this.around.world;
    const param = { data: id };
    if (wanted !== undefined) {
      return { kind: "promise.create", data: { id, timeoutAt: now + (within ?? 0), param, tags: wanted } };
    }
    const tags = oneOf(draws, TAGS);
    const delay = draws.below(6) === 0 ? { "resonate:delay": draws.below(4) === 0 ? "soon" : String(now + 2000) } : {};
    const timeoutAt = now + (draws.below(8) === 0 ? -1 : draws.below(2) * 10_000 + draws.below(12_000));
    return { kind: "promise.create", data: { id, timeoutAt, param, tags: { ...tags, ...delay } } };
  }

  /** Asks for a task: by its version, or by creating it. */
  #take(draws: Stream, id: string): Request {
    const pid = `${this.name}-${draws.below(2)}`;
    const ttl = draws.below(8) === 0 ? 0 : 300 + draws.below(8000);
    if (draws.below(2) === 0) return { kind: "task.create", data: { pid, ttl, action: this.#create(draws, id) } };
    const version = Math.max(0, (this.#claims.get(id)?.version ?? 0) + (draws.below(5) === 0 ? 1 : 0));
    return { kind: "task.acquire", data: { id, version, pid, ttl } };
  }

  /** Acts as the holder of a task, or as one whose time is over. */
  #held(draws: Stream, origin: string): Request {
    const [id = origin, claim] = oneOf(draws, [...this.#claims]) ?? [];
    const version = Math.max(0, (claim?.version ?? 1) - (draws.below(6) === 0 ? 1 : 0));
    const other = this.#id(draws, origin);
    switch (draws.below(7)) {
      case 0:
        return { kind: "task.release", data: { id, version } };
      case 1: {
        const own = draws.below(4) === 0 ? other : id;
        return { kind: "task.fulfill", data: { id, version, action: settle(draws, own) } };
      }
      case 2: {
        const action = draws.below(2) === 0 ? this.#create(draws, other) : settle(draws, other);
        return { kind: "task.fence", data: { id, version, action } };
      }
      case 3: {
        const pid = draws.below(3) === 0 ? "somebody" : (claim?.pid ?? this.name);
        return { kind: "task.heartbeat", data: { pid, tasks: [{ id, version }] } };
      }
      default: {
        const awaited = Array.from({ length: draws.below(8) === 0 ? 0 : 1 + draws.below(2) }, () =>
          draws.below(4) === 0 ? other : `${origin}:${this.#first + 1 + draws.below(3)}`,
        );
        return { kind: "task.suspend", data: { id, version, actions: awaited.map((each) => register(each, id)) } };
      }
    }
  }

  /** Never one that fires: schedules of workflows do. */
  #schedule(draws: Stream, origin: string): Request {
    const id = `${origin}s`;
    if (draws.below(3) === 0) return { kind: "schedule.get", data: { id } };
    if (draws.below(2) === 0) return { kind: "schedule.delete", data: { id } };
    const promiseTags = oneOf(draws, [{ "resonate:timer": "true", "resonate:target": TARGET }, {}]);
    const cron = "resonate:timer" in promiseTags ? "* * * * *" : "every now and then";
    const data = { id, cron, promiseId: "{{.id}}", promiseTimeout: 1000, promiseParam: {}, promiseTags };
    return { kind: "schedule.create", data };
  }
}

function settle(draws: Stream, id: string): PromiseSettle {
  return { kind: "promise.settle", data: { id, state: oneOf(draws, STATES), value: { data: String(draws.below(9)) } } };
}

function register(awaited: string, awaiter: string): RegisterCallback {
  return { kind: "promise.register_callback", data: { awaited, awaiter } };
}

function oneOf<T>(draws: Stream, from: readonly T[]): T {
  return from[draws.below(Math.max(1, from.length))] as T;
}
