import type { MicroStep } from "../../kernel/machine.js";
import type { Mode, Tags } from "../../kernel/model.js";
import { isExternal } from "../../kernel/project.js";
import type { PromiseCreate, Request, Response } from "../../kernel/request.js";

/** Why an address is refused. */
const UNDELIVERABLE = "nothing can be delivered to the address";

/** Why a wait is refused that concerns what is awaited, by a listener and by a callback. */
const INTERNAL: ReadonlySet<unknown> = new Set(["the promise is internal", "the awaited promise is internal"]);

/** Cases of where the modes differ, as keys of `CASE_TAGS`: what one mode does and the other refuses, or does otherwise. */
export function modeCases(step: MicroStep, mode: Mode): readonly string[] {
  if ("step" in step.by) return step.by.step === "R7" && isBirth(step) ? [`${mode}: occurrence`] : [];
  if (mode === "compat" || step.response === null) return [];
  const { status, data } = step.response;
  if (status === 422) return INTERNAL.has(data) ? internal(step, step.by) : [];
  return status === 200 ? accepted(step, step.by) : [];
}

/** The case of a request that was refused whatever the state. */
export function refusedCases(request: Request, { data }: Pick<Response, "data">, mode: Mode): readonly string[] {
  const isNats = request.kind === "promise.register_listener" && request.data.address.startsWith("nats://");
  return mode === "strict" && isNats && data === UNDELIVERABLE ? ["strict: nats address"] : [];
}

function isBirth({ before, after }: MicroStep): boolean {
  return after.promises.size > before.promises.size;
}

function accepted(step: MicroStep, request: Request): readonly string[] {
  const { before, after } = step;
  switch (request.kind) {
    case "promise.create":
      return isBirth(step) ? born(request) : [];
    case "task.create":
    case "task.acquire":
      return request.data.ttl === 0 && before !== after ? ["strict: lease of 0 ms"] : [];
    case "task.fulfill":
      return request.data.action.data.id === request.data.id ? [] : ["strict: fulfilment of another promise"];
    default:
      return [];
  }
}

function born({ data: { tags } }: PromiseCreate): readonly string[] {
  const { "resonate:target": target, "resonate:delay": delay } = tags;
  return [
    ...(target === "" ? ["strict: empty target"] : []),
    ...(delay === undefined || /^\d+$/.test(delay) ? [] : ["strict: malformed delay"]),
  ];
}

/** A wait for a promise that compat mode would have let somebody wait for. */
function internal({ before }: MicroStep, request: Request): readonly string[] {
  if (!("awaited" in request.data)) return [];
  const awaited = before.promises.get(request.data.awaited);
  return awaited !== undefined && isScopeAlone(awaited.tags) ? ["strict: scope alone"] : [];
}

function isScopeAlone(tags: Tags): boolean {
  return tags["resonate:scope"] === "global" && !isExternal({ tags }, "strict");
}
