import { encodeStored } from "../../algorithm/codec.js";
import type { Serve, ServerEffect, Serving } from "../../algorithm/serving.js";
import type { ServerSettings } from "../../algorithm/settings.js";
import type { Stored } from "../../algorithm/stored.js";
import type { Request } from "../../kernel/request.js";
import type { ClientOperation, CommittedTurn } from "../run.js";

/** What every schedule is explored of: a few clients that each send requests in order, and how many faults there may be. */
export interface BoundedSettings {
  /** By client: its requests; each is sent when the one before is answered. */
  readonly clients: readonly (readonly Request[])[];
  readonly faults: number;
  readonly dials: ServerSettings;
  readonly serve: Serve;
}

/** One thing that can happen next, in words: the same words are the same thing in the same state. */
export type Move = string;

/** Numbers documents, equal ones alike: in all worlds that share it. */
export class StoredNumbers {
  readonly #known = new Map<string, number>();
  readonly #numbers = new WeakMap<Stored, number>();

  of(stored: Stored): number {
    const known = this.#numbers.get(stored);
    if (known !== undefined) return known;
    const text = encodeStored(stored);
    const number = this.#known.get(text) ?? this.#known.size + 1;
    this.#known.set(text, number);
    this.#numbers.set(stored, number);
    return number;
  }
}

interface Version {
  readonly value: Stored;
  readonly revision: number;
}

interface Execution {
  readonly client: number;
  readonly request: number;
  readonly procedure: Serving<unknown>;
  /** The effect that waits for its answer; null once the procedure is over. */
  effect: ServerEffect | null;
  /** Every answer so far: with the request it tells where the procedure is. */
  known: string;
}

interface LateWrite {
  readonly effect: Extract<ServerEffect, { op: "kv.cas" }>;
}

/** Virtual time stands still: what is explored is order and faults, not deadlines. */
const NOW = 1_800_000_000_000;

/** What can become of a read, a write and a reply: the first is no fault. */
const READS = ["newest", "stale"] as const;
const WRITES = ["answered", "conflict", "unknown-lost", "unknown-landed", "unknown-late"] as const;
const REPLIES = ["done", "unacknowledged"] as const;

/**
 * A platform in which nothing is drawn: whoever drives it chooses what happens next. Each client has a server that serves
 * its requests. A step of a server goes up to its next read, write or reply; what lies between is seen by nobody else,
 * so that its order with the steps of others does not matter. A server that crashes is given its request again, also if it
 * crashes between its reply and the acknowledgement. The queue may deliver a request twice. There are no timers, for time
 * stands still.
 */
export class BoundedWorld {
  readonly operations: ClientOperation[] = [];
  readonly commits: CommittedTurn[] = [];
  readonly #settings: BoundedSettings;
  readonly #versions = new Map<string, Version[]>();
  readonly #late: LateWrite[] = [];
  readonly #numbers: StoredNumbers;
  #executions: Execution[] = [];
  #revision = 0;
  #place = 0;
  #left: number;

  constructor(settings: BoundedSettings, numbers: StoredNumbers) {
    this.#settings = settings;
    this.#numbers = numbers;
    this.#left = settings.faults;
    for (const client of settings.clients.keys()) this.#send(client, 0);
  }

  /** Everything that can happen next; nothing if all is over. */
  moves(): Move[] {
    const found: Move[] = [];
    for (const [index, { effect, known }] of this.#executions.entries()) {
      if (effect === null) continue;
      const outcomes = effect.op === "kv.get" ? READS : effect.op === "kv.cas" ? WRITES : REPLIES;
      for (const outcome of this.#left > 0 ? outcomes : outcomes.slice(0, 1)) {
        if (outcome !== "stale" || this.#isStale(effect)) found.push(`${index} ${effect.op} ${outcome}`);
      }
      if (this.#left > 0) found.push(`${index} crash`);
      // The second delivery may begin at any later time, so that it need not be made later.
      if (this.#left > 0 && known === "") found.push(`${index} duplicate`);
    }
    return [...found, ...this.#late.map((_, index) => `late ${index}`)];
  }

  take(move: Move): void {
    const [first = "", second = "", outcome = ""] = move.split(" ");
    if (first === "late") {
      const [write] = this.#late.splice(Number(second), 1);
      if (write !== undefined) this.#write(write.effect);
      return;
    }
    const execution = this.#executions[Number(first)];
    if (execution?.effect == null) throw new Error(`Unexpected move ${move}, expected one that can be taken`);
    if (![READS[0], WRITES[0], REPLIES[0]].some((sound) => sound === outcome)) this.#left -= 1;
    const again = () => this.#start(execution.client, execution.request);
    if (second === "duplicate") this.#executions.push(again());
    else if (second === "crash") this.#executions[Number(first)] = again();
    else this.#go(execution, this.#answer(execution, execution.effect, outcome));
    if (outcome === "unacknowledged") this.#executions[Number(first)] = again();
  }

  /** Equal for worlds in which the same can happen from now on, and of which the same was seen. */
  key(): string {
    // In which order they began changes nothing but their numbers in moves; of those that are over nothing is left.
    const executions = this.#executions
      .filter(({ effect }) => effect !== null)
      .map(({ client, request, known }) => `${client}/${request}/${known}`)
      .sort();
    const late = this.#late.map(({ effect }) => `${this.#numbers.of(effect.value)}@${effect.expected}`);
    const stored = [...this.#versions].map(([key, versions]) =>
      [key, ...versions.slice(-2).map(({ value, revision }) => `${this.#numbers.of(value)}@${revision}`)].join(),
    );
    const seen = this.operations.map(({ call, return: answered, response }) => [
      call,
      answered,
      JSON.stringify(response),
    ]);
    return JSON.stringify([this.#left, executions, late, stored, seen]);
  }

  #send(client: number, index: number): void {
    const request = this.#settings.clients[client]?.[index];
    if (request === undefined) return;
    this.#place += 1;
    this.operations.push({
      process: `c${client}`,
      call: this.#place,
      return: null,
      calledAt: NOW,
      returnedAt: null,
      request,
      response: null,
    });
    this.#executions.push(this.#start(client, index));
  }

  #start(client: number, request: number): Execution {
    const asked = this.#settings.clients[client]?.[request];
    if (asked === undefined) throw new Error(`Unexpected request ${request} of client ${client}`);
    const turn = `c${client}-${request}`;
    const body = { turn, corrId: turn, replyTo: `${client}`, request: asked };
    const procedure = this.#settings.serve(
      { kind: "request", delivery: { delivery: turn, body } },
      this.#settings.dials,
    );
    const execution: Execution = { client, request, procedure, effect: null, known: "" };
    this.#settle(execution, procedure.next());
    return execution;
  }

  #go(execution: Execution, answer: unknown): void {
    execution.known += `${JSON.stringify(this.#short(answer))};`;
    this.#settle(execution, execution.procedure.next(answer as never));
  }

  /** Answers what nobody else can see at once, up to the next effect that somebody can. */
  #settle(execution: Execution, step: IteratorResult<ServerEffect, unknown>): void {
    let next = step;
    while (next.done !== true) {
      const { op } = next.value;
      if (op === "kv.get" || op === "kv.cas" || op === "reply") {
        execution.effect = next.value;
        return;
      }
      next = execution.procedure.next(op === "clock.read" ? { now: NOW, platform: NOW } : ("confirmed" as never));
    }
    execution.effect = null;
  }

  #answer(execution: Execution, effect: ServerEffect, outcome: string): unknown {
    if (effect.op === "kv.get") {
      const version = outcome === "stale" ? this.#stale(effect) : this.#versions.get(effect.key)?.at(-1);
      return version ?? { value: null, revision: 0 };
    }
    if (effect.op === "kv.cas") {
      if (outcome === "answered") return this.#write(effect);
      if (outcome === "conflict") return { outcome };
      if (outcome === "unknown-landed") this.#write(effect);
      if (outcome === "unknown-late") this.#late.push({ effect });
      return { outcome: "unknown" };
    }
    if (effect.op === "reply") this.#reply(execution, effect);
    return null;
  }

  #reply({ client, request }: Execution, effect: Extract<ServerEffect, { op: "reply" }>): void {
    const asked = this.#settings.clients[client]?.[request];
    const index = this.operations.findIndex((each) => each.process === `c${client}` && each.request === asked);
    const operation = this.operations[index];
    if (operation === undefined || operation.return !== null || effect.body.kind !== "reply") return;
    this.#place += 1;
    const { response } = effect.body;
    this.operations[index] = { ...operation, return: this.#place, returnedAt: NOW, response };
    this.#send(client, request + 1);
  }

  #write({ key, value, expected, note }: Extract<ServerEffect, { op: "kv.cas" }>) {
    const versions = this.#versions.get(key) ?? [];
    if ((versions.at(-1)?.revision ?? 0) !== expected) return { outcome: "conflict" };
    this.#revision += 1;
    const revision = this.#revision;
    this.#versions.set(key, [...versions, { value, revision }]);
    const commit = note?.kind === "commit" ? note : null;
    this.commits.push({
      event: `e${revision}`,
      key,
      revision,
      now: commit?.now ?? value.hw,
      steps: commit?.steps ?? [],
      document: value.document,
      response: commit?.response ?? null,
    });
    return { outcome: "committed", revision };
  }

  /** What a replica that is one write behind has: nothing at all before the second write. */
  #stale({ key }: Extract<ServerEffect, { op: "kv.get" }>): Version | { value: null; revision: 0 } | undefined {
    const versions = this.#versions.get(key);
    if (versions === undefined) return undefined;
    return versions.at(-2) ?? { value: null, revision: 0 };
  }

  #isStale(effect: ServerEffect): boolean {
    return effect.op === "kv.get" && this.#stale(effect) !== undefined;
  }

  #short(answer: unknown): unknown {
    if (typeof answer !== "object" || answer === null || !("value" in answer)) return answer;
    const { value, revision } = answer as Version | { value: null; revision: number };
    return [value === null ? 0 : this.#numbers.of(value), revision];
  }
}
