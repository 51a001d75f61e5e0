import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Variable } from "./glossary.js";
import { parseGlossary } from "./parse.js";

const HEAD = "schema: spec-evidence/glossary@1\n";
const read = (body: string) => parseGlossary("openspec/glossary.yaml", HEAD + body);

function only(body: string): Variable {
  const { glossary, findings } = read(body);
  expect(findings).toEqual([]);
  const [variable] = glossary.variables;
  if (variable === undefined) throw new Error("no variable was read");
  return variable;
}

const codes = (body: string) => read(body).findings.map((each) => `${each.code} ${each.span.line}`);

describe("the glossary reader", () => {
  it("gives a variable its role, names, values and place", () => {
    traceSpec("GLOSS-READ");
    const variable = only(
      "variables:\n  the pump mode:\n    role: state\n    type: enum\n    values: { idle: [at rest], running: }\n    synonyms: [mode of the pump]\n    complete: true\n",
    );
    expect(variable).toMatchObject({
      name: "the pump mode",
      role: "state",
      names: ["mode of pump", "pump mode"],
      complete: true,
      when: "edge",
      domain: {
        type: "enum",
        values: [
          { name: "idle", words: ["at rest", "idle"] },
          { name: "running", words: ["running"] },
        ],
      },
    });
    expect(variable.span).toMatchObject({ file: "openspec/glossary.yaml", line: 3, column: 3 });
  });

  it("takes a single word as it is spelt too, for code keeps its capitals", () => {
    traceSpec("GLOSS-READ");
    const variable = only("variables:\n  Fault: { role: output, type: enum, values: [NotFound, Other fault] }\n");
    expect(variable.names).toEqual(["Fault", "fault"]);
    expect(variable.domain).toMatchObject({
      values: [{ words: ["NotFound", "notfound"] }, { words: ["other fault"] }],
    });
  });

  it("takes numbers exactly, in base units", () => {
    traceSpec("GLOSS-READ-EXACT");
    const variable = only(
      "variables:\n  delay:\n    { role: input, type: number, unit: ms, min: 0.1, max: 12345678901234567890.1 }\n",
    );
    expect(variable.domain).toMatchObject({
      unit: { symbol: "ms", dimension: "time" },
      min: { numerator: 1n, denominator: 10_000n },
      max: { numerator: 123456789012345678901n, denominator: 10_000n },
    });
  });

  it.each([
    ["an unknown role", "{ role: sensor, type: boolean }"],
    ["an unknown key", "{ role: input, type: boolean, colour: red }"],
    ["an unknown unit", "{ role: input, type: number, unit: furlong }"],
    ["a range upside down", "{ role: input, type: number, min: 5, max: 1 }"],
    ["an enum of one value", "{ role: input, type: enum, values: [on] }"],
    ["states of a number", "{ role: input, type: number, states: { true: [high] } }"],
    ["phrases for a value that it has not", "{ role: input, type: boolean, phrases: { maybe: [it may] } }"],
  ])("leaves out a variable with %s, at its place", (_, entry) => {
    traceSpec("GLOSS-READ-ENTRY");
    const body = `variables:\n  good: { role: input, type: boolean }\n  bad: ${entry}\n`;
    expect(codes(body)).toEqual(["GLOSS002 4"]);
    expect(read(body).glossary.variables.map((each) => each.name)).toEqual(["good"]);
  });

  it.each([
    ["no slot", "exit with"],
    ["two slots", "from {} to {}"],
  ])("leaves out a variable whose pattern has %s", (_, pattern) => {
    traceSpec("GLOSS-READ-SLOT");
    const body = `variables:\n  status: { role: output, type: integer, phrases: { "*": ["${pattern}"] } }\n`;
    expect(codes(body)).toEqual(["GLOSS002 3"]);
    expect(read(body).glossary.variables).toEqual([]);
  });

  it("lets two systems use the same words, and one system not", () => {
    traceSpec("GLOSS-READ-SYSTEM");
    const body = (one: string, other: string) =>
      `variables:\n  a: { role: output, type: boolean, by: [${one}], phrases: { "true": [report it] } }\n  b: { role: output, type: boolean, by: [${other}], phrases: { "true": [report it] } }\n`;
    expect(codes(body("the judge", "reader"))).toEqual([]);
    expect(codes(body("the judge", "judge"))).toEqual(["GLOSS004 4"]);
    expect(codes(body("", "judge"))).toEqual(["GLOSS004 4"]);
  });

  it.each([
    ["no YAML", "variables: [\n"],
    ["an alias", "variables: &a { x: *a }\n"],
    ["deep nesting", `variables: ${"[".repeat(80)}${"]".repeat(80)}\n`],
  ])("gives an empty glossary and one finding for %s", (_, body) => {
    traceSpec("GLOSS-READ-FILE");
    const { glossary, findings } = read(body);
    expect(glossary.variables).toEqual([]);
    expect(findings.map((each) => each.code)).toEqual(["GLOSS001"]);
  });

  it("wants the schema line and a map", () => {
    traceSpec("GLOSS-READ-FILE");
    expect(parseGlossary("g.yaml", "variables: {}\n").findings.map((each) => each.code)).toEqual(["GLOSS002"]);
    expect(parseGlossary("g.yaml", "- a\n").findings.map((each) => each.code)).toEqual(["GLOSS001"]);
  });

  it("reports a key that stands twice", () => {
    traceSpec("GLOSS-READ-TWICE");
    expect(
      codes("variables:\n  pump: { role: input, type: boolean }\n  pump: { role: output, type: boolean }\n"),
    ).toEqual(["GLOSS002 4"]);
  });

  it("takes the opposite of a state, in its forms, declared pairs included", () => {
    traceSpec("GLOSS-READ-OPPOSITE");
    const valve = only("variables:\n  valve: { role: output, type: boolean, states: { true: [open] } }\n");
    expect(valve.domain).toMatchObject({
      words: { true: ["open", "opened", "opens"], false: ["close", "closed", "closes"] },
    });
    const access = only(
      "antonyms: [[grant, revoke]]\nvariables:\n  access: { role: output, type: boolean, states: { false: [revoked] } }\n",
    );
    expect(access.domain).toMatchObject({ words: { true: expect.arrayContaining(["grant", "granted"]) } });
  });

  it("reports words with two meanings and both places", () => {
    traceSpec("GLOSS-READ-AMBIGUOUS");
    const twoNames =
      "variables:\n  pump: { role: input, type: boolean }\n  motor: { role: input, type: boolean, synonyms: [the pump] }\n";
    const [finding] = read(twoNames).findings;
    expect(finding).toMatchObject({ code: "GLOSS004", related: [{ span: { line: 4 } }] });
    expect(codes("variables:\n  mode: { role: input, type: enum, values: { a: [x], b: [x] } }\n")).toEqual([
      "GLOSS004 3",
    ]);
  });
});
