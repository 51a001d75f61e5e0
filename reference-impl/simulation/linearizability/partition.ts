import type { Instant, PromiseRecord } from "../../kernel/model.js";
import { originOf } from "../../kernel/origin.js";
import type { Payload, Request, Response } from "../../kernel/request.js";
import type { ClientOperation } from "../run.js";
import type { Operation } from "./history.js";

/** An operation on the documents of the machine, with the clock readings that it can have been decided with. */
export interface KernelOperation extends Operation<Request, Response> {
  /** Least and greatest `now`. */
  readonly earliest: Instant;
  readonly latest: Instant;
  /** What it was made from. */
  readonly of: ClientOperation;
}

/** The operations on one document: on one origin, or on one schedule. */
export interface Partition {
  readonly name: string;
  readonly operations: readonly KernelOperation[];
  /** By id: the instants that answers show of when a promise or schedule was created or settled. */
  readonly seen: ReadonlyMap<string, readonly Instant[]>;
}

/**
 * The history by document. A history is linearizable exactly if its part on each object is (Herlihy and Wing,
 * "Linearizability", ACM TOPLAS 12(3), 1990), so each part is judged alone. A heartbeat over several origins is one
 * operation on each of them; searches are on no single document and are left out. An answer 429 or 500 gives no verdict:
 * its operation has an unknown outcome.
 *
 * @param clockError most that a clock differs from virtual time, in milliseconds.
 */
export function partitionsOf(history: readonly ClientOperation[], clockError: number): Partition[] {
  const end = history.reduce((latest, each) => Math.max(latest, each.returnedAt ?? each.calledAt), 0);
  const byName = new Map<string, KernelOperation[]>();
  for (const each of history) {
    for (const { name, request } of partsOf(each.request)) {
      const known = each.response !== null && each.response.status !== 429 && each.response.status !== 500;
      const operation: KernelOperation = {
        process: each.process,
        call: each.call,
        return: known ? each.return : null,
        request,
        response: known ? each.response : null,
        earliest: each.calledAt - clockError,
        latest: (known ? (each.returnedAt ?? end) : end) + clockError,
        of: each,
      };
      const others = byName.get(name);
      if (others === undefined) byName.set(name, [operation]);
      else others.push(operation);
    }
  }
  return [...byName].map(([name, operations]) => ({ name, operations, seen: seenIn(operations) }));
}

function partsOf(request: Request): { readonly name: string; readonly request: Request }[] {
  switch (request.kind) {
    case "promise.search":
    case "task.search":
    case "schedule.search":
      return [];
    case "schedule.get":
    case "schedule.create":
    case "schedule.delete":
      return [{ name: `schedule ${request.data.id}`, request }];
    case "promise.register_callback":
    case "promise.register_listener":
      return [{ name: `origin ${originOf(request.data.awaited)}`, request }];
    case "task.create":
      return [{ name: `origin ${originOf(request.data.action.data.id)}`, request }];
    case "task.heartbeat": {
      const origins = [...new Set(request.data.tasks.map(({ id }) => originOf(id)))];
      return origins.map((origin) => {
        const tasks = request.data.tasks.filter(({ id }) => originOf(id) === origin);
        return { name: `origin ${origin}`, request: { ...request, data: { ...request.data, tasks } } };
      });
    }
    default:
      return [{ name: `origin ${originOf(request.data.id)}`, request }];
  }
}

function seenIn(operations: readonly KernelOperation[]): Map<string, Instant[]> {
  const seen = new Map<string, Set<Instant>>();
  for (const { response } of operations) {
    for (const { id, createdAt, settledAt } of recordsIn(response)) {
      const instants = seen.get(id) ?? new Set();
      seen.set(id, instants.add(createdAt));
      if (settledAt !== undefined) instants.add(settledAt);
    }
  }
  return new Map([...seen].map(([id, instants]) => [id, [...instants]]));
}

/** What an answer shows of promises and schedules. */
export function recordsIn(response: Response | null): Pick<PromiseRecord, "id" | "createdAt" | "settledAt">[] {
  if (response === null || typeof response.data === "string") return [];
  const { promise, schedule, preload, action } = response.data satisfies Payload;
  return [
    ...(promise === undefined ? [] : [promise]),
    ...(schedule === undefined ? [] : [{ id: schedule.id, createdAt: schedule.createdAt }]),
    ...(preload ?? []),
    ...(action === undefined ? [] : recordsIn(action)),
  ];
}
