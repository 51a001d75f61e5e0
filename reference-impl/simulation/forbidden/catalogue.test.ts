import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import {
  begin,
  create,
  EXTERNAL,
  everyMinute,
  fence,
  get,
  heartbeat,
  listen,
  settle,
  TARGET,
  TIMER,
} from "../../../test/builders/durable-requests.js";
import { WeakPlatform } from "../../../test/builders/weak-platform.js";
import type { CommitNote } from "../../algorithm/note.js";
import { DEFAULT_SETTINGS, type ServerSettings } from "../../algorithm/settings.js";
import type { Stored } from "../../algorithm/stored.js";
import type { Observation, ObservedEffect } from "../observation.js";
import { DETECTORS, ForbiddenEvents } from "./catalogue.js";

type Run = readonly Observation[];
type Of<Op extends ObservedEffect["op"]> = Extract<ObservedEffect, { op: Op }>;

/** What the detector says of the run, and how often it had something to judge. */
function judge(name: string, run: Run, settings: ServerSettings): { messages: string[]; met: number } {
  const messages: string[] = [];
  const detectors = DETECTORS.filter((detector) => detector.name === name);
  const events = new ForbiddenEvents(settings, (_, message) => messages.push(message), detectors);
  for (const observation of run) events.observe(observation);
  return { messages, met: events.met().get(name) ?? 0 };
}

function recorded(act: (world: WeakPlatform) => void, settings: Partial<ServerSettings> = {}): Run {
  const world = new WeakPlatform(settings);
  act(world);
  return world.observations;
}

function isOp<Op extends ObservedEffect["op"]>(o: Observation, op: Op): o is Of<Op> {
  return o.kind === "effect" && o.op === op;
}

function noteOf(write: Of<"kv.cas">): CommitNote {
  if (write.effect.note?.kind !== "commit") throw new Error("no note");
  return write.effect.note;
}

/** The place of the nth effect of the kind, from the end if negative. */
function place(run: Run, op: ObservedEffect["op"], n: number): number {
  const places = run.flatMap((o, index) => (isOp(o, op) ? [index] : []));
  const found = places.at(n);
  if (found === undefined) throw new Error(`no ${op} ${n}`);
  return found;
}

function without(run: Run, op: ObservedEffect["op"], n: number): Run {
  return run.toSpliced(place(run, op, n), 1);
}

function changed<Op extends ObservedEffect["op"]>(
  run: Run,
  op: Op,
  n: number,
  change: (o: Of<Op>) => Observation,
): Run {
  return run.map((o, index) => (index === place(run, op, n) && isOp(o, op) ? change(o) : o));
}

/** The nth write with other contents. */
function written(run: Run, n: number, change: (value: Stored) => Partial<Stored>): Run {
  return changed(run, "kv.cas", n, (o) => ({
    ...o,
    effect: { ...o.effect, value: { ...o.effect.value, ...change(o.effect.value) } },
  }));
}

function noted(run: Run, n: number, change: (note: CommitNote) => Partial<CommitNote>): Run {
  return changed(run, "kv.cas", n, (o) => ({
    ...o,
    effect: { ...o.effect, note: { ...noteOf(o), ...change(noteOf(o)) } },
  }));
}

const sleeping = () => recorded((world) => world.request(create("a", 1_050_000, TIMER)));
const offered = () => recorded((world) => world.request(create("a", 9_000_000, TARGET)));
const read = () =>
  recorded((world) => {
    world.request(create("a", 9_000_000));
    world.request(settle("a"));
    world.request(get("a"));
  });
const timedOut = () =>
  recorded((world) => {
    world.request(create("a", 1_050_000, EXTERNAL));
    world.time = 1_060_000;
    world.request(get("a"));
  });
const listened = () =>
  recorded((world) => {
    world.request(create("a", 9_000_000, EXTERNAL));
    world.request(listen("a", "http://x/"));
    world.request(settle("a"));
  });
const contended = () =>
  recorded((world) => {
    world.request(create("a", 9_000_000));
    world.faults.set(world.steps.length + 2, "conflict");
    world.request(settle("a"));
  });
const doubted = () =>
  recorded((world) => {
    world.request(create("a", 9_000_000));
    world.faults.set(world.steps.length + 2, "unknown lost");
    world.request(settle("a"));
  });
const fired = () =>
  recorded((world) => {
    world.request(everyMinute("s"));
    world.settle(1_030_000);
  });
const fenced = () =>
  recorded((world) => {
    world.request(begin("a", 9_000_000, 60_000));
    world.request(fence("a", 1, create("a:0", 8_000_000)));
  });
const beaten = () =>
  recorded((world) => {
    world.request(heartbeat({ id: "a", version: 1 }, { id: "b", version: 1 }));
  });

const CEILING = { ceiling: 10_000 };
const refreshed = () =>
  recorded((world) => {
    world.request(create("a", 1_050_000, TIMER));
    world.settle(1_010_000);
  }, CEILING);

/** A clean run, and the same run with one thing wrong. */
interface Case {
  readonly name: string;
  readonly tag?: string;
  readonly clean: () => Run;
  readonly wrong: (run: Run) => Run;
  readonly says: RegExp;
  readonly settings?: Partial<ServerSettings>;
}

function putOff(run: Run, turn: string): Run {
  const at = place(run, "timer.set", 0);
  const later = changed(run, "timer.set", 0, (o) => ({
    ...o,
    effect: { ...o.effect, at: o.effect.at + 5000, note: { kind: "rule", rule: "none", turn } },
  }))[at];
  return later === undefined ? run : [...run, later];
}

const CASES: readonly Case[] = [
  {
    name: "commit-before-arm",
    clean: sleeping,
    wrong: (run) => without(run, "timer.set", 0),
    says: /needs a timer by 1050000/,
  },
  {
    name: "relax-before-commit",
    clean: fired,
    wrong: (run) => putOff(run.slice(0, 6), "same"),
    says: /put off from 1020000/,
  },
  { name: "timer-overwritten", clean: fired, wrong: (run) => putOff(run.slice(0, 6), "else"), says: /is replaced by/ },
  {
    name: "timer-acked-unarmed",
    clean: refreshed,
    wrong: (run) => without(run, "timer.set", 1),
    says: /acknowledged, and o.YQ needs a timer by 1020000/,
    settings: CEILING,
  },
  { name: "stale-nothing-due", clean: refreshed, wrong: (run) => without(run, "kv.cas", 1), says: /no commit fenced/ },
  { name: "publish-before-commit", clean: offered, wrong: (run) => without(run, "kv.cas", 0), says: /in no committed/ },
  {
    name: "drop-before-publish",
    clean: listened,
    wrong: (run) => changed(run, "queue.publish", 0, (o) => ({ ...o, answer: "unknown" })),
    says: /drops the unblock of a for http:\/\/x\/ unpublished/,
  },
  { name: "blind-write", clean: sleeping, wrong: (run) => without(run, "kv.get", 0), says: /revision 0, which/ },
  {
    name: "replayed-decision",
    clean: read,
    wrong: (run) => noted(run, 1, () => ({ basis: 0 })),
    says: /decided from revision 0, written at 1/,
  },
  {
    name: "replayed-decision",
    clean: read,
    wrong: (run) => noted(run, 1, ({ steps }) => ({ steps: steps.map((step) => ({ ...step, before: step.after })) })),
    says: /not made from its document/,
  },
  {
    name: "patched-after-conflict",
    clean: contended,
    wrong: (run) => written(run, 2, ({ document }) => ({ document: { ...document, sequence: 7 } })),
    says: /not what its turn decided/,
  },
  {
    name: "answer-before-commit",
    clean: read,
    wrong: (run) => {
      const [reply] = run.slice(place(run, "reply", 2));
      return reply === undefined ? run : without(run, "reply", 2).toSpliced(place(run, "kv.cas", 2), 0, reply);
    },
    says: /written after the answer/,
  },
  {
    name: "answer-before-commit",
    clean: doubted,
    wrong: (run) => without(run, "kv.cas", 2),
    says: /no commit was confirmed/,
  },
  {
    name: "unfenced-answer",
    clean: read,
    wrong: (run) =>
      without(
        changed(run, "kv.get", 2, (o) => ({ ...o, answer: { ...o.answer, revision: 1 } })),
        "kv.cas",
        2,
      ),
    says: /from o.YQ at 1; it was at 2/,
  },
  {
    name: "verdict-without-evidence",
    clean: doubted,
    wrong: (run) => without(run, "kv.cas", 2),
    says: /may have happened or not/,
  },
  {
    name: "two-nows",
    clean: sleeping,
    wrong: (run) => run.toSpliced(place(run, "clock.read", 0), 0, ...run.slice(2, 3)),
    says: /reads its clock 2 times/,
  },
  {
    name: "two-nows",
    clean: contended,
    wrong: (run) => without(run, "clock.read", 2),
    says: /reads its clock 0 times/,
  },
  {
    name: "two-nows",
    clean: read,
    wrong: (run) => noted(run, 0, ({ now }) => ({ now: now + 1 })),
    says: /decides on o.YQ at 1000001; its clock showed 1000000/,
  },
  {
    name: "clock-regression",
    clean: read,
    wrong: (run) => written(run, 1, ({ hw }) => ({ hw: hw - 1 })),
    says: /999999 after 1000000/,
  },
  {
    name: "unlogged-deadline",
    clean: timedOut,
    wrong: (run) => written(run, 1, () => ({ hw: 1_049_999 })),
    says: /shows a settled at 1050000, and 1049999 is committed/,
  },
  {
    name: "early-step",
    clean: offered,
    wrong: (run) => noted(run, 0, ({ steps }) => ({ steps: steps.map((step) => ({ ...step, now: step.now - 1 })) })),
    says: /R6 of o.YQ is due at 1000000 and fired at 999999/,
  },
  {
    name: "partial-turn",
    clean: read,
    wrong: (run) => written(run, 1, ({ document }) => ({ document: { ...document, promises: new Map() } })),
    says: /what follows revision 1 is not what its turn decided/,
  },
  {
    name: "wrong-document",
    clean: read,
    wrong: (run) => written(run, 2, () => ({ subject: "b" })),
    says: /written with the document of origin b/,
  },
  {
    name: "wrong-document",
    clean: read,
    wrong: (run) =>
      written(run, 0, ({ document }) => ({
        document: { ...document, promises: new Map([...document.promises].map(([, made]) => ["b:1", made])) },
      })),
    says: /b:1 is kept in the document of a/,
  },
  {
    name: "wrong-document",
    clean: read,
    wrong: (run) =>
      changed(run, "kv.cas", 2, (o) => ({
        ...o,
        effect: { ...o.effect, key: "o.YTox", value: { ...o.effect.value, subject: "a:1" } },
      })),
    says: /a:1 is no origin, and has a document/,
  },
  {
    name: "split-guard",
    clean: fenced,
    wrong: (run) =>
      noted(run, 1, ({ steps }) => ({
        steps: steps.map((step) => ({ ...step, by: fence("a", 1, create("b:0", 8_000_000)) })),
      })),
    says: /spans b:0 and is answered 200/,
  },
  {
    name: "heartbeat-refused",
    clean: beaten,
    wrong: (run) =>
      changed(run, "reply", 0, (o) => ({
        ...o,
        effect: {
          ...o.effect,
          body: { kind: "reply", corrId: "c", response: { kind: "task.heartbeat", status: 400, data: "no" } },
        },
      })),
    says: /over a, b is answered 400/,
  },
  {
    name: "oversize-after-arm",
    clean: sleeping,
    wrong: (run) => changed(run, "kv.cas", 0, (o) => ({ ...o, answer: { outcome: "too-large" } })),
    says: /refused for its size after a timer was armed/,
  },
  {
    name: "advance-before-fire",
    clean: fired,
    // Schedule, intent, occurrence, advance.
    wrong: (run) => without(run, "kv.cas", 2),
    says: /s-1020000 is not committed/,
  },
  {
    name: "advance-before-fire",
    tag: "FORBIDDEN-ADVANCE-INTENT",
    clean: fired,
    wrong: (run) => without(run, "kv.cas", 1),
    says: /1020000 of s was not intended/,
  },
  {
    name: "forked-history",
    clean: read,
    wrong: (run) =>
      changed(run, "kv.get", 2, (o) => ({
        ...o,
        answer: { ...o.answer, value: o.answer.value === null ? null : { ...o.answer.value, hw: 7 } },
      })),
    says: /two documents of revision 2/,
  },
  {
    name: "forked-history",
    tag: "FORBIDDEN-FORKED-REVISION",
    clean: read,
    wrong: (run) => changed(run, "kv.cas", 2, (o) => ({ ...o, answer: { outcome: "committed", revision: 1 } })),
    says: /committed at 1 after 2/,
  },
  {
    name: "forked-history",
    tag: "FORBIDDEN-FORKED-GAP",
    clean: read,
    wrong: (run) =>
      changed(run, "kv.cas", 2, (o) => ({
        ...o,
        effect: { ...o.effect, expected: 1 },
        answer: { outcome: "committed", revision: 9 },
      })),
    says: /committed over 1 after 2/,
  },
  {
    name: "forgotten-origin",
    clean: () => [...sleeping(), { kind: "sent", step: 99, time: 1_050_001, turn: "late" }],
    wrong: (run) => [...run, { kind: "sent", step: 100, time: 9_000_000, turn: "later" }],
    says: /due since 1050000, and nobody has looked since 1050000/,
    settings: { ceiling: 100_000 },
  },
];

describe.each(CASES)("$name", ({ name, tag, clean, wrong, says, settings }) => {
  const dials = { ...DEFAULT_SETTINGS, ...settings };

  it(`says what is wrong: ${says.source}`, () => {
    traceSpec(tag ?? `FORBIDDEN-${name.toUpperCase()}`);
    expect(judge(name, wrong(clean()), dials).messages).toEqual([expect.stringMatching(says)]);
  });

  it("says nothing of the run as it was, and had something to judge there", () => {
    traceSpec("FORBIDDEN-CLEAN", "FORBIDDEN-MET");
    const { messages, met } = judge(name, clean(), dials);
    expect(messages).toEqual([]);
    expect(met).toBeGreaterThan(0);
  });
});

describe("commit-before-arm", () => {
  it("leaves out a write that cannot take place any more", () => {
    traceSpec("FORBIDDEN-CLEAN");
    const lost = (revision: number) =>
      changed(without(sleeping(), "timer.set", 0), "kv.cas", 0, (o) => ({
        ...o,
        answer: { outcome: "unknown" },
        truth: { revision, written: null },
      }));
    expect(judge("commit-before-arm", lost(0), DEFAULT_SETTINGS).messages).toHaveLength(1);
    expect(judge("commit-before-arm", lost(3), DEFAULT_SETTINGS)).toEqual({ messages: [], met: 0 });
  });
});

describe("the table of cases", () => {
  it("has one for every detector", () => {
    traceSpec("FORBIDDEN-EVENTS");
    expect([...new Set(CASES.map(({ name }) => name))].sort()).toEqual(DETECTORS.map(({ name }) => name).sort());
  });
});
