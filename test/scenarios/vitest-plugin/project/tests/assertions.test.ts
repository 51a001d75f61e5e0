import nodeAssert, { equal as same } from "node:assert";
import strictAssert from "node:assert/strict";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { assert, expect, it } from "vitest";
import { Box } from "../box.js";

it("1 by expect", () => {
  traceSpec("BOX-PUT");
  expect(1).not.toBe(2);
});

it("2 by expect.soft", () => {
  traceSpec("BOX-PUT");
  expect.soft(1).toBe(1);
  expect.soft(2).toBe(2);
});

it("1 by expect.poll", async () => {
  traceSpec("BOX-PUT");
  let calls = 0;
  await expect.poll(() => ++calls, { interval: 1 }).toBe(3);
});

it("2 by resolves and rejects", async () => {
  traceSpec("BOX-PUT");
  await expect(Promise.resolve(1)).resolves.toBe(1);
  await expect(Promise.reject(new Error("no"))).rejects.toThrow("no");
});

it("3 by chai", () => {
  traceSpec("BOX-PUT");
  assert(true);
  assert.equal(1, 1);
  assert.deepEqual({ a: 1 }, { a: 1 });
});

it("5 by node:assert", async () => {
  traceSpec("BOX-PUT");
  nodeAssert(true);
  nodeAssert.ok(1);
  same(1, 1);
  strictAssert.deepEqual([1], [1]);
  await nodeAssert.rejects(Promise.reject(new Error("no")));
});

it("20 by properties that answer", () => {
  traceSpec("BOX-PUT");
  fc.assert(
    fc.property(fc.string(), (thing) => {
      const box = new Box();
      box.put(thing);
      return box.size === 1;
    }),
    { numRuns: 20 },
  );
});

it("20 by asynchronous properties that answer", async () => {
  traceSpec("BOX-PUT");
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (number) => number === Number(String(number)) + 0),
    { numRuns: 20 },
  );
});

it("20 by expect within a property", () => {
  traceSpec("BOX-PUT");
  fc.assert(
    fc.property(fc.integer(), (number) => {
      expect(number).toBe(number);
    }),
    { numRuns: 20 },
  );
});

it("0 by a property that never answers", () => {
  traceSpec("BOX-PUT");
  fc.assert(
    fc.property(fc.string(), (thing) => {
      new Box().put(thing);
    }),
    { numRuns: 20 },
  );
});

it("0 by an empty body", () => {});

it("0 by a body that only traces", () => {
  traceSpec("BOX-PUT");
});

it("0 by a body that does much", () => {
  traceSpec("BOX-PUT");
  const box = new Box();
  box.put("ball"); // it would be wrong to expect(box.size) of a comment
  if (box.size > 1) expect(box.size).toBe("throw new Error");
});

it("unseen: throws by itself", () => {
  traceSpec("BOX-PUT");
  const box = new Box();
  box.put("ball");
  if (box.size !== 1) throw new Error("not held");
});

it("unseen: a helper that asserts by its name", () => {
  traceSpec("BOX-PUT");
  assertHolds(new Box(), 0);
});

function assertHolds(box: Box, size: number): void {
  if (box.size !== size) throw new Error("not held");
}
