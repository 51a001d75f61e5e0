import { serve } from "../algorithm/server.js";
import type { Serve } from "../algorithm/serving.js";
import { DEFAULT_SETTINGS, type ServerSettings } from "../algorithm/settings.js";
import type { Document } from "../kernel/model.js";
import { EMPTY_DOCUMENT } from "../kernel/model.js";
import { Cluster } from "./cluster.js";
import { DRAWN, Stream } from "./draws.js";
import { Judges } from "./judges.js";
import { AFTER_A_LOSS } from "./lost-writes.js";
import type { CommittedTurn, RunResult, RunSettings, Violation } from "./run.js";
import { eventId } from "./tracer.js";
import { History } from "./workload/history.js";
import { type Plan, planOf } from "./workload/plan.js";
import { CLIENTS, CROWDS, PEOPLE, Population, STRANGERS, WORKERS } from "./workload/population.js";
import { commitNote, type Write } from "./world/kv.js";
import type { Process } from "./world/process.js";
import type { Version } from "./world/store.js";
import { World } from "./world/world.js";

/** How often it is looked whether a run is quiet, in steps. */
const LOOK = 64;

/** Runs one seed. The same settings give the same result, whatever the machine. `serving` stands in for the algorithm. */
export function simulate(settings: RunSettings, serving: Serve = serve): RunResult {
  return new Simulation(settings, serving).run();
}

class Simulation {
  readonly #settings: RunSettings;
  readonly #world: World;
  readonly #cluster: Cluster;
  readonly #population: Population;
  readonly #plan: Plan;
  readonly #history = new History();
  readonly #commits: CommittedTurn[] = [];
  readonly #violations: Violation[] = [];
  readonly #broken = new Set<string>();
  readonly #judges: Judges;
  #ended = 0;

  constructor(settings: RunSettings, serving: Serve) {
    const servers = serverNames(settings.seed);
    const world = new World(settings, [...servers, ...WORKERS, ...CLIENTS, PEOPLE, ...STRANGERS, ...CROWDS]);
    const named = (name: string) => world.processes.find((host) => host.name === name) as Process;
    const dials = dialsOf(settings);
    this.#settings = settings;
    this.#world = world;
    this.#plan = planOf(settings);
    this.#judges = new Judges(settings, dials, (judge, message) => this.#report(judge, message));
    const { watcher } = this.#judges;
    this.#cluster = new Cluster(world, servers.map(named), serving, dials, {
      watcher,
      committed: (write, version, before) => this.#committed(write, version, before?.value.document ?? EMPTY_DOCUMENT),
      failed: (message) => this.#report("uncaught-error", message),
    });
    const { requests, post } = this.#cluster;
    const sent = (turn: string) => watcher?.({ kind: "sent", step: world.scheduler.steps, time: world.now, turn });
    const around = { world, requests, post, history: this.#history, sent };
    this.#population = new Population(around, this.#plan, named, (_, problem) => {
      if (problem === null) this.#ended += 1;
      else this.#report("workflow-result", problem);
    });
  }

  run(): RunResult {
    const { scheduler, faults } = this.#world;
    const { faultSteps, maxSteps } = this.#settings;
    this.#cluster.servers.start();
    this.#population.start();
    let quiet = false;
    while (scheduler.steps < maxSteps && !quiet && scheduler.step()) {
      if (scheduler.steps === faultSteps) {
        faults.stop();
        this.#cluster.servers.heal();
      }
      quiet = scheduler.steps % LOOK === 0 && this.#population.idle && this.#cluster.idle;
    }
    const open = this.#population.open.map(({ id }) => id);
    if (!quiet) this.#report("every-workflow-ends", `not over after ${scheduler.steps} steps: ${open.join(", ")}`);
    this.#judges.finish(this.#history.operations(), this.#commits);
    return this.#result();
  }

  /** How often it was looked whether a procedure ends well, a workflow ends, and with what. */
  #ends(): [string, number][] {
    return [
      ["uncaught-error", this.#cluster.servers.started],
      ["every-workflow-ends", this.#plan.roots.length],
      ["workflow-result", this.#ended],
    ];
  }

  #committed({ key, value, note }: Write, { event, revision }: Version<Write["value"]>, before: Document): void {
    const commit = commitNote(note);
    const steps = commit?.steps ?? [];
    this.#commits.push({
      event: eventId(event),
      key,
      revision,
      now: commit?.now ?? value.hw,
      steps,
      document: value.document,
      response: commit?.response ?? null,
    });
    if (commit?.purpose === "advance") this.#judges.advanced(commit.now, before, steps[0]?.before ?? value.document);
    this.#judges.committed(steps);
  }

  #report(judge: string, message: string): void {
    if (this.#broken.has(judge)) return;
    if (this.#settings.judges === "loss" && !AFTER_A_LOSS.includes(judge)) return;
    this.#broken.add(judge);
    const event = this.#world.tracer.full ? eventId(this.#world.tracer.count) : null;
    this.#violations.push({ judge, step: this.#world.scheduler.steps, event, message });
  }

  #result(): RunResult {
    const { tracer, scheduler, faults, operations, rules } = this.#world;
    return {
      settings: this.#settings,
      hash: tracer.hash(),
      steps: scheduler.steps,
      operations,
      violations: this.#violations,
      faults: faults.taken,
      met: new Map([...this.#judges.met(), ...this.#ends()]),
      undecided: this.#judges.undecided,
      rules,
      workflows: { started: this.#plan.roots.length, ended: this.#ended },
      history: this.#history.operations(),
      commits: this.#commits,
      trace: tracer.lines(),
    };
  }
}

/** Two or three servers. */
function serverNames(seed: number): string[] {
  const count = 2 + new Stream(seed, 1, DRAWN.pace).below(2);
  return Array.from({ length: count }, (_, index) => `s${index}`);
}

/** The dials of the algorithm in a run: the usual ones. */
export function dialsOf({ mode }: RunSettings): ServerSettings {
  return { ...DEFAULT_SETTINGS, protocol: { ...DEFAULT_SETTINGS.protocol, mode } };
}
