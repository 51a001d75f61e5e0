import { readFileSync } from "node:fs";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, expect, it } from "vitest";
import { statementsOfSpec } from "../../../test/builders/ears.js";
import { summary } from "../../../test/builders/logic.js";
import { wasmSolver } from "../../host/solver-wasm.js";
import { parseGlossary } from "../glossary/parse.js";
import { analyseLogic } from "./analyse.js";

/**
 * A specification written by others, with a glossary written for it. Two commands look at the state of one instance, and the
 * scenarios leave it to their titles which of them they speak about: read without that, they contradict each other (a stopped
 * instance is started, and left alone). None of that is proved.
 */

const fixture = (path: string) => readFileSync(new URL(`../../../test/fixtures/${path}`, import.meta.url), "utf8");
const PATH = "openspec/specs/instance-lifecycle/spec.md";
const SPEC = fixture(`specs/corpora/devbox/${PATH}`);
const { glossary, findings } = parseGlossary(
  "openspec/glossary.yaml",
  fixture("ears/instance-lifecycle/glossary.yaml"),
);
const solver = wasmSolver();
afterAll(() => solver.close());

const analyse = (text: string) => analyseLogic({ statements: statementsOfSpec(text, PATH), glossary }, solver);

it("has a glossary without a fault", () => expect(findings).toEqual([]));

it("proves nothing of a published specification that is not so", async () => {
  traceSpec("LOGIC-CONFLICT-CONTEXT");
  const result = await analyse(SPEC);
  expect(result.facts).toMatchObject({ statements: 27, formalised: 24, opaque: 3, timed: 1, unknown: 0 });
  expect(summary(result)).toEqual([
    "redundancy possible LIFE-DOWN-FAIL LIFE-UP-FAIL",
    "conflict possible LIFE-DOMAIN-STALE LIFE-DOWN-FAIL LIFE-UP-FAIL",
    "conflict possible LIFE-DOMAIN-STALE LIFE-DOWN-FAIL LIFE-DOWN-IDEMPOTENT LIFE-DOWN-STOP LIFE-POLL-TIMEOUT LIFE-UP-FAIL LIFE-UP-IDEMPOTENT LIFE-UP-START",
  ]);
});

it("proves what is planted in it", async () => {
  traceSpec("LOGIC-CONFLICT");
  const planted = SPEC.replace(
    "### Requirement: Bounded Polling",
    "### Requirement: Late success [LIFE-LATE]\nWHILE the target state is not observed within 5 minutes, THE devbox adapter SHALL fail with `NotFoundError`.\n\n### Requirement: Early Success [LIFE-EARLY]\nTHE devbox adapter SHALL NOT fail with `NotFoundError`.\n\n### Requirement: Bounded Polling",
  );
  expect(planted).not.toBe(SPEC);
  expect(summary(await analyse(planted))).toContain("conflict proved LIFE-EARLY LIFE-LATE");
});
