import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { codesOf, readFixture, readText, resultFixtures, resultText } from "../../../test/builders/results.js";
import { RESULT_FORMATS } from "../../model/result.js";

describe("readResults", () => {
  it("tells the format of every fixture from its content", () => {
    traceSpec("RES-DETECT");
    const told = resultFixtures().map((name) => [name, readFixture(name).format]);
    expect(told.length).toBeGreaterThan(20);
    for (const [name, format] of told) expect(name?.replace(/[-.].*/u, "")).toBe(format);
  });

  it("does not look at the name", () => {
    traceSpec("RES-DETECT-NAME");
    const set = readFixture("junit-vitest.xml", { path: "out/ctrf-report.json" });
    expect(set.format).toBe("junit");
    expect(set.tests).toHaveLength(13);
    expect(readFixture("campaign.json", { path: "TEST-com.foo.xml" }).format).toBe("campaign");
  });

  it.each([
    ["plain text", "hello"],
    ["other JSON", '{"a": 1}'],
    ["a JSON list", "[1, 2]"],
    ["other XML", "<catalog/>"],
  ])("reports %s as unknown", (_, text) => {
    traceSpec("RES-DETECT-UNKNOWN");
    const set = readText(text);
    expect(set.format).toBe("unknown");
    expect(codesOf(set)).toEqual(["RES004"]);
    expect(set.findings[0]?.message).toContain(RESULT_FORMATS.join(", "));
  });

  it.each([
    ["test-run", /nunit3-junit/u],
    ["assemblies", /JUnit XML/u],
    ["TestRun", /JUnit logger/u],
    ["html", /web page/u],
  ])("says what a <%s> is", (root, expected) => {
    traceSpec("RES-DETECT-FOREIGN");
    const [found] = readText(
      `<?xml version="1.0"?>\n<!-- x --><!DOCTYPE ${root} [<!ENTITY a "<b>">]><${root} a="1"/>`,
    ).findings;
    expect(found?.code).toBe("RES004");
    expect(found?.suggestion).toMatch(expected);
  });

  it("reports a configured format that does not fit", () => {
    traceSpec("RES-DETECT-CONFIGURED");
    const xml = readFixture("campaign.json", { format: "junit" });
    expect(codesOf(xml)).toEqual(["RES003"]);
    expect(xml.findings[0]?.message).toBe("Unexpected JSON, expected results of format junit");
    expect(codesOf(readFixture("junit-jest.xml", { format: "ctrf" }))).toEqual(["RES003"]);
    expect(codesOf(readText("<html/>", { format: "junit" }))).toEqual(["RES003"]);
    expect(codesOf(readText("{}", { format: "ctrf" }))).toEqual(["RES003"]);
    expect(codesOf(readText("{}", { format: "sarif" }))).toEqual(["RES003"]);
  });

  it("reads the configured format where the content does not name one", () => {
    traceSpec("RES-DETECT");
    const text = JSON.stringify({ runs: [] });
    expect(codesOf(readText(text))).toEqual(["RES004"]);
    expect(readText(text, { format: "sarif" }).format).toBe("sarif");
  });

  it.each([
    ["nothing", ""],
    ["blanks", " \n\t"],
    ["a byte order mark", "\uFEFF"],
    ["JUnit without a test", '<testsuites tests="0"/>'],
    ["CTRF without a test", '{"results":{"tool":{"name":"x"},"tests":[]}}'],
    ["SARIF without a tagged rule", '{"version":"2.1.0","runs":[]}'],
    ["a tests file without a test", '{"schema":"spec-evidence/tests@1","producer":{"name":"x"},"tests":[]}'],
    ["a campaign without an item", '{"schema":"spec-evidence/campaign@1","producer":{"name":"x"},"items":[]}'],
  ])("reports %s as empty", (_, text) => {
    traceSpec("RES-EMPTY");
    const set = readText(text);
    expect(set.tests).toEqual([]);
    expect(set.items).toEqual([]);
    expect(codesOf(set)).toEqual(["RES002"]);
  });

  it("reports no finding on the fixtures that are in order", () => {
    traceSpec("RES-EMPTY", "RES-COUNT");
    const withFindings = resultFixtures().filter((name) => readFixture(name).findings.length > 0);
    expect(withFindings).toEqual([
      "junit-nunit.xml",
      "junit-surefire-empty.xml",
      "sarif-biome.json",
      "sarif-ruff.json",
    ]);
  });

  it.each([
    ["<testsuites>\n  <testsuite>\n  </testsuites>", 3, 15],
    ["<testsuite>\n<testcase name='a'", 2, 18],
    ["<testsuite><testcase name='a' name='b'/></testsuite>", 1, 40],
    ["<testsuite/>\n<testsuite/>", 2, 11],
    ["<", 1, 1],
    ["<!-- never closed", 1, 1],
  ])("places the fault of %j", (text, line, column) => {
    traceSpec("RES-MALFORMED");
    const set = readText(text);
    const found = set.findings.find((each) => each.code === "RES003");
    expect(found?.span).toMatchObject({ file: "results/r", line, column });
    expect(found?.message).toMatch(/^Unexpected .+, expected .+/u);
  });

  it.each([
    ['{\n  "results": {,}\n}', 2, 15],
    ['{"results": [1, 2', 1, 18],
    ['{"a": tru}', 1, 7],
    ['{"a": 01}', 1, 7],
    ['{"a": "\n"}', 1, 8],
    ['{"a": "\\x"}', 1, 8],
    ['{"a": 1,}', 1, 9],
    ["[1 2]", 1, 4],
    ['{"a" 1}', 1, 6],
    ["{} {}", 1, 4],
    ["{},{}", 1, 3],
    ["[}", 1, 2],
    ['\uFEFF{"a": é}', 1, 7],
  ])("places the first character that JSON does not allow in %j", (text, line, column) => {
    traceSpec("RES-MALFORMED-JSON", "RES-MALFORMED");
    const set = readText(text);
    expect(codesOf(set)).toEqual(["RES003"]);
    expect(set.findings[0]?.span).toMatchObject({ line, column });
  });

  it("gives findings ids that do not depend on the text around them", () => {
    traceSpec("RES-MALFORMED");
    const id = (text: string) => readText(text).findings[0]?.id;
    expect(id("<testsuite>")).toBe(id("<testsuite>\n\n<testsuites>"));
  });

  it("reads a byte order mark before JSON", () => {
    traceSpec("RES-DETECT");
    expect(readText(`\uFEFF${resultText("campaign.json")}`).items).toHaveLength(4);
  });
});
