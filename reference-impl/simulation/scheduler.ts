import { DRAWN, Stream } from "./draws.js";
import type { RunSettings } from "./run.js";

/** Something that takes one step when its turn comes. */
export interface Runnable {
  /** Number of the process it belongs to: what priorities are given to. */
  readonly process: number;
  run(): void;
}

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly runnable: Runnable;
}

/**
 * Virtual time and who runs next. What is due at an instant forms the ready set; one of it is chosen and takes a step, and
 * time moves on when the set is empty. The choice is a draw, or follows priorities that change at few drawn places
 * (probabilistic concurrency testing: Burckhardt et al., ASPLOS 2010).
 */
export class Scheduler {
  /** Virtual time, in milliseconds since the Unix epoch. */
  now: number;
  steps = 0;
  readonly #heap: Entry[] = [];
  readonly #ready: Runnable[] = [];
  #order = 0;
  readonly #choice: Stream;
  readonly #priorities: Priorities | null;

  /** `changes`: among how many steps the places are drawn where priorities change. */
  constructor(seed: number, start: number, schedule: RunSettings["schedule"], changes: number) {
    this.now = start;
    this.#choice = new Stream(seed, 0, DRAWN.order);
    this.#priorities = schedule.kind === "pct" ? new Priorities(seed, schedule.depth, changes) : null;
  }

  /** Makes `runnable` ready at an instant, or now if that has passed. */
  at(time: number, runnable: Runnable): void {
    if (time <= this.now) this.#ready.push(runnable);
    else push(this.#heap, { time, order: this.#order++, runnable });
  }

  /** Lets one runnable take a step. False if there is none. */
  step(): boolean {
    if (this.#ready.length === 0 && !this.#advance()) return false;
    const ready = this.#ready;
    const chosen = ready.length === 1 ? 0 : this.#choose(ready);
    const runnable = ready[chosen] as Runnable;
    const last = ready.pop() as Runnable;
    if (chosen < ready.length) ready[chosen] = last;
    this.steps += 1;
    this.#priorities?.stepped(this.steps, runnable.process);
    runnable.run();
    return true;
  }

  #choose(ready: readonly Runnable[]): number {
    return this.#priorities?.highest(ready) ?? this.#choice.below(ready.length);
  }

  #advance(): boolean {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined) return false;
    this.now = first.time;
    for (let head: Entry | undefined = first; head !== undefined && head.time <= this.now; head = heap[0]) {
      this.#ready.push(pop(heap).runnable);
    }
    return true;
  }
}

/** Higher runs first. A process has a drawn priority until a change gives it one below all others. */
class Priorities {
  readonly #stream: Stream;
  readonly #of: number[] = [];
  readonly #changes: readonly number[];
  #lowest = -1;

  constructor(seed: number, depth: number, steps: number) {
    this.#stream = new Stream(seed, 0, DRAWN.priority);
    this.#changes = Array.from({ length: Math.max(0, depth - 1) }, () => 1 + this.#stream.below(steps));
  }

  stepped(step: number, host: number): void {
    if (!this.#changes.includes(step)) return;
    this.#of[host] = this.#lowest;
    this.#lowest -= 1;
  }

  highest(ready: readonly Runnable[]): number {
    let best = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < ready.length; index += 1) {
      const priority = this.#priority((ready[index] as Runnable).process);
      if (priority > highest) {
        highest = priority;
        best = index;
      }
    }
    return best;
  }

  #priority(host: number): number {
    const known = this.#of[host];
    if (known !== undefined) return known;
    const drawn = this.#stream.at(1000 + host);
    this.#of[host] = drawn;
    return drawn;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

/** Binary heap, earliest entry first, in the order of insertion among equals. */
function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as Entry;
    if (!before(entry, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): Entry {
  const first = heap[0] as Entry;
  const last = heap.pop() as Entry;
  const size = heap.length;
  if (size === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && before(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
    if (!before(heap[child] as Entry, last)) break;
    heap[at] = heap[child] as Entry;
    at = child;
  }
  heap[at] = last;
  return first;
}
