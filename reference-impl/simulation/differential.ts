import { handle } from "../kernel/handle.js";
import type { MicroStep } from "../kernel/machine.js";
import type { Document, Instant, Schedule, Settings } from "../kernel/model.js";
import { EMPTY_DOCUMENT } from "../kernel/model.js";
import { advance, createOccurrence } from "../kernel/occurrence.js";
import type { Response } from "../kernel/request.js";
import { fire } from "../kernel/step.js";
import type { Judgement } from "../properties/property.js";
import { equal, sameAnswer } from "./linearizability/answers.js";
import { birthsAmong } from "./linearizability/instants.js";
import type { ClientOperation, CommittedTurn } from "./run.js";

/** Name of the judge in the results of a run. */
export const DIFFERENTIAL = "differential";

export interface DifferentialJudgement extends Judgement {
  /** The commit that differs from the machine's; null if none does, or if it is an answer that differs. */
  readonly commit: CommittedTurn | null;
}

/** The machine alone on one key: what it holds after the commits so far. */
interface Reference {
  readonly document: Document;
  readonly revision: number;
  readonly now: Instant;
}

const START: Reference = { document: EMPTY_DOCUMENT, revision: 0, now: 0 };

/**
 * Replays the commits of a run on the machine alone, key by key and step by step: every step has to be one that the machine
 * takes in its own document at that instant, with the same answer and the same document after it. A decision that was made
 * from another revision, or an effect of a failed attempt, gives another document. Every definite answer of a client has to
 * be the answer of a commit. `met` counts the steps. Does not hold for a platform that takes acknowledged writes back.
 */
export function judgeDifferential(
  commits: readonly CommittedTurn[],
  history: readonly ClientOperation[],
  settings: Settings,
): DifferentialJudgement {
  const machines = new Machines({ ...settings, partitioned: true });
  let met = 0;
  for (const commit of commits) {
    const broken = machines.take(commit);
    met += commit.steps.length;
    if (broken !== null) {
      return { met, commit, broken: `${commit.key} at revision ${commit.revision} (${commit.event}): ${broken}` };
    }
  }
  return { met, commit: null, broken: unexplained(commits, history) };
}

class Machines {
  readonly #settings: Settings;
  readonly #machines = new Map<string, Reference>();
  /** Every schedule that some document held, and the latest `now` it held it at: what occurrences are made from. */
  readonly #schedules = new Map<string, { readonly schedule: Schedule; readonly now: Instant }>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Takes the steps of a commit; says what differs, or null. */
  take(commit: CommittedTurn): string | null {
    const reference = this.#machines.get(commit.key) ?? START;
    if (commit.revision <= reference.revision) return `revision ${reference.revision} was committed before`;
    if (commit.now < reference.now) return `its now ${commit.now} is before ${reference.now}`;
    let broken: string | null = null;
    for (const start of this.#starts(reference.document, commit)) {
      broken = this.#differs(start, commit);
      if (broken === null) break;
    }
    if (broken !== null) return broken;
    // The same content: going on with the run's own objects makes the next comparison one of references.
    this.#machines.set(commit.key, { document: commit.document, revision: commit.revision, now: commit.now });
    for (const schedule of commit.document.schedules.values()) {
      this.#schedules.set(JSON.stringify(definition(schedule)), { schedule, now: commit.now });
    }
    return null;
  }

  /** What the steps may start from: the document, or with the firing that is due finished. */
  *#starts(document: Document, { now }: CommittedTurn): Generator<Document> {
    yield document;
    for (const schedule of document.schedules.values()) {
      if (schedule.nextRunAt > now) continue;
      const schedules = new Map(document.schedules);
      yield { ...document, schedules: schedules.set(schedule.id, advance(schedule, schedule.nextRunAt)) };
    }
  }

  #differs(start: Document, commit: CommittedTurn): string | null {
    let document = start;
    for (const step of commit.steps) {
      if (step.now !== commit.now) return `a step at ${step.now} in a turn at ${commit.now}`;
      const after = this.#step(document, step);
      if (typeof after === "string") return after;
      document = after;
    }
    const request = commit.steps.find(({ response }) => response !== null);
    if (!equal(request?.response ?? null, commit.response)) return "the answer of the turn is not that of its request";
    return differenceOf(document, commit.document);
  }

  #step(document: Document, step: MicroStep): Document | string {
    const { by, now } = step;
    if ("kind" in by) {
      const { document: after, response } = handle(document, now, by, this.#settings);
      return equal(response, step.response)
        ? after
        : `${by.kind} answers ${shown(response)}, not ${shown(step.response)}`;
    }
    if (by.step === "R7" && !document.schedules.has(by.schedule)) return this.#born(document, step, by.schedule);
    const after = fire(document, now, by, this.#settings);
    return after === document ? `${shown(by)} is not due at ${now}` : after;
  }

  /** The occurrence of a schedule that another document holds. */
  #born(document: Document, step: MicroStep, id: string): Document | string {
    const held = [...this.#schedules.values()].filter(({ schedule }) => schedule.id === id);
    const added = new Set([...step.after.promises.keys()].filter((each) => !document.promises.has(each)));
    const schedules = held.map(({ schedule }) => schedule);
    for (const { schedule, instant } of birthsAmong(added, schedules, this.#settings)) {
      // Due by the clock of the schedule's document: the occurrence's own may be behind.
      if (held.every((each) => each.schedule !== schedule || instant > each.now)) continue;
      const after = createOccurrence(document, schedule, instant, instant, this.#settings);
      if (differenceOf(after, step.after) === null) return after;
    }
    return `no schedule ${id} has the occurrence that was created`;
  }
}

/** What of a schedule its occurrences are made from. */
function definition({ createdAt: _, nextRunAt: __, lastRunAt: ___, ...rest }: Schedule) {
  return rest;
}

/** What differs between what the machine gives and what was stored. Messages that were delivered may be gone. */
function differenceOf(expected: Document, stored: Document): string | null {
  if (expected === stored) return null;
  if (expected.sequence !== stored.sequence) {
    return `${expected.sequence} messages were made, not ${stored.sequence}`;
  }
  for (const [key, entry] of stored.outbox) {
    if (!equal(expected.outbox.get(key), entry)) return `the message ${key} is ${shown(entry)} in the store`;
  }
  return (
    mapDifference("promise", expected.promises, stored.promises) ??
    mapDifference("task", expected.tasks, stored.tasks) ??
    mapDifference("schedule", expected.schedules, stored.schedules)
  );
}

function mapDifference(what: string, expected: ReadonlyMap<string, object>, stored: ReadonlyMap<string, object>) {
  for (const id of new Set([...expected.keys(), ...stored.keys()])) {
    const [one, other] = [expected.get(id), stored.get(id)];
    if (!equal(one, other)) return `${what} ${id} is ${shown(one)} by the machine and ${shown(other)} in the store`;
  }
  return null;
}

/** The first definite answer that no commit of its request gave; null if there is none. */
function unexplained(commits: readonly CommittedTurn[], history: readonly ClientOperation[]): string | null {
  const given = new Map<object, Response[]>();
  for (const { steps } of commits) {
    for (const { by, response } of steps) {
      if (response !== null) given.set(by, [...(given.get(by) ?? []), response]);
    }
  }
  for (const { request, response, process: client } of history) {
    if (response === null || !isCommitted(response)) continue;
    if (!(given.get(request) ?? []).some((each) => sameAnswer(response, each))) {
      return `${client} asked ${shown(request)} and was answered ${response.status} ${shown(response.data)}, which no commit gave`;
    }
  }
  return null;
}

/** Whether an answer has to come from a commit: refusals of the request as such and missing verdicts do not. */
function isCommitted({ kind, status }: Response): boolean {
  if (kind === "task.heartbeat" || kind.endsWith(".search")) return false;
  return status === 200 || status === 300 || status === 404 || status === 409 || status === 422;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? "absent";
}
