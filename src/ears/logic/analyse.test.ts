import { readFileSync } from "node:fs";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, it } from "vitest";
import { statementsOfSpec } from "../../../test/builders/ears.js";
import { hasZ3 } from "../../../test/builders/tools.js";
import { nativeSolver } from "../../host/solver-native.js";
import { wasmSolver } from "../../host/solver-wasm.js";
import { parseGlossary } from "../glossary/parse.js";
import { analyseLogic } from "./analyse.js";

const fixture = (path: string) => readFileSync(new URL(`../../../test/fixtures/${path}`, import.meta.url), "utf8");
const MIXER = fixture("specs/corpora/liquid-mixer/openspec/specs/liquid-mixer/spec.md");
const { glossary, findings } = parseGlossary("openspec/glossary.yaml", fixture("ears/liquid-mixer/glossary.yaml"));
const wasm = wasmSolver();
const native = nativeSolver();

afterAll(async () => {
  await wasm.close();
  await native.close();
});

/** The specification with its requirements in the reverse order. */
function reversed(text: string): string {
  const [head = "", ...requirements] = text.split("### Requirement:");
  const blocks = requirements.map((block) => `### Requirement:${block.trimEnd()}\n\n`);
  return head + blocks.reverse().join("");
}

describe("the liquid mixer", () => {
  it("has a glossary without a fault", () => {
    expect(findings).toEqual([]);
  });

  it.each([
    ["as published", MIXER],
    ["in another order", reversed(MIXER)],
    ["in lower case", MIXER.replace(/^(?:WHILE|WHEN|IF).*$/gmu, (line) => line.toLowerCase())],
    ["with IF for WHEN", MIXER.replace(/^WHEN (.*?), THE/gmu, "IF $1, THEN THE")],
  ])("has exactly the published conflict, %s", async (_, text) => {
    traceSpec("LOGIC-CONFLICT");
    for (const solver of hasZ3 ? [wasm, native] : [wasm]) {
      const result = await analyseLogic({ statements: statementsOfSpec(text), glossary }, solver);
      expect(result.facts).toMatchObject({ statements: 12, formalised: 12, opaque: 0, unknown: 0 });
      expect(result.findings.map(({ code, check, tier, tags }) => ({ code, check, tier, tags }))).toEqual([
        { code: "LOGIC001", check: "conflict", tier: "proved", tags: ["LM-001", "LM-009"] },
      ]);
      const [detail] = result.details.values();
      expect(detail?.scenario.map((line) => line.toLowerCase())).toEqual([
        "liquid level 1 is not reached",
        "the start button is pressed",
        "the emergency button is pressed",
      ]);
    }
  });
});
