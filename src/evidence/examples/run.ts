import type { ExampleLanguage } from "../../model/example-language.js";
import type { Example, Expectation } from "../../model/requirement.js";
import type { Tag } from "../../model/tag.js";

/** One example of an Evidence section, with whom it speaks for. */
export interface ExampleCase {
  /** `example 2 of BOX-ALIAS`: counted within its requirement or scenario, free of line numbers. */
  name: string;
  /** The tag whose section holds it; empty below an untagged heading. */
  tags: Tag[];
  /** Path of the specification. */
  file: string;
  /** SHA-256 (hex) of the specification. */
  digest: string;
  /** Null when its fence names none that can be run. */
  language: ExampleLanguage | null;
  example: Example;
}

/** An expectation as it will be looked at. */
export interface PlannedExpectation extends Expectation {
  /** Why it holds whatever the code does; null when it could fail. */
  cannotFail: string | null;
}

/** What keeps an example, or a part of it, from being run as it stands. */
export interface PlanProblem {
  code: "EX005" | "EX006" | "EX008" | "EX014";
  /** In the specification. */
  line: number;
  message: string;
  /** Free of line numbers. */
  subject: string;
}

/** What an example came to; lines are those of the specification. */
export interface ExamplePlan {
  expectations: PlannedExpectation[];
  problems: PlanProblem[];
}

/** What was seen of one expectation in one run. */
export interface Sighting {
  /** Index into the expectations of the plan. */
  expectation: number;
  result: "met" | "unmet" | "notAnExpression" | "hidden" | "broken";
  /** What the statement gave, shown on one line; the class that hides its state; or why the expected text could not be evaluated. */
  actual: string;
}

export interface ThrownError {
  name: string;
  message: string;
  /** In the specification; null when it came from elsewhere. */
  line: number | null;
  /** Of an import that leads nowhere: what it names. */
  missing: string | null;
  /** A rejection that nobody looked at. */
  unhandled: boolean;
}

/** How one example went. */
export interface ExampleRun {
  plan: ExamplePlan;
  /** `blocked`: it was not run, because it cannot be parsed, or its program is missing. */
  status: "finished" | "threw" | "timedOut" | "ended" | "blocked";
  /** Of each expectation at most one that was met and one that was not. */
  sightings: Sighting[];
  errors: ThrownError[];
  /** Line of the statement it was at last; null when it did not start. */
  line: number | null;
  /** How the process ended, when it ended early: `exit code 3`, `signal SIGSEGV`. */
  ending: string | null;
  /** What it printed, bounded. */
  output: string;
}
