import { describe, expect, it } from "vitest";
import { quantityAt } from "./quantity.js";
import { tokenize } from "./tokenize.js";
import { unitOf } from "./units.js";

function quantity(text: string): string | null {
  const found = quantityAt(tokenize(text, 0, text.length), 0);
  return found === null ? null : `${found.value} ${found.unit} ${found.dimension} ${found.to}`;
}

describe("quantityAt", () => {
  it.each([
    ["5 seconds", "5 s time 2"],
    ["500ms", "500 ms time 1"],
    ["5-minute bound", "5 min time 1"],
    ["five minutes", "5 min time 2"],
    ["1,000.50 ms", "1000.5 ms time 2"],
    ["007 s", "7 s time 2"],
    ["-40 °C", "-40 °C temperature in °C 2"],
    ["20%", "20 % ratio 1"],
    ["20 percent", "20 % ratio 2"],
    ["16 MiB", "16 MiB data 2"],
    ["5 MINUTES", "5 min time 2"],
  ])("reads %s", (text, expected) => {
    expect(quantity(text)).toBe(expected);
  });

  it.each(["5", "5 boxes", "seconds", "5 (seconds)x", "1.2.3 s", `${"9".repeat(50)} s`])("finds none in %s", (text) => {
    expect(quantity(text)).toBeNull();
  });
});

describe("unitOf", () => {
  it("tells symbols apart by case and keeps factors exact", () => {
    expect(unitOf("mW")).not.toEqual(unitOf("kW"));
    expect(unitOf("MW")).toBeNull();
    expect(unitOf("km/h")).toMatchObject({ dimension: "speed", numerator: 1_000n, denominator: 3_600n });
    expect(unitOf("Hours")?.symbol).toBe("h");
  });
});
