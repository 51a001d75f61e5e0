import { traceSpec } from "spec-evidence/vitest";
import { assert, describe, expect, it } from "vitest";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.concurrent("side by side", () => {
  it("traces late, with the global expect", async () => {
    await pause(20);
    traceSpec("BOX-PUT");
    expect(1).toBe(1);
    await pause(20);
    expect(2).toBe(2);
  });

  it("traces early, with its own expect", async ({ expect }) => {
    traceSpec("BOX-TAKE");
    await pause(10);
    expect(1).toBe(1);
    await pause(20);
    expect(2).toBe(2);
    expect(3).toBe(3);
  });

  it("asserts nothing", async () => {
    traceSpec("BOX-TAKE-EMPTY");
    await pause(30);
  });

  it("asserts by chai", async () => {
    traceSpec("BOX-PUT-TWICE");
    await pause(15);
    assert.equal(1, 1);
  });
});
