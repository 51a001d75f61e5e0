import type { Request } from "../../kernel/request.js";
import { DRAWN, Stream } from "../draws.js";
import { Client } from "./client.js";
import type { Script } from "./script.js";

/** How many promises a crowd waits for, one after the other. */
const ROUNDS = 3;

/** Tasks that wait for one promise: a few, or more than one turn can tell. */
const FEW = 5;
const MANY = 66;

const HOUR = 3_600_000;

/** Who is offered the tasks: nobody. The crowd holds them itself. */
const TARGET = "poll://any@crowds";

/** Many tasks of one origin that wait for the same promise, as workflows do that were handed one by their parent. */
export class Crowd extends Client {
  /** `number`: which crowd of the run it is. The last promise is left to somebody who does not come before the run ends. */
  *gather(number: number): Script {
    const draws = new Stream(this.around.world.settings.seed, number, DRAWN.crowd);
    for (let round = 1; round <= ROUNDS; round += 1) {
      const origin = `q${number}-${round}`;
      const size = draws.below(8) === 0 ? MANY : 2 + draws.below(FEW - 1);
      const tasks = Array.from({ length: size }, (_, index) => `${origin}:${index + 1}`);
      yield* this.#wait(origin, tasks, draws);
      if (round < ROUNDS) yield* this.#go(origin, tasks, draws);
    }
  }

  /** Everybody waits for one promise, and so do some that only listen. */
  *#wait(origin: string, tasks: readonly string[], draws: Stream): Script {
    yield* this.insist(this.#promise(origin, { "resonate:external": "true", "resonate:scope": "global" }), draws);
    const held = { pid: this.name, ttl: HOUR };
    for (const id of tasks) {
      const action = this.#promise(id, { "resonate:target": TARGET });
      yield* this.insist({ kind: "task.create", data: { ...held, action } }, draws);
    }
    for (const id of tasks) {
      const actions = [{ kind: "promise.register_callback" as const, data: { awaited: origin, awaiter: id } }];
      yield* this.insist({ kind: "task.suspend", data: { id, version: 1, actions } }, draws);
    }
    for (let index = draws.below(4); index > 0; index -= 1) {
      const address = `poll://uni@${this.group}/${this.name}-${index}`;
      yield* this.insist({ kind: "promise.register_listener", data: { awaited: origin, address } }, draws);
    }
    yield { wait: "time", milliseconds: draws.below(5000) };
  }

  /** The promise is settled, and everybody goes on to its end. */
  *#go(origin: string, tasks: readonly string[], draws: Stream): Script {
    yield* this.insist(settle(origin), draws);
    yield { wait: "time", milliseconds: draws.below(2000) };
    for (const id of tasks) {
      yield* this.insist({ kind: "task.acquire", data: { id, version: 1, pid: this.name, ttl: HOUR } }, draws);
      yield* this.insist({ kind: "task.fulfill", data: { id, version: 2, action: settle(id) } }, draws);
    }
  }

  #promise(id: string, tags: Readonly<Record<string, string>>) {
    const timeoutAt = this.around.world.now + HOUR;
    return { kind: "promise.create" as const, data: { id, timeoutAt, param: {}, tags } };
  }
}

function settle(id: string) {
  return { kind: "promise.settle" as const, data: { id, state: "resolved", value: {} } } satisfies Request;
}
