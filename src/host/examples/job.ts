import type { Expectation } from "../../model/requirement.js";

/** What the process that runs JavaScript and TypeScript examples is told, as JSON on its standard input. */
export interface NodeJob {
  /** Stands before each of its records: what an example prints by chance is none. */
  nonce: string;
  /** URL of the judged folder, with a slash at its end. */
  root: string;
  examples: NodeExample[];
}

export interface NodeExample {
  /** Index among the examples of the specification. */
  index: number;
  /** Where the program stands for its imports: a file in the root that is not there. */
  url: string;
  program: string;
  /** Number of its first expectation. */
  base: number;
  expectations: Expectation[];
  /** Modules it names itself. */
  imports: { specifier: string; line: number }[];
}

/** Descriptor on which records are written. */
export const RECORDS_FD = 3;
