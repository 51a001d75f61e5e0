import type { Tags } from "../../reference-impl/kernel/model.js";
import type { PromiseCreate, PromiseSettle, Request } from "../../reference-impl/kernel/request.js";

export const TARGET: Tags = { "resonate:target": "poll://any@g" };
export const TIMER: Tags = { "resonate:timer": "true" };
export const EXTERNAL: Tags = { "resonate:external": "true" };

export function create(id: string, timeoutAt: number, tags: Tags = {}, data?: string): PromiseCreate {
  return { kind: "promise.create", data: { id, timeoutAt, param: data === undefined ? {} : { data }, tags } };
}

export function get(id: string): Request {
  return { kind: "promise.get", data: { id } };
}

export function settle(id: string, data = ""): PromiseSettle {
  return { kind: "promise.settle", data: { id, state: "resolved", value: { data } } };
}

export function listen(awaited: string, address: string): Request {
  return { kind: "promise.register_listener", data: { awaited, address } };
}

export function begin(id: string, timeoutAt: number, ttl: number, pid = "p"): Request {
  return { kind: "task.create", data: { pid, ttl, action: create(id, timeoutAt, TARGET) } };
}

export function acquire(id: string, version: number, ttl: number, pid = "p"): Request {
  return { kind: "task.acquire", data: { id, version, pid, ttl } };
}

export function fence(id: string, version: number, action: PromiseCreate | PromiseSettle): Request {
  return { kind: "task.fence", data: { id, version, action } };
}

export function suspend(id: string, version: number, awaited: string): Request {
  const actions = [{ kind: "promise.register_callback", data: { awaited, awaiter: id } } as const];
  return { kind: "task.suspend", data: { id, version, actions } };
}

export function fulfill(id: string, version: number): Request {
  return { kind: "task.fulfill", data: { id, version, action: settle(id, "done") } };
}

export function heartbeat(...tasks: readonly { readonly id: string; readonly version: number }[]): Request {
  return { kind: "task.heartbeat", data: { pid: "p", tasks } };
}

export function everyMinute(id: string, tags: Tags = {}, promiseTimeout = 600_000): Request {
  const data = { id, cron: "* * * * *", promiseId: "{{.id}}-{{.timestamp}}", promiseTimeout, promiseParam: {} };
  return { kind: "schedule.create", data: { ...data, promiseTags: tags } };
}
