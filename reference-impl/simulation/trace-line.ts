/**
 * The lines of a trace: canonical NDJSON, the header first. The same format as `schemas/trace-line.schema.json` of the
 * repository describes, which is what judges a trace offline.
 */

export interface HeaderLine {
  readonly type: "header";
  readonly schema: "spec-evidence/trace@1";
  /** What ran. */
  readonly name: string;
  readonly seed?: string;
  readonly commit?: string;
  readonly config?: string;
  readonly faults?: string;
  readonly runtime?: Readonly<Record<string, string>>;
  readonly hash?: string;
}

export type CauseKind = "program" | "message" | "reads-from" | "timer" | "fault" | "restart";

export interface Cause {
  /** Id of the event. */
  readonly event: string;
  readonly by: CauseKind;
}

/** What really was, out of reach of what ran. */
export interface Truth {
  readonly read?: {
    readonly observed: number;
    readonly latest: number;
    readonly latestValue?: unknown;
    readonly lag?: number;
    readonly writtenBy?: string;
    readonly servedBy?: string;
  };
  readonly write?: {
    readonly expected: number | null;
    readonly actual: number;
    readonly conflict?: string;
    readonly outcome: "committed" | "rejected" | "unknown";
    readonly landed?: boolean;
  };
  readonly message?: {
    readonly copyOf?: string;
    readonly overtook?: readonly string[];
    readonly deliveries?: number;
    readonly otherHolder?: string;
  };
  readonly fault?: { readonly id: string; readonly site: string; readonly suppressible?: boolean };
}

export interface EventLine {
  readonly type: "event";
  readonly id: string;
  /** Virtual milliseconds. */
  readonly time: number;
  readonly clock?: number;
  readonly process: string;
  readonly incarnation?: number;
  readonly task?: string;
  readonly kind: string;
  readonly op: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly rule?: string;
  readonly causes?: readonly Cause[];
  readonly truth?: Truth;
}

export interface ViolationLine {
  readonly type: "violation";
  readonly invariant: string;
  /** Id of the event where it was first broken. */
  readonly event: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** Ids of the events it follows from. */
  readonly slice?: readonly string[];
  /** The smallest set of faults that still breaks it. */
  readonly faults?: readonly string[];
  /** By fault: whether it breaks without it. */
  readonly butFor?: Readonly<Record<string, boolean>>;
  /** Command that shows it again, as an argument vector. */
  readonly replay?: readonly (string | number | boolean | null)[];
}

export type TraceLine = HeaderLine | EventLine | ViolationLine;

/** The events of a trace, in order. */
export function eventsOf(lines: readonly TraceLine[]): EventLine[] {
  return lines.filter((each) => each.type === "event");
}

/** The header of a trace; undefined if it has none. */
export function headerOf(lines: readonly TraceLine[]): HeaderLine | undefined {
  return lines.find((each) => each.type === "header");
}
