import type { RunResult, Violation } from "../run.js";
import { casesOf } from "./cases.js";
import { refusedCases } from "./mode-cases.js";
import type { Part } from "./plan.js";

/** What many runs add up to. Numbers by name are plain objects, so that a tally can go from one thread to another. */
export interface Tally {
  runs: number;
  /** Steps of the scheduler. */
  steps: number;
  /** Effects that the platform carried out. */
  operations: number;
  workflows: { started: number; ended: number };
  /** Histories that the judge of linearizability gave up on. */
  undecided: number;
  /** Faults that took effect, by site. */
  faults: Record<string, number>;
  /** How often each judge had its guard met. */
  met: Record<string, number>;
  /** Committed steps by the cases of the specification, as `casesOf` names them. */
  cases: Record<string, number>;
  /** Effects by the tag of the rule of the mapping that asked for them. */
  rules: Record<string, number>;
  /** For each judge the first seed that broke it. */
  broken: Record<string, { seed: number; violation: Violation }>;
}

/** A part of a campaign with what its runs added up to. */
export interface PartTally {
  readonly part: Part;
  readonly tally: Tally;
}

export function emptyTally(): Tally {
  return {
    runs: 0,
    steps: 0,
    operations: 0,
    workflows: { started: 0, ended: 0 },
    undecided: 0,
    faults: {},
    met: {},
    cases: {},
    rules: {},
    broken: {},
  };
}

/** Adds a run. */
export function addRun(tally: Tally, { settings, ...run }: RunResult): void {
  tally.runs += 1;
  tally.steps += run.steps;
  tally.operations += run.operations;
  tally.workflows.started += run.workflows.started;
  tally.workflows.ended += run.workflows.ended;
  tally.undecided += run.undecided;
  for (const fault of run.faults) increase(tally.faults, fault.slice(0, fault.indexOf("#")), 1);
  for (const [judge, met] of run.met) increase(tally.met, judge, met);
  for (const [rule, count] of run.rules) increase(tally.rules, rule, count);
  for (const { steps } of run.commits) {
    for (const step of steps) {
      for (const key of casesOf(step, settings.mode)) increase(tally.cases, key, 1);
    }
  }
  // What is refused whatever the state is not committed.
  for (const { request, response } of run.history) {
    if (response?.status !== 400) continue;
    increase(tally.cases, `${request.kind} 400`, 1);
    increase(tally.cases, `${request.kind} 400 ${response.data}`, 1);
    for (const key of refusedCases(request, response, settings.mode)) increase(tally.cases, key, 1);
  }
  for (const violation of run.violations) keepFirst(tally, { seed: settings.seed, violation });
}

/** What all parts add up to. */
export function totalOf(parts: readonly PartTally[]): Tally {
  const total = emptyTally();
  for (const { tally } of parts) addTally(total, tally);
  return total;
}

/** Adds what was counted elsewhere. */
export function addTally(tally: Tally, other: Tally): void {
  tally.runs += other.runs;
  tally.steps += other.steps;
  tally.operations += other.operations;
  tally.workflows.started += other.workflows.started;
  tally.workflows.ended += other.workflows.ended;
  tally.undecided += other.undecided;
  for (const part of ["faults", "met", "cases", "rules"] as const) {
    for (const [name, count] of Object.entries(other[part])) increase(tally[part], name, count);
  }
  for (const found of Object.values(other.broken)) keepFirst(tally, found);
}

function keepFirst(tally: Tally, found: { seed: number; violation: Violation }): void {
  const { judge } = found.violation;
  const kept = tally.broken[judge];
  if (kept === undefined || found.seed < kept.seed) tally.broken[judge] = found;
}

function increase(counts: Record<string, number>, name: string, by: number): void {
  counts[name] = (counts[name] ?? 0) + by;
}
