import type { Request, Response, Status } from "../kernel/request.js";
import type { Delivery } from "../platform/effects.js";
import { originJob } from "./origin.js";
import { type Flush, flush, ownMessages } from "./outbox.js";
import { because, perform } from "./perform.js";
import { type LocalRequest, originPlace, type Place, placeOf } from "./place.js";
import { takeScheduleTurns } from "./schedule.js";
import { searchAll } from "./search.js";
import type { Served, Serving } from "./serving.js";
import type { ServerSettings } from "./settings.js";
import { type TurnResult, takeTurn } from "./turn.js";
import type { RequestBody } from "./wire.js";

/** An answer, and what is published after it; null if the request has to go back to the queue. */
type Answer = { readonly response: Response; readonly flushes: readonly Flush[] } | null;

type Search = Parameters<typeof searchAll>[0];

type Heartbeat = Extract<Request, { readonly kind: "task.heartbeat" }>;

/**
 * Serves one delivery of a request: answers after the commit, publishes after that, and acknowledges last. A crash at any
 * place leaves the delivery with the queue, and the messages with the document.
 */
export function* onRequest({ delivery, body }: Delivery<RequestBody>, settings: ServerSettings): Serving<Served> {
  const { turn, corrId, replyTo } = body;
  const answer = yield* answerTo(body, settings);
  if (answer === null) {
    yield* perform({ op: "queue.return", delivery, note: because("MAP-CLOCK-AHEAD", turn) });
    return { kind: "request", status: null };
  }
  const { response, flushes } = answer;
  const note = because("MAP-REPLY", turn);
  yield* perform({ op: "reply", to: replyTo, body: { kind: "reply", corrId, response }, note });
  for (const each of flushes) yield* flush(each);
  yield* perform({ op: "queue.ack", delivery, note: because("MAP-ACK-LAST", turn) });
  return { kind: "request", status: response.status };
}

/** No generator itself: each effect would pass through one more. */
function answerTo({ turn, request }: RequestBody, settings: ServerSettings): Serving<Answer> {
  switch (request.kind) {
    case "task.heartbeat":
      return heartbeat(request, turn, settings);
    case "promise.search":
    case "task.search":
    case "schedule.search":
      return found(request, turn, settings);
    default:
      return local(request, turn, settings);
  }
}

function* found(request: Search, turn: string, settings: ServerSettings): Serving<Answer> {
  return { response: yield* searchAll(request, turn, settings), flushes: [] };
}

function* local(request: LocalRequest, turn: string, settings: ServerSettings): Serving<Answer> {
  const place = placeOf(request);
  const cause = { request, timer: null };
  const result =
    place.kind === "schedule"
      ? yield* takeScheduleTurns(place, turn, cause, settings)
      : yield* takeTurn(originJob(place, turn, cause, settings), settings);
  return answered(place, request, turn, result);
}

function answered(place: Place, { kind }: Request, turn: string, result: TurnResult): Answer {
  switch (result.outcome) {
    case "committed":
      return result.decision.response === null
        ? null
        : { response: result.decision.response, flushes: [ownMessages(place, turn, result)] };
    case "answered":
      return { response: result.response, flushes: [] };
    case "abandoned": {
      // "Done" and "failed" would both be guesses after an unknown outcome: 500 says that there is no verdict.
      const status: Extract<Status, 429 | 500> = result.doubt ? 500 : 429;
      const data = result.doubt ? `no verdict: ${result.why}` : `nothing was done: ${result.why}`;
      return { response: { kind, status, data }, flushes: [] };
    }
    case "early":
    case "ahead":
      return null;
  }
}

/** A heartbeat may name tasks of several origins, and is never refused for it: each origin has a turn of its own. */
function* heartbeat({ kind, data }: Heartbeat, turn: string, settings: ServerSettings): Serving<Answer> {
  const flushes: Flush[] = [];
  for (const { place, tasks } of byOrigin(data.tasks)) {
    const part: Heartbeat = { kind, data: { pid: data.pid, tasks } };
    const job = originJob(place, turn, { request: part, timer: null }, settings);
    const answer = answered(place, part, turn, yield* takeTurn(job, settings));
    if (answer === null || answer.response.status !== 200) return answer;
    flushes.push(...answer.flushes);
  }
  return { response: { kind, status: 200, data: {} }, flushes };
}

function byOrigin(tasks: Heartbeat["data"]["tasks"]): { place: Place; tasks: Heartbeat["data"]["tasks"] }[] {
  const groups = new Map<string, { place: Place; tasks: Heartbeat["data"]["tasks"][number][] }>();
  for (const task of tasks) {
    const place = originPlace(task.id);
    const group = groups.get(place.subject);
    if (group === undefined) groups.set(place.subject, { place, tasks: [task] });
    else group.tasks.push(task);
  }
  return [...groups.values()];
}
