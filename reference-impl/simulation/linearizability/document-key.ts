import type { Document, DurablePromise, Schedule, Task } from "../../kernel/model.js";

/**
 * Names documents, equal ones by the same name. Left out is what no later answer can depend on: the outbox, who listens,
 * and when a task is next dispatched. A document shares most objects with the one it was made from, so each object is
 * written out once and known by a number from then on.
 */
export class DocumentKeys {
  readonly #numbers = new WeakMap<object, number>();
  readonly #known = new Map<string, number>();
  readonly #keys = new WeakMap<Document, string>();

  of(document: Document): string {
    const known = this.#keys.get(document);
    if (known !== undefined) return known;
    const numbers: number[] = [];
    for (const each of document.promises.values()) numbers.push(this.#number(each, () => promiseText(each)));
    for (const each of document.tasks.values()) numbers.push(this.#number(each, () => taskText(each)));
    for (const each of document.schedules.values()) numbers.push(this.#number(each, () => scheduleText(each)));
    const key = numbers.sort((one, other) => one - other).join(".");
    this.#keys.set(document, key);
    return key;
  }

  #number(object: object, text: () => string): number {
    const known = this.#numbers.get(object);
    if (known !== undefined) return known;
    const written = text();
    const number = this.#known.get(written) ?? this.#known.size;
    this.#known.set(written, number);
    this.#numbers.set(object, number);
    return number;
  }
}

function promiseText(promise: DurablePromise): string {
  const { id, state, param, value, tags, timeoutAt, createdAt, settledAt, callbacks } = promise;
  return JSON.stringify(["p", id, state, param, value, tags, timeoutAt, createdAt, settledAt, [...callbacks].sort()]);
}

function taskText({ id, state, version, resumes, ttl, pid, expiresAt }: Task): string {
  return JSON.stringify(["t", id, state, version, [...resumes].sort(), ttl, pid, expiresAt]);
}

function scheduleText(schedule: Schedule): string {
  return JSON.stringify(["s", schedule.id, Object.entries(schedule).sort(([one], [other]) => (one < other ? -1 : 1))]);
}
