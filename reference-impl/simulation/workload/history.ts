import type { Request, Response } from "../../kernel/request.js";
import type { ClientOperation } from "../run.js";

interface Kept {
  readonly process: string;
  readonly call: number;
  return: number | null;
  readonly calledAt: number;
  returnedAt: number | null;
  readonly request: Request;
  response: Response | null;
}

/** What clients asked for and were answered, in one order. */
export class History {
  readonly #kept: Kept[] = [];
  #place = 0;

  /** A request leaves; gives its number. */
  called(host: string, request: Request, now: number): number {
    this.#place += 1;
    const call = this.#place;
    this.#kept.push({ process: host, call, return: null, calledAt: now, returnedAt: null, request, response: null });
    return this.#kept.length - 1;
  }

  /** The answer to a request arrives where it is still waited for. */
  answered(number: number, response: Response, now: number): void {
    const kept = this.#kept[number];
    if (kept === undefined || kept.return !== null) return;
    this.#place += 1;
    kept.return = this.#place;
    kept.returnedAt = now;
    kept.response = response;
  }

  operations(): readonly ClientOperation[] {
    return this.#kept;
  }
}
