import type { Document, DurablePromise, PromiseRecord, Settings, Task } from "../kernel/model.js";
import { claimIn, grantIn, payloadOf, promisesIn, tasksIn } from "./answers.js";
import { sameTexts, sameValue, shown } from "./comparison.js";
import type { Answer, Judgement, Named, Observation, ResponseProperty, Verdict } from "./property.js";
import { tagOf } from "./property.js";
import { tally } from "./rule.js";
import { isLive, stateAt } from "./terms.js";

type Taken<A> = (settings: Settings) => (answer: A) => Verdict;

/** Folds a history in the order in which its answers were received. */
function fold<A extends Answer>(begin: Taken<A>, history: readonly A[], settings: Settings): Judgement {
  const take = begin(settings);
  const inOrder = [...history].sort((a, b) => a.answered - b.answered);
  return tally((note) => {
    for (const answer of inOrder) note(take(answer));
  });
}

const named = (name: string): Named => ({ name, tag: tagOf(name) });

/** A property of what clients see alone. */
function ofAnswers(name: string, begin: Taken<Answer>): ResponseProperty {
  return {
    ...named(name),
    kind: "response",
    from: "answers",
    begin,
    judge: (all, settings) => fold(begin, all, settings),
  };
}

/** A property of single answers, together with the step that made them. */
function ofSteps(name: string, check: (observation: Observation) => Verdict): ResponseProperty {
  const begin = () => check;
  return {
    ...named(name),
    kind: "response",
    from: "observations",
    begin,
    judge: (all, settings) => fold(begin, all, settings),
  };
}

const PROMISE_FIELDS = ["id", "state", "param", "value", "tags", "timeoutAt", "createdAt", "settledAt"];
const TASK_FIELDS = ["id", "state", "version", "resumes", "ttl", "pid"];

const hasOnly = (record: object, fields: readonly string[]) => Object.keys(record).every((key) => fields.includes(key));

function sameRecord(a: PromiseRecord, b: PromiseRecord): boolean {
  const same = a.id === b.id && a.state === b.state && a.settledAt === b.settledAt;
  const born = a.timeoutAt === b.timeoutAt && a.createdAt === b.createdAt && sameTexts(a.tags, b.tags);
  return same && born && sameValue(a.param, b.param) && sameValue(a.value, b.value);
}

/** A request that adds somebody who waits is answered with the record as it was, and nothing else. */
function hides(
  name: string,
  kind: "promise.register_callback" | "promise.register_listener",
  field: "callbacks" | "listeners",
) {
  return ofSteps(name, ({ request, response, before, after }) => {
    if (request.kind !== kind) return false;
    const p = before.promises.get(request.data.awaited);
    const q = after.promises.get(request.data.awaited);
    if (p === undefined || q === undefined || q[field].length <= p[field].length) return false;
    const record = payloadOf(response)?.promise;
    const hidden = record !== undefined && hasOnly(record, PROMISE_FIELDS) && sameRecord(record, p);
    return hidden || `${shown(record)} of ${shown(q)}`;
  });
}

/** The stored task as its promise lets it be seen. */
function viewed(task: Task, { promises }: Document, now: number): Pick<Task, "state" | "resumes"> {
  const promise: DurablePromise | undefined = promises.get(task.id);
  return promise !== undefined && !isLive(promise, now) ? { state: "fulfilled", resumes: [] } : task;
}

/** What answers may show. */
export const RESPONSES: readonly ResponseProperty[] = [
  hides("well_formed_promise_record_hides_callbacks", "promise.register_callback", "callbacks"),
  hides("well_formed_promise_record_hides_listeners", "promise.register_listener", "listeners"),
  ofSteps("well_formed_task_record_hides_deadlines", ({ response, after }) => {
    const records = tasksIn(response).filter(({ id }) => {
      const task = after.tasks.get(id);
      return task?.expiresAt !== undefined || task?.retryAt !== undefined;
    });
    const open = records.find((record) => !hasOnly(record, TASK_FIELDS));
    return records.length > 0 && (open === undefined || `the answer shows ${shown(open)}`);
  }),
  ofSteps("well_formed_task_record_resumes_is_a_count", ({ response, after, now }) => {
    let met = false;
    for (const record of tasksIn(response)) {
      const task = after.tasks.get(record.id);
      if (task === undefined) continue;
      met = true;
      if (record.resumes !== viewed(task, after, now).resumes.length) return `${shown(record)} of ${shown(task)}`;
    }
    return met;
  }),
  ofSteps("ResponsesAreProjected", ({ response, after, now }) => {
    const records = promisesIn(response);
    for (const record of records) {
      const stored = after.promises.get(record.id);
      if (stored === undefined || stateAt(stored, now) !== record.state) {
        return `at ${now}: ${shown(record)} of ${shown(stored)}`;
      }
    }
    return records.length > 0;
  }),
  ofAnswers("ResponsesNeverRegress", () => {
    const settled = new Map<string, number>();
    return ({ response, sent, answered }) => {
      let met = false;
      for (const { id, state } of promisesIn(response)) {
        const since = settled.get(id);
        if (since === undefined) {
          if (state !== "pending") settled.set(id, answered);
        } else if (sent > since) {
          met = true;
          if (state === "pending")
            return `${id} is pending in the answer received at ${answered}, and was settled at ${since}`;
        }
      }
      return met;
    };
  }),
  ofSteps("TaskResponsesAreProjected", ({ response, after, now }) => {
    const records = tasksIn(response).filter(({ state }) => state !== "fulfilled");
    for (const record of records) {
      const promise = after.promises.get(record.id);
      if (promise === undefined || !isLive(promise, now)) return `at ${now}: ${shown(record)} of ${shown(promise)}`;
    }
    return records.length > 0;
  }),
  ofAnswers("TaskResponsesNeverRegress", () => {
    const fulfilled = new Map<string, number>();
    return (answer) => {
      let met = false;
      for (const { id, done } of statesIn(answer)) {
        const since = fulfilled.get(id);
        if (since === undefined) {
          if (done) fulfilled.set(id, answer.answered);
        } else if (answer.sent > since) {
          met = true;
          if (!done)
            return `${answer.request.kind} of ${id} shows it alive at ${answer.answered}, and it was fulfilled at ${since}`;
        }
      }
      return met;
    };
  }),
  ofAnswers("AtMostOneValidClaim", () => {
    const granted = new Map<string, { version: number; since: number }[]>();
    return (answer) => {
      const grant = grantIn(answer);
      if (grant !== null) {
        const { id, version } = grant;
        const earlier = granted.get(id) ?? [];
        const twice = earlier.some((each) => each.version === version);
        earlier.push({ version, since: answer.answered });
        granted.set(id, earlier);
        return !twice || `version ${version} of ${id} was granted twice`;
      }
      const claim = claimIn(answer);
      const earlier = claim === null ? undefined : granted.get(claim.id);
      if (claim === null || earlier === undefined) return false;
      const newer = earlier.findLast(({ version, since }) => version > claim.version && answer.sent > since);
      if (newer === undefined) return true;
      return `${answer.request.kind} of ${claim.id} at ${claim.version} held after ${newer.version} was granted`;
    };
  }),
];

/** What an answer shows of tasks, or implies: that the request succeeded says that the task was not fulfilled. */
function statesIn({ request, response }: Answer): { id: string; done: boolean }[] {
  const shownStates = tasksIn(response).map(({ id, state }) => ({ id, done: state === "fulfilled" }));
  switch (request.kind) {
    case "task.acquire":
    case "task.suspend":
    case "task.release":
    case "task.halt":
    case "task.continue":
      return response.status === 200 ? [...shownStates, { id: request.data.id, done: false }] : shownStates;
    default:
      return shownStates;
  }
}
