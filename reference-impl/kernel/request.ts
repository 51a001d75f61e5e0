import type { Duration, Instant, PromiseRecord, Schedule, Tags, TaskRecord, Value } from "./model.js";

export interface PromiseCreate {
  readonly kind: "promise.create";
  readonly data: {
    readonly id: string;
    readonly timeoutAt: Instant;
    readonly param: Value;
    readonly tags: Tags;
  };
}

export interface PromiseSettle {
  readonly kind: "promise.settle";
  readonly data: { readonly id: string; readonly state: string; readonly value: Value };
}

export interface RegisterCallback {
  readonly kind: "promise.register_callback";
  readonly data: { readonly awaited: string; readonly awaiter: string };
}

export interface Filter {
  readonly state?: string;
  readonly tags?: Tags;
  readonly limit?: number;
  readonly cursor?: string;
}

interface TaskAt {
  readonly id: string;
  readonly version: number;
}

/** The requests of the protocol, after the door: every required field is there and has its type. */
export type Request =
  | { readonly kind: "promise.get"; readonly data: { readonly id: string } }
  | PromiseCreate
  | PromiseSettle
  | RegisterCallback
  | {
      readonly kind: "promise.register_listener";
      readonly data: { readonly awaited: string; readonly address: string };
    }
  | { readonly kind: "promise.search"; readonly data: Filter }
  | { readonly kind: "task.get"; readonly data: { readonly id: string } }
  | {
      readonly kind: "task.create";
      readonly data: { readonly pid: string; readonly ttl: Duration; readonly action: PromiseCreate };
    }
  | { readonly kind: "task.acquire"; readonly data: TaskAt & { readonly pid: string; readonly ttl: Duration } }
  | {
      readonly kind: "task.fence";
      readonly data: TaskAt & { readonly action: (PromiseCreate | PromiseSettle) & { readonly corrId?: string } };
    }
  | { readonly kind: "task.heartbeat"; readonly data: { readonly pid: string; readonly tasks: readonly TaskAt[] } }
  | { readonly kind: "task.suspend"; readonly data: TaskAt & { readonly actions: readonly RegisterCallback[] } }
  | { readonly kind: "task.fulfill"; readonly data: TaskAt & { readonly action: PromiseSettle } }
  | { readonly kind: "task.release"; readonly data: TaskAt }
  | { readonly kind: "task.halt"; readonly data: { readonly id: string } }
  | { readonly kind: "task.continue"; readonly data: { readonly id: string } }
  | { readonly kind: "task.search"; readonly data: Filter }
  | { readonly kind: "schedule.get"; readonly data: { readonly id: string } }
  | {
      readonly kind: "schedule.create";
      readonly data: {
        readonly id: string;
        readonly cron: string;
        readonly promiseId: string;
        readonly promiseTimeout: Duration;
        readonly promiseParam: Value;
        readonly promiseTags: Tags;
      };
    }
  | { readonly kind: "schedule.delete"; readonly data: { readonly id: string } }
  | { readonly kind: "schedule.search"; readonly data: Filter };

export type RequestKind = Request["kind"];

export type Status = 200 | 300 | 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 501;

/** What a response of status 200 or 300 may carry; which fields it has depends on the kind of request. */
export interface Payload {
  readonly promise?: PromiseRecord;
  readonly task?: TaskRecord;
  readonly schedule?: Schedule;
  readonly preload?: readonly PromiseRecord[];
  /** The answer to what a fence guarded. */
  readonly action?: Response & { readonly corrId?: string };
  readonly promises?: readonly PromiseRecord[];
  readonly tasks?: readonly TaskRecord[];
  readonly schedules?: readonly Schedule[];
  readonly cursor?: string;
}

/** A text says why a request was refused; every status but 200 and 300 carries one. */
export interface Response {
  readonly kind: RequestKind;
  readonly status: Status;
  readonly data: Payload | string;
}
