import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { statementsOf } from "../../../test/builders/ears.js";
import { parseGlossary } from "../glossary/parse.js";
import { formalise } from "./formalise.js";
import { lexiconOf } from "./lexicon.js";
import { meaningOf } from "./phrase.js";

const parsed = parseGlossary(
  "g.yaml",
  `schema: spec-evidence/glossary@1
when: level
variables:
  a file is valid: { role: input, type: boolean, synonyms: [the file fits its schema] }
  every file is read: { role: input, type: boolean }
  two files are read: { role: input, type: boolean }
  a file is read and closed: { role: input, type: boolean }
  the folder can be listed: { role: input, type: boolean }
  the reader has a cache: { role: input, type: boolean }
  a test: { role: input, type: enum, values: [passed, failed, never run], synonyms: [every test, tests] }
  verdict: { role: output, type: enum, values: [good, bad, open to doubt], phrases: { "*": ["give {} as the verdict", "decide on {}"] } }
  status: { role: output, type: integer, phrases: { "*": ["exit with {}"] } }
  judge reports: { role: output, type: boolean, by: [judge], phrases: { "true": [report a finding], "false": [report nothing] } }
  reader reports: { role: output, type: boolean, by: [reader, scanner], phrases: { "true": [report a finding] } }
`,
);
const lexicon = lexiconOf(parsed.glossary);

function formalOf(sentence: string): string {
  const [statement] = statementsOf(sentence);
  if (statement?.status !== "read") throw new Error(`unread: ${sentence}`);
  const result = formalise(lexicon, statement);
  if ("formal" in result) return `${meaningOf(result.formal.guard)} => ${meaningOf(result.formal.response)}`;
  return result.obstacles.map((each) => (each.kind === "words" ? each.opaque.reason : each.kind)).join(", ");
}

const conditionOf = (condition: string) =>
  formalOf(`WHEN ${condition}, THE judge SHALL exit with 1.`).replace(' => "status"=1/1', "");
const responseOf = (response: string) => formalOf(`THE judge SHALL ${response}.`).replace("and() => ", "");

describe("declared phrases", () => {
  it("has a glossary without a fault", () => expect(parsed.findings).toEqual([]));

  it.each([
    ["a file is valid", '"a file is valid"'],
    ["the file is valid", '"a file is valid"'],
    ["the file fits its schema", '"a file is valid"'],
  ])("reads the sentence that names a boolean: %s", (condition, meaning) => {
    traceSpec("GLOSS-READ-SENTENCE");
    expect(conditionOf(condition)).toBe(meaning);
  });

  it.each([
    ["a file is not valid", 'not("a file is valid")'],
    ["a file isn't valid", 'not("a file is valid")'],
    ["the file does not fit its schema", 'not("a file is valid")'],
    ["the folder cannot be listed", 'not("the folder can be listed")'],
    ["the reader does not have a cache", 'not("the reader has a cache")'],
    ["a test is neither passed nor failed", 'not(or("a test"="failed","a test"="passed"))'],
  ])("denies the main clause: %s", (condition, meaning) => {
    traceSpec("LOGIC-FORMAL-NEGATION");
    expect(conditionOf(condition)).toBe(meaning);
  });

  it.each([
    "every file is not read",
    "two files are not read",
    "a file is not read and closed",
    "a file is not only valid",
    "a file is not valid until it is closed",
    "a file is not valid because it is closed",
    "no file is not valid",
    "every test is not passed",
    "not every test is passed",
    "every test is neither passed nor failed",
    "every test is passed or failed",
    "tests that are not run are passed",
    "the reader has no cache",
    "the reader without a cache is valid",
    "the file fails to fit its schema",
  ])("leaves out what may deny a part only: %s", (condition) => {
    traceSpec("LOGIC-FORMAL-SCOPE");
    expect(conditionOf(condition)).toMatch(/^(?:unknown-words|ambiguous|mixed-connectives)$/u);
  });

  it.each([
    ["decide on good", '"verdict"="good"'],
    ["decide on good or bad", 'or("verdict"="bad","verdict"="good")'],
    ["decide on good, bad, or open to doubt", 'or("verdict"="bad","verdict"="good","verdict"="open to doubt")'],
    ["give open to doubt as the verdict", '"verdict"="open to doubt"'],
    ["exit with 3", '"status"=3/1'],
    ["decide on fine", "unknown-value"],
    ["decide on good people", "unknown-words"],
    ["decide on good and bad", "unknown-words"],
  ])("reads the value in a slot: %s", (response, meaning) => {
    traceSpec("LOGIC-FORMAL-SLOT");
    expect(responseOf(response)).toBe(meaning);
  });

  it("reads a list of values of a condition", () => {
    traceSpec("LOGIC-FORMAL-SLOT");
    expect(conditionOf("a test is passed, failed or never run")).toBe(
      'or("a test"="failed","a test"="never run","a test"="passed")',
    );
    expect(conditionOf("a test is passed, failed")).toBe("unknown-words");
  });

  it("takes words as the acting system means them", () => {
    traceSpec("LOGIC-FORMAL-SYSTEM");
    expect(formalOf("THE judge SHALL report a finding.")).toBe('and() => "judge reports"');
    expect(formalOf("THE scanner SHALL report a finding.")).toBe('and() => "reader reports"');
    expect(formalOf("THE scanner SHALL report nothing.")).toBe("unknown-words");
    expect(formalOf("THE writer SHALL report a finding.")).toBe("unknown-words");
    expect(formalOf("WHEN report a finding, THE judge SHALL exit with 1.")).toBe("ambiguous");
  });
});
