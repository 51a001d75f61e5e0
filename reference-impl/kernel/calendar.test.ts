import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { dueOccurrences, isCalendar, nextAfter } from "./calendar.js";
import { NEVER } from "./instant.js";
import type { Schedule } from "./model.js";

const at = (text: string) => Date.parse(text);

function scheduleOf(cron: string, nextRunAt: number): Schedule {
  const fixed = { id: "s", promiseId: "s", promiseTimeout: 0, promiseParam: {}, promiseTags: {}, createdAt: 0 };
  return { ...fixed, cron, nextRunAt };
}

/** A field of a calendar expression with the values that it stands for. */
function field(from: number, to: number): fc.Arbitrary<readonly [string, ReadonlySet<number>]> {
  const value = fc.integer({ min: from, max: to });
  const range = (low: number, high: number, step = 1) =>
    new Set(Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((one) => (one - low) % step === 0));
  return fc.oneof(
    fc.constant(["*", range(from, to)] as const),
    value.map((one) => [String(one), new Set([one])] as const),
    fc
      .tuple(value, value)
      .map(([a, b]) => [`${Math.min(a, b)}-${Math.max(a, b)}`, range(Math.min(a, b), Math.max(a, b))] as const),
    fc.integer({ min: 2, max: 12 }).map((step) => [`*/${step}`, range(from, to, step)] as const),
    fc.tuple(value, value).map(([a, b]) => [`${a},${b}`, new Set([a, b])] as const),
  );
}

describe("the calendar", () => {
  it("reads five fields from the minute on, at second 0", () => {
    traceSpec("DUR-SCHEDULE-CRON");
    traceSpec("DUR-SCHEDULE-CRON-MINUTE");
    expect(nextAfter("30 14 9 7 *", at("2026-01-01T00:00:00Z"))).toBe(at("2026-07-09T14:30:00Z"));
    expect(nextAfter("5 * * * *", at("2026-01-01T00:05:00.001Z"))).toBe(at("2026-01-01T01:05:00Z"));
    expect(nextAfter("0 0 * * MON", at("2026-01-01T00:00:00Z"))).toBe(at("2026-01-05T00:00:00Z"));
  });

  it("reads six fields from the second on", () => {
    traceSpec("DUR-SCHEDULE-CRON-SECONDS");
    expect(nextAfter("15 30 14 * * *", at("2026-01-01T00:00:00Z"))).toBe(at("2026-01-01T14:30:15Z"));
  });

  it("takes an instant strictly after the given one, to the millisecond", () => {
    traceSpec("DUR-SCHEDULE-CRON-AFTER");
    const noon = at("2026-01-01T12:00:00Z");
    expect(nextAfter("0 12 * * *", noon - 1)).toBe(noon);
    expect(nextAfter("0 12 * * *", noon)).toBe(noon + 86_400_000);
    expect(nextAfter("0 12 * * *", noon + 1)).toBe(noon + 86_400_000);
  });

  it("evaluates in UTC whatever the time zone of the machine, with no summer time", () => {
    traceSpec("DUR-SCHEDULE-CRON-UTC");
    const zone = process.env.TZ;
    try {
      for (const name of ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]) {
        process.env.TZ = name;
        // The night in which New York's clocks jump from two to three.
        expect([name, nextAfter("30 2 * * *", at("2026-03-08T00:00:00Z"))]).toEqual([name, at("2026-03-08T02:30:00Z")]);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it("agrees with a search through all instants", () => {
    traceSpec("DUR-SCHEDULE-CRON-AFTER");
    const start = at("2026-02-27T00:00:00Z");
    fc.assert(
      fc.property(
        field(0, 59),
        field(0, 23),
        field(1, 31),
        fc.nat(3 * 86_400_000),
        ([m, ms], [h, hs], [d, ds], ahead) => {
          const from = start + ahead;
          const matches = (instant: number) => {
            const date = new Date(instant);
            return ms.has(date.getUTCMinutes()) && hs.has(date.getUTCHours()) && ds.has(date.getUTCDate());
          };
          let expected = Math.floor(from / 60_000) * 60_000 + 60_000;
          for (let tries = 0; tries < 5000 && !matches(expected); tries += 1) expected += 60_000;
          if (matches(expected)) expect(nextAfter(`${m} ${h} ${d} * *`, from)).toBe(expected);
          else expect(nextAfter(`${m} ${h} ${d} * *`, from)).toBeGreaterThan(expected - 60_000);
        },
      ),
    );
  });

  it("ends at the year 3000 and at impossible dates", () => {
    expect(isCalendar("0 0 30 2 *", 0)).toBe(false);
    expect(nextAfter("0 0 30 2 *", 0)).toBe(NEVER);
    expect(nextAfter("* * * * *", at("3000-01-01T00:00:00Z"))).toBe(NEVER);
    expect(nextAfter("* * * * *", NEVER)).toBe(NEVER);
    expect(nextAfter("0 0 29 2 *", at("2096-03-01T00:00:00Z"))).toBe(at("2104-02-29T00:00:00Z"));
  });

  it("lists due occurrences as one chain, up to its bound", () => {
    traceSpec("DUR-SCHEDULE-FIRE-ALL");
    const minute = scheduleOf("* * * * *", 60_000);
    expect(dueOccurrences(minute, 59_999, 9)).toEqual([]);
    expect(dueOccurrences(minute, 60_000, 9)).toEqual([60_000]);
    expect(dueOccurrences(minute, 180_000, 9)).toEqual([60_000, 120_000, 180_000]);
    expect(dueOccurrences(minute, 1e12, 2)).toEqual([60_000, 120_000]);
    expect(dueOccurrences(minute, 1e12, 0)).toEqual([]);
  });

  it("reads more expressions than it remembers", () => {
    for (let i = 0; i < 600; i += 1) {
      const expression = `${i % 60} ${i % 24} * * *`;
      expect(nextAfter(expression, 0)).toBe(((i % 24) * 60 + (i % 60)) * 60_000 || 86_400_000);
      expect(isCalendar(`${expression} `, 0)).toBe(false);
    }
  });
});
