import type { Serve } from "../algorithm/serving.js";
import type { ServerSettings } from "../algorithm/settings.js";
import type { Body, RequestBody } from "../algorithm/wire.js";
import { Kv, type Write } from "./world/kv.js";
import { Mail } from "./world/mail.js";
import { Post } from "./world/post.js";
import type { Process } from "./world/process.js";
import type { Watcher } from "./world/recorder.js";
import { Servers } from "./world/servers.js";
import type { Version } from "./world/store.js";
import { type Fired, Timers } from "./world/timers.js";
import type { World } from "./world/world.js";

/** Told of what happens to the server and its platform. */
export interface Witness {
  /** Shown every observation; null if nobody looks. */
  readonly watcher: Watcher | null;
  /** A write took effect; `before` is what it replaced. */
  committed(write: Write, version: Version<Write["value"]>, before: Version<Write["value"]> | undefined): void;
  /** A procedure threw. */
  failed(message: string): void;
}

/** The simulated platform and the processes of the server on it. */
export class Cluster {
  readonly servers: Servers;
  readonly requests: Mail<RequestBody>;
  readonly post: Post<Body>;

  constructor(world: World, processes: readonly Process[], serve: Serve, settings: ServerSettings, witness: Witness) {
    const { watcher } = witness;
    const place = () => ({ step: world.scheduler.steps, time: world.now });
    const servers = new Servers({
      world,
      processes,
      platform: () => platform,
      serve,
      settings,
      watcher,
      failed: ({ task, on }, failure) => witness.failed(`${task} on ${on.name}: ${failure}`),
    });
    const requests = new Mail<RequestBody>(world, "q", servers.consumers, (host, handed) => {
      const { delivery, body } = handed;
      servers.hand(host, handed, { kind: "request", delivery: { delivery, body } });
    });
    const fired = new Mail<Fired>(world, "t", servers.consumers, (host, handed) => {
      const { delivery, body } = handed;
      servers.hand(host, handed, { kind: "timer", delivery: { delivery, body } });
    });
    const kv = new Kv(world, {
      committed: (write, version, late, before) => {
        witness.committed(write, version, before);
        if (!late) return;
        const { key, value, step: of } = write;
        watcher?.({ kind: "landed", ...place(), of, key, value, revision: version.revision });
      },
      rolledBack: (instant) => {
        watcher?.({ kind: "rolled-back", ...place(), revisions: kv.store.revisions() });
        timers.forget(instant);
        requests.forget(instant);
        fired.restore(instant);
      },
    });
    const timers = new Timers(world, fired, (name) => watcher?.({ kind: "timer-lost", ...place(), name }));
    const post = new Post<Body>(world);
    const platform = { kv, requests, fired, timers, post };
    this.servers = servers;
    this.requests = requests;
    this.post = post;
  }

  /** Whether no request waits and none, and no timer, is being served. */
  get idle(): boolean {
    return this.requests.waiting === 0 && !this.servers.busy;
  }
}
