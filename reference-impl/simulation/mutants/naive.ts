import type { Mutant } from "./mutant.js";

/** What the algorithm did before the simulator showed why it must not: see `docs/design-loop.md`. */
export const NAIVE_MUTANTS: readonly Mutant[] = [
  {
    name: "naive-occurrence-clock",
    file: "algorithm/turn.ts",
    from: "Math.max(clock, stored.hw, job.occurrence?.at ?? 0)",
    to: "Math.max(clock, stored.hw)",
    breaks: ["consistent_new_promise_born_clean"],
    why: "A server whose clock is behind creates an occurrence that is due by another document's mark, and not by its own.",
  },
];
