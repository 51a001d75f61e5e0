import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, expect, test } from "vitest";
import { change } from "../../test/support/changes.js";
import { OpenSpecFolder } from "../../test/support/openspec.js";
import { mergeDelta } from "./merge.js";

/** Set it to look further than an ordinary run does. */
const { MERGE_RUNS = "400" } = process.env;

const folder = new OpenSpecFolder();
afterAll(() => folder.remove());

const REFUSED = /^SPEC02[0-8]$|^SPEC03[67]$/;

test("generated changes merge into the bytes that OpenSpec writes, or both refuse", async () => {
  traceSpec("SPEC-MERGE", "SPEC-MERGE-REFUSED", "SPEC-MERGE-INVALID");
  const seen = { merged: 0, refused: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(change, async ([mainText, deltaText]) => {
      const archived = await folder.archive(mainText, deltaText);
      const merged = mergeDelta(
        mainText === null ? null : { path: "openspec/specs/area/cap/spec.md", text: mainText },
        { path: "openspec/changes/my-change/specs/area/cap/spec.md", text: deltaText },
      );
      const codes = merged.findings.map((each) => each.code);
      expect({
        refused: codes.some((code) => REFUSED.test(code)),
        text: merged.text,
        invalid: codes.includes("SPEC038"),
      }).toEqual({ refused: archived.refused !== null, text: archived.text, invalid: archived.invalid.length > 0 });
      if (archived.refused !== null) seen.refused += 1;
      else if (archived.invalid.length > 0) seen.invalid += 1;
      else seen.merged += 1;
    }),
    { numRuns: Number(MERGE_RUNS) },
  );
  // The generator has to reach every outcome, or the comparison above says little.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(Number(MERGE_RUNS) / 20);
});
