import { serve } from "../../algorithm/server.js";
import type { Serve } from "../../algorithm/serving.js";
import { DEFAULT_SETTINGS } from "../../algorithm/settings.js";
import type { Request } from "../../kernel/request.js";
import type { BoundedSettings } from "./bounded-world.js";

const create: Request = {
  kind: "promise.create",
  data: { id: "w", timeoutAt: 1_900_000_000_000, param: {}, tags: { "resonate:target": "poll://any@workers" } },
};

/** Of each client an object of its own: a request is told from others by its identity. */
function acquire(pid: string): Request {
  return { kind: "task.acquire", data: { id: "w", version: 0, pid, ttl: 60_000 } };
}

/** One origin, two servers, two clients that race for one task, and at most one fault. */
export function smallConfiguration(serving: Serve = serve, faults = 1): BoundedSettings {
  return { clients: [[create, acquire("p")], [acquire("q")]], faults, dials: DEFAULT_SETTINGS, serve: serving };
}
