/**
 * Makes a failing run small: fewer roots of the workload, fewer faults, fewer steps, and it still fails. By delta debugging
 * (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE Transactions on Software Engineering
 * 28(2), 2002).
 */

/** What is left out of a run. */
export interface Reduction {
  /** Names of faults that must not take effect. */
  readonly suppressed: ReadonlySet<string>;
  /** Numbers of the workload's roots that are left out. */
  readonly withoutRoots: ReadonlySet<number>;
  readonly maxSteps: number;
}

/** How a reduced run ended. */
export interface Outcome {
  /** Whether it fails as the whole run did. */
  readonly fails: boolean;
  /** Names of the faults that took effect. */
  readonly faults: readonly string[];
  /** Step of the scheduler at which it first failed; null if it does not fail. */
  readonly step: number | null;
}

export interface Shrunk {
  /** The faults that are left; without any one of them the run does not fail, unless `exhausted`. */
  readonly faults: readonly string[];
  /** The roots that are left; without any one of them the run does not fail, unless `exhausted`. */
  readonly roots: readonly number[];
  /** What is left out. */
  readonly reduction: Reduction;
  /** How many runs it took. */
  readonly runs: number;
  /** Whether no more runs were allowed before the smallest was found. */
  readonly exhausted: boolean;
}

/**
 * The smallest part of `items` that still fails, in their order: without any one of its items it does not fail, unless the
 * predicate's answers run out. The predicate has to fail on all of them. It is asked at most n² + 3n times.
 */
export function minimise<T>(items: readonly T[], fails: (part: readonly T[]) => boolean): readonly T[] {
  if (items.length > 0 && fails([])) return [];
  let current = items;
  let pieces = 2;
  while (current.length > 1) {
    const smaller = reduceOnce(current, pieces, fails);
    if (smaller !== null) {
      current = smaller.part;
      pieces = smaller.pieces;
    } else if (pieces >= current.length) {
      break;
    } else {
      pieces = Math.min(current.length, pieces * 2);
    }
  }
  return current;
}

/** One of the pieces that fails, or all but one of them; with how many pieces to make of it. */
function reduceOnce<T>(items: readonly T[], pieces: number, fails: (part: readonly T[]) => boolean) {
  const cuts = Array.from({ length: pieces + 1 }, (_, index) => Math.floor((index * items.length) / pieces));
  const spans = cuts.slice(1).map((end, index) => [cuts[index] ?? 0, end] as const);
  for (const [start, end] of spans) {
    const part = items.slice(start, end);
    if (part.length < items.length && fails(part)) return { part, pieces: 2 };
  }
  if (pieces === 2) return null;
  for (const [start, end] of spans) {
    const part = [...items.slice(0, start), ...items.slice(end)];
    if (fails(part)) return { part, pieces: Math.max(2, pieces - 1) };
  }
  return null;
}

export interface Failing {
  /** Names of the faults that took effect in the whole run. */
  readonly faults: readonly string[];
  /** How many roots its workload has. */
  readonly roots: number;
  readonly maxSteps: number;
  /** Whether the number of steps has to stay: a judge that looks at the end breaks in every run that is cut short. */
  readonly fixedSteps?: boolean;
}

/**
 * @param replay runs again with something left out.
 * @param most how many runs are allowed.
 */
export function shrink(whole: Failing, replay: (reduction: Reduction) => Outcome, most = 2_000): Shrunk {
  return new Shrinking(whole, replay, most).run();
}

class Shrinking {
  /** Every fault that took effect in any run: what is not wanted of these is suppressed. */
  readonly #known: Set<string>;
  readonly #whole: Failing;
  readonly #replay: (reduction: Reduction) => Outcome;
  readonly #most: number;
  #runs = 0;

  constructor(whole: Failing, replay: (reduction: Reduction) => Outcome, most: number) {
    this.#whole = whole;
    this.#known = new Set(whole.faults);
    this.#replay = replay;
    this.#most = most;
  }

  run(): Shrunk {
    const { maxSteps } = this.#whole;
    const all = Array.from({ length: this.#whole.roots }, (_, index) => index);
    let faults: readonly string[] = [...this.#known];
    let roots: readonly number[] = all;
    // Fewer roots make faults needless and the other way round: both again until nothing goes.
    for (let before = -1; before !== faults.length + roots.length; ) {
      before = faults.length + roots.length;
      const kept = faults;
      roots = minimise(roots, (part) => this.#fails(kept, part, maxSteps));
      const left = roots;
      faults = minimise(faults, (part) => this.#fails(part, left, maxSteps));
    }
    const steps = this.#whole.fixedSteps === true ? maxSteps : this.#fewestSteps(faults, roots);
    return {
      faults,
      roots,
      reduction: this.#reduction(faults, roots, steps),
      runs: this.#runs,
      exhausted: this.#runs >= this.#most,
    };
  }

  /** The fewest steps that a bisection finds; a run that fails later than it could is not looked for. */
  #fewestSteps(faults: readonly string[], roots: readonly number[]): number {
    let low = 0;
    let high = this.#whole.maxSteps;
    const hint = this.#outcome(faults, roots, high)?.step ?? high;
    if (hint < high && this.#fails(faults, roots, hint)) high = hint;
    while (low + 1 < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#fails(faults, roots, middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  #fails(faults: readonly string[], roots: readonly number[], maxSteps: number): boolean {
    return this.#outcome(faults, roots, maxSteps)?.fails ?? false;
  }

  /** Runs with these faults and no others: one that only strikes because the run goes another way is suppressed too. */
  #outcome(faults: readonly string[], roots: readonly number[], maxSteps: number): Outcome | null {
    const wanted = new Set(faults);
    while (this.#runs < this.#most) {
      this.#runs += 1;
      const outcome = this.#replay(this.#reduction(faults, roots, maxSteps));
      const others = outcome.faults.filter((each) => !wanted.has(each) && !this.#known.has(each));
      if (others.length === 0) return outcome;
      for (const each of others) this.#known.add(each);
    }
    return null;
  }

  #reduction(faults: readonly string[], roots: readonly number[], maxSteps: number): Reduction {
    const wanted = new Set(faults);
    const left = new Set(roots);
    const all = Array.from({ length: this.#whole.roots }, (_, index) => index);
    return {
      suppressed: new Set([...this.#known].filter((each) => !wanted.has(each))),
      withoutRoots: new Set(all.filter((each) => !left.has(each))),
      maxSteps,
    };
  }
}
