import type { Schedule, Settings } from "../../kernel/model.js";
import type { Judgement } from "../../properties/property.js";
import type { ClientOperation } from "../run.js";
import { check } from "./check.js";
import { birthsAmong } from "./instants.js";
import { KernelModel } from "./kernel-model.js";
import type { KernelOperation, Partition } from "./partition.js";
import { partitionsOf, recordsIn } from "./partition.js";

/** Name of the judge in the results of a run. */
export const LINEARIZABILITY = "linearizability";

export interface LinearizabilityJudgement extends Judgement {
  /** The operation whose answer nothing explains; null if every answer has an explanation. */
  readonly operation: ClientOperation | null;
  /** How many documents had more configurations than the limit: of these nothing is known. */
  readonly undecided: number;
  /** How many configurations were visited. */
  readonly visited: number;
}

/**
 * Judges whether what clients saw is what the machine can have done, one request at a time. `met` counts the operations with a known
 * answer. Does not hold for a platform that takes acknowledged writes back.
 *
 * @param clockError most that a clock differs from virtual time, in milliseconds.
 * @param limit how many configurations may be visited for one document.
 */
export function judgeLinearizability(
  history: readonly ClientOperation[],
  settings: Settings,
  clockError: number,
  limit = 200_000,
): LinearizabilityJudgement {
  const schedules = schedulesIn(history);
  let met = 0;
  let undecided = 0;
  let visited = 0;
  for (const partition of partitionsOf(history, clockError)) {
    const births = birthsAmong(idsIn(partition), schedules, settings);
    const model = new KernelModel({ ...settings, partitioned: true }, partition.seen, births);
    const verdict = check(partition.operations, model, limit);
    visited += verdict.visited;
    if (verdict.verdict === "undecided") {
      undecided += 1;
      continue;
    }
    met += partition.operations.filter((each) => each.return !== null).length;
    if (verdict.verdict === "linearizable") continue;
    const stuck = partition.operations[verdict.stuck];
    if (stuck === undefined) continue;
    return { met, undecided, visited, operation: stuck.of, broken: described(partition, stuck, verdict.longest) };
  }
  return { met, undecided, visited, operation: null, broken: null };
}

function described(partition: Partition, stuck: KernelOperation, longest: readonly number[]): string {
  const last = longest.map((index) => partition.operations[index]).at(-1);
  const answer = stuck.response === null ? "no answer" : `${stuck.response.status} ${shown(stuck.response.data)}`;
  const after = last === undefined ? "first of all" : `after ${shown(last.request)} of ${last.process}`;
  return `no order of the requests on ${partition.name} explains that ${stuck.process} asked ${shown(stuck.request)} and was answered ${answer}; the longest order that explains all before it ends ${after}`;
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}

/** Every id that the operations of a document name or show. */
function idsIn({ operations }: Partition): Set<string> {
  const ids = new Set<string>();
  for (const { request, response } of operations) {
    if ("id" in request.data) ids.add(request.data.id);
    if ("awaited" in request.data) ids.add(request.data.awaited);
    if (request.kind === "task.create") ids.add(request.data.action.data.id);
    for (const { id } of recordsIn(response)) ids.add(id);
  }
  return ids;
}

function schedulesIn(history: readonly ClientOperation[]): Schedule[] {
  return history.flatMap(({ request }) =>
    request.kind === "schedule.create" ? [{ ...request.data, createdAt: 0, nextRunAt: 0 }] : [],
  );
}
