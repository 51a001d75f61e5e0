import { onTimer, sweep } from "./due.js";
import { onRequest } from "./request.js";
import type { Served, Serving } from "./serving.js";
import type { ServerSettings } from "./settings.js";
import type { Incoming } from "./wire.js";

/**
 * The whole server: serves one delivery, or sweeps once. It remembers nothing between two of them and reaches the world by
 * the effects that it yields alone, so it may be ended at any of them.
 */
export function serve(incoming: Incoming, settings: ServerSettings): Serving<Served> {
  switch (incoming.kind) {
    case "request":
      return onRequest(incoming.delivery, settings);
    case "timer":
      return onTimer(incoming.delivery, settings);
    case "sweep":
      return sweep(settings);
  }
}
