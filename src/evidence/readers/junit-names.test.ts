import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { codesOf, readFixture, readText, testNamed } from "../../../test/builders/results.js";

/** [file, enclosing titles, own title] of every test of a fixture. */
function namesOf(fixture: string): [string | null, string, string][] {
  return readFixture(fixture).tests.map((each) => [each.file, each.suite.join(" | "), each.name]);
}

describe("names", () => {
  it("splits the joined titles of vitest", () => {
    traceSpec("RES-JUNIT-VITEST", "RES-JUNIT-NAMES");
    expect(namesOf("junit-vitest.xml").slice(0, 6)).toEqual([
      ["src/cart.test.ts", "cart | total", "adds the prices [CART-TOTAL]"],
      ["src/cart.test.ts", "cart | total", 'keeps <cents> & "quotes" [CART-TOTAL] [CART-CENTS]'],
      ["src/cart.test.ts", "cart | total", "is more than 1 for 2"],
      ["src/cart.test.ts", "cart | total", "is more than 3 for 4"],
      ["src/cart.test.ts", "cart | total", "prices 'tea' at 2"],
      ["src/cart.test.ts", "cart", "ships abroad [CART-ABROAD]"],
    ]);
    const spaced = readText(
      '<testsuites name="vitest tests"><testsuite><testcase classname="my dir/a.test.ts" name="b &gt; c"/></testsuite></testsuites>',
    );
    expect(spaced.tests[0]).toMatchObject({ file: "my dir/a.test.ts", suite: ["b"], name: "c" });
  });

  it("does not take repeated titles of jest and mocha for suites", () => {
    traceSpec("RES-JUNIT-JEST", "RES-JUNIT-NAMES");
    expect(namesOf("junit-jest.xml")[0]).toEqual([null, "", "cart total adds the prices [CART-TOTAL]"]);
    expect(namesOf("junit-mocha.xml")[0]).toEqual(["mochat/cart.js", "cart total", "adds the prices [CART-TOTAL]"]);
  });

  it("reads the templates of jest-junit", () => {
    traceSpec("RES-JUNIT-NAMES");
    const names = namesOf("junit-jest-templates.xml");
    expect(names[0]).toEqual(["cart.test.js", "cart | total", "adds the prices [CART-TOTAL]"]);
    expect(names[3]).toEqual(["cart.test.js", "cart", "ships abroad [CART-ABROAD]"]);
  });

  it("takes the nested suites of node:test as titles", () => {
    traceSpec("RES-JUNIT-NESTED");
    expect(namesOf("junit-node-test.xml")).toEqual([
      [null, "cart | total", "adds the prices [CART-TOTAL]"],
      [null, "cart | total", "fails"],
      [null, "cart", "ships abroad"],
      [null, "cart", "gift wraps"],
      [null, "", "plain > title"],
    ]);
  });

  it.each([
    ["junit-surefire-nested.xml", "isZero", null, ["CartTest", "WhenEmpty"]],
    ["junit-gradle.xml", "addsPrices", null, ["CartTest"]],
    ["junit-pytest-xunit1.xml", "test_inner", "tests/test_mod.py", ["TestCart", "TestNested"]],
    ["junit-pytest-xunit1.xml", "test_total", "tests/test_mod.py", []],
    ["junit-pytest-xunit2.xml", "test_inner", null, ["TestCart", "TestNested"]],
    ["junit-pytest-xunit2.xml", "test_total", null, []],
    ["junit-phpunit.xml", "testAddsPrices", "tests/CartTest.php", ["CartTest"]],
    ["junit-nunit.xml", "AddsPrices", null, ["CartTests"]],
    ["junit-gtest.xml", "AddsPrices", "t.cc", ["Cart"]],
    ["junit-gtest.xml", "IsPositive/0", "t.cc", ["Some/Price"]],
    ["junit-go-junit-report-v2.xml", "TestPlain", null, []],
    ["junit-nextest.xml", "refunds", null, ["shop::checkout"]],
  ])("takes only the classes: %s, %s", (fixture, name, file, suite) => {
    traceSpec("RES-JUNIT-CLASS", "RES-JUNIT-NAMES");
    expect(testNamed(readFixture(fixture), name)).toMatchObject({ file, suite });
  });

  it("knows the classes of a Python file whatever their case", () => {
    traceSpec("RES-JUNIT-CLASS");
    const set = readText(
      '<testsuite><testcase classname="tests.test_mod.lower" name="a" file="tests/test_mod.py"/></testsuite>',
    );
    expect(set.tests[0]?.suite).toEqual(["lower"]);
  });

  it("stays linear on a class name that is nearly one", () => {
    traceSpec("RES-ANY-INPUT");
    const name = `a${"$".repeat(1000)}!`;
    const set = readText(`<testsuite><testcase classname="${name}" name="b"/></testsuite>`);
    expect(set.tests[0]?.suite).toEqual([name]);
  });

  it("counts the lines of pytest from one", () => {
    traceSpec("RES-JUNIT-LINE");
    expect(testNamed(readFixture("junit-pytest-xunit1.xml"), "test_total").line).toBe(3);
    expect(testNamed(readFixture("junit-gtest.xml"), "AddsPrices").line).toBe(2);
  });

  it("names the producer it recognises", () => {
    traceSpec("RES-JUNIT-NAMES");
    const named = ["vitest", "jest", "mocha", "pytest-xunit1", "nextest", "gtest", "gotestsum", "surefire"].map(
      (each) => readFixture(`junit-${each}.xml`).producer.name,
    );
    expect(named).toEqual([
      "vitest",
      "jest",
      "mocha",
      "pytest",
      "cargo-nextest",
      "googletest",
      "go test",
      "maven-surefire",
    ]);
  });
});

describe("paths", () => {
  const fileOf = (file: string) =>
    readText(`<testsuite><testcase name="a" file="${file}"/></testsuite>`).tests[0]?.file;

  it.each([
    ["/home/ci/shop/src/a.ts", "src/a.ts"],
    ["file:///home/ci/shop/src/a%20b.ts", "src/a b.ts"],
    ["./src/./a.ts", "src/a.ts"],
    ["src\\win\\a.ts", "src/win/a.ts"],
    ["src/x/../a.ts", "src/a.ts"],
  ])("makes %s relative", (reported, path) => {
    traceSpec("RES-PATH");
    expect(fileOf(reported)).toBe(path);
  });

  it.each([
    ["/home/ci/shopping/a.ts", "home/ci/shopping/a.ts"],
    ["C:\\work\\a.ts", "work/a.ts"],
    ["/C:/work/a.ts", "work/a.ts"],
    ["file:///opt/a.ts", "opt/a.ts"],
    ["../other/a.ts", null],
    ["/", null],
  ])("leaves no absolute path of %s", (reported, path) => {
    traceSpec("RES-PATH-OUTSIDE");
    expect(fileOf(reported)).toBe(path);
  });

  it("makes paths in messages relative", () => {
    traceSpec("RES-PATH-MESSAGE");
    expect(testNamed(readFixture("junit-vitest.xml"), "broken").message).toBe(
      "Cannot find module './nowhere.js' imported from src/lib/broken.test.ts",
    );
    expect(testNamed(readFixture("tests.json"), "throws").message).toBe("Error: at src/cart.ts:3");
  });
});

describe("tags", () => {
  it("stand in titles of tests and suites", () => {
    traceSpec("RES-TAGS");
    const set = readFixture("junit-vitest.xml");
    expect(testNamed(set, "quotes").tags).toEqual(["CART-CENTS", "CART-TOTAL"]);
    expect(testNamed(set, "rounds down").tags).toEqual([]);
    const suite = readText(
      '<testsuite name="x [CART-A]"><testsuite name="y"><testcase name="z [not-a]"/></testsuite></testsuite>',
    );
    expect(suite.tests[0]?.tags).toEqual(["CART-A"]);
    expect(testNamed(readFixture("junit-go-junit-report-v1.xml"), "adds_the").tags).toEqual(["CART-TOTAL"]);
  });

  it.each([
    ['<property name="verifies" value="CART-B, [CART-A]"/>', ["CART-A", "CART-B"]],
    ['<property name="Requirement">CART-A\nCART-B</property>', ["CART-A", "CART-B"]],
    ['<property name="tag" value="slow CART-A CART-A"/>', ["CART-A"]],
    ['<property name="author" value="CART-A"/>', []],
  ])("stand in properties: %s", (property, tags) => {
    traceSpec("RES-TAGS-PROPERTY");
    const set = readText(`<testsuite><testcase name="a"><properties>${property}</properties></testcase></testsuite>`);
    expect(set.tests[0]?.tags).toEqual(tags);
    expect(codesOf(set)).toEqual([]);
  });

  it("stand in properties that pytest and googletest record, and in older attributes", () => {
    traceSpec("RES-TAGS-PROPERTY");
    expect(testNamed(readFixture("junit-pytest-xunit2.xml"), "test_adds").tags).toEqual(["CART-CENTS", "CART-TOTAL"]);
    expect(testNamed(readFixture("junit-gtest.xml"), "AddsPrices").tags).toEqual(["CART-TOTAL"]);
    expect(readText('<testsuite><testcase name="a" verifies="CART-A"/></testsuite>').tests[0]?.tags).toEqual([
      "CART-A",
    ]);
  });

  it("are not read from properties of a whole suite", () => {
    traceSpec("RES-TAGS-PROPERTY");
    const suite = '<properties><property name="verifies" value="CART-A"/></properties><testcase name="a"/>';
    expect(readText(`<testsuite>${suite}</testsuite>`).tests[0]?.tags).toEqual([]);
  });

  it("are reported where a claim is none", () => {
    traceSpec("RES-TAGS-MALFORMED");
    const set = readText('<testsuite>\n<testcase name="a" requirement="cart_total"/></testsuite>');
    expect(codesOf(set)).toEqual(["RES013"]);
    expect(set.findings[0]).toMatchObject({ severity: "warning", span: { line: 2 } });
    expect(set.findings[0]?.message).toContain('"cart_total"');
  });
});
