import type { PromiseRecord } from "../../kernel/model.js";
import type { PromiseCreate, Request, Response } from "../../kernel/request.js";
import { DRAWN, Stream } from "../draws.js";
import { Agent } from "./agent.js";
import type { Root } from "./plan.js";
import { encodeProgram, tagsFor } from "./program.js";
import { payload, type Script } from "./script.js";

/** What the SDK waits after an answer that says nothing, and between two looks at a promise that is still pending. */
const PAUSE = 5000;
const LOOK_AGAIN = 60_000;

/** Starts workflows and waits for them, one script for each. */
export class Client extends Agent {
  #names = 0;

  /** Asks until there is an answer that says something. Half of the repeats are the same request, the others new ones. */
  *insist(request: Request, draws: Stream): Script<Response> {
    let name = this.#fresh();
    for (;;) {
      const response = yield { wait: "answer", request, name };
      if (response !== null && response.status !== 429 && response.status !== 500) return response;
      yield { wait: "time", milliseconds: draws.below(PAUSE) };
      if (draws.below(2) === 0) name = this.#fresh();
    }
  }

  /** Waits until a promise is settled: listens, and looks again from time to time because a message may be lost. */
  *settled(id: string, draws: Stream): Script<PromiseRecord | null> {
    const address = `poll://uni@${this.group}/${this.name}`;
    for (;;) {
      const request: Request = { kind: "promise.register_listener", data: { awaited: id, address } };
      const response = yield* this.insist(request, draws);
      const { promise } = payload(response);
      if (promise === undefined) return null;
      if (promise.state !== "pending") return promise;
      yield { wait: "unblock", promise: id, within: LOOK_AGAIN };
    }
  }

  /** Creates a workflow's promise and waits for its end; `group` runs it. */
  *call(root: Root, group: string, ended: (record: PromiseRecord | null) => void): Script {
    const draws = this.#drawsOf(root);
    yield { wait: "time", milliseconds: root.start };
    yield* this.insist(creation(root, group, this), draws);
    ended(yield* this.settled(root.id, draws));
  }

  /** Waits for the end of a workflow that a worker starts. If the worker did not, it is created after a while. */
  *watch(root: Root, group: string, ended: (record: PromiseRecord | null) => void): Script {
    const draws = this.#drawsOf(root);
    yield { wait: "time", milliseconds: root.start + 15_000 };
    yield* this.insist(creation(root, group, this), draws);
    ended(yield* this.settled(root.id, draws));
  }

  /** Keeps a schedule for a while, deletes it, and waits for everything that it started. */
  *schedule(root: Root, group: string, ended: (record: PromiseRecord | null) => void): Script {
    const draws = this.#drawsOf(root);
    const { mode } = this.around.world.settings;
    const every = 5 + 5 * draws.below(3);
    yield { wait: "time", milliseconds: root.start };
    const created = yield* this.insist(
      {
        kind: "schedule.create",
        data: {
          id: root.id,
          cron: `*/${every} * * * * *`,
          promiseId: "{{.id}}-{{.timestamp}}",
          promiseTimeout: root.timeout,
          promiseParam: { data: encodeProgram(root.program) },
          promiseTags: tagsFor("root", root.id, root.id, group, mode),
        },
      },
      draws,
    );
    const first = payload(created).schedule?.nextRunAt;
    yield { wait: "time", milliseconds: 1000 * (every + draws.below(40)) };
    const { schedule } = payload(yield* this.insist({ kind: "schedule.get", data: { id: root.id } }, draws));
    yield* this.insist({ kind: "schedule.delete", data: { id: root.id } }, draws);
    if (first === undefined) return ended(null);
    for (let at = first; at <= (schedule?.lastRunAt ?? 0); at += 1000 * every) {
      const record = yield* this.settled(`${root.id}-${at}`, draws);
      if (record === null) return ended(null);
    }
    // A late copy of the request that created it may have made it again.
    yield { wait: "time", milliseconds: LOOK_AGAIN };
    yield* this.insist({ kind: "schedule.delete", data: { id: root.id } }, draws);
    ended({ ...NOTHING, id: root.id });
  }

  /** Does what a workflow waits for somebody outside to do. */
  *human(id: string, value: number, draws: Stream): Script {
    yield { wait: "time", milliseconds: draws.below(20_000) };
    const data = { id, state: "resolved", value: { data: String(value) } };
    yield* this.insist({ kind: "promise.settle", data }, draws);
  }

  /** Halts a workflow for a while, and looks at it. */
  *operate(root: Root, halt: number): Script {
    const draws = new Stream(this.around.world.settings.seed, 2000 + root.number, DRAWN.workload);
    const { id } = root;
    yield { wait: "time", milliseconds: root.start + halt };
    yield* this.insist({ kind: "task.get", data: { id } }, draws);
    const halted = yield* this.insist({ kind: "task.halt", data: { id } }, draws);
    yield* this.insist({ kind: "promise.get", data: { id } }, draws);
    yield { wait: "time", milliseconds: draws.below(15_000) };
    if (halted.status === 200) yield* this.insist({ kind: "task.continue", data: { id } }, draws);
    yield* this.insist({ kind: "task.get", data: { id } }, draws);
  }

  #drawsOf({ number }: Root): Stream {
    return new Stream(this.around.world.settings.seed, 1000 + number, DRAWN.workload);
  }

  #fresh(): string {
    this.#names += 1;
    return `${this.name}/${this.#names}`;
  }
}

const NOTHING: PromiseRecord = {
  id: "",
  state: "resolved",
  param: {},
  value: {},
  tags: {},
  timeoutAt: 0,
  createdAt: 0,
};

/** The request that creates a workflow's promise. */
export function creation(root: Root, group: string, agent: Agent): PromiseCreate {
  const { world } = agent.around;
  return {
    kind: "promise.create",
    data: {
      id: root.id,
      timeoutAt: world.now + root.timeout,
      param: { data: encodeProgram(root.program) },
      tags: tagsFor("root", root.id, root.id, group, world.settings.mode),
    },
  };
}
