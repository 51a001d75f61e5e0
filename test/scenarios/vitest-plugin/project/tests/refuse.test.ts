import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";

it("names no tag", () => {
  expect(1).toBe(1);
  traceSpec();
});

it("names a malformed tag", () => {
  expect(1).toBe(1);
  traceSpec("box-put");
});

it("names an unknown tag beside a known one", () => {
  expect(1).toBe(1);
  traceSpec("BOX-TAKE", "BOX-PTU");
});
