import type { Status } from "../kernel/request.js";
import type { Effect, Procedure } from "../platform/effects.js";
import type { Note } from "./note.js";
import type { ServerSettings } from "./settings.js";
import type { Stored } from "./stored.js";
import type { Body, Incoming } from "./wire.js";

/** The effects of this algorithm. */
export type ServerEffect = Effect<Stored, Body, Note>;

/** A procedure of this algorithm: any driver that answers its effects can run it. */
export type Serving<R> = Procedure<Stored, Body, R, Note>;

/** What a sweep over all documents did. In a steady state nothing is armed and nothing flushed. */
export interface SweepReport {
  readonly seen: number;
  readonly armed: number;
  readonly flushed: number;
  /** Documents whose turn did not come to an end; the next sweep tries them again. */
  readonly failed: number;
}

export type Served =
  | { readonly kind: "request" /** Null if the request went back to the queue. */; readonly status: Status | null }
  | { readonly kind: "timer" /** False if the timer is to come again. */; readonly acknowledged: boolean }
  | ({ readonly kind: "sweep" } & SweepReport);

/** Serves one delivery, or sweeps once; `serve` of `server.ts` is one. */
export type Serve = (incoming: Incoming, settings: ServerSettings) => Serving<Served>;
