/** One operation of a client: what it asked, what it was answered, and between which places of the history. */
export interface Operation<Q, R> {
  readonly process: string;
  /** Place of the call. All places of a history differ. */
  readonly call: number;
  /** Place of the answer; null if the outcome is unknown: then the operation may take effect at any time, or never. */
  readonly return: number | null;
  readonly request: Q;
  /** Null exactly if `return` is. */
  readonly response: R | null;
}

/** One call or one answer of a history, in order. `operation` is the index of the operation. */
export interface HistoryEvent {
  readonly kind: "call" | "return";
  readonly operation: number;
}

/** The calls and answers of a history in the order of their places. */
export function eventsOf(history: readonly Operation<unknown, unknown>[]): HistoryEvent[] {
  const placed = history.flatMap((each, operation) => {
    const call = { at: each.call, event: { kind: "call", operation } as const };
    return each.return === null ? [call] : [call, { at: each.return, event: { kind: "return", operation } as const }];
  });
  return placed.sort((one, other) => one.at - other.at).map(({ event }) => event);
}
