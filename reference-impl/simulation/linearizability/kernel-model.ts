import { handle } from "../../kernel/handle.js";
import { after } from "../../kernel/instant.js";
import type { InternalStep } from "../../kernel/machine.js";
import type { Document, Instant, Schedule, Settings, Task } from "../../kernel/model.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import { advance, createOccurrence } from "../../kernel/occurrence.js";
import type { Request } from "../../kernel/request.js";
import { fire } from "../../kernel/step.js";
import { sameAnswer } from "./answers.js";
import type { Model } from "./check.js";
import { DocumentKeys } from "./document-key.js";
import type { Birth } from "./instants.js";
import { candidates, leasesOf, MOST_FIRINGS, wakesOf } from "./instants.js";
import type { KernelOperation, Partition } from "./partition.js";
import { relevantTo } from "./relevance.js";

/** A document and the largest `now` that was used on it: no later `now` is less. */
export interface KernelState {
  readonly document: Document;
  readonly now: Instant;
}

/**
 * The machine on one document as the model that client histories are judged by. Two of its inputs are not in a history and
 * are chosen by the search:
 *
 * `now`, once for each operation, never less than before and within what clocks can show between call and answer. Decisions
 * change only at deadlines, ends of leases and occurrences; between two of these the least instant allows
 * all that a later one does, because `now` only bounds what comes after it from below. So it is enough to try the least
 * instant of each stretch, and the instants that answers show.
 *
 * Internal steps, each at any time once it is due. R1 is part of every read of the machine, and R3 and R6 change nothing
 * that an answer shows. R4, R5 and R7 change one task, one task and one schedule, and commute with every operation on
 * others; so they are taken, or not, just before an operation that looks at their object. Drains towards one task add to a
 * number and are else alike, so that only how many of them are taken matters, the first due first.
 */
export class KernelModel implements Model<KernelState, KernelOperation> {
  readonly initial: KernelState = { document: EMPTY_DOCUMENT, now: 0 };
  readonly #settings: Settings;
  readonly #seen: Partition["seen"];
  readonly #births: readonly Birth[];
  readonly #keys = new DocumentKeys();

  /** `births`: promises that schedules may make in this document. */
  constructor(settings: Settings, seen: Partition["seen"], births: readonly Birth[]) {
    this.#settings = settings;
    this.#seen = seen;
    this.#births = births;
  }

  *follow(state: KernelState, operation: KernelOperation): Generator<KernelState> {
    const { request, response } = operation;
    const given = new Set<string>();
    for (const now of candidates(state, operation, this.#seen, this.#births)) {
      for (const ready of this.#prepared(state.document, now, operation)) {
        const taken = handle(ready, now, request, this.#settings);
        if (response !== null && !sameAnswer(response, taken.response)) continue;
        const document = withEarliestLeases(ready, taken.document, operation);
        const key = this.#keys.of(document);
        if (given.has(key)) continue;
        given.add(key);
        yield { document, now };
      }
    }
  }

  key({ document }: KernelState): string {
    return this.#keys.of(document);
  }

  /** The instant only bounds what comes after it from below: the earlier, the more can follow. */
  rank({ now }: KernelState): number {
    return now;
  }

  relevant(state: KernelState, wanted: KernelOperation, open: readonly KernelOperation[]): readonly KernelOperation[] {
    return relevantTo(state, wanted, open, this.#seen, this.#births);
  }

  /** The document with the internal steps that can have been taken before the request, in every number of them. */
  *#prepared(document: Document, now: Instant, { request, latest }: KernelOperation): Generator<Document> {
    for (const born of this.#withBirths(document, now, latest, 0)) {
      for (const fired of this.#withFirings(born, now, request)) {
        yield* this.#withTaskSteps(fired, now, leasesOf(request), wakesOf(request));
      }
    }
  }

  /** A schedule fires by the clock of another document, so that an occurrence can be there before its own `now`. */
  *#withBirths(document: Document, now: Instant, latest: Instant, from: number): Generator<Document> {
    const birth = this.#births[from];
    if (birth === undefined) {
      yield document;
      return;
    }
    yield* this.#withBirths(document, now, latest, from + 1);
    if (birth.instant > latest || document.promises.has(birth.id)) return;
    const born = createOccurrence(document, birth.schedule, birth.instant, now, this.#settings);
    yield* this.#withBirths(born, now, latest, from + 1);
  }

  *#withFirings(document: Document, now: Instant, request: Request): Generator<Document> {
    yield document;
    if (request.kind !== "schedule.get" && request.kind !== "schedule.create") return;
    let schedule = document.schedules.get(request.data.id);
    for (let fired = 0; fired < MOST_FIRINGS && schedule !== undefined && schedule.nextRunAt <= now; fired += 1) {
      schedule = advance(schedule, schedule.nextRunAt);
      yield { ...document, schedules: new Map<string, Schedule>(document.schedules).set(schedule.id, schedule) };
    }
  }

  *#withTaskSteps(
    document: Document,
    now: Instant,
    leases: readonly string[],
    wakes: readonly string[],
  ): Generator<Document> {
    const [lease, ...others] = leases;
    if (lease !== undefined) {
      yield* this.#withTaskSteps(document, now, others, wakes);
      const expired = fire(document, now, { step: "R5", task: lease }, this.#settings);
      if (expired !== document) yield* this.#withTaskSteps(expired, now, others, wakes);
      return;
    }
    yield document;
    let woken = document;
    for (const step of drainsTo(document, now, wakes)) {
      woken = fire(woken, now, step, this.#settings);
      yield woken;
    }
  }
}

/**
 * Nobody sees when a lease ends, so it may end as soon as it can have been given: then it does not matter which `now` an
 * operation was given.
 */
function withEarliestLeases(before: Document, document: Document, { request, earliest }: KernelOperation): Document {
  let tasks: Map<string, Task> | null = null;
  for (const id of leasesOf(request)) {
    const [old, task] = [before.tasks.get(id), document.tasks.get(id)];
    if (task === undefined || task === old || task.state !== "acquired" || task.ttl === undefined) continue;
    const since = old?.state === "acquired" ? (old.expiresAt ?? 0) : 0;
    tasks ??= new Map(document.tasks);
    tasks.set(id, { ...task, expiresAt: Math.max(since, after(earliest, task.ttl)) });
  }
  return tasks === null ? document : { ...document, tasks };
}

/** The drains towards tasks that are due, the first due first. */
function drainsTo(document: Document, now: Instant, tasks: readonly string[]): InternalStep[] {
  const due: { readonly at: Instant; readonly step: InternalStep }[] = [];
  if (tasks.length === 0) return [];
  for (const { id, state, callbacks, timeoutAt, settledAt } of document.promises.values()) {
    const at = state === "pending" ? timeoutAt : (settledAt ?? timeoutAt);
    if (callbacks.length === 0 || at > now) continue;
    for (const awaiter of callbacks) {
      if (tasks.includes(awaiter)) due.push({ at, step: { step: "R4", promise: id, awaiter } });
    }
  }
  return due.sort((one, other) => one.at - other.at).map(({ step }) => step);
}
