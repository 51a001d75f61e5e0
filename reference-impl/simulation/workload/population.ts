import type { PromiseRecord } from "../../kernel/model.js";
import { DRAWN, Stream } from "../draws.js";
import type { Process } from "../world/process.js";
import type { Agent, Surroundings } from "./agent.js";
import { Client, creation } from "./client.js";
import { Crowd } from "./crowd.js";
import type { Plan, Root } from "./plan.js";
import { expected } from "./program.js";
import { Stranger } from "./stranger.js";
import { TaskWorker } from "./worker.js";

export const WORKERS = ["w0", "w1", "w2"];
export const CLIENTS = ["c0", "c1"];
export const PEOPLE = "people";
export const STRANGERS = ["x0", "x1"];
export const CROWDS = ["q0", "q1"];

const GROUP = "workers";

/** Told how a workflow ended: `problem` says what is wrong with that. */
export type Ended = (root: Root, problem: string | null) => void;

/** Everybody outside the server: workers, clients that start workflows and wait, people that settle promises. */
export class Population {
  readonly #agents: readonly Agent[];
  readonly #workers: readonly TaskWorker[];
  readonly #clients: readonly Client[];
  readonly #people: Client;
  readonly #strangers: readonly Stranger[];
  readonly #crowds: readonly Crowd[];
  readonly #plan: Plan;
  readonly #open = new Set<number>();
  readonly #asked = new Set<string>();
  readonly #ended: Ended;

  /** `process` gives a process by its name. */
  constructor(around: Surroundings, plan: Plan, host: (name: string) => Process, ended: Ended) {
    this.#plan = plan;
    this.#ended = ended;
    const human = (id: string, value: number) => this.#ask(id, value);
    const options = { group: GROUP, ttl: plan.ttl, human };
    this.#workers = WORKERS.map((name) => new TaskWorker(around, host(name), options));
    this.#clients = CLIENTS.map((name) => new Client(around, host(name), "clients", false));
    this.#people = new Client(around, host(PEOPLE), PEOPLE, false);
    this.#strangers = STRANGERS.map((name) => new Stranger(around, host(name), "strangers", false));
    this.#crowds = CROWDS.map((name) => new Crowd(around, host(name), "crowds", false));
    this.#agents = [...this.#workers, ...this.#clients, this.#people, ...this.#strangers, ...this.#crowds];
  }

  /** Workflows that have not ended. */
  get open(): readonly Root[] {
    return this.#plan.roots.filter(({ number }) => this.#open.has(number));
  }

  /** Whether nobody does anything. */
  get idle(): boolean {
    return this.#open.size === 0 && this.#agents.every(({ busy }) => busy === 0);
  }

  start(): void {
    for (const root of this.#plan.roots) {
      this.#open.add(root.number);
      const client = this.#clients[root.number % this.#clients.length] as Client;
      const ended = (record: PromiseRecord | null) => this.#close(root, record);
      if (root.way === "schedule") client.begin(client.schedule(root, GROUP, ended), 0);
      else if (root.way === "call") client.begin(client.call(root, GROUP, ended), 0);
      else {
        client.begin(client.watch(root, GROUP, ended), 0);
        const worker = this.#workers[root.number % this.#workers.length] as TaskWorker;
        worker.begin(worker.launch(creation(root, GROUP, worker), root.start), 0);
      }
      if (root.halt !== null && root.way !== "schedule") this.#people.begin(this.#people.operate(root, root.halt), 0);
    }
    if (this.#plan.crowds) for (const [number, crowd] of this.#crowds.entries()) crowd.begin(crowd.gather(number), 0);
    if (!this.#plan.strangers) return;
    for (const [number, stranger] of this.#strangers.entries()) stranger.begin(stranger.pester(number), 0);
  }

  #ask(id: string, value: number): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    const draws = new Stream(this.#people.around.world.settings.seed, 3000 + this.#asked.size, DRAWN.workload);
    this.#people.begin(this.#people.human(id, value, draws), 0);
  }

  #close(root: Root, record: PromiseRecord | null): void {
    this.#open.delete(root.number);
    this.#ended(root, problemOf(root, record));
  }
}

/** A workflow ends with what it computes, or at its deadline; whatever else happened. */
function problemOf(root: Root, record: PromiseRecord | null): string | null {
  if (record === null) return `${root.id} was created and is not there`;
  if (root.way === "schedule" || record.state === "rejected_timedout") return null;
  const value = String(expected(root.program));
  if (record.state === "resolved" && record.value.data === value) return null;
  return `${root.id} ended ${record.state} with ${record.value.data ?? "nothing"}, expected ${value}`;
}
