import type { ServerSettings } from "../algorithm/settings.js";
import type { MicroStep } from "../kernel/machine.js";
import type { Document, Instant } from "../kernel/model.js";
import { CHEAP, STEPWISE } from "../properties/catalogue.js";
import { createJudge, type Judge } from "../properties/judge.js";
import type { Answer } from "../properties/property.js";
import { RESPONSES } from "../properties/response.js";
import { DIFFERENTIAL, judgeDifferential } from "./differential.js";
import { judgeFinished } from "./finished.js";
import { ForbiddenEvents } from "./forbidden/catalogue.js";
import { judgeLinearizability, LINEARIZABILITY } from "./linearizability/judge.js";
import { LOST_WRITE, LostWrites } from "./lost-writes.js";
import type { ClientOperation, CommittedTurn, RunSettings } from "./run.js";
import { WORST_SKEW } from "./world/process.js";
import type { Watcher } from "./world/recorder.js";

/** Told of a violation: the name of the property or judge, and what breaks it. */
export type Report = (judge: string, message: string) => void;

/**
 * Everything that judges a run: the named properties on each step, detectors of forbidden events on all that the servers do, and
 * on the whole run what needs the whole.
 */
export class Judges {
  /** Shown every observation; null if nobody looks. */
  readonly watcher: Watcher | null;
  /** Histories that the judge of linearizability gave up on. */
  undecided = 0;
  readonly #settings: RunSettings;
  readonly #dials: ServerSettings;
  readonly #report: Report;
  readonly #stepwise: Judge | null;
  readonly #forbidden: ForbiddenEvents | null;
  readonly #lost: LostWrites | null;
  readonly #met = new Map<string, number>();

  constructor(settings: RunSettings, dials: ServerSettings, report: Report) {
    this.#settings = settings;
    this.#dials = dials;
    this.#report = report;
    const properties = settings.judges === "cheap" ? CHEAP : STEPWISE;
    const isStepwise = settings.judges !== "none" && settings.judges !== "loss";
    this.#stepwise = isStepwise ? createJudge(dials.protocol, properties) : null;
    this.#lost = settings.judges === "loss" ? new LostWrites(dials, (message) => report(LOST_WRITE, message)) : null;
    const forbidden = settings.judges === "all" ? new ForbiddenEvents(dials, report) : null;
    this.#forbidden = forbidden;
    const looking = forbidden ?? this.#lost;
    this.watcher = looking === null ? null : (observation) => looking.observe(observation);
  }

  /** Steps of the machine took effect. */
  committed(steps: readonly MicroStep[]): void {
    if (this.#stepwise === null) return;
    for (const step of steps) {
      for (const { name, message } of this.#stepwise.observe(step)) this.#report(name, message);
    }
  }

  /** A schedule went on to its next occurrence: half of a step, whose other half is in the occurrence's document. */
  advanced(now: Instant, before: Document, document: Document): void {
    for (const schedule of document.schedules.keys()) {
      this.committed([{ by: { step: "R7", schedule }, now, before, after: document, response: null }]);
    }
    for (const { name, message } of this.#stepwise?.observeState(now, document) ?? []) this.#report(name, message);
  }

  /** The run is over: nothing is under way if it ended quietly. */
  finish(operations: readonly ClientOperation[], commits: readonly CommittedTurn[]): void {
    if (this.#lost !== null) this.#met.set(LOST_WRITE, this.#lost.met);
    if (this.#stepwise === null) return;
    const last = new Map(commits.map((commit) => [commit.key, commit]));
    for (const { now, document } of last.values()) {
      for (const { name, message } of this.#stepwise.observeState(now, document)) this.#report(name, message);
    }
    for (const [name, { met }] of this.#stepwise.summary()) this.#met.set(name, met);
    for (const [name, met] of this.#forbidden?.met() ?? []) this.#met.set(name, met);
    this.#answers(operations);
    if (this.#settings.judges !== "all") return;
    const { protocol } = this.#dials;
    const clockError = this.#settings.worstSkew ?? WORST_SKEW;
    const linearizable = judgeLinearizability(operations, protocol, clockError, this.#settings.searchLimit);
    this.undecided = linearizable.undecided;
    this.#judged(LINEARIZABILITY, linearizable);
    this.#judged(DIFFERENTIAL, judgeDifferential(commits, operations, protocol));
    for (const [name, judgement] of judgeFinished(commits, protocol)) this.#judged(name, judgement);
  }

  /** How often each judge had its guard met. */
  met(): ReadonlyMap<string, number> {
    return this.#met;
  }

  /** What clients saw, by the properties of answers alone. */
  #answers(operations: readonly ClientOperation[]): void {
    const answers: Answer[] = [];
    for (const { request, response, call, return: answered } of operations) {
      if (response !== null && answered !== null) answers.push({ request, response, sent: call, answered });
    }
    for (const property of RESPONSES) {
      if (property.from !== "answers") continue;
      this.#judged(`${property.name} of clients`, property.judge(answers, this.#dials.protocol));
    }
  }

  #judged(name: string, { met, broken }: { readonly met: number; readonly broken: string | null }): void {
    this.#met.set(name, met);
    if (broken !== null) this.#report(name, broken);
  }
}
