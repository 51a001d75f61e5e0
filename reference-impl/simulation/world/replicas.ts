import { DRAWN, Stream } from "../draws.js";
import { NONE } from "../faults.js";
import type { Process } from "./process.js";
import type { World } from "./world.js";

/** What a process reads from. */
export interface View {
  /** Writes after this instant are not seen; null: the leader, which sees everything. */
  readonly instant: number | null;
  /** Name of the replica. */
  readonly served: string;
  /** Says that the view made a difference; gives the number of the event of the fault. */
  take(): number;
}

interface Deposed {
  readonly frozen: number;
  readonly until: number;
  readonly n: number;
  taken: boolean;
}

const REPLICAS = ["r0", "r1", "r2"];
const LEADER: View = { instant: null, served: "r0", take: () => 0 };

/** How far a replica is behind at most, in milliseconds: one of these is drawn for each, and then a number below it. */
const LAGS = [40, 400, 4000];

/** Three replicas, of which two are behind by a drawn time each: reads are stale, and not monotonic across replicas. */
export class Replicas {
  readonly #world: World;
  readonly #lags: readonly number[];
  /** By process: the leader of old that it still reads from. */
  readonly #deposed: (Deposed | undefined)[] = [];

  constructor(world: World) {
    this.#world = world;
    const stream = new Stream(world.settings.seed, 0, DRAWN.replica);
    this.#lags = REPLICAS.map(() => 1 + stream.below(LAGS[stream.below(LAGS.length)] as number));
  }

  /** What a process reads from now. */
  view(host: Process): View {
    const world = this.#world;
    const replica = world.strike("stale-read", host);
    const opening = world.strike("stale-leader-read", host);
    const known = this.#deposed[host.number];
    if (known !== undefined && world.now < known.until) return this.#frozen(host, known);
    if (opening !== NONE) {
      const amount = world.faults.amount("stale-leader-read", host.number, opening, 8000);
      this.#deposed[host.number] = { frozen: world.now, until: world.now + 500 + amount, n: opening, taken: false };
    }
    if (replica === NONE) return LEADER;
    const index = 1 + world.faults.amount("stale-read", host.number, replica, REPLICAS.length - 1);
    return {
      instant: world.now - (this.#lags[index] as number),
      served: REPLICAS[index] as string,
      take: () => world.take("stale-read", host, replica),
    };
  }

  #frozen(host: Process, deposed: Deposed): View {
    const take = () => {
      if (deposed.taken) return 0;
      deposed.taken = true;
      return this.#world.take("stale-leader-read", host, deposed.n);
    };
    return { instant: deposed.frozen, served: "r0 (deposed)", take };
  }
}
