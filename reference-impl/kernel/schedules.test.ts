import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { showCases } from "../../test/builders/durable-case.js";
import type { Happening } from "../simulation/scripts/requests.js";
import {
  byId,
  COMPAT,
  create,
  documentAfter,
  EXTERNAL,
  MODES,
  STRICT,
  schedule,
  settingsOf,
  TARGET,
  TIMER,
} from "../simulation/scripts/requests.js";
import { EMPTY_DOCUMENT } from "./model.js";
import { advance, createOccurrence, occurrenceOf } from "./occurrence.js";
import { fire, OCCURRENCES_PER_FIRING } from "./step.js";
import { nextTimer, occurrenceTurn, turn } from "./turn.js";

const MINUTE = 60_000;
const S: Happening = [1000, schedule("s", "* * * * *", { promiseParam: { data: "x" }, promiseTags: TARGET })];
const run = { step: "R7", schedule: "s" } as const;
const STORED = { id: "s", cron: "* * * * *", createdAt: 1000, nextRunAt: MINUTE, promiseTimeout: MINUTE };

showCases("schedule.get and schedule.delete", [
  { tag: "DUR-SCHEDULE-GET", given: [S], when: [2000, byId("schedule.get", "s")], data: { schedule: STORED } },
  { tag: "DUR-SCHEDULE-GET-ABSENT", given: [S], when: [2000, byId("schedule.get", "t")], status: 404 },
  {
    tag: "DUR-SCHEDULE-DELETE",
    given: [S],
    when: [2000, byId("schedule.delete", "s")],
    schedules: { s: null },
    seen: ({ data }) => expect(data).toEqual({}),
  },
  { tag: "DUR-SCHEDULE-DELETE-ABSENT", when: [2000, byId("schedule.delete", "s")], status: 404, unchanged: true },
  {
    tag: "DUR-SCHEDULE-DELETE-KEEPS",
    given: [S, [MINUTE, run]],
    when: [MINUTE, byId("schedule.delete", "s")],
    schedules: { s: null },
    seen: ({ before, after }) => {
      expect(before.promises.size).toBe(1);
      expect(after.promises).toBe(before.promises);
    },
  },
]);

const unreadable = [
  "",
  "* * * *",
  "* * * * * * *",
  "@daily",
  "60 * * * *",
  "* 24 * * *",
  "0 0 30 2 *",
  "* * * * L",
  "5/2 * * * *",
  "2030-01-01T00:00:00Z",
  "? * * * *",
  "* * * * * *\n*",
  "a b c d e",
  "* * * foo *",
  " * * * * *",
];

showCases("schedule.create", [
  {
    tag: "DUR-SCHEDULE-CREATE-TIMER",
    when: [1000, schedule("s", "bad", { promiseTags: { ...TARGET, ...TIMER } })],
    status: 400,
    data: "a timer cannot have a target",
    unchanged: true,
  },
  ...unreadable.map((cron) => ({
    tag: "DUR-SCHEDULE-CREATE-CRON",
    of: JSON.stringify(cron),
    when: [1000, schedule("s", cron)] as const,
    status: 400 as const,
    data: "the calendar expression names no instant",
    unchanged: true,
  })),
  ...["* * * *", "* * * * * * *"].map((cron) => ({
    tag: "DUR-SCHEDULE-CRON-FIELDS",
    of: cron,
    when: [1000, schedule("s", cron)] as const,
    status: 400 as const,
  })),
  ...["60 * * * *", "* 24 * * *", "* * 32 * *", "* * * 13 *", "* * * * 8", "60 * * * * *", "* * 0 * *"].map((cron) => ({
    tag: "DUR-SCHEDULE-CRON-RANGE",
    of: cron,
    when: [1000, schedule("s", cron)] as const,
    status: 400 as const,
  })),
  {
    tag: "DUR-SCHEDULE-CREATE-EXISTING",
    given: [S],
    when: [2000, schedule("s", "0 0 1 1 *", { promiseTimeout: 5 })],
    data: { schedule: STORED },
    unchanged: true,
  },
  { tag: "DUR-SCHEDULE-CREATE", when: S, data: { schedule: STORED }, schedules: { s: STORED } },
  { tag: "DUR-SCHEDULE-CREATE-STAMP", when: [1234, schedule("s", "* * * * *")], schedules: { s: { createdAt: 1234 } } },
  {
    tag: "DUR-SCHEDULE-CREATE-NEXT",
    when: [MINUTE, schedule("s", "* * * * *")],
    schedules: { s: { createdAt: MINUTE, nextRunAt: 2 * MINUTE } },
  },
  {
    tag: "DUR-SCHEDULE-CREATE-LAST",
    when: S,
    seen: ({ after }) => expect(after.schedules.get("s")).not.toHaveProperty("lastRunAt"),
  },
  {
    tag: "DUR-SCHEDULE-CREATE-TARGET",
    when: [1000, schedule("s", "* * * * *")],
    schedules: { s: { promiseTags: {} } },
  },
]);

const FIRST = `s-${MINUTE}`;

showCases("R7, the firing of a schedule", [
  {
    tag: "DUR-SCHEDULE-FIRE",
    given: [S],
    when: [MINUTE, run],
    promises: { [FIRST]: { state: "pending", createdAt: MINUTE } },
    messages: [],
  },
  {
    tag: "DUR-SCHEDULE-FIRE-ALL",
    given: [S],
    when: [3 * MINUTE + 1, run],
    seen: ({ after }) =>
      expect([...after.promises.keys()]).toEqual([MINUTE, 2 * MINUTE, 3 * MINUTE].map((t) => `s-${t}`)),
  },
  {
    tag: "DUR-SCHEDULE-FIRE-ID",
    given: [[1000, schedule("s{{.timestamp}}", "* * * * *", { promiseId: "{{.timestamp}}/{{.id}}/{{.x}}" })]],
    when: [MINUTE, { step: "R7", schedule: "s{{.timestamp}}" }],
    seen: ({ after }) => expect([...after.promises.keys()]).toEqual(["60000/s{{.timestamp}}/{{.x}}"]),
  },
  {
    tag: "DUR-SCHEDULE-FIRE-DEADLINE",
    given: [S],
    when: [90_000, run],
    promises: { [FIRST]: { timeoutAt: 2 * MINUTE } },
  },
  { tag: "DUR-SCHEDULE-FIRE-STAMP", given: [S], when: [90_000, run], promises: { [FIRST]: { createdAt: MINUTE } } },
  {
    tag: "DUR-SCHEDULE-FIRE-CONTENTS",
    given: [S],
    when: [MINUTE, run],
    seen: ({ after }) => {
      expect(after.promises.get(FIRST)?.param).toEqual({ data: "x" });
      expect(after.promises.get(FIRST)?.tags).toMatchObject(TARGET);
    },
  },
  {
    tag: "DUR-SCHEDULE-FIRE-TASK",
    given: [S],
    when: [90_000, run],
    tasks: { [FIRST]: { id: FIRST, state: "pending", version: 0, resumes: [], retryAt: MINUTE } },
  },
  {
    tag: "DUR-SCHEDULE-FIRE-TAKEN",
    given: [S, [2000, create(FIRST, 9 * MINUTE, EXTERNAL)]],
    when: [MINUTE, run],
    promises: { [FIRST]: { createdAt: 2000, tags: EXTERNAL, timeoutAt: 9 * MINUTE } },
    schedules: { s: { lastRunAt: MINUTE, nextRunAt: 2 * MINUTE } },
  },
  {
    tag: "DUR-SCHEDULE-FIRE-BORN-DEAD",
    given: [[1000, schedule("s", "* * * * *", { promiseTimeout: 0, promiseTags: TARGET })]],
    when: [MINUTE, run],
    promises: { [FIRST]: { state: "rejected_timedout", createdAt: MINUTE, settledAt: MINUTE } },
    tasks: { [FIRST]: { id: FIRST, state: "fulfilled", version: 0, resumes: [] } },
  },
  {
    tag: "DUR-SCHEDULE-FIRE-LAST",
    given: [S],
    when: [3 * MINUTE + 1, run],
    schedules: { s: { lastRunAt: 3 * MINUTE } },
  },
  {
    tag: "DUR-SCHEDULE-FIRE-NEXT",
    given: [S],
    when: [3 * MINUTE + 1, run],
    schedules: { s: { nextRunAt: 4 * MINUTE } },
  },
  { tag: "DUR-SCHEDULE-FIRE-IDLE", given: [S], when: [MINUTE - 1, run], unchanged: true },
  {
    tag: "DUR-SCHEDULE-FIRE-DELETED",
    given: [S, [2000, byId("schedule.delete", "s")]],
    when: [MINUTE, run],
    unchanged: true,
  },
  { tag: "DUR-TIME-DUE-OCCURRENCE", given: [S], when: [MINUTE, run], promises: { [FIRST]: { createdAt: MINUTE } } },
  {
    tag: "DUR-COMPAT-OCCURRENCES-CARRY-LINEAGE",
    modes: ["compat"],
    given: [S],
    when: [MINUTE, run],
    seen: ({ after }) =>
      expect(after.promises.get(FIRST)?.tags).toEqual({
        ...TARGET,
        "resonate:schedule": "s",
        "resonate:origin": FIRST,
        "resonate:branch": FIRST,
        "resonate:parent": FIRST,
        "resonate:prefix": FIRST,
      }),
  },
  {
    tag: "DUR-COMPAT-OCCURRENCES-STRICT",
    modes: ["strict"],
    given: [S],
    when: [MINUTE, run],
    seen: ({ after }) => expect(after.promises.get(FIRST)?.tags).toEqual(TARGET),
  },
]);

describe.each(MODES)("schedules in turns (%s)", (mode) => {
  const settings = settingsOf(mode);

  it("settles an occurrence that is dead when it is caught up, before anything is dispatched", () => {
    traceSpec("DUR-SCHEDULE-FIRE-LATE");
    const late = documentAfter(settings, [
      1000,
      schedule("s", "0 * * * *", { promiseTags: TARGET, promiseTimeout: 5 }),
    ]);
    const fired = turn(late, 2 * 60 * MINUTE + 5, null, settings, 1);
    expect(fired.steps.map(({ by }) => ("step" in by ? by.step : by.kind))).toEqual(["R7", "R1", "R1"]);
    expect(fired.messages).toEqual([]);
    for (const promise of fired.document.promises.values()) {
      expect(promise).toMatchObject({ state: "rejected_timedout", timeoutAt: promise.createdAt + 5 });
      expect(promise.settledAt).toBe(promise.timeoutAt);
      expect(fired.document.tasks.get(promise.id)?.state).toBe("fulfilled");
    }
    expect(fired.document.promises.size).toBe(2);
  });

  it("fires what a bounded firing left over in later ones", () => {
    traceSpec("DUR-SCHEDULE-FIRE-ALL");
    const start = documentAfter(settings, [0, schedule("s", "* * * * * *", { promiseTimeout: 10 * MINUTE })]);
    const all = 2 * OCCURRENCES_PER_FIRING + 5;
    const first = turn(start, all * 1000, null, settings, 1);
    expect(first.document.promises.size).toBe(OCCURRENCES_PER_FIRING);
    expect(first.nextTimer).toBe((OCCURRENCES_PER_FIRING + 1) * 1000);
    const rest = turn(first.document, all * 1000, null, settings, 10);
    expect(rest.document.promises.size).toBe(all);
    expect([...rest.document.promises.keys()]).toEqual(Array.from({ length: all }, (_, i) => `s-${(i + 1) * 1000}`));
    expect(rest.document.schedules.get("s")).toMatchObject({ lastRunAt: all * 1000, nextRunAt: (all + 1) * 1000 });
  });

  it("consists of parts for stores where the occurrence has a document of its own", () => {
    const document = documentAfter(settings, S);
    const stored = document.schedules.get("s");
    if (stored === undefined) throw new Error("no schedule");
    const whole = fire(document, MINUTE, run, settings);
    const occurrence = occurrenceOf(stored, MINUTE, settings);
    expect(occurrence).toMatchObject({ id: FIRST, instant: MINUTE });
    const parts = createOccurrence(EMPTY_DOCUMENT, stored, MINUTE, MINUTE, settings);
    expect(parts.promises).toEqual(whole.promises);
    expect(parts.tasks).toEqual(whole.tasks);
    expect(advance(stored, MINUTE)).toEqual(whole.schedules.get("s"));
    expect(createOccurrence(parts, stored, MINUTE, MINUTE, settings)).toBe(parts);
    const dead = createOccurrence(EMPTY_DOCUMENT, stored, MINUTE, 2 * MINUTE, settings);
    expect(dead.promises.get(FIRST)).toMatchObject({
      createdAt: MINUTE,
      state: "rejected_timedout",
      settledAt: 2 * MINUTE,
    });
    const late = occurrenceTurn(EMPTY_DOCUMENT, stored, MINUTE, 2 * MINUTE, settings, 9);
    expect(late.document).toEqual(dead);
    expect(late.steps.map(({ by }) => ("step" in by ? by.step : by.kind))).toEqual(["R7", "R1"]);
    expect(late.messages).toEqual([]);
    const live = occurrenceTurn(EMPTY_DOCUMENT, stored, MINUTE, MINUTE + 1, settings, 9);
    expect(live.messages.map(({ message }) => message.kind)).toEqual(["execute"]);
    expect(occurrenceTurn(live.document, stored, MINUTE, MINUTE + 2, settings, 9).steps).toEqual([]);
  });
});

it("leaves firing to others where each origin has its own document, and still names the instant", () => {
  traceSpec("DUR-TIME-NEXT");
  for (const settings of [STRICT, COMPAT]) {
    const apart = { ...settings, partitioned: true };
    const document = documentAfter(apart, S);
    expect(turn(document, 2 * MINUTE, null, apart, 9).document).toBe(document);
    expect(nextTimer(document, apart)).toBe(MINUTE);
  }
});
