import { handle } from "../../kernel/handle.js";
import type { InternalStep } from "../../kernel/machine.js";
import type { Document, Instant, Mode, Settings, Tags, Value } from "../../kernel/model.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import type { PromiseCreate, Request, RequestKind, Response } from "../../kernel/request.js";
import { fire } from "../../kernel/step.js";

/** Requests, and documents that requests made. */

export const STRICT: Settings = { mode: "strict", retryTimeout: 5000 };
export const COMPAT: Settings = { mode: "compat", retryTimeout: 5000 };
export const MODES: readonly Mode[] = ["strict", "compat"];

export function settingsOf(mode: Mode): Settings {
  return mode === "strict" ? STRICT : COMPAT;
}

export const ADDRESS = "poll://any@workers";
export const TARGET: Tags = { "resonate:target": ADDRESS };
export const TIMER: Tags = { "resonate:timer": "true" };
export const EXTERNAL: Tags = { "resonate:external": "true" };

type Data<K extends RequestKind> = Extract<Request, { readonly kind: K }>["data"];

export function create(id: string, timeoutAt: Instant, tags: Tags = {}, param: Value = {}): PromiseCreate {
  return { kind: "promise.create", data: { id, timeoutAt, param, tags } };
}

export function settle(id: string, state = "resolved", value: Value = {}) {
  return { kind: "promise.settle", data: { id, state, value } } as const;
}

export function callback(awaited: string, awaiter: string) {
  return { kind: "promise.register_callback", data: { awaited, awaiter } } as const;
}

export function listener(awaited: string, address = "http://listener"): Request {
  return { kind: "promise.register_listener", data: { awaited, address } };
}

export function spawn(id: string, timeoutAt: Instant, { pid = "p", ttl = 1000, tags = TARGET } = {}): Request {
  return { kind: "task.create", data: { pid, ttl, action: create(id, timeoutAt, tags) } };
}

export function acquire(id: string, version: number, { pid = "p", ttl = 1000 } = {}): Request {
  return { kind: "task.acquire", data: { id, version, pid, ttl } };
}

export function fence(id: string, version: number, action: Data<"task.fence">["action"]): Request {
  return { kind: "task.fence", data: { id, version, action } };
}

export function suspend(id: string, version: number, ...awaited: readonly string[]): Request {
  return { kind: "task.suspend", data: { id, version, actions: awaited.map((one) => callback(one, id)) } };
}

export function fulfill(id: string, version: number, state = "resolved", value: Value = {}): Request {
  return { kind: "task.fulfill", data: { id, version, action: settle(id, state, value) } };
}

export function release(id: string, version: number): Request {
  return { kind: "task.release", data: { id, version } };
}

export function heartbeat(pid: string, ...tasks: Data<"task.heartbeat">["tasks"]): Request {
  return { kind: "task.heartbeat", data: { pid, tasks } };
}

type ByIdKind = "promise.get" | "task.get" | "task.halt" | "task.continue" | "schedule.get" | "schedule.delete";

export function byId(kind: ByIdKind, id: string): Request {
  return { kind, data: { id } };
}

export function schedule(id: string, cron: string, fields: Partial<Data<"schedule.create">> = {}): Request {
  return {
    kind: "schedule.create",
    data: {
      id,
      cron,
      promiseId: "{{.id}}-{{.timestamp}}",
      promiseTimeout: 60_000,
      promiseParam: {},
      promiseTags: {},
      ...fields,
    },
  };
}

/** What happens at an instant: a request, or a step that the server takes. */
export type Happening = readonly [now: Instant, what: Request | InternalStep];

export function isRequest(what: Request | InternalStep): what is Request {
  return "kind" in what;
}

/** The document after all that, from an empty one. */
export function documentAfter(settings: Settings, ...script: readonly Happening[]): Document {
  return continued(EMPTY_DOCUMENT, settings, ...script);
}

export function continued(start: Document, settings: Settings, ...script: readonly Happening[]): Document {
  return script.reduce((document, [now, what]) => after(document, now, what, settings), start);
}

function after(document: Document, now: Instant, what: Request | InternalStep, settings: Settings): Document {
  return isRequest(what) ? handle(document, now, what, settings).document : fire(document, now, what, settings);
}

/** The answer to a request on a document. */
export function answer(document: Document, now: Instant, request: Request, settings: Settings): Response {
  return handle(document, now, request, settings).response;
}
