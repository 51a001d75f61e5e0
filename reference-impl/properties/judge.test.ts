import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { MicroStep } from "../kernel/machine.js";
import type { Settings } from "../kernel/model.js";
import { CATALOGUE_STATES, STEPWISE } from "./catalogue.js";
import type { Contents } from "./examples/example.js";
import {
  documentOf,
  EXTERNAL,
  execute,
  pending,
  resolved,
  TARGET,
  task,
  timedOut,
  unblock,
} from "./examples/example.js";
import { createJudge, unexercised } from "./judge.js";

const SETTINGS: Settings = { mode: "strict", retryTimeout: 40 };

function between(before: Contents, after: Contents): MicroStep {
  const by = { kind: "promise.get" as const, data: { id: "a" } };
  const [first, second] = [documentOf(before), documentOf(after)];
  // What is equal is the same object, as in a step of the machine.
  const promises = new Map([...second.promises].map(([id, each]) => [id, kept(first.promises.get(id), each)]));
  const tasks = new Map([...second.tasks].map(([id, each]) => [id, kept(first.tasks.get(id), each)]));
  const outbox = new Map([...second.outbox].map(([key, each]) => [key, kept(first.outbox.get(key), each)]));
  return { by, now: 60, before: first, after: { ...second, promises, tasks, outbox }, response: null };
}

const kept = <T>(old: T | undefined, made: T): T =>
  JSON.stringify(old) === JSON.stringify(made) ? (old ?? made) : made;

const waiting = task("suspended", { id: "b" });
const awaiter = pending({ id: "b", tags: TARGET });
const awaited = pending({ tags: EXTERNAL, callbacks: ["b"] });
const offered = { tasks: [task("acquired")], outbox: [execute()] };

describe("the judge of changes", () => {
  it.each<[what: string, name: string, before: Contents, after: Contents]>([
    [
      "a promise comes whose target an execute is not for",
      "consistent_outbox_execute_address_is_target_tag",
      offered,
      { ...offered, promises: [pending({ tags: { "resonate:target": "poll://any@x" } })] },
    ],
    [
      "a task comes that an execute is ahead of",
      "consistent_outbox_never_ahead",
      { outbox: [execute()] },
      { outbox: [execute()], tasks: [task("pending")] },
    ],
    [
      "a task comes to be behind an execute",
      "OutboxNeverAhead",
      { outbox: [execute({ version: 2 })], tasks: [task("halted", { version: 2 })] },
      { outbox: [execute({ version: 2 })], tasks: [task("halted", { version: 1 })] },
    ],
    [
      "a promise becomes pending that an unblock names",
      "consistent_outbox_unblock_names_settled_promise",
      { promises: [resolved()], outbox: [unblock()] },
      { promises: [pending()], outbox: [unblock()] },
    ],
    [
      "the promise of a suspended task gets a later deadline",
      "consistent_suspended_task_holds_rung",
      { promises: [pending({ id: "b", tags: TARGET, timeoutAt: 60 })], tasks: [waiting] },
      { promises: [pending({ id: "b", tags: TARGET, timeoutAt: 61 })], tasks: [waiting] },
    ],
    [
      "a promise loses the awaiter that nothing else will wake",
      "SuspendedTaskHasCallback",
      { promises: [awaited, awaiter], tasks: [waiting] },
      { promises: [pending({ tags: EXTERNAL }), awaiter], tasks: [waiting] },
    ],
    [
      "the promise goes that would wake a task",
      "consistent_suspended_task_holds_rung",
      { promises: [awaited, awaiter], tasks: [waiting] },
      { promises: [awaiter], tasks: [waiting] },
    ],
    [
      "an awaiter loses its target",
      "consistent_callback_awaiter_is_targeted",
      { promises: [awaited, awaiter] },
      { promises: [awaited, pending({ id: "b" })] },
    ],
    [
      "a task goes that an execute names",
      "consistent_outbox_execute_names_existing_task",
      offered,
      { outbox: [execute()] },
    ],
    [
      "the promise of a task is settled alone",
      "consistent_settled_promise_has_fulfilled_task",
      { promises: [awaiter], tasks: [task("halted", { id: "b" })] },
      { promises: [resolved({ id: "b", tags: TARGET })], tasks: [task("halted", { id: "b" })] },
    ],
    [
      "a task is fulfilled alone",
      "consistent_settled_task_promise_settled",
      { promises: [awaiter], tasks: [task("halted", { id: "b" })] },
      { promises: [awaiter], tasks: [task("fulfilled", { id: "b" })] },
    ],
  ])("sees what is broken elsewhere when %s", (_, name, before, after) => {
    traceSpec("PROP-JUDGE-STEP-ELSEWHERE");
    const judge = createJudge(SETTINGS, STEPWISE);
    expect(judge.observe(between(before, before)).map((each) => each.name)).not.toContain(name);
    expect(judge.observe(between(before, after)).map((each) => each.name)).toContain(name);
  });

  it("tells of a property once, and counts on", () => {
    traceSpec("PROP-JUDGE-ONCE", "PROP-JUDGE-MET");
    const judge = createJudge(SETTINGS, CATALOGUE_STATES);
    const name = "well_formed_promise_created_at_lte_now";
    const late = between({}, { promises: [pending({ createdAt: 61 })] });
    expect(judge.observe(late).map((each) => each.name)).toEqual([name]);
    expect(judge.observe(late)).toEqual([]);
    expect(judge.summary().get(name)).toEqual({ met: 2, broken: expect.stringContaining('"createdAt":61') });
  });

  it("judges a whole state, and what is judged only where nothing is due", () => {
    traceSpec("PROP-JUDGE-STATE", "PROP-JUDGE-STATE-REST");
    const judge = createJudge(SETTINGS, STEPWISE);
    const stranded = documentOf({ promises: [pending({ timeoutAt: 60, listeners: ["http://x/"] })] });
    const names = judge.observeState(60, stranded).map((each) => each.name);
    expect(names).toEqual(
      expect.arrayContaining(["well_formed_promise_obligations_require_external", "NoStrandedListener"]),
    );
    // While the task is still to be offered something is due, and so it is too early to miss what is stranded.
    const busy = { ...stranded, ...documentOf({ promises: [...stranded.promises.values(), awaiter] }) };
    const due = { ...busy, tasks: documentOf({ tasks: [task("pending", { id: "b" })] }).tasks };
    const early = createJudge(SETTINGS, STEPWISE);
    expect(early.observeState(60, due).map((each) => each.name)).not.toContain("NoStrandedListener");
  });

  it("judges internal steps alone by what is said of internal steps", () => {
    traceSpec("PROP-JUDGE-STEP-REQUEST");
    const halted = between(
      { promises: [awaiter], tasks: [task("acquired", { id: "b" })] },
      { promises: [awaiter], tasks: [task("halted", { id: "b" })] },
    );
    const name = "consistent_task_state_edge_internal_admissible";
    const judge = createJudge(SETTINGS, STEPWISE);
    expect(judge.observe(halted)).toEqual([]);
    expect(judge.summary().get(name)?.met).toBe(0);
    const names = judge.observe({ ...halted, by: { step: "R5", task: "b" } }).map((each) => each.name);
    expect(names).toEqual([name, "preserved_state_under_disabled_R5"]);
  });

  it("judges the answers of steps", () => {
    traceSpec("PROP-JUDGE-STEP");
    const judge = createJudge(SETTINGS, STEPWISE);
    const { state, ...rest } = timedOut();
    const data = { promise: { ...rest, state: "pending" as const } };
    const step = { ...between({ promises: [timedOut()] }, { promises: [timedOut()] }) };
    const names = judge.observe({ ...step, response: { kind: "promise.get", status: 200, data } });
    expect(state).toBe("rejected_timedout");
    expect(names.map((each) => each.name)).toEqual(["ResponsesAreProjected"]);
  });

  it("leaves out in strict mode what a strict machine is known to break", () => {
    traceSpec("PROP-JUDGE-GAPS");
    const gaps = STEPWISE.filter(({ gap }) => gap === true).map(({ name }) => name);
    expect(gaps).toHaveLength(3);
    const strict = [...createJudge(SETTINGS, STEPWISE).summary().keys()];
    const compat = [
      ...createJudge({ ...SETTINGS, mode: "compat" }, STEPWISE)
        .summary()
        .keys(),
    ];
    expect(compat.filter((name) => !strict.includes(name)).sort()).toEqual(gaps.sort());
  });

  it("names what was never exercised", () => {
    traceSpec("PROP-JUDGE-MET-NEVER");
    const judge = createJudge({ mode: "strict", retryTimeout: 0 }, STEPWISE);
    expect(judge.summary().get("well_formed_config_retry_positive")).toMatchObject({
      met: 1,
      broken: expect.stringContaining("0 ms"),
    });
    judge.observe(between({}, { promises: [pending()] }));
    const left = unexercised(judge.summary());
    expect(left).not.toContain("well_formed_promise_created_at_lte_now");
    expect(left).not.toContain("well_formed_config_retry_positive");
    expect(left).toContain("well_formed_promise_settled_at_lte_now");
  });
});
