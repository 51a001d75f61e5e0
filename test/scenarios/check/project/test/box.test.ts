import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { Box } from "../src/box.js";

it("shows what it holds", () => {
  traceSpec("BOX-OPEN");
  const box = new Box();
  box.put("ball");
  expect(box.open()).toEqual(["ball"]);
});

it("stays closed while locked", () => {
  traceSpec("BOX-OPEN-LOCKED");
  const box = new Box();
  box.locked = true;
  expect(() => box.open()).toThrow("locked");
});

it("keeps at most three things", () => {
  traceSpec("BOX-CAPACITY");
  const box = new Box();
  expect(["a", "b", "c", "d"].map((thing) => box.put(thing))).toEqual([true, true, true, false]);
});
