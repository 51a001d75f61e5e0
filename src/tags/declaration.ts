import type { DisplayNames } from "./display-names.js";
import type { Literal } from "./source.js";

/** A test or suite as found in masked code. Offsets are into the file, ends exclusive. */
export interface Declaration {
  kind: "test" | "suite";
  /** From its first annotation found, or its call. */
  start: number;
  /** Where its name or callee stands. */
  at: number;
  end: number;
  name: string;
  /** Suites its own head names besides those it stands in: gtest's first argument. */
  ownSuites: string[];
  /** What some runners report in its place; absent where they report its name. */
  shown?: DisplayNames;
  /** Literals in which `[TAG]` counts. */
  titles: Literal[];
  /** What is read for assertions; null when it has no body of its own. */
  body: { start: number; end: number } | null;
  /** Its end is told by indentation, so still to be found: Python's or Ruby's way. */
  indented: boolean;
}
