import { traceSpec } from "spec-evidence/vitest";
import { beforeEach, describe, expect, it } from "vitest";

let late: (() => void) | null = null;
let message = "";

function attempt(action: () => void): string {
  try {
    action();
    return "";
  } catch (error) {
    return String(error);
  }
}

const outside = attempt(() => traceSpec("BOX-PUT"));

it("ends before its callback runs", () => {
  setTimeout(() => {
    message = attempt(() => traceSpec("BOX-PUT"));
    late?.();
  }, 20);
});

it("saw the late call refused", async () => {
  if (message === "") await new Promise<void>((resolve) => (late = resolve));
  expect(message).toContain("after its test had ended");
});

it("saw the call outside any test refused", () => {
  expect(outside).toContain("outside a running test");
});

describe("with a hook that traces", () => {
  beforeEach(() => traceSpec("BOX-PUT"));

  it("comes before its body, in a hook", () => {
    expect(1).toBe(1);
  });
});
