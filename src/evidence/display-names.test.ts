import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { anAssessment, specText } from "../../test/builders/assessment.js";
import { aResult } from "../../test/builders/case.js";
import { assess } from "./assess.js";

const PLACE = "src/test/kotlin/shop/CartTest";

/** The verdict of BOX-A when the class holds these tests and the report these names. */
function verdict(tests: readonly string[], names: readonly string[], { language = "java", inner = "" } = {}): string {
  const [tagged = "", ...others] = tests;
  const body = ["// @verifies BOX-A", tagged, ...others].join("\n");
  const files = {
    "openspec/specs/box/spec.md": specText("BOX-A"),
    [`${PLACE}.${language}`]: `package shop\nclass CartTest {\n${body}\n${inner}\n}\n`,
  };
  const results = names.map((name) => aResult(name, { className: "shop.CartTest", file: null, line: null }));
  return assess(anAssessment({ files, tests: results })).verdicts[0]?.verdict ?? "";
}

const positive = "@ParameterizedTest void isPositive(int a) { assertTrue(a > 0); }";
const only = (name: string) => `@ParameterizedTest(name = "${name}") void isOne(int a) { assertTrue(a > 0); }`;
const plain = "@Test void isZero() { assertTrue(true); }";

describe("a display name with values", () => {
  it("counts for the one test of the class that can show it", () => {
    traceSpec("RES-MATCH-DISPLAY-VALUES");
    expect(verdict([positive], ["[1] 3"])).toBe("verified");
    expect(verdict([positive, plain], ["[1] 3", "isZero()"])).toBe("verified");
    expect(verdict([positive, only("one: {0}")], ["[1] 3"])).toBe("verified");
    expect(verdict([only("{0} and {1}"), '@DisplayName("zero") @Test void isZero() {}'], ["1 and 2"])).toBe("verified");
    expect(verdict([only("sum is {0}"), "@RepeatedTest(3) void again() {}"], ["sum is 2"])).toBe("verified");
    const inner = `@Nested class Inner { ${positive.replace("isPositive", "isZero")} }`;
    expect(verdict([positive], ["[1] 3"], { inner })).toBe("verified");
  });

  it.each([
    ["with the same template", [positive, positive.replace("isPositive", "isZero")], "[1] 0"],
    ["with a template that goes on alike", [only("{0}"), only("{0} is {1}").replace("isOne", "isTwo")], "1 is 2"],
    ["with a title that fits", [only("{0}"), '@DisplayName("adds up") @Test void adds() {}'], "adds up"],
    [
      "that repeats",
      [only("run {0}"), '@RepeatedTest(value = 2, name = "run {currentRepetition}") void r() {}'],
      "run 1",
    ],
    ["that makes up tests", [positive, "@TestFactory List<DynamicTest> all() { return all; }"], "[1] 0"],
    ["from a provider", [positive, "@TestTemplate void all() {}"], "[1] 0"],
    ["with a computed title", [only("{0}!"), "@DisplayName(NAME) @Test void adds() {}"], "adds!"],
    ["with a computed template", [positive, "@ParameterizedTest(name = NAME) void isZero(int a) {}"], "[1] 0"],
    ["that is called so", [only("{0}"), plain], "isZero"],
    ["with a name of underscores", [only("{0} of {1}"), "@Test void one_of_two() {}"], "one of two"],
  ])("does not count where there is another test %s", (_, tests, shown) => {
    traceSpec("REF-DISPLAY-SHARED");
    expect(verdict(tests, [shown])).toBe("missing");
    expect(verdict(tests.slice(0, 1), [shown])).toBe("verified");
  });

  it("does not count where a test has a sentence for a name", () => {
    traceSpec("REF-DISPLAY-SHARED");
    const tests = ['@ParameterizedTest(name = "{0} up()") fun `is one`(a: Int) {}', "@Test fun `adds up`() {}"];
    expect(verdict(tests, ["adds up()"], { language: "kt" })).toBe("missing");
    expect(verdict(tests.slice(0, 1), ["adds up()"], { language: "kt" })).not.toBe("missing");
  });

  it("is not looked at where hundreds of tests have one, whose reading stays linear", () => {
    traceSpec("REF-DISPLAY-SHARED");
    const many = Array.from({ length: 3_000 }, (_, at) => `// @verifies BOX-A\n${only(`${at} {0}`)}${at}`);
    expect(verdict([only("is {0}"), ...many], ["is 1"])).not.toBe("verified");
  });
});

describe("a display name", () => {
  it("counts for no test where another one without a reference has the same", () => {
    traceSpec("REF-DISPLAY-SHARED");
    const titled = (name: string) => `@DisplayName("adds up") @Test void ${name}() { assertTrue(sum() == 1); }`;
    expect(verdict([titled("adds")], ["adds up"])).toBe("verified");
    expect(verdict([titled("adds"), titled("sums")], ["adds up"])).toBe("missing");
  });
});
