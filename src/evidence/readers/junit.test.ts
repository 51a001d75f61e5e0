import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { codesOf, readFixture, readText, testNamed } from "../../../test/builders/results.js";

/** One test case of a JUnit report, read. */
function caseOf(attributes: string, content = "") {
  const set = readText(`<testsuite name="s"><testcase name="t" ${attributes}>${content}</testcase></testsuite>`);
  expect(codesOf(set).filter((code) => code === "RES003")).toEqual([]);
  return testNamed(set, "t");
}

describe("outcomes", () => {
  it("passes a case that says nothing", () => {
    traceSpec("RES-JUNIT-PASS");
    expect(caseOf('time="1"', "<system-out>x</system-out>")).toMatchObject({ outcome: "pass", message: null });
    expect(readFixture("junit-jest.xml").tests.filter((each) => each.outcome === "pass")).toHaveLength(5);
  });

  it.each([
    ["<failure/>", "fail"],
    ["<error/>", "error"],
    ["<skipped/>", "skipped"],
    ["<failure/><skipped/>", "fail"],
    ["<skipped/><error/><failure/>", "error"],
    ["<aborted/><skipped/>", "inconclusive"],
    ["<flakyFailure/><flakyError/>", "pass"],
    ["<flakyFailure/><failure/>", "fail"],
    ["<rerunFailure/>", "fail"],
    ["<rerunError/>", "error"],
    ["<warning/>", "error"],
    ["<properties/>", "pass"],
  ])("takes the worst of %s", (content, outcome) => {
    traceSpec("RES-JUNIT-OUTCOME");
    expect(caseOf("", content).outcome).toBe(outcome);
  });

  it("keeps the first line of the failure", () => {
    traceSpec("RES-JUNIT-OUTCOME");
    expect(caseOf("", "<failure>\n  one &lt;x&gt;\n two</failure><failure message='other'/>").message).toBe("one <x>");
    expect(caseOf("", '<error message="said">text</error>').message).toBe("said");
    expect(caseOf("", "<failure><![CDATA[a < b]]></failure>").message).toBe("a < b");
    expect(caseOf("", `<failure>${"long ".repeat(5000)}</failure>`).message).toHaveLength(300);
    expect(testNamed(readFixture("junit-vitest.xml"), "throws an error").message).toBe("no such item");
  });

  it.each([
    ["junit-vitest.xml", ["ships abroad [CART-ABROAD]", "gift wraps", "stores [DB-STORE]"]],
    ["junit-jest.xml", ["cart ships abroad [CART-ABROAD]"]],
    ["junit-node-test.xml", ["ships abroad", "gift wraps"]],
    ["junit-pytest-xunit2.xml", ["test_known", "test_abroad"]],
    ["junit-surefire.xml", ["shipsAbroad"]],
    ["junit-gradle.xml", ["shipsAbroad()"]],
    ["junit-gtest.xml", ["DISABLED_Abroad", "Skips"]],
    ["junit-go-junit-report-v2.xml", ["TestAbroad"]],
    ["junit-nunit.xml", ["ShipsAbroad"]],
  ])("finds the skipped tests of %s", (fixture, names) => {
    traceSpec("RES-JUNIT-SKIP");
    const skipped = readFixture(fixture).tests.filter((each) => each.outcome === "skipped");
    expect(skipped.map((each) => each.name)).toEqual(names);
  });

  it.each([
    ["junit-gotestsum.xml", "TestTotal/group/deep_case=1", "cart_test.go:7: got 1 <3>"],
    ["junit-gotestsum.xml", "TestAbroad", "cart_test.go:10: not yet"],
    ["junit-go-junit-report-v2.xml", "TestTotal/group/deep_case=1", "cart_test.go:7: got 1 <3>"],
    ["junit-go-junit-report-v2.xml", "TestAbroad", "cart_test.go:10: not yet"],
    ["junit-go-junit-report-v2.xml", "[build failed]", "shop/bad/bad_test.go:5:28: undefined: undefined"],
    ["junit-go-junit-report-v2.xml", "TestPanics", "Failed"],
  ])("takes from %s what %s says of itself", (fixture, name, message) => {
    traceSpec("RES-JUNIT-MESSAGE-GO");
    const of = readFixture(fixture).tests.filter((each) => [...each.suite, each.name].join("/").endsWith(name));
    expect(of.map((each) => each.message)).toEqual([message]);
  });

  it("marks an xfail of pytest", () => {
    traceSpec("RES-JUNIT-XFAIL");
    const set = readFixture("junit-pytest-xunit2.xml");
    expect(testNamed(set, "test_known")).toMatchObject({ outcome: "skipped", expectedToFail: true, message: "known" });
    expect(testNamed(set, "test_abroad")).toMatchObject({ outcome: "skipped", expectedToFail: false });
  });

  it("fails a strict xpass of pytest", () => {
    traceSpec("RES-JUNIT-XPASS");
    expect(testNamed(readFixture("junit-pytest-xunit1.xml"), "test_xpass_strict").outcome).toBe("fail");
  });

  it.each([
    ["junit-surefire.xml", "flaky", 2],
    ["junit-nextest.xml", "settles_late", 2],
  ])("passes the flaky test of %s and counts its attempts", (fixture, name, attempts) => {
    traceSpec("RES-JUNIT-FLAKY");
    expect(testNamed(readFixture(fixture), name)).toMatchObject({ outcome: "pass", attempts, message: null });
  });

  it.each([
    ["junit-surefire.xml", "alwaysFails", "fail", 3],
    ["junit-surefire.xml", "throwsError", "error", 3],
    ["junit-nextest.xml", "charges_once", "fail", 2],
  ])("fails what %s repeated in vain: %s", (fixture, name, outcome, attempts) => {
    traceSpec("RES-JUNIT-RERUN");
    expect(testNamed(readFixture(fixture), name)).toMatchObject({ outcome, attempts });
  });

  it.each([
    ['status="run" result="completed"', "pass"],
    ['status="Passed"', "pass"],
    ['status="failed"', "fail"],
    ['status="run" result="skipped"', "skipped"],
    ['status="notrun"', "skipped"],
    ['status="not run"', "skipped"],
    ['status="Inconclusive"', "inconclusive"],
    ['result="aborted"', "inconclusive"],
    ['status=""', "pass"],
  ])("reads %s", (attributes, outcome) => {
    traceSpec("RES-JUNIT-STATUS");
    expect(caseOf(attributes).outcome).toBe(outcome);
    expect(caseOf(attributes, "<error/>").outcome).toBe("error");
  });

  it("reports an unknown word once, with its number", () => {
    traceSpec("RES-JUNIT-STATUS-UNKNOWN");
    const odd = (name: string) => `<testcase name="${name}" status="constructor"/>\n`;
    const set = readText(`<testsuite>\n${odd("a")}${odd("b")}</testsuite>`);
    expect(set.tests.map((each) => each.outcome)).toEqual(["inconclusive", "inconclusive"]);
    expect(codesOf(set)).toEqual(["RES009"]);
    expect(set.findings[0]?.span.line).toBe(2);
    expect(set.findings[0]?.message).toContain('"constructor" (2 times)');
  });

  it("reads the number of assertions", () => {
    traceSpec("RES-JUNIT-ASSERTIONS");
    const set = readFixture("junit-phpunit.xml");
    expect(set.tests.map((each) => each.assertions)).toEqual([1, 1, 1, 0, 0]);
    expect(caseOf("").assertions).toBeNull();
    expect(caseOf('assertions="-1"').assertions).toBeNull();
    expect(caseOf('assertions="many"').assertions).toBeNull();
  });
});

describe("what a report declares", () => {
  const report = (head: string, cases: string) => codesOf(readText(`<testsuites ${head}>${cases}</testsuites>`));
  const passed = '<testcase name="a"/>';

  it("is compared with what it holds", () => {
    traceSpec("RES-COUNT");
    expect(report('tests="2"', passed)).toEqual(["RES011"]);
    expect(report('tests="1"', passed)).toEqual([]);
    expect(report('tests="0"', passed)).toEqual([]);
    expect(report("", `<testsuite tests="1">${passed}</testsuite><testsuite tests="1"/>`)).toEqual(["RES011"]);
    expect(report('tests="1"', `<testsuite tests="9">${passed}</testsuite>`)).toEqual([]);
  });

  it("names both numbers and the place", () => {
    traceSpec("RES-COUNT");
    const [found] = readText(`<testsuites>\n<testsuite tests="3">${passed}</testsuite></testsuites>`).findings;
    expect(found).toMatchObject({ severity: "warning", span: { line: 2 } });
    expect(found?.message).toBe("Unexpected 1 tests in the report, expected the 3 that it declares");
  });

  it("may hold skipped tests that are not listed", () => {
    traceSpec("RES-COUNT-UNLISTED");
    expect(report('tests="3" skipped="2"', passed)).toEqual([]);
    expect(report('tests="3" skipped="1"', passed)).toEqual(["RES011"]);
    expect(report('tests="3" skipped="1"', `${passed}<testcase name="b"><skipped/></testcase>`)).toEqual(["RES011"]);
    expect(codesOf(readFixture("junit-mocha.xml"))).toEqual([]);
  });

  it("may not hold failures that no test shows", () => {
    traceSpec("RES-COUNT-FAILURES");
    expect(report('tests="1" failures="1"', passed)).toEqual(["RES011"]);
    expect(report('tests="1" errors="1"', passed)).toEqual(["RES011"]);
    expect(report('tests="1" failures="2"', '<testcase name="a"><failure/></testcase>')).toEqual([]);
  });
});

describe("hostile and doubtful XML", () => {
  it("keeps exactly the cases that stand complete before the end", () => {
    traceSpec("RES-MALFORMED-CUT");
    const text =
      '<testsuites tests="3"><testsuite><testcase name="a"/><testcase name="b"><failure/></testcase><testcase name="c"';
    const set = readText(text);
    expect(set.tests.map((each) => [each.name, each.outcome])).toEqual([
      ["a", "pass"],
      ["b", "fail"],
    ]);
    expect(codesOf(set)).toEqual(["RES003"]);
  });

  it.each([
    [
      "billion laughs",
      '<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>',
    ],
    ["a file", '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite><testcase name="&x;"/></testsuite>'],
    ["a name of Object", '<testsuite><testcase name="&constructor;"/></testsuite>'],
  ])("does not expand entities: %s", (_, text) => {
    traceSpec("RES-XML-ENTITY");
    const set = readText(text);
    expect(set.tests).toEqual([]);
    expect(codesOf(set)).toEqual(["RES003"]);
    expect(set.findings[0]?.message).toContain("undefined entity");
  });

  it("reads the five entities and character references", () => {
    traceSpec("RES-XML-ENTITY");
    const set = readText('<testsuite><testcase name="&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;"/></testsuite>');
    expect(set.tests[0]?.name).toBe("<>&\"'A😀");
  });

  it("says that another encoding was declared", () => {
    traceSpec("RES-XML-TEXT");
    const set = readFixture("junit-nunit.xml");
    expect(set.tests).toHaveLength(5);
    expect(codesOf(set)).toEqual(["RES012"]);
    expect(set.findings[0]?.message).toContain('"utf-16"');
    const ascii = '<?xml version="1.0" encoding="US-ASCII"?><testsuite><testcase name="a"/></testsuite>';
    expect(codesOf(readText(ascii))).toEqual([]);
  });

  it.each(["\u001b[31mred\u001b[0m", "&#27;[31mred", "\u0000", "\uFFFF"])("reads on behind %j", (text) => {
    traceSpec("RES-XML-CONTROL");
    const set = readText(
      `<testsuite>\n<testcase name="a"><failure message="${text}">${text}</failure></testcase><testcase name="b"/></testsuite>`,
    );
    expect(set.tests.map((each) => [each.name, each.outcome])).toEqual([
      ["a", "fail"],
      ["b", "pass"],
    ]);
    expect(codesOf(set)).toEqual(["RES012"]);
    expect(set.findings[0]?.span.line).toBe(2);
    expect(set.tests[0]?.message ?? "").not.toMatch(/\p{Cc}/u);
  });

  it("gives up on what is no text", () => {
    traceSpec("RES-XML-CONTROL", "RES-MALFORMED");
    const noise = (count: number) => `<testsuite><testcase name="a">${"\u0001".repeat(count)}</testcase></testsuite>`;
    expect(codesOf(readText(noise(1000)))).toEqual(["RES012"]);
    expect(codesOf(readText(noise(1001)))).toEqual(["RES003", "RES012"]);
  });

  it("reads the same with a byte order mark and carriage returns", () => {
    traceSpec("RES-XML-BOM");
    const text =
      '<?xml version="1.0"?>\n<testsuite>\n<testcase\nname="a">\n<failure>x\ny</failure></testcase>\n</testsuite>\n';
    const plain = readText(text);
    expect(plain.tests).toHaveLength(1);
    expect(readText(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(plain);
    expect(readText(`\n\n${text}`)).toEqual(plain);
  });

  it("takes nothing from recorded output", () => {
    traceSpec("RES-JUNIT-OUTPUT");
    const set = readText(
      `<testsuite><testcase name="a"><system-out>[CART-TOTAL] <testcase name="x"/><failure/></system-out></testcase>
       <system-err><![CDATA[<testcase name="fake"/> [CART-TOTAL]]]></system-err></testsuite>`,
    );
    expect(set.tests).toMatchObject([{ name: "a", outcome: "pass", tags: [] }]);
    expect(readFixture("junit-gradle.xml").tests.some((each) => each.name === "fake")).toBe(false);
  });

  it("bounds the titles of deep nesting", () => {
    traceSpec("RES-ANY-INPUT");
    const depth = 20_000;
    const text = `${'<testsuite name="s">'.repeat(depth)}<testcase name="a"/>${"</testsuite>".repeat(depth)}`;
    expect(readText(text).tests[0]?.suite).toHaveLength(32);
  });

  it("bounds the findings about one mistake on every test", () => {
    traceSpec("RES-ANY-INPUT");
    const cases = Array.from({ length: 500 }, (_, n) => `<testcase name="a" status="w${n}" verifies="x_${n}"/>`);
    expect(readText(`<testsuite>${cases.join("")}</testsuite>`).findings).toHaveLength(40);
  });
});
