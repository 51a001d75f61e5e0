import type { RunSettings } from "../run.js";

/** A deliberate defect: one text of a source file replaced by another. */
export interface Mutant {
  readonly name: string;
  /** Path of the TypeScript file from `reference-impl/`; of `kernel/` or `algorithm/`. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** Public names of the properties, and names of the judges, that it is meant to break. */
  readonly breaks: readonly string[];
  /** What goes wrong in the world, in one sentence. */
  readonly why: string;
  /** Why nobody can tell it from the original; only of mutants that are argued to be equivalent. */
  readonly equivalent?: string;
  /** What a run needs to bring it out, where the usual settings do not. */
  readonly settings?: Partial<Pick<RunSettings, "workload" | "mode" | "sites" | "swarm" | "worstSkew">>;
}
