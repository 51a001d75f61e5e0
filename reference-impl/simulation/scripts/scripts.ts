import { handle } from "../../kernel/handle.js";
import type { InternalStep, MicroStep } from "../../kernel/machine.js";
import type { Document, DurablePromise, Instant, Mode, Settings } from "../../kernel/model.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import { isExternal, isLive } from "../../kernel/project.js";
import type { fire } from "../../kernel/step.js";
import type { armed, turn } from "../../kernel/turn.js";
import { nextTimer as timerOf } from "../../kernel/turn.js";
import { STEPWISE } from "../../properties/catalogue.js";
import type { Judge } from "../../properties/judge.js";
import { createJudge } from "../../properties/judge.js";
import { LIVENESS } from "../../properties/liveness.js";
import { nextCommand, randomOf } from "./commands.js";
import { byId, create, EXTERNAL, isRequest, settle, spawn, suspend, TARGET } from "./requests.js";

/** Runs random scripts on a kernel, which may be a changed copy, under the properties and beside the kernel as it is. */

/** What is called of a kernel. */
export interface Kernel {
  readonly turn: typeof turn;
  readonly armed: typeof armed;
  readonly fire: typeof fire;
}

const LENGTH = 100;

/** Names of the properties that one script breaks; `linearizability` stands for a transition the kernel as it is would not make. */
export function brokenBy(kernel: Kernel, mode: Mode, seed: number): ReadonlySet<string> {
  const settings: Settings = { mode, retryTimeout: 40 };
  const random = randomOf(seed);
  const broken = new Set<string>();
  const run = new Run(kernel, settings, broken);
  for (let i = 0; i < LENGTH; i += 1) {
    const { now, request, bound } = nextCommand(random, run.document, run.now);
    run.take(now, request, bound);
    if (i % 5 === 0) run.exhaust();
    for (let tries = 0; tries < 3; tries += 1) run.tryStep(spurious(random, run.document));
  }
  run.finish();
  return broken;
}

const IDS = ["a", "a:0", "a:1", "a:2", "a:3", "a:4", "a:5", "b", "b:0"];

/** A step that may be due or not; often the drain of a callback that there is. */
function spurious(random: () => number, { promises }: Document): InternalStep {
  const waits = [...promises.values()].flatMap(({ id, state, callbacks }) =>
    state === "pending" ? [] : callbacks.map((awaiter): InternalStep => ({ step: "R4", promise: id, awaiter })),
  );
  const wait = waits[Math.floor(random() * waits.length)];
  if (wait !== undefined && random() < 0.3) return wait;
  const id = IDS[Math.floor(random() * IDS.length)] ?? "a";
  const other = IDS[Math.floor(random() * IDS.length)] ?? "a";
  const steps: readonly InternalStep[] = [
    { step: "R1", promise: id },
    { step: "R3", promise: id, address: random() < 0.5 ? "http://l" : "poll://any@g" },
    { step: "R4", promise: id, awaiter: other },
    { step: "R5", task: id },
    { step: "R6", task: id },
    { step: "R7", schedule: "s" },
  ];
  return steps[Math.floor(random() * steps.length)] ?? { step: "R1", promise: id };
}

function sameDocument(a: Document, b: Document): boolean {
  const parts = ["promises", "tasks", "schedules", "outbox"] as const;
  return parts.every((part) => a[part] === b[part] || JSON.stringify([...a[part]]) === JSON.stringify([...b[part]]));
}

/** What is broken by a wake-up, an end of a lease and a dispatch that come after the promise's own deadline. */
export function brokenByTheLate(kernel: Kernel, mode: Mode): ReadonlySet<string> {
  const broken = new Set<string>();
  const run = new Run(kernel, { mode, retryTimeout: 40 }, broken);
  run.take(1000, spawn("a", 2000, { ttl: 5000 }), 0);
  run.take(1000, create("a:0", 9000, EXTERNAL), 0);
  run.take(1000, create("a:1", 2000, TARGET), 0);
  run.take(1000, spawn("a:2", 2000, { ttl: 500 }), 0);
  run.take(1000, suspend("a", 1, "a:0"), 0);
  run.take(1500, settle("a:0"), 0);
  run.take(2000, byId("task.get", "none"), 0);
  run.tryStep({ step: "R4", promise: "a:0", awaiter: "a" });
  run.tryStep({ step: "R5", task: "a:2" });
  run.tryStep({ step: "R6", task: "a:1" });
  run.finish();
  return broken;
}

class Run {
  document: Document = EMPTY_DOCUMENT;
  now: Instant = 1;
  readonly #kernel: Kernel;
  readonly #settings: Settings;
  readonly #broken: Set<string>;
  readonly #judge: Judge;
  readonly #states: { now: Instant; document: Document }[] = [];

  constructor(kernel: Kernel, settings: Settings, broken: Set<string>) {
    this.#kernel = kernel;
    this.#settings = settings;
    this.#broken = broken;
    this.#judge = createJudge(settings, STEPWISE);
  }

  take(now: Instant, request: Parameters<Kernel["turn"]>[2], bound: number): Instant | null {
    this.now = now;
    const { steps, document, nextTimer } = this.#kernel.turn(this.document, now, request, this.#settings, bound);
    for (const step of steps) this.#observe(step);
    this.#rest(document);
    const needed = timerOf(document, this.#settings) ?? Number.POSITIVE_INFINITY;
    if ((nextTimer ?? Number.POSITIVE_INFINITY) > needed) this.#broken.add("commit-before-arm");
    return nextTimer;
  }

  /** Tries a step that may not be due: it changes nothing then, and is not recorded. */
  tryStep(by: InternalStep): void {
    const after = this.#kernel.fire(this.document, this.now, by, this.#settings);
    if (after === this.document) return;
    this.#observe({ by, now: this.now, before: this.document, after, response: null });
    this.#rest(after);
  }

  #observe(step: MicroStep): void {
    for (const { name } of this.#judge.observe(step)) this.#broken.add(name);
    if (!isRequest(step.by)) return;
    const { response, document } = handle(step.before, step.now, step.by, this.#settings);
    const same = JSON.stringify(response) === JSON.stringify(step.response);
    if (!same || !sameDocument(document, step.after)) this.#broken.add("linearizability");
  }

  #rest(document: Document): void {
    this.document = document;
    this.#states.push({ now: this.now, document });
    for (const { name } of this.#judge.observeState(this.now, document)) this.#broken.add(name);
    for (const promise of document.promises.values()) this.#judgeArming(promise);
  }

  /** The judge asks the kernel as it is which deadlines are armed; here the changed one is asked. */
  #judgeArming(promise: DurablePromise): void {
    if (promise.state !== "pending") return;
    const armed = this.#kernel.armed(promise, this.#settings);
    if (armed && !isExternal(promise, this.#settings.mode)) this.#broken.add("ArmingIsExternalOnly");
    if (!armed && promise.callbacks.length + promise.listeners.length > 0) {
      this.#broken.add("ObligationsAreDischargeable");
    }
  }

  /** Takes everything that is due while the clock stands still, without recording it. */
  exhaust(): void {
    const { document: start, now } = this;
    const { document } = this.#kernel.turn(start, now, null, this.#settings, 1000);
    for (const promise of document.promises.values()) {
      if (isLive(promise, now)) continue;
      if (promise.callbacks.length + promise.listeners.length > 0) this.#broken.add("wakeMaterializes");
      for (const awaiter of start.promises.get(promise.id)?.callbacks ?? []) {
        const task = document.tasks.get(awaiter);
        const told = task === undefined || task.state === "fulfilled";
        if (!told && (task.state === "suspended" || !task.resumes.includes(promise.id)))
          this.#broken.add("resumeRecorded");
      }
    }
  }

  /** Lets time pass from one timer to the next, and nothing else happen, until nothing is due any more. */
  finish(): void {
    this.take(this.now, byId("schedule.delete", "s"), 0);
    this.exhaust();
    for (const { id, state } of this.document.tasks.values()) {
      if (state === "halted") this.take(this.now, byId("task.continue", id), 50);
    }
    let next = this.take(this.now, null, 0);
    for (let i = 0; next !== null && i < 400; i += 1)
      next = this.take(Math.max(this.now, next), null, i < 300 ? 1 : 50);
    const quiet = next === null;
    // Nothing wakes for the deadline of an internal promise. Whoever comes by may settle it.
    for (const { id } of this.document.promises.values()) this.tryStep({ step: "R1", promise: id });
    for (const property of LIVENESS) {
      const { broken } = property.judge({ states: this.#states, quiet }, this.#settings);
      if (broken !== null) this.#broken.add(property.name);
    }
  }
}
