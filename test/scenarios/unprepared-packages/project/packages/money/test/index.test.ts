import { expect, it } from "vitest";
import { add } from "../src/index.js";

it("adds cents [MONEY-SUM]", () => {
  expect(add(10, 20)).toBe(30);
});

it.skip("refuses two currencies [MONEY-CURRENCY]", () => {
  expect(() => add(1, 2)).toThrow();
});
