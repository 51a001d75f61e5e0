import type { MicroStep } from "../../kernel/machine.js";
import type { Document, Mode } from "../../kernel/model.js";
import { isLive, isTargeted } from "../../kernel/project.js";
import type { PromiseCreate, PromiseSettle, Request, Response } from "../../kernel/request.js";
import { modeCases } from "./mode-cases.js";

/**
 * The cases of the specification that a step is one of, as keys of `CASE_TAGS`: what was asked, how it was answered, and
 * what of the state before made the difference.
 */
export function casesOf(step: MicroStep, mode: Mode): readonly string[] {
  const cases = "step" in step.by ? internalCases(step) : requestCases(step, step.by, mode);
  return [...cases, ...modeCases(step, mode)];
}

function internalCases({ by, before, after, now }: MicroStep): readonly string[] {
  if (!("step" in by)) return [];
  switch (by.step) {
    case "R4":
      return ["R4", `R4 ${awaiterCase(before, by.awaiter, now)}`];
    case "R6":
      return after.outbox.size === before.outbox.size ? ["R6", "R6 replaces"] : ["R6"];
    case "R7": {
      const last = after.schedules.get(by.schedule)?.lastRunAt;
      return last === undefined ? ["R7"] : ["R7", "R7 advances"];
    }
    default:
      return [by.step];
  }
}

function awaiterCase(before: Document, id: string, now: number): string {
  const task = before.tasks.get(id);
  const promise = before.promises.get(id);
  if (task === undefined || promise === undefined) return "absent";
  if (task.state !== "fulfilled" && !isLive(promise, now)) return "dead";
  return task.state === "suspended" || task.state === "fulfilled" ? task.state : "running";
}

function requestCases(step: MicroStep, request: Request, mode: Mode): readonly string[] {
  const { response } = step;
  if (response === null) return [];
  const keys = [`${request.kind} ${response.status}`];
  if (typeof response.data === "string") keys.push(`${request.kind} ${response.status} ${response.data}`);
  if (isGuarded(request)) keys.push(...guardCases(step, response));
  keys.push(...dataCases(step, request, response, mode));
  return keys;
}

function isGuarded({ kind }: Request): boolean {
  return kind === "task.fence" || kind === "task.suspend" || kind === "task.fulfill" || kind === "task.release";
}

function guardCases({ by, before, now }: MicroStep, { status, data }: Response): readonly string[] {
  if ((status === 404 || status === 409) && typeof data === "string") return ["guard failed", `guard ${data}`];
  if (status !== 200 && status !== 300) return [];
  const id = "step" in by ? "" : "id" in by.data ? by.data.id : "";
  const ends = before.tasks.get(id ?? "")?.expiresAt;
  return ends !== undefined && ends <= now ? ["guard passed", "guard expired"] : ["guard passed"];
}

function dataCases(step: MicroStep, request: Request, { status, data }: Response, mode: Mode): readonly string[] {
  if (status !== 200 || typeof data === "string") return [];
  switch (request.kind) {
    case "promise.create":
      return creation(step, request, mode);
    case "promise.settle":
      return settlement(step, request);
    case "task.fence": {
      const inner = data.action?.status === 200 ? "done" : "refused";
      const { action } = request.data;
      const cases = action.kind === "promise.create" ? creation(step, action, mode) : settlement(step, action);
      return [`task.fence ${inner}`, ...(inner === "done" ? cases : [])];
    }
    case "promise.get":
    case "task.get":
    case "promise.register_callback":
    case "promise.register_listener": {
      const id = "awaited" in request.data ? request.data.awaited : request.data.id;
      const promise = step.before.promises.get(id);
      const live = promise !== undefined && isLive(promise, step.now);
      const same = step.before.promises.get(id) === step.after.promises.get(id);
      return [`${request.kind} ${live ? "live" : "settled"}${live && same ? " unchanged" : ""}`];
    }
    case "task.create":
      return [`task.create ${step.before.promises.has(request.data.action.data.id) ? "existing" : "new"}`];
    case "task.heartbeat":
      return step.before === step.after ? ["task.heartbeat skipped"] : ["task.heartbeat extended"];
    case "task.halt":
      return step.before === step.after ? ["task.halt again"] : ["task.halt halts"];
    case "schedule.create":
      return step.before === step.after ? ["schedule.create existing"] : ["schedule.create new"];
    default:
      return [];
  }
}

function creation({ before, after }: MicroStep, { data }: PromiseCreate, mode: Mode): readonly string[] {
  const made = after.promises.get(data.id);
  if (before.promises.has(data.id) || made === undefined) return ["create existing"];
  const kind = made.state === "pending" ? "create live" : "create dead";
  const targeted = isTargeted(made, mode);
  const keys = [kind, targeted ? `${kind} targeted` : "create untargeted"];
  if (targeted && made.state === "pending") {
    keys.push(data.tags["resonate:delay"] === undefined ? "create undelayed" : "create delayed");
  }
  if (data.tags["resonate:timer"] === "true" && data.tags["resonate:target"] !== undefined) keys.push("create sleep");
  return keys;
}

function settlement({ before, now }: MicroStep, { data }: PromiseSettle): readonly string[] {
  const promise = before.promises.get(data.id);
  if (promise === undefined) return [];
  if (isLive(promise, now)) return ["settle live"];
  return promise.state === "pending" ? ["settle late"] : ["settle settled"];
}
