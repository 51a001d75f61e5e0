import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../algorithm/settings.js";
import { settingsFor } from "../settings.js";
import { simulate } from "../simulate.js";

it("crowds wait for one promise, some of them more than one turn can tell, and the last are left waiting", () => {
  traceSpec("SIM-COMMAND-CROWDS");
  let most = 0;
  let left = 0;
  for (let seed = 1; seed <= 3; seed++) {
    const { commits, violations } = simulate(settingsFor(seed, "none", { workload: "crowds", judges: "properties" }));
    expect(violations).toEqual([]);
    const last = new Map(commits.map(({ key, document }) => [key, document]));
    for (const { promises } of commits.map(({ document }) => document))
      for (const { callbacks } of promises.values()) most = Math.max(most, callbacks.length);
    for (const { tasks } of last.values()) for (const { state } of tasks.values()) if (state === "suspended") left += 1;
  }
  expect(most).toBeGreaterThan(DEFAULT_SETTINGS.bound);
  expect(left).toBeGreaterThan(0);
});
