import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { utcTime, utcTimeOfSeconds } from "./clock.js";

describe("utcTime", () => {
  it.each([
    ["2026-02-28T23:30:00Z", "2026-02-28T23:30:00Z"],
    ["2026-02-28T23:30:00.75-02:00", "2026-03-01T01:30:00Z"],
    ["2024-02-29T00:00:00+00:00", "2024-02-29T00:00:00Z"],
    ["2026-02-29T00:00:00Z", null],
    ["2026-13-01T00:00:00Z", null],
    ["2026-02-28", null],
    ["2026-02-28 10:00:00Z", null],
    ["yesterday", null],
    ["", null],
  ])("reads %s as %s", (text, expected) => {
    traceSpec("EXPORT-SVR-TIME");
    expect(utcTime(text)).toBe(expected);
  });

  it("reads counts of seconds", () => {
    traceSpec("EXPORT-SVR-TIME");
    expect(["0", "1767225600", "-1", "1e9", "", "999999999999"].map(utcTimeOfSeconds)).toEqual([
      "1970-01-01T00:00:00Z",
      "2026-01-01T00:00:00Z",
      null,
      null,
      null,
      null,
    ]);
  });
});
