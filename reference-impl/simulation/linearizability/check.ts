import type { HistoryEvent, Operation } from "./history.js";
import { eventsOf } from "./history.js";

/**
 * Judges whether a history is linearizable: whether each operation can be given one instant between its call and its
 * answer such that the model, taken through them in that order, gives the recorded answers.
 *
 * The search is the one of Wing and Gong ("Testing and Verifying Concurrent Objects", J. Parallel and Distributed
 * Computing 17, 1993) with the two improvements of Lowe ("Testing for linearizability", Concurrency and Computation:
 * Practice and Experience 29(4), 2017): an operation takes effect just in time, when its answer or the answer of one
 * that has to come after it is reached, and a configuration that was visited before is not visited again.
 */

/** What the operations act on. It may be nondeterministic: several states can follow one operation with one answer. */
export interface Model<S, O> {
  readonly initial: S;
  /**
   * The states that may follow if the operation takes effect now and is answered as recorded; all that may follow if
   * its outcome is unknown; none if it cannot take effect now.
   */
  follow(state: S, operation: O): Iterable<S>;
  /** Equal for equal states, and for no others but those that `rank` tells apart. */
  key(state: S): string;
  /** Of two states with one key, the one with the lower rank allows all that the other allows. All are 0 if absent. */
  rank?(state: S): number;
  /**
   * Those of the open operations that can matter for what `wanted` is answered, or that cannot wait until it took effect;
   * all if absent. The others are left for later.
   */
  relevant?(state: S, wanted: O, open: readonly O[]): readonly O[];
}

export type Verdict =
  /** `order`: the operations by index, in an order in which they can have taken effect. */
  | { readonly verdict: "linearizable"; readonly order: readonly number[]; readonly visited: number }
  /**
   * `stuck`: index of the operation whose answer no order explains, the first by place of answer. `longest`: the longest
   * order that explains everything before it.
   */
  | {
      readonly verdict: "not-linearizable";
      readonly stuck: number;
      readonly longest: readonly number[];
      readonly visited: number;
    }
  /** More configurations than the limit allows: nothing is known. */
  | { readonly verdict: "undecided"; readonly visited: number };

/** A configuration of the search and what of it is still to be tried. */
interface Frame<S> {
  /** Index of the event that is reached: always the answer of an operation that has not taken effect. */
  readonly event: number;
  /** Operations that took effect and whose answers are not reached, and those of unknown outcome, by index, sorted. */
  readonly ahead: readonly number[];
  /** The operation that was made to take effect to come here; -1 at the start. */
  readonly by: number;
  readonly moves: Iterator<Move<S>>;
}

interface Move<S> {
  readonly operation: number;
  readonly state: S;
}

/**
 * @param limit how many configurations may be visited.
 */
export function check<S, Q, R, O extends Operation<Q, R>>(
  history: readonly O[],
  model: Model<S, O>,
  limit = 1_000_000,
): Verdict {
  const search = new Search(history, model);
  return search.run(limit);
}

class Search<S, Q, R, O extends Operation<Q, R>> {
  readonly #history: readonly O[];
  readonly #model: Model<S, O>;
  readonly #events: readonly HistoryEvent[];
  /** By answer: the operations that are called before it and whose own answer does not come before it. */
  readonly #open: readonly (readonly number[])[];
  /** By configuration: the least rank it was visited with. */
  readonly #visited = new Map<string, number>();
  readonly #frames: Frame<S>[] = [];
  #furthest = -1;
  #longest: readonly number[] = [];

  constructor(history: readonly O[], model: Model<S, O>) {
    this.#history = history;
    this.#model = model;
    this.#events = eventsOf(history);
    this.#open = openAt(this.#events);
  }

  run(limit: number): Verdict {
    if (this.#enter(0, [], this.#model.initial, -1)) return this.#linearizable();
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const next = frame.moves.next();
      if (next.done === true) {
        this.#frames.pop();
        continue;
      }
      const { operation, state } = next.value;
      if (this.#visited.size > limit) return { verdict: "undecided", visited: this.#visited.size };
      const ahead = [...frame.ahead, operation].sort((one, other) => one - other);
      if (this.#enter(frame.event, ahead, state, operation)) return this.#linearizable();
    }
    const stuck = this.#events[this.#furthest]?.operation ?? -1;
    return { verdict: "not-linearizable", stuck, longest: this.#longest, visited: this.#visited.size };
  }

  /** Goes on to the next answer that still needs its operation to take effect. True if there is none: all are explained. */
  #enter(from: number, before: readonly number[], state: S, by: number): boolean {
    let at = from;
    let ahead = before;
    for (let event = this.#events[at]; event !== undefined; event = this.#events[++at]) {
      if (event.kind === "call") continue;
      const { operation } = event;
      if (!ahead.includes(operation)) break;
      ahead = ahead.filter((each) => each !== operation);
    }
    const key = `${at} ${ahead.join(",")} ${this.#model.key(state)}`;
    const rank = this.#model.rank?.(state) ?? 0;
    const known = this.#visited.get(key);
    if (known !== undefined && known <= rank) return false;
    this.#visited.set(key, rank);
    this.#frames.push({ event: at, ahead, by, moves: this.#moves(at, ahead, state) });
    if (at > this.#furthest) {
      this.#furthest = at;
      this.#longest = this.#order();
    }
    return at === this.#events.length;
  }

  /** What can take effect before the answer at `event`: its own operation first, then the others that are open. */
  *#moves(event: number, ahead: readonly number[], state: S): Generator<Move<S>> {
    const wanted = this.#events[event]?.operation;
    if (wanted === undefined) return;
    yield* this.#effects(wanted, state);
    for (const operation of this.#others(event, wanted, ahead, state)) yield* this.#effects(operation, state);
  }

  /** The other operations that are open and have not taken effect, as far as they matter. */
  #others(event: number, wanted: number, ahead: readonly number[], state: S): number[] {
    const open = (this.#open[event] ?? []).filter((each) => each !== wanted && !ahead.includes(each));
    const asked = this.#history[wanted];
    if (this.#model.relevant === undefined || asked === undefined || open.length === 0) return open;
    const byOperation = new Map(open.map((each) => [this.#history[each], each]));
    const operations = [...byOperation.keys()].filter((each) => each !== undefined);
    return this.#model.relevant(state, asked, operations).flatMap((each) => byOperation.get(each) ?? []);
  }

  *#effects(operation: number, state: S): Generator<Move<S>> {
    const asked = this.#history[operation];
    if (asked === undefined) return;
    const key = asked.return === null ? this.#model.key(state) : null;
    for (const each of this.#model.follow(state, asked)) {
      // An operation of unknown outcome that changes nothing may as well never take effect.
      if (key === null || this.#model.key(each) !== key) yield { operation, state: each };
    }
  }

  #order(): number[] {
    return this.#frames.map(({ by }) => by).filter((by) => by >= 0);
  }

  #linearizable(): Verdict {
    return { verdict: "linearizable", order: this.#order(), visited: this.#visited.size };
  }
}

function openAt(events: readonly HistoryEvent[]): number[][] {
  const open = new Set<number>();
  return events.map(({ kind, operation }) => {
    const now = kind === "return" ? [...open] : [];
    if (kind === "call") open.add(operation);
    else open.delete(operation);
    return now;
  });
}
