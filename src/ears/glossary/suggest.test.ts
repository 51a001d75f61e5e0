import { readFileSync } from "node:fs";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { statementsOfSpec } from "../../../test/builders/ears.js";
import { specOf } from "../../../test/builders/logic.js";
import { formalise } from "../formal/formalise.js";
import { lexiconOf } from "../formal/lexicon.js";
import type { EarsStatement } from "../statement.js";
import { EMPTY_GLOSSARY } from "./glossary.js";
import { parseGlossary } from "./parse.js";
import { printGlossary, suggestTerms } from "./suggest.js";

const CORPORA = new URL("../../../test/fixtures/specs/corpora/", import.meta.url);
const corpus = (path: string) => statementsOfSpec(readFileSync(new URL(path, CORPORA), "utf8"));
const suggest = (...lines: string[]) => suggestTerms(statementsOfSpec(specOf(lines)), EMPTY_GLOSSARY);

/** How many statements the printed draft formalises; throws when the reader finds fault with it. */
function formalisedBy(statements: readonly EarsStatement[]): number {
  const { glossary, findings } = parseGlossary("g.yaml", printGlossary(suggestTerms(statements, EMPTY_GLOSSARY)));
  expect(findings).toEqual([]);
  const lexicon = lexiconOf(glossary);
  return statements.filter((each) => each.status === "read" && "formal" in formalise(lexicon, each)).length;
}

describe("suggestTerms", () => {
  it("drafts things with their role, type, values and unit", () => {
    traceSpec("GLOSS-SUGGEST");
    const terms = suggest(
      "AA-ONE: WHEN the door is open, THE plant SHALL close valve 0.",
      "AA-TWO: WHILE the mode is idle, WHEN the timer expires, THE plant SHALL open valve 0.",
      "AA-THREE: IF the mode is failed, THEN THE plant SHALL set the mode to idle.",
      "AA-FOUR: IF the pressure exceeds 5 bar, THEN THE plant SHALL set the delay to 3.",
    );
    expect(Object.fromEntries(terms.map(({ name, entry }) => [name, entry]))).toEqual({
      door: { role: "input", type: "boolean", states: { true: ["open"] } },
      "valve 0": { role: "output", type: "boolean", states: { true: ["close"] } },
      mode: { role: "state", type: "enum", values: ["failed", "idle"] },
      "timer expires": { role: "input", type: "boolean", phrases: { true: ["the timer expires"] } },
      pressure: { role: "input", type: "number", unit: "bar" },
      delay: { role: "output", type: "number" },
    });
  });

  it("leaves out what the glossary has", () => {
    traceSpec("GLOSS-SUGGEST");
    const statements = statementsOfSpec(specOf(["AA-ONE: WHEN the door is open, THE plant SHALL close the valve."]));
    const { glossary } = parseGlossary("g.yaml", printGlossary(suggestTerms(statements, EMPTY_GLOSSARY)));
    expect(suggestTerms(statements, glossary)).toEqual([]);
  });

  it("ranks by the statements that would be completed", () => {
    traceSpec("GLOSS-SUGGEST-RANK");
    const terms = suggest(
      "AA-ONE: WHEN the door is open, THE plant SHALL close the valve.",
      "AA-TWO: WHEN the lid is open, THE plant SHALL close the valve.",
      "AA-THREE: THE plant SHALL start the pump.",
    );
    expect(terms.map(({ name, statements, unlocks }) => [name, statements, unlocks])).toEqual([
      ["valve", 2, 0],
      ["pump", 1, 1],
      ["door", 1, 1],
      ["lid", 1, 1],
    ]);
  });

  it("gives a glossary that can be read, and that formalises the mixer", () => {
    traceSpec("GLOSS-SUGGEST-VALID");
    expect(formalisedBy(corpus("liquid-mixer/openspec/specs/liquid-mixer/spec.md"))).toBe(12);
    expect(formalisedBy(corpus("devbox/openspec/specs/box-registry/spec.md"))).toBeGreaterThan(5);
    expect(formalisedBy(corpus("spec-check/openspec/specs/catalog-and-parse/spec.md"))).toBeGreaterThan(5);
  });
});
