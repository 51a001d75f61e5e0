import type { ExampleRecord } from "../../evidence/examples/record.js";
import type { ExampleCase, ExamplePlan, ExampleRun, ThrownError } from "../../evidence/examples/run.js";
import type { SessionEnd } from "./session.js";

/** Lists that an example could grow without end are cut here. */
const MOST_ERRORS = 20;
const MOST_OUTPUT = 16_384;

export function blankRun(plan: ExamplePlan, status: ExampleRun["status"]): ExampleRun {
  return { plan, status, sightings: [], errors: [], line: null, ending: null, output: "" };
}

/** Puts what one process says together, example by example. Lines in records count within the example. */
export class Progress {
  readonly #cases: readonly ExampleCase[];
  readonly #plans: ReadonlyMap<number, ExamplePlan>;
  /** What came of each example that ended, or was under way when the process did. */
  readonly runs = new Map<number, ExampleRun>();
  #current: number | null = null;

  /** `plans` of examples whose plan is known before they run. */
  constructor(cases: readonly ExampleCase[], plans: ReadonlyMap<number, ExamplePlan>) {
    this.#cases = cases;
    this.#plans = plans;
  }

  /** True when the process cannot go on: the example left something behind. */
  take(record: ExampleRecord): boolean {
    if (record.say === "begin") {
      this.#current = record.example;
      const plan = this.#plans.get(record.example) ?? { expectations: [], problems: [] };
      this.runs.set(record.example, blankRun(plan, "finished"));
      return false;
    }
    const run = this.#current === null ? undefined : this.runs.get(this.#current);
    if (run === undefined) return false;
    switch (record.say) {
      case "plan":
        run.plan = this.#shift(record);
        break;
      case "at":
        run.line = this.#line(record.line);
        break;
      case "seen":
        if (run.sightings.length < 2 * run.plan.expectations.length) run.sightings.push(sightingOf(record));
        break;
      case "printed":
        run.output = `${run.output}${record.text}`.slice(0, MOST_OUTPUT);
        break;
      case "threw":
        if (run.errors.length < MOST_ERRORS) run.errors.push(this.#error(record, run));
        break;
      case "end":
        this.#end(run, record.how);
        return record.dirty;
      default:
    }
    return false;
  }

  /** Whether an example ran to its end. */
  ended(index: number): boolean {
    return this.runs.has(index) && this.#current === null;
  }

  /** The process ended: the example under way, if any, ended with it. */
  close({ timedOut, ending }: SessionEnd): void {
    const run = this.#current === null ? undefined : this.runs.get(this.#current);
    this.#current = null;
    if (run === undefined) return;
    run.status = timedOut ? "timedOut" : "ended";
    run.ending = timedOut ? null : ending;
  }

  #end(run: ExampleRun, how: "finished" | "threw" | "stuck" | "blocked"): void {
    this.#current = null;
    run.status = how === "stuck" ? "ended" : how;
    if (how === "stuck") run.ending = "awaiting what nothing can settle any more";
  }

  #line(line: number): number {
    const { firstLine = 1 } = this.#cases[this.#current ?? 0]?.example ?? {};
    return firstLine + line - 1;
  }

  #shift({ expectations, problems }: Extract<ExampleRecord, { say: "plan" }>): ExamplePlan {
    return {
      expectations: expectations.map((each) => ({ ...each, line: this.#line(each.line) })),
      problems: problems.map((each) => ({ ...each, line: this.#line(each.line) })),
    };
  }

  #error(record: Extract<ExampleRecord, { say: "threw" }>, run: ExampleRun): ThrownError {
    const { name, message, line, missing, unhandled } = record;
    const place = line === null ? run.line : this.#line(line);
    return { name, message, line: place, missing, unhandled };
  }
}

function sightingOf({
  expectation,
  result,
  actual,
}: Extract<ExampleRecord, { say: "seen" }>): ExampleRun["sightings"][number] {
  return { expectation, result, actual };
}
