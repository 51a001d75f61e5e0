import { judgeDifferential } from "../differential.js";
import { judgeLinearizability } from "../linearizability/judge.js";
import { type BoundedSettings, BoundedWorld, type Move, StoredNumbers } from "./bounded-world.js";

/** What an exploration found. */
export interface Explored {
  /** Different states that were visited. */
  readonly states: number;
  /** How many different ways lead from the start to an end, each a choice of order and faults. */
  readonly schedules: bigint;
  /** Different ends, each judged. */
  readonly ends: number;
  /** Whether everything within the bound was visited. */
  readonly complete: boolean;
  /** The first way that ends in a violation, with what is broken; null if none does. */
  readonly broken: { readonly moves: readonly Move[]; readonly judge: string; readonly message: string } | null;
}

/**
 * Visits every order and every choice of faults of a small configuration, depth first. Stateless in the sense of Godefroid
 * ("Model Checking for Programming Languages using VeriSoft", POPL 1997): a procedure that runs cannot be copied, so a state is
 * made again from its moves; a state that was visited before is not visited again.
 *
 * @param limit how many states may be visited.
 * @param isOver asked before each further state; once it says so, no more are visited.
 */
export function explore(settings: BoundedSettings, limit: number, isOver: () => boolean = () => false): Explored {
  return new Exploration(settings, limit, isOver).run();
}

class Exploration {
  readonly #settings: BoundedSettings;
  readonly #limit: number;
  readonly #isOver: () => boolean;
  readonly #numbers = new StoredNumbers();
  /** By state: how many ways lead from it to an end. */
  readonly #ways = new Map<string, bigint>();
  #ends = 0;
  #broken: Explored["broken"] = null;
  /** Whether states were left out. */
  #stopped = false;

  constructor(settings: BoundedSettings, limit: number, isOver: () => boolean) {
    this.#settings = settings;
    this.#limit = limit;
    this.#isOver = isOver;
  }

  run(): Explored {
    const schedules = this.#visit([], new BoundedWorld(this.#settings, this.#numbers));
    const complete = this.#broken === null && !this.#stopped;
    return { states: this.#ways.size, schedules, ends: this.#ends, complete, broken: this.#broken };
  }

  #visit(path: readonly Move[], world: BoundedWorld): bigint {
    const key = world.key();
    const known = this.#ways.get(key);
    if (known !== undefined) return known;
    this.#stopped ||= this.#ways.size >= this.#limit || this.#isOver();
    if (this.#broken !== null || this.#stopped) return 0n;
    // Holds the place: no way leads back to a state, since every move adds to what is known or spends a fault.
    this.#ways.set(key, 0n);
    const moves = world.moves();
    if (moves.length === 0) this.#judge(path, world);
    let ways = moves.length === 0 ? 1n : 0n;
    for (const [index, move] of moves.entries()) {
      // The last move goes on in the world at hand; for the others it is made again.
      const next = index === moves.length - 1 ? world : this.#replayed(path);
      next.take(move);
      ways += this.#visit([...path, move], next);
    }
    this.#ways.set(key, ways);
    return ways;
  }

  #replayed(path: readonly Move[]): BoundedWorld {
    const world = new BoundedWorld(this.#settings, this.#numbers);
    for (const move of path) world.take(move);
    return world;
  }

  #judge(path: readonly Move[], { operations, commits }: BoundedWorld): void {
    this.#ends += 1;
    const { protocol } = this.#settings.dials;
    const judgements = {
      linearizability: judgeLinearizability(operations, protocol, 0).broken,
      differential: judgeDifferential(commits, operations, protocol).broken,
      answered: operations.every(({ response }) => response !== null) ? null : "a request was never answered",
    };
    for (const [judge, message] of Object.entries(judgements)) {
      if (message !== null) this.#broken ??= { moves: path, judge, message };
    }
  }
}
