import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { handle } from "../../reference-impl/kernel/handle.js";
import type { Document, DurablePromise, Mode, Schedule, Settings, Task } from "../../reference-impl/kernel/model.js";
import type { Payload, Status } from "../../reference-impl/kernel/request.js";
import { fire } from "../../reference-impl/kernel/step.js";
import type { Happening } from "../../reference-impl/simulation/scripts/requests.js";
import { documentAfter, isRequest, MODES, settingsOf } from "../../reference-impl/simulation/scripts/requests.js";

/** One thing that happens to a document, and everything that is expected of it. */
export interface Case {
  /** The requirement that it shows. */
  readonly tag: string;
  /** What tells it from other cases of the requirement. */
  readonly of?: string;
  /** Both, if left out. */
  readonly modes?: readonly Mode[];
  readonly partitioned?: boolean;
  readonly given?: readonly Happening[];
  /** Makes of that a document that no script leads to. */
  readonly but?: (document: Document) => Document;
  readonly when: Happening;
  readonly status?: Status;
  /** All of a text; of anything else, part. */
  readonly data?: string | object;
  /** The document stays the same reference. */
  readonly unchanged?: boolean;
  /** Part of each promise and schedule, and the whole of each task, as they are afterwards; null: there is none. */
  readonly promises?: Readonly<Record<string, Partial<DurablePromise> | null>>;
  readonly tasks?: Readonly<Record<string, Task | null>>;
  readonly schedules?: Readonly<Record<string, Partial<Schedule> | null>>;
  /** What is in the outbox afterwards, in the order of its sequence. */
  readonly messages?: readonly object[];
  readonly seen?: (seen: { readonly before: Document; readonly after: Document; readonly data: Payload }) => void;
}

/** Declares a test for each case in each of its modes. */
export function showCases(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const one of cases) {
      for (const mode of one.modes ?? MODES) {
        it(`${one.tag}${one.of === undefined ? "" : `, ${one.of}`} (${mode})`, () => {
          traceSpec(one.tag);
          show(one, { ...settingsOf(mode), ...(one.partitioned === true ? { partitioned: true } : {}) });
        });
      }
    }
  });
}

function show(one: Case, settings: Settings): void {
  const made = documentAfter(settings, ...(one.given ?? []));
  const before = one.but?.(made) ?? made;
  const [now, what] = one.when;
  const { document: after, response } = isRequest(what)
    ? handle(before, now, what, settings)
    : { document: fire(before, now, what, settings), response: null };
  expect.hasAssertions();
  if (response !== null) {
    expect(response.kind).toBe(isRequest(what) ? what.kind : null);
    expect(typeof response.data).toBe(response.status === 200 || response.status === 300 ? "object" : "string");
    expect({ status: response.status, data: response.data }).toMatchObject({ status: one.status ?? 200 });
  }
  if (typeof one.data === "string") expect(response?.data).toBe(one.data);
  else if (one.data !== undefined) expect(response?.data).toMatchObject(one.data);
  if (one.unchanged !== undefined) expect(after === before).toBe(one.unchanged);
  compare(after.promises, one.promises, false);
  compare(after.schedules, one.schedules, false);
  compare(after.tasks, one.tasks, true);
  if (one.messages !== undefined) {
    const entries = [...after.outbox.values()].sort((a, b) => a.sequence - b.sequence);
    expect(entries.map(({ message }) => message)).toEqual(one.messages);
  }
  one.seen?.({ before, after, data: typeof response?.data === "object" ? response.data : {} });
}

function compare<T extends object>(
  found: ReadonlyMap<string, T>,
  expected: Readonly<Record<string, Partial<T> | null>> = {},
  whole: boolean,
): void {
  for (const [id, object] of Object.entries(expected)) {
    if (object === null) expect([id, found.get(id)]).toEqual([id, undefined]);
    else if (whole) expect([id, found.get(id)]).toEqual([id, object]);
    else expect([id, found.get(id)]).toMatchObject([id, object]);
  }
}
