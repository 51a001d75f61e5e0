import type { Document, DurablePromise, Instant, Message, OutboxEntry, Schedule, Settings, Task } from "./model.js";
import { keyOf } from "./outbox.js";
import { fulfilled, isOverdue, project, view } from "./project.js";

/** One transition under way: what it reads and what it writes. A map is copied when it is first written. */
export class Draft {
  readonly now: Instant;
  readonly settings: Settings;
  readonly #base: Document;
  #promises: Map<string, DurablePromise> | null = null;
  #tasks: Map<string, Task> | null = null;
  #schedules: Map<string, Schedule> | null = null;
  #outbox: Map<string, OutboxEntry> | null = null;
  #sequence: number;

  constructor(base: Document, now: Instant, settings: Settings) {
    this.#base = base;
    this.now = now;
    this.settings = settings;
    this.#sequence = base.sequence;
  }

  get promises(): ReadonlyMap<string, DurablePromise> {
    return this.#promises ?? this.#base.promises;
  }

  get tasks(): ReadonlyMap<string, Task> {
    return this.#tasks ?? this.#base.tasks;
  }

  get schedules(): ReadonlyMap<string, Schedule> {
    return this.#schedules ?? this.#base.schedules;
  }

  /**
   * The promise as it is at `now`. If its deadline has settled it, that is written too, with its task: no answer shows a
   * deadline that is not in the document then (protocol 4.4, latitude L1).
   */
  read(id: string): DurablePromise | undefined {
    const promise = this.promises.get(id);
    if (promise === undefined || !isOverdue(promise, this.now)) return promise;
    const settled = project(promise, this.now, this.settings.mode);
    this.settle(settled);
    return settled;
  }

  /** The task as its promise lets it be seen at `now`. */
  readTask(id: string, promise: DurablePromise | undefined): Task | undefined {
    const task = this.tasks.get(id);
    return task === undefined ? undefined : view(task, promise);
  }

  setPromise(promise: DurablePromise): void {
    this.#promises ??= new Map(this.#base.promises);
    this.#promises.set(promise.id, promise);
  }

  setTask(task: Task): void {
    this.#tasks ??= new Map(this.#base.tasks);
    this.#tasks.set(task.id, task);
  }

  setSchedule(schedule: Schedule): void {
    this.#schedules ??= new Map(this.#base.schedules);
    this.#schedules.set(schedule.id, schedule);
  }

  deleteSchedule(id: string): void {
    this.#schedules ??= new Map(this.#base.schedules);
    this.#schedules.delete(id);
  }

  /** Writes a settled promise and fulfils its task: always together (protocol 5.3). Who waits for it stays on it. */
  settle(promise: DurablePromise): void {
    this.setPromise(promise);
    const task = this.tasks.get(promise.id);
    if (task !== undefined && task.state !== "fulfilled") this.setTask(fulfilled(task));
  }

  /** Puts a message into the outbox, in place of one with the same key. */
  enqueue(message: Message): void {
    this.#outbox ??= new Map(this.#base.outbox);
    this.#sequence += 1;
    const key = keyOf(message);
    this.#outbox.set(key, { key, sequence: this.#sequence, message });
  }

  /** The document with everything written; the one it started from if nothing was. */
  finish(): Document {
    if (!this.#promises && !this.#tasks && !this.#schedules && !this.#outbox) return this.#base;
    return {
      promises: this.promises,
      tasks: this.tasks,
      schedules: this.schedules,
      outbox: this.#outbox ?? this.#base.outbox,
      sequence: this.#sequence,
    };
  }
}
