import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Turn } from "../kernel/machine.js";
import type { Document, Schedule, Settings } from "../kernel/model.js";
import { EMPTY_DOCUMENT } from "../kernel/model.js";
import { advance } from "../kernel/occurrence.js";
import type { Request } from "../kernel/request.js";
import { occurrenceTurn, turn } from "../kernel/turn.js";
import { judgeDifferential } from "./differential.js";
import type { ClientOperation, CommittedTurn } from "./run.js";

const SETTINGS: Settings = { mode: "compat", retryTimeout: 50, partitioned: true };

const create = (id: string, timeoutAt = 10_000): Request => ({
  kind: "promise.create",
  data: { id, timeoutAt, param: {}, tags: { "resonate:target": "poll://any@g" } },
});
const settle = (id: string): Request => ({ kind: "promise.settle", data: { id, state: "resolved", value: {} } });
const acquire = (id: string, version: number): Request => ({
  kind: "task.acquire",
  data: { id, version, pid: "p", ttl: 100 },
});

function committed(key: string, revision: number, now: number, made: Turn): CommittedTurn {
  const { steps, document, response } = made;
  return { event: `e${revision}`, key, revision, now, steps, document, response };
}

/** Turns on one key, each from what the one before left. */
function commitsOf(requests: readonly (Request | null)[], wait = 20): CommittedTurn[] {
  const commits: CommittedTurn[] = [];
  let document: Document = EMPTY_DOCUMENT;
  for (const [index, request] of requests.entries()) {
    const made = turn(document, 1_000 + index * wait, request, SETTINGS, 10);
    commits.push(committed("a", index + 1, 1_000 + index * wait, made));
    document = made.document;
  }
  return commits;
}

function answered(commits: readonly CommittedTurn[]): ClientOperation[] {
  return commits.flatMap(({ steps: [step], response, now, revision }) =>
    step === undefined || !("kind" in step.by)
      ? []
      : [
          {
            process: "c",
            call: revision * 2,
            return: revision * 2 + 1,
            calledAt: now,
            returnedAt: now,
            request: step.by,
            response,
          },
        ],
  );
}

const requests = fc.array(
  fc.option(
    fc.oneof(
      fc.constantFrom("a", "a:0").map((id) => create(id, 1_200)),
      fc.constantFrom("a", "a:0").map(settle),
      fc.nat({ max: 2 }).map((version) => acquire("a", version)),
    ),
  ),
  { minLength: 1, maxLength: 12 },
);

describe("the comparison with the machine alone", () => {
  it("accepts the turns of the machine, with messages taken out of the outbox at any time", () => {
    traceSpec("SIM-DIFFERENTIAL-REPLAY");
    fc.assert(
      fc.property(requests, fc.boolean(), (drawn, flushed) => {
        const commits: CommittedTurn[] = [];
        for (const each of commitsOf(drawn)) commits.push(each);
        const last = commits.at(-1);
        if (flushed && last !== undefined) {
          const document = { ...last.document, outbox: new Map() };
          commits.push({ ...last, revision: last.revision + 1, steps: [], response: null, document });
        }
        const judged = judgeDifferential(commits, answered(commits.slice(0, drawn.length)), SETTINGS);
        expect(judged).toMatchObject({ broken: null, met: commits.flatMap(({ steps }) => steps).length });
      }),
      { numRuns: 500 },
    );
  });

  it("notices a decision that was made from an older revision than the one it is stored after", () => {
    traceSpec("SIM-DIFFERENTIAL-REPLAYED");
    const [first, ...rest] = commitsOf([create("a"), acquire("a", 0)]);
    if (first === undefined) throw new Error("no commit");
    // Both were decided from revision 1, and both are stored.
    const stale = committed("a", 3, 1_060, turn(first.document, 1_060, acquire("a", 0), SETTINGS, 10));
    const judged = judgeDifferential([first, ...rest, stale], [], SETTINGS);
    expect(judged.commit).toBe(stale);
    expect(judged.broken).toContain("task.acquire answers");
  });

  it("notices an effect of a failed attempt in a newer document", () => {
    traceSpec("SIM-DIFFERENTIAL-REPLAYED");
    const commits = commitsOf([create("a"), create("a:0"), create("a:1")]);
    const failed = turn(EMPTY_DOCUMENT, 1_010, create("a:9"), SETTINGS, 10).document.promises.get("a:9");
    const patched = commits.map((each, index) => {
      if (index !== 2 || failed === undefined) return each;
      const promises = new Map(each.document.promises).set("a:9", failed);
      return { ...each, document: { ...each.document, promises } };
    });
    expect(judgeDifferential(patched, [], SETTINGS).broken).toContain("promise a:9 is absent by the machine");
  });

  it("notices a step before it is due, an older now, a lost object and a revision that is given twice", () => {
    traceSpec("SIM-DIFFERENTIAL-REPLAY");
    const commits = commitsOf([create("a"), acquire("a", 0), null]);
    const change = (index: number, more: Partial<CommittedTurn>) =>
      judgeDifferential(
        commits.map((each, at) => (at === index ? { ...each, ...more } : each)),
        [],
        SETTINGS,
      ).broken;
    const early = { by: { step: "R5", task: "a" }, now: 1_040, before: EMPTY_DOCUMENT, after: EMPTY_DOCUMENT } as const;
    expect(change(2, { steps: [{ ...early, response: null }] })).toContain("is not due");
    expect(change(2, { now: 900, steps: [] })).toContain("is before");
    expect(change(2, { document: { ...EMPTY_DOCUMENT, sequence: commits[2]?.document.sequence ?? 0 } })).toContain(
      "absent in the store",
    );
    expect(change(2, { revision: 2 })).toContain("was committed before");
    expect(change(1, { response: null })).toContain("not that of its request");
    expect(change(0, { document: EMPTY_DOCUMENT })).toContain("messages were made");
  });

  it("notices an answer that no commit gave", () => {
    traceSpec("SIM-DIFFERENTIAL-ANSWERS");
    const commits = commitsOf([create("a"), settle("a")]);
    const history = answered(commits);
    expect(judgeDifferential(commits, history, SETTINGS).broken).toBeNull();
    expect(judgeDifferential(commits.slice(0, 1), history, SETTINGS).broken).toContain("which no commit gave");
    const [first, second] = history;
    if (first?.response == null || second === undefined) throw new Error("no answer");
    const swapped = { ...second, response: { ...first.response, kind: "promise.settle" } as const };
    expect(judgeDifferential(commits, [first, swapped], SETTINGS).broken).toContain("which no commit gave");
    const none = { ...second, response: { kind: "promise.settle", status: 500, data: "no verdict" } as const };
    expect(judgeDifferential(commits.slice(0, 1), [first, none], SETTINGS).broken).toBeNull();
  });
});

describe("occurrences", () => {
  const data = {
    id: "s",
    cron: "* * * * *",
    promiseId: "{{.id}}-{{.timestamp}}",
    promiseTimeout: 1_000,
    promiseParam: {},
    promiseTags: {},
  };
  const put = committed("s", 1, 1_000, turn(EMPTY_DOCUMENT, 1_000, { kind: "schedule.create", data }, SETTINGS, 0));
  const schedule = put.document.schedules.get("s") as Schedule;
  const born = (at: number, now: number) =>
    committed("s-60000", 2, now, occurrenceTurn(EMPTY_DOCUMENT, schedule, at, now, SETTINGS, 10));
  const schedules = new Map([["s", advance(schedule, 60_000)]]);
  const intended = { ...put, revision: 2, steps: [], response: null, now: 60_000 };
  const advanced = { ...put, revision: 3, steps: [], response: null, document: { ...put.document, schedules } };

  it("are made by their schedule, which goes on when they are due", () => {
    traceSpec("SIM-DIFFERENTIAL-REPLAY");
    expect(
      judgeDifferential([put, intended, born(60_000, 59_990), { ...advanced, now: 60_010 }], [], SETTINGS).broken,
    ).toBeNull();
    expect(judgeDifferential([put, { ...advanced, now: 59_990 }], [], SETTINGS).broken).toContain("schedule s is");
    expect(judgeDifferential([born(60_000, 60_010)], [], SETTINGS).broken).toContain("no schedule s");
    expect(judgeDifferential([put, born(60_000, 60_010)], [], SETTINGS).broken).toContain("no schedule s");
  });
});
