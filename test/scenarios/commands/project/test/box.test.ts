import { expect, it } from "vitest";
import { Box } from "../src/box.js";

it("shows what it holds [BOX-OPEN]", () => {
  expect(new Box().open()).toEqual([]);
});

// @verifies BOX-CAPACITY
it("keeps at most three things", () => {
  const box = new Box();
  expect(["a", "b", "c", "d"].map((thing) => box.put(thing))).toEqual([true, true, true, false]);
});
