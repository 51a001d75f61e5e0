import { DRAWN, Stream } from "../draws.js";
import type { RunSettings, Workload } from "../run.js";
import type { Node, Program } from "./program.js";

/** How a workflow comes into the world. */
export type Way =
  /** A client creates its promise; whoever serves the group runs it. */
  | "call"
  /** A worker creates its task and runs it itself. */
  | "run"
  /** A schedule makes one again and again. */
  | "schedule";

/** One workflow that clients start and wait for; of a schedule, all of its occurrences. */
export interface Root {
  readonly number: number;
  readonly id: string;
  readonly way: Way;
  readonly program: Program;
  /** Milliseconds from the start of the run until it is started. */
  readonly start: number;
  /** Milliseconds from then to its deadline. */
  readonly timeout: number;
  /** Milliseconds from its start until an operator halts it for a while; null: never. */
  readonly halt: number | null;
}

export interface Plan {
  readonly roots: readonly Root[];
  /** Lease length in milliseconds. */
  readonly ttl: number;
  /** Whether strangers ask for what no workflow does. */
  readonly strangers: boolean;
  /** Whether crowds wait for one promise. */
  readonly crowds: boolean;
}

type Kind = Exclude<Workload, "mixed" | "strangers" | "crowds">;

const KINDS: readonly Kind[] = ["fan-out", "rpc", "sleep", "human", "schedules", "zombies"];

/** How many workflows a run has. */
const ROOTS = 8;

/** What clients do in a run. Every root is drawn by itself, so that leaving one out changes no other. */
export function planOf({ seed, workload, withoutRoots }: RunSettings): Plan {
  const general = new Stream(seed, 0, DRAWN.workload);
  const short = workload === "zombies" || general.below(4) === 0;
  const ttl = short ? 1000 + general.below(2000) : 8000 + general.below(30_000);
  const strangers = workload === "strangers" || (workload === "mixed" && general.below(2) === 0);
  const isWithout = workload === "strangers" || workload === "crowds";
  const numbers = Array.from({ length: isWithout ? 0 : ROOTS }, (_, number) => number).filter(
    (number) => !withoutRoots.has(number),
  );
  return {
    ttl,
    strangers,
    crowds: workload === "crowds",
    roots: numbers.map((number) => rootOf(number, new Stream(seed, 1 + number, DRAWN.workload), workload)),
  };
}

function rootOf(number: number, draws: Stream, workload: Workload): Root {
  const given = KINDS.find((each) => each === workload);
  const kind = given ?? (KINDS[draws.below(KINDS.length)] as Kind);
  const way = kind === "schedules" ? "schedule" : draws.below(3) === 0 ? "run" : "call";
  const brief = draws.below(8) === 0;
  return {
    number,
    id: `${way === "schedule" ? "every" : "w"}${number}`,
    way,
    program: programOf(kind, draws),
    start: draws.below(60_000),
    timeout: brief ? 5000 + draws.below(40_000) : 1_800_000 + draws.below(1_800_000),
    halt: draws.below(kind === "zombies" ? 2 : 8) === 0 ? draws.below(20_000) : null,
  };
}

function programOf(kind: Kind, draws: Stream): Program {
  switch (kind) {
    case "fan-out":
      return tree(draws, 1 + draws.below(2), () => call(draws, 2));
    case "rpc":
    case "schedules":
      return leaf(draws, 500);
    case "sleep":
      return tree(draws, 1 + draws.below(2), () =>
        draws.below(3) === 0 ? local(draws, 300) : { kind: "sleep", duration: 200 + draws.below(15_000) },
      );
    case "human":
      return tree(draws, 1 + draws.below(2), () =>
        draws.below(3) === 0 ? call(draws, 1) : { kind: "human", value: 1 + draws.below(100) },
      );
    case "zombies":
      return draws.below(2) === 0 ? leaf(draws, 6000) : tree(draws, 2, () => local(draws, 3000));
  }
}

function tree(draws: Stream, stages: number, node: () => Node): Program {
  return {
    kind: "tree",
    stages: Array.from({ length: stages }, () => Array.from({ length: 1 + draws.below(3) }, node)),
  };
}

/** A child that is a workflow itself, down to `depth` levels. */
function call(draws: Stream, depth: number): Node {
  const flat = depth <= 1 || draws.below(2) === 0;
  return { kind: "call", program: flat ? leaf(draws, 400) : tree(draws, 1, () => call(draws, depth - 1)) };
}

function leaf(draws: Stream, work: number): Program {
  return { kind: "leaf", value: 1 + draws.below(1000), work: draws.below(work) };
}

function local(draws: Stream, work: number): Node {
  return { kind: "local", value: 1 + draws.below(1000), work: draws.below(work) };
}
