import type { Request } from "../../reference-impl/kernel/request.js";
import {
  acquire,
  begin,
  create,
  everyMinute,
  fence,
  fulfill,
  get,
  heartbeat,
  listen,
  suspend,
  TIMER,
} from "./durable-requests.js";
import { type Fault, WeakPlatform } from "./weak-platform.js";

/** A workflow that sleeps, while a client listens and a schedule fires: requests and when they are sent. */
export const STORY: readonly (readonly [number, Request])[] = [
  [1_000_000, begin("w", 9_000_000, 5_000_000)],
  [1_000_000, listen("w", "http://client/")],
  [1_001_000, everyMinute("s", {}, 30_000)],
  [1_002_000, fence("w", 1, create("w:0", 1_030_000, TIMER))],
  [1_003_000, heartbeat({ id: "w", version: 1 }, { id: "v", version: 1 })],
  [1_004_000, suspend("w", 1, "w:0")],
  [1_031_000, acquire("w", 1, 5_000_000)],
  [1_031_500, get("w:0")],
  [1_032_000, fulfill("w", 2)],
  [1_090_000, { kind: "schedule.delete", data: { id: "s" } }],
];

/** Tells the story on a platform with faults at the given effects; `onEnd` is called when a procedure has ended. */
export function tell(
  faults: ReadonlyMap<number, Fault>,
  onEnd: (world: WeakPlatform) => void = () => {},
): WeakPlatform {
  const world = new WeakPlatform();
  for (const [step, fault] of faults) world.faults.set(step, fault);
  world.onEnd = () => onEnd(world);
  for (const [n, [at, request]] of STORY.entries()) {
    world.settle(at);
    world.time = Math.max(world.time, at);
    world.enqueue(request, `turn ${n}`);
    world.settle(at);
  }
  world.settle(1_500_000);
  return world;
}
