import { traceSpec } from "spec-evidence/vitest";
import { beforeAll, describe, expect, it } from "vitest";

let runs = 0;

it("passes at the third attempt", { retry: 3 }, () => {
  runs += 1;
  traceSpec("BOX-PUT");
  expect(runs).toBeGreaterThan(0);
  if (runs === 1) expect("the first attempt has one more").toBe("");
  expect(runs).toBe(3);
});

it.fails("is expected to fail", () => {
  traceSpec("BOX-TAKE");
  expect(1).toBe(2);
});

it("fails", () => {
  traceSpec("BOX-TAKE");
  expect(1, "first line\nsecond line").toBe(2);
});

it.skip("is skipped [BOX-TAKE-EMPTY]", () => {
  traceSpec("BOX-TAKE-EMPTY");
});

it.todo("is still to be written");

it("skips itself", ({ skip }) => {
  traceSpec("BOX-PUT-TWICE");
  skip();
});

describe("below a hook that fails", () => {
  beforeAll(() => {
    throw new Error("no set-up");
  });

  it("never begins", () => {
    traceSpec("BOX-PUT");
    expect(1).toBe(1);
  });
});

it("takes a while", async () => {
  await new Promise((resolve) => setTimeout(resolve, 15));
  expect(1).toBe(1);
});
