import { expect, it } from "vitest";
import { february } from "../src/index.js";

// @verifies DATE-LEAP
it("adds a day", () => {
  expect(february(2024)).toBe(29);
});

// @verifies DATE-LEAP-CENTURY
it("counts centuries", () => {
  expect(february(2000)).toBe(29);
});
