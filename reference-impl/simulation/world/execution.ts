import type { ServerEffect, Serving } from "../../algorithm/serving.js";
import type { Incoming } from "../../algorithm/wire.js";
import type { Runnable } from "../scheduler.js";
import type { Process } from "./process.js";

/** The driver of executions: what one of them asks for, and what becomes of it. */
export interface Driver {
  /** Whether the execution may take a step now; false if it was put off, or ended. */
  admits(execution: Execution): boolean;
  perform(execution: Execution, effect: ServerEffect): void;
  ended(execution: Execution, failure: string | null): void;
}

/** One run of a procedure on a process, driven effect by effect. */
export class Execution implements Runnable {
  readonly number: number;
  readonly process: number;
  readonly on: Process;
  readonly incarnation: number;
  readonly incoming: Incoming;
  /** The answer that the procedure is given next. */
  answer: unknown;
  /** Number of its last event. */
  last: number;
  over = false;
  readonly #procedure: Serving<unknown>;
  readonly #driver: Driver;

  constructor(
    number: number,
    on: Process,
    incoming: Incoming,
    procedure: Serving<unknown>,
    first: number,
    driver: Driver,
  ) {
    this.number = number;
    this.process = on.number;
    this.on = on;
    this.incarnation = on.incarnation;
    this.incoming = incoming;
    this.last = first;
    this.#procedure = procedure;
    this.#driver = driver;
  }

  /** Name in the trace. */
  get task(): string {
    return `${this.incoming.kind}-${this.number}`;
  }

  run(): void {
    if (this.over || !this.#driver.admits(this)) return;
    let result: IteratorResult<ServerEffect, unknown>;
    try {
      result = this.#procedure.next(this.answer as never);
    } catch (error) {
      this.#driver.ended(this, error instanceof Error ? (error.stack ?? error.message) : String(error));
      return;
    }
    if (result.done === true) this.#driver.ended(this, null);
    else this.#driver.perform(this, result.value);
  }
}
