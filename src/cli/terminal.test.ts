import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { appearance } from "./context.js";
import { progressFor } from "./progress.js";

const OPTIONS = { color: true, cache: true, format: "text" } as const;

describe("on a terminal", () => {
  const [out, err] = [process.stdout.isTTY, process.stderr.isTTY];
  let said: string;

  beforeEach(() => {
    process.stdout.isTTY = true;
    process.stderr.isTTY = true;
    said = "";
    vi.stubEnv("FORCE_COLOR", "");
    vi.stubEnv("NO_COLOR", "");
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.stdout.isTTY = out;
    process.stderr.isTTY = err;
  });

  it("overwrites one line and uses colour", () => {
    traceSpec("CLI-COLOUR");
    vi.stubEnv("TERM", "xterm");
    progressFor(OPTIONS).phase("judging");
    expect(said).toContain("\u001b[2K");
    expect(appearance(OPTIONS).colour).toBe(true);
  });

  it("writes no control code to one that knows none", () => {
    traceSpec("CLI-COLOUR-DUMB");
    vi.stubEnv("TERM", "dumb");
    const progress = progressFor(OPTIONS);
    progress.phase("judging");
    progress.step("model 1 of 2");
    progress.done();
    expect(said).toBe("evidence: judging\n");
    expect(appearance(OPTIONS).colour).toBe(false);
  });
});
