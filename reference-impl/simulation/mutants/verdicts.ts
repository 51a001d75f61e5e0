import type { Mutant } from "./mutant.js";

/** What became of a mutant in the seeds it was tried with. */
export interface Hunt {
  readonly mutant: string;
  /** What killed it: simulated runs, random scripts on the kernel alone, or every schedule; null if nothing did. */
  readonly by: "simulation" | "scripts" | "exhaustive" | null;
  /** How many seeds it took, counted from 1, the killing one included; null if no seed killed it. */
  readonly seedsToKill: number | null;
  /** The seed that killed it, to replay. */
  readonly seed: number | null;
  /** Judges that it broke, in alphabetical order. */
  readonly judges: readonly string[];
  /** How many runs there were. */
  readonly tried: number;
  /** Set if a run did not end by itself, stopped with an error that no judge gave, or if the variant cannot be run at all. */
  readonly ended: "hang" | "error" | "unable" | null;
}

export interface MutantVerdicts {
  readonly killed: readonly Hunt[];
  readonly survived: readonly Hunt[];
  /** Survivors that are argued to change nothing that can be observed. */
  readonly equivalent: readonly Hunt[];
  /** Whose variant cannot be run: that says nothing of the judges. */
  readonly untried: readonly Hunt[];
  /** Middle of the numbers of seeds to kill; the lower one of two. Null if nothing was killed. */
  readonly medianSeedsToKill: number | null;
  /** Judges that a mutant was meant to break and did not, as `mutant: judge`. */
  readonly unbroken: readonly string[];
  /** For each judge the mutants that broke it, both in alphabetical order. */
  readonly byJudge: ReadonlyMap<string, readonly string[]>;
}

/** Sums up what became of the mutants. An argued mutant that was killed counts as killed: the argument was wrong. */
export function mutantVerdicts(mutants: readonly Mutant[], hunts: readonly Hunt[]): MutantVerdicts {
  const byName = new Map(mutants.map((mutant) => [mutant.name, mutant]));
  const untried = hunts.filter(({ ended }) => ended === "unable");
  const killed = hunts.filter(({ by, ended }) => by !== null || ended === "hang" || ended === "error");
  const alive = hunts.filter((hunt) => !killed.includes(hunt) && !untried.includes(hunt));
  const isArgued = ({ mutant }: Hunt) => byName.get(mutant)?.equivalent !== undefined;
  const counts = killed.flatMap(({ seedsToKill }) => (seedsToKill === null ? [] : [seedsToKill])).sort((a, b) => a - b);
  const judges = [...new Set(hunts.flatMap((hunt) => hunt.judges))].sort();
  return {
    killed,
    survived: alive.filter((hunt) => !isArgued(hunt)),
    equivalent: alive.filter(isArgued),
    untried,
    medianSeedsToKill: counts[(counts.length - 1) >> 1] ?? null,
    unbroken: hunts.flatMap((hunt) =>
      (byName.get(hunt.mutant)?.breaks ?? [])
        .filter((judge) => !hunt.judges.includes(judge))
        .map((judge) => `${hunt.mutant}: ${judge}`),
    ),
    byJudge: new Map(
      judges.map((judge) => [
        judge,
        hunts
          .filter((hunt) => hunt.judges.includes(judge))
          .map(({ mutant }) => mutant)
          .sort(),
      ]),
    ),
  };
}
