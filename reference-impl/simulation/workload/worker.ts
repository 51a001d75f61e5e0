import type { MessageBody } from "../../algorithm/wire.js";
import type { PromiseRecord } from "../../kernel/model.js";
import type { PromiseCreate, PromiseSettle, Request } from "../../kernel/request.js";
import type { Process } from "../world/process.js";
import { Agent, type Surroundings } from "./agent.js";
import { childId, decodeProgram, type Node, type Program, tagsFor } from "./program.js";
import { payload, type Script } from "./script.js";

interface Claim {
  readonly id: string;
  readonly version: number;
}

/** How a pass over a workflow ended. */
type Pass = { readonly value: number | null } | { readonly awaits: readonly string[] } | "refused";

/** What a workflow is run with. */
interface Running {
  readonly claim: Claim;
  readonly timeoutAt: number;
  /** Settled promises that the server told of beforehand. */
  readonly settled: Map<string, PromiseRecord>;
}

/** Runs what is offered to its group, as the published SDK does: acquire, create children, suspend or fulfil. */
export class TaskWorker extends Agent {
  readonly #ttl: number;
  readonly #human: (id: string, value: number) => void;
  /** What it believes to hold and keeps alive. */
  readonly #held = new Map<string, Claim>();
  #beating = false;

  /** `ttl`: lease length in milliseconds. `human` is told of promises that somebody outside shall settle. */
  constructor(
    around: Surroundings,
    host: Process,
    options: { group: string; ttl: number; human(id: string, value: number): void },
  ) {
    super(around, host, options.group, true);
    this.#ttl = options.ttl;
    this.#human = options.human;
  }

  override message(body: MessageBody, event: number): void {
    if (body.kind === "execute") this.begin(this.#offered(body.data.task), event);
    else super.message(body, event);
  }

  override restarted(): void {
    this.#held.clear();
    this.#beating = false;
  }

  /** Creates a workflow after a while and runs it here at once. It has no heartbeat, as with the SDK. */
  *launch(create: PromiseCreate, start: number): Script {
    yield { wait: "time", milliseconds: start };
    const request: Request = { kind: "task.create", data: { pid: this.name, ttl: this.#ttl, action: create } };
    const { task, promise, preload } = payload(yield { wait: "answer", request });
    if (task === undefined || promise === undefined || task.state !== "acquired") return;
    yield* this.#execute({ id: task.id, version: task.version }, promise, preload ?? []);
  }

  *#offered(task: Claim): Script {
    const data = { id: task.id, version: task.version, pid: this.name, ttl: this.#ttl };
    const response = yield { wait: "answer", request: { kind: "task.acquire", data } };
    const { task: acquired, promise, preload } = payload(response);
    if (acquired === undefined || promise === undefined) return;
    const claim = { id: acquired.id, version: acquired.version };
    this.#held.set(claim.id, claim);
    if (!this.#beating) {
      this.#beating = true;
      this.begin(this.#beat(), this.host.began);
    }
    yield* this.#execute(claim, promise, preload ?? []);
    if (this.#held.get(claim.id) === claim) this.#held.delete(claim.id);
  }

  /** Extends all leases in one request, whatever their origins. */
  *#beat(): Script {
    while (this.#held.size > 0) {
      yield { wait: "time", milliseconds: Math.floor(this.#ttl / 2) };
      if (this.#held.size === 0) break;
      const tasks = [...this.#held.values()].map(({ id, version }) => ({ id, version }));
      yield { wait: "answer", request: { kind: "task.heartbeat", data: { pid: this.name, tasks } } };
    }
    this.#beating = false;
  }

  *#execute(claim: Claim, promise: PromiseRecord, preload: readonly PromiseRecord[]): Script {
    const program = decodeProgram(promise.param.data);
    const running = { claim, timeoutAt: promise.timeoutAt, settled: new Map<string, PromiseRecord>() };
    note(running, preload);
    for (;;) {
      const pass: Pass = program === null ? { value: null } : yield* this.#pass(running, program);
      if (pass === "refused") return yield* this.#release(claim);
      if ("value" in pass) return yield* this.#fulfil(claim, pass.value);
      const actions = pass.awaits.map((awaited) => ({
        kind: "promise.register_callback" as const,
        data: { awaited, awaiter: claim.id },
      }));
      const response = yield { wait: "answer", request: { kind: "task.suspend", data: { ...claim, actions } } };
      if (response?.status === 200) return;
      if (response?.status !== 300) return yield* this.#release(claim);
      note(running, payload(response).preload ?? []);
    }
  }

  /** Runs a workflow from its start over what is already settled. */
  *#pass(running: Running, program: Program): Script<Pass> {
    if (program.kind === "leaf") {
      yield { wait: "time", milliseconds: program.work };
      return { value: program.value };
    }
    let sum = 0;
    let next = 0;
    for (const stage of program.stages) {
      const awaits: string[] = [];
      for (const node of stage) {
        const record = yield* this.#child(running, node, childId(running.claim.id, next));
        next += 1;
        if (record === null) return "refused";
        if (record.state === "pending") awaits.push(record.id);
        else if (record.state !== "resolved") return { value: null };
        else sum += Number(record.value.data ?? "0");
      }
      if (awaits.length > 0) return { awaits };
    }
    return { value: sum };
  }

  /** Creates a child if it is not there, and does it if it is a step of our own; null if the claim is not good. */
  *#child(running: Running, node: Node, id: string): Script<PromiseRecord | null> {
    const known = running.settled.get(id);
    if (known !== undefined) return known;
    const { mode } = this.around.world.settings;
    const tags = tagsFor(node.kind, id, running.claim.id, this.group, mode);
    const until = node.kind === "sleep" ? this.around.world.now + node.duration : running.timeoutAt;
    const timeoutAt = Math.min(until, running.timeoutAt);
    const param = node.kind === "call" ? { data: JSON.stringify(node.program) } : {};
    const created = yield* this.#fence(running, { kind: "promise.create", data: { id, timeoutAt, param, tags } });
    if (created === null || created.state !== "pending") return created;
    if (node.kind === "human") this.#human(id, node.value);
    if (node.kind !== "local") return created;
    yield { wait: "time", milliseconds: node.work };
    const value = { data: String(node.value) };
    return yield* this.#fence(running, { kind: "promise.settle", data: { id, state: "resolved", value } });
  }

  *#fence(running: Running, action: PromiseCreate | PromiseSettle): Script<PromiseRecord | null> {
    const response = yield { wait: "answer", request: { kind: "task.fence", data: { ...running.claim, action } } };
    const answered = payload(response);
    note(running, answered.preload ?? []);
    const inner = answered.action;
    if (inner === undefined || inner.status !== 200) return null;
    const record = payload(inner).promise ?? null;
    if (record !== null) note(running, [record]);
    return record;
  }

  *#fulfil(claim: Claim, value: number | null): Script {
    const data =
      value === null
        ? { id: claim.id, state: "rejected", value: {} }
        : { id: claim.id, state: "resolved", value: { data: String(value) } };
    const action = { kind: "promise.settle" as const, data };
    const response = yield { wait: "answer", request: { kind: "task.fulfill", data: { ...claim, action } } };
    if (response === null) yield* this.#release(claim);
  }

  *#release(claim: Claim): Script {
    yield { wait: "answer", request: { kind: "task.release", data: claim } };
  }
}

function note(running: Running, records: readonly PromiseRecord[]): void {
  for (const record of records) if (record.state !== "pending") running.settled.set(record.id, record);
}
