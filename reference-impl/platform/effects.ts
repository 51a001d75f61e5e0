/**
 * What an algorithm may ask of the world. It yields one of these and is given the answer; nothing else reaches the world
 * from it. The same procedure runs in the simulator and on a real platform.
 *
 * Assumed of a platform: a successful compare-and-set names the revision that was current, and no two succeed with the
 * same expected revision; a queue and a timer deliver at least once while the platform keeps them. Not assumed: that a
 * read is the newest, that an outcome is known, order, single or punctual delivery, clocks that agree or advance.
 *
 * A read, a listing or a clock that a platform cannot reach has no answer: the driver then ends the procedure as a crash
 * would. Nothing is acknowledged, so the delivery comes again.
 */

/** What an algorithm may say of an effect to whoever watches it. A platform passes over it. */
interface Noted<N> {
  readonly note?: N;
}

/** Asks for the value of a key. The answer was true at some time, and may not be any more. */
export interface KvGet<N = unknown> extends Noted<N> {
  readonly op: "kv.get";
  readonly key: string;
}

/** Writes `value` if the key's revision is still `expected`; 0 means that the key was never written. */
export interface KvCas<V, N = unknown> extends Noted<N> {
  readonly op: "kv.cas";
  readonly key: string;
  readonly value: V;
  readonly expected: number;
}

/** Asks for all keys with a prefix; complete for keys that are older than some bound. */
export interface KvList<N = unknown> extends Noted<N> {
  readonly op: "kv.list";
  readonly prefix: string;
}

/** Sends `body` to whoever receives at `address`. */
export interface QueuePublish<B, N = unknown> extends Noted<N> {
  readonly op: "queue.publish";
  readonly address: string;
  readonly body: B;
}

/** Says that a delivery is dealt with and must not come again. Not fenced: who holds it no longer can say so too. */
export interface QueueAck<N = unknown> extends Noted<N> {
  readonly op: "queue.ack";
  readonly delivery: string;
}

/** Gives a delivery back, to come again. */
export interface QueueReturn<N = unknown> extends Noted<N> {
  readonly op: "queue.return";
  readonly delivery: string;
}

/** Asks for a message to the subject at or after an instant. One name holds one message: setting it again replaces it. */
export interface TimerSet<N = unknown> extends Noted<N> {
  readonly op: "timer.set";
  readonly name: string;
  readonly subject: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Says that a timer's delivery is dealt with. One that is not acknowledged comes again after a while. */
export interface TimerAck<N = unknown> extends Noted<N> {
  readonly op: "timer.ack";
  readonly delivery: string;
}

/** Reads the clock of the process. */
export interface ClockRead<N = unknown> extends Noted<N> {
  readonly op: "clock.read";
}

/** Answers who sent a request. At most once, and it may be lost. */
export interface Reply<B, N = unknown> extends Noted<N> {
  readonly op: "reply";
  readonly to: string;
  readonly body: B;
}

export type Effect<V, B, N = unknown> =
  | KvGet<N>
  | KvCas<V, N>
  | KvList<N>
  | QueuePublish<B, N>
  | QueueAck<N>
  | QueueReturn<N>
  | TimerSet<N>
  | TimerAck<N>
  | ClockRead<N>
  | Reply<B, N>;

export interface Versioned<V> {
  /** Null at revision 0. */
  readonly value: V | null;
  readonly revision: number;
}

export type Committed =
  | { readonly outcome: "committed"; readonly revision: number }
  | { readonly outcome: "conflict" }
  | { readonly outcome: "too-large" }
  /** It may have happened, may still happen, or never will. */
  | { readonly outcome: "unknown" };

/** Whether the platform confirmed; without confirmation it may have happened all the same. */
export type Confirmation = "confirmed" | "unknown";

/** What became of a message: `undeliverable` says that nobody can be reached at its address now. */
export type Publication = Confirmation | "undeliverable";

/** In milliseconds since the Unix epoch. */
export interface ClockReading {
  readonly now: number;
  /** What the clock of the platform showed at least, from its own time stamps; null if it has none. */
  readonly platform: number | null;
}

/** The answer to each effect. */
export interface Answers<V> {
  "kv.get": Versioned<V>;
  "kv.cas": Committed;
  "kv.list": readonly string[];
  "queue.publish": Publication;
  "queue.ack": Confirmation;
  "queue.return": Confirmation;
  "timer.set": Confirmation;
  "timer.ack": Confirmation;
  "clock.read": ClockReading;
  reply: null;
}

/** A message as a process is given it. `delivery` names this delivery for acknowledgement. */
export interface Delivery<B> {
  readonly delivery: string;
  readonly body: B;
}

/** A procedure of the algorithm: yields effects, is given their answers, ends with a result. */
export type Procedure<V, B, R, N = unknown> = Generator<Effect<V, B, N>, R, Answers<V>[keyof Answers<V>]>;
