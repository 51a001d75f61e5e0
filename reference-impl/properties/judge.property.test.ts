import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { MicroStep } from "../kernel/machine.js";
import type { Document, DurablePromise, OutboxEntry, Settings, Task } from "../kernel/model.js";
import { EMPTY_DOCUMENT } from "../kernel/model.js";
import { STEPWISE } from "./catalogue.js";
import type { Move } from "./examples/walk.js";
import { walk } from "./examples/walk.js";
import { createJudge } from "./judge.js";

/** The judge of what a step changed against the properties as they are written: of everything in every state. */

const nat = fc.nat({ max: 5_039 });
// Every number alike: fast-check prefers small ones, which all mean the same few moves.
const move: fc.Arbitrary<Move> = fc.noBias(
  fc.record({ kind: nat, id: nat, other: nat, tags: nat, amount: nat, wait: nat }),
);

/** What is done to a document that no machine does. */
const fault = fc.record({ kind: fc.nat(15), pick: nat, other: nat });
type Fault = { kind: number; pick: number; other: number };

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

function withPromise(document: Document, key: string, promise: DurablePromise | null): Document {
  const promises = new Map(document.promises);
  if (promise === null) promises.delete(key);
  else promises.set(key, promise);
  return { ...document, promises };
}

function withTask(document: Document, key: string, task: Task | null): Document {
  const tasks = new Map(document.tasks);
  if (task === null) tasks.delete(key);
  else tasks.set(key, task);
  return { ...document, tasks };
}

function faultyPromise(promise: DurablePromise, { kind, other }: Fault): DurablePromise | null {
  const { settledAt, ...unsettled } = promise;
  const faults: readonly (DurablePromise | null)[] = [
    null,
    { ...promise, tags: other % 2 === 0 ? {} : { "resonate:target": "poll://any@x" } },
    { ...unsettled, state: "pending" },
    { ...promise, timeoutAt: promise.timeoutAt + (other % 2 === 0 ? -50 : 5_000) },
    { ...promise, callbacks: promise.callbacks.slice(1) },
    { ...promise, callbacks: [...promise.callbacks, "nobody"] },
    { ...promise, state: "resolved", settledAt: settledAt ?? promise.createdAt },
    { ...promise, id: other % 2 === 0 ? "z" : promise.id, listeners: ["nowhere"] },
  ];
  return at(faults, kind) ?? null;
}

function faultyTask(task: Task, { kind, other }: Fault): Task | null {
  const faults: readonly (Task | null)[] = [
    null,
    { ...task, version: task.version + (other % 2 === 0 ? -1 : 1) },
    { id: task.id, state: "suspended", version: task.version, resumes: [] },
    { id: task.id, state: "fulfilled", version: task.version, resumes: [] },
    { ...task, resumes: ["b", "b"] },
  ];
  return at(faults, kind) ?? null;
}

function faultyEntry(document: Document, { pick, other }: Fault): Document {
  const entry = at([...document.outbox.values()], pick);
  const id = at([...document.promises.keys(), "nobody"], other) ?? "nobody";
  const message = { kind: "execute" as const, address: "nowhere", task: { id, version: other % 3 } };
  const made: OutboxEntry = {
    key: other % 2 === 0 ? (entry?.key ?? id) : id,
    sequence: document.sequence + 1,
    message,
  };
  const outbox = new Map(document.outbox);
  if (other % 5 === 0 && entry !== undefined) outbox.delete(entry.key);
  else outbox.set(made.key, made);
  return { ...document, outbox };
}

function spoilt(document: Document, fault: Fault): Document {
  const promise = at([...document.promises], fault.pick);
  const task = at([...document.tasks], fault.pick);
  if (fault.kind < 8 && promise !== undefined) {
    return withPromise(document, promise[0], faultyPromise(promise[1], fault));
  }
  if (fault.kind < 13 && task !== undefined) return withTask(document, task[0], faultyTask(task[1], fault));
  return faultyEntry(document, fault);
}

/** A walk, and the same walk with a fault as a step of its own behind some of its steps. */
function script(moves: readonly Move[], faults: readonly (Fault | null)[], settings: Settings): MicroStep[] {
  const steps: MicroStep[] = [];
  const clean = walk(moves, settings).flatMap((stop) => stop.steps);
  let document = EMPTY_DOCUMENT;
  for (const [index, step] of clean.entries()) {
    // What the step did is kept where a fault has left it alone.
    const after = rebased(document, step);
    steps.push({ ...step, before: document, after });
    document = after;
    const fault = at(faults, index) ?? null;
    if (fault === null) continue;
    const broken = spoilt(document, fault);
    steps.push({ by: step.by, now: step.now, before: document, after: broken, response: null });
    document = broken;
  }
  return steps;
}

function rebased(document: Document, { before, after }: MicroStep): Document {
  const apply = <T>(own: ReadonlyMap<string, T>, from: ReadonlyMap<string, T>, to: ReadonlyMap<string, T>) => {
    if (from === to) return own;
    const made = new Map(own);
    for (const [key, value] of to) if (from.get(key) !== value) made.set(key, value);
    for (const key of from.keys()) if (!to.has(key)) made.delete(key);
    return made;
  };
  if (before === after) return document;
  return {
    promises: apply(document.promises, before.promises, after.promises),
    tasks: apply(document.tasks, before.tasks, after.tasks),
    schedules: apply(document.schedules, before.schedules, after.schedules),
    outbox: apply(document.outbox, before.outbox, after.outbox),
    sequence: Math.max(document.sequence, after.sequence),
  };
}

describe("the judge of changes", () => {
  it.each(["strict", "compat"] as const)("finds what the properties say of whole states in %s mode", (mode) => {
    traceSpec("PROP-JUDGE-STEP", "PROP-JUDGE-STEP-WHOLE");
    const settings: Settings = { mode, retryTimeout: 40 };
    const ever = new Set<string>();
    const moves = fc.array(move, { minLength: 1, maxLength: 40, size: "max" });
    const faults = fc.array(fc.option(fault, { freq: 2, nil: null }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(moves, faults, (all, spoils) => {
        const judge = createJudge(settings, STEPWISE);
        const whole = new Set<string>();
        for (const step of script(all, spoils, settings)) {
          const found = new Set(judge.observe(step).map(({ name }) => name));
          for (const property of STEPWISE) {
            if (property.gap === true && mode === "strict") continue;
            if (property.kind === "response" || property.kind === "configuration") continue;
            if (property.kind === "state" && property.scope === "rest") continue;
            const judgement =
              property.kind === "state"
                ? property.judge(step.now, step.after, settings)
                : property.judge(step, settings);
            if (judgement.broken === null || whole.has(property.name)) continue;
            whole.add(property.name);
            ever.add(property.name);
            expect([...found]).toContain(property.name);
            found.delete(property.name);
          }
          expect([...found].filter((name) => !RESPONSES.has(name))).toEqual([]);
        }
      }),
      { seed: 4, numRuns: 100 },
    );
    // Faults are of many kinds, or the agreement says little.
    expect(ever.size).toBeGreaterThan(60);
  });
});

const RESPONSES: ReadonlySet<string> = new Set(
  STEPWISE.filter(({ kind }) => kind === "response").map(({ name }) => name),
);
