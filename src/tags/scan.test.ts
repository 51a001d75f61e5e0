import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { isTestPath } from "./languages.js";
import { scanSource } from "./scan.js";

const FIXTURES = fileURLToPath(new URL("../../test/fixtures/tags/tests/", import.meta.url));

/** One line per reference: `TAG form suite > name:line-endLine`, `-` for no test, `!` for an explicit claim. */
function read(path: string): string[] {
  return scanSource({ path, text: readFileSync(FIXTURES + path, "utf8") }).references.map(
    ({ tag, form, explicit, role, test }) => {
      const place = test === null ? "-" : `${[...test.suite, test.name].join(" > ")}:${test.line}-${test.endLine}`;
      return `${tag} ${role === "implements" ? "implements " : ""}${form}${explicit ? "!" : ""} ${place}`;
    },
  );
}

describe("the tests that references stand on", () => {
  it("in TypeScript", () => {
    traceSpec("REF-TEST", "REF-TEST-SUITE", "REF-TEST-TRAILING", "REF-TITLE", "REF-TITLE-OTHER", "REF-TRACE");
    expect(read("shop.test.ts")).toEqual([
      "TS-FILE comment -",
      "TS-ABOVE comment! adds:6-8",
      "TS-SECOND comment! adds:6-8",
      "TS-INSIDE comment adds:6-8",
      "TS-SUITE title cart [TS-SUITE] > empties [TS-TITLE]:13-16",
      "TS-SUITE title cart [TS-SUITE] > takes %i [TS-EACH]:18-18",
      "TS-SUITE title cart [TS-SUITE] > table [TS-TABLE]:20-23",
      "TS-SUITE title cart [TS-SUITE] > nested > joined title [TS-JOINED]:26-29",
      "TS-SUITE title cart [TS-SUITE] > one line:32-32",
      "TS-TITLE title cart [TS-SUITE] > empties [TS-TITLE]:13-16",
      "TS-BLOCK comment! cart [TS-SUITE] > takes %i [TS-EACH]:18-18",
      "TS-EACH title cart [TS-SUITE] > takes %i [TS-EACH]:18-18",
      "TS-TABLE title cart [TS-SUITE] > table [TS-TABLE]:20-23",
      "TS-JOINED title cart [TS-SUITE] > nested > joined title [TS-JOINED]:26-29",
      "TS-TRACE traceSpec! cart [TS-SUITE] > nested > joined title [TS-JOINED]:26-29",
      "TS-TRACE-TWO traceSpec! cart [TS-SUITE] > nested > joined title [TS-JOINED]:26-29",
      "TS-AFTER-SUITE comment -",
      "TS-TRAILING comment cart [TS-SUITE] > one line:32-32",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the title as it stands in the source
      "TS-TEMPLATE title template ${shop.name} [TS-TEMPLATE]:35-35",
      "TS-LAST comment -",
    ]);
  });

  it.each([
    ["a quotation mark", '"""Says \\""" to all."""'],
    ["an apostrophe", "r'''Says \\''' to all.'''"],
    ["a backslash before its end", '"""Ends in \\\\"""'],
  ])("in Python behind a docstring that escapes %s", (_, docstring) => {
    traceSpec("REF-COMMENT-STRING", "REF-COMMENT-DOCSTRING");
    const text = `def test_a():\n    ${docstring}\n    assert 1\n\n# [CART-B]\ndef test_b():\n    assert 2\n`;
    const { references } = scanSource({ path: "test_cart.py", text });
    expect(references.map(({ tag, test }) => [tag, test?.name])).toEqual([["CART-B", "test_b"]]);
  });

  it("in Python's docstrings, which document the function or class they stand in", () => {
    traceSpec("REF-COMMENT-DOCSTRING", "REF-COMMENT-STRING");
    const text = [
      "class TestCart:",
      '    """[CART-ALL] All of it."""',
      "",
      "    def helper(self):",
      '        """[CART-HELPER]"""',
      "        return 1",
      "",
      "    def test_sum(",
      "        self,",
      "    ) -> None:  # head",
      "        r'''",
      "        Adds. [CART-SUM]",
      "        '''",
      '        text = """[CART-NOT]"""',
      "        assert text",
      "",
      "    def test_stub(self):",
      '        """[CART-STUB]"""',
      "",
      "    async def test_next(self):",
      '        """',
      "        @verifies CART-NEXT",
      '        """',
      '        """[CART-NOT]"""',
      "        assert self",
      "",
      "x = {1:",
      '    """[CART-NOT]"""}',
    ].join("\n");
    const { references, findings } = scanSource({ path: "tests/test_cart.py", text });
    expect(references.map(({ tag, role, test }) => `${tag} ${role} ${test?.name ?? "-"}`)).toEqual([
      "CART-ALL verifies test_sum",
      "CART-ALL verifies test_stub",
      "CART-ALL verifies test_next",
      "CART-HELPER verifies -",
      "CART-SUM verifies test_sum",
      "CART-STUB verifies test_stub",
      "CART-NEXT verifies test_next",
    ]);
    expect(findings).toEqual([]);
    const code = scanSource({ path: "src/cart.py", text: 'def add():\n    """Adds. [CART-SUM]"""\n' });
    expect(code.references.map(({ tag, role }) => `${tag} ${role}`)).toEqual(["CART-SUM implements"]);
  });

  it("in Java, with what reports show in place of a method", () => {
    traceSpec("REF-DISPLAY", "REF-DISPLAY-COMPUTED");
    const shown = (text: string, path = "src/test/java/CartTest.java") =>
      scanSource({ path, text: `// [CART-A]\nclass CartTest {\n${text}\n}` }).tests.map(
        ({ name, title, template }) => ({
          name,
          ...(title === undefined ? {} : { title }),
          ...(template === undefined ? {} : { template }),
        }),
      );
    expect(shown("@Test void adds() {}")).toEqual([{ name: "adds" }]);
    const adds = [{ name: "adds", title: "adds {up}" }];
    expect(shown('@Test\n@DisplayName("adds {up}")\nvoid adds() {}')).toEqual(adds);
    expect(shown('int x; @org.junit.jupiter.api.DisplayName("adds {up}") @Tag("b") @Test void adds() {}')).toEqual(
      adds,
    );
    expect(shown('@DisplayName("adds {up}") @ValueSource(ints = {1}) @Test void adds() {}')).toEqual(adds);
    expect(shown("@Test fun `adds it`() {}", "src/test/kotlin/CartTest.kt")).toEqual([{ name: "adds it" }]);
    expect(shown('@DisplayName("one") @Test void one() {}\n@Test void two() {}')).toEqual([
      { name: "one", title: "one" },
      { name: "two" },
    ]);
    expect(shown('@ParameterizedTest @ValueSource(ints = {1}) @DisplayName("x") void p(int a) {}')).toEqual([
      { name: "p", template: "[{index}] {arguments}" },
    ]);
    expect(shown('@ParameterizedTest(name = "{0} of {1}") void p(int a) {}')).toEqual([
      { name: "p", template: "{0} of {1}" },
    ]);
    expect(
      shown('@RepeatedTest(3) void r() {}\n@RepeatedTest(value = 3, name = "run {currentRepetition}") void s() {}'),
    ).toEqual([
      { name: "r", template: "repetition {currentRepetition} of {totalRepetitions}" },
      { name: "s", template: "run {currentRepetition}" },
    ]);
    const kotlin = (text: string) => shown(text, "src/test/kotlin/CartTest.kt");
    const [one, two, three] = [{ name: "one", title: "one" }, { name: "two", title: "two" }, { name: "three" }];
    expect(
      kotlin(
        '@Test @DisplayName("one") fun one() = a()\n\n@Test @DisplayName("two") fun two() = b()\n\n@Test fun three() = c()',
      ),
    ).toEqual([one, two, three]);
    expect(
      kotlin(
        '@DisplayName("one") @Test fun one() = a(1)\n@DisplayName("two") /* 2 */ @Tag("b")\ninternal @Test fun two() = b()\n@Test fun three() = c()',
      ),
    ).toEqual([one, two, three]);
    for (const computed of ['"a" + B', "NAME", '"a\\n"']) {
      expect(shown(`@Test @DisplayName(${computed}) void adds() {}`)).toEqual([{ name: "adds" }]);
      expect(shown(`@ParameterizedTest(name = ${computed}) void adds(int a) {}`)).toEqual([{ name: "adds" }]);
    }
  });

  it("in Java", () => {
    traceSpec("REF-TEST", "REF-TEST-SUITE", "REF-ANNOTATION", "REF-ANNOTATION-WORD", "REF-TITLE");
    expect(read("ShopTest.java")).toEqual([
      "JAVA-PACKAGE comment -",
      "JAVA-CLASS annotation ShopTest > adds:11-13",
      "JAVA-CLASS annotation ShopTest > generic:17-19",
      "JAVA-CLASS annotation ShopTest > Inner > nested:27-27",
      "JAVA-ABOVE comment! ShopTest > adds:11-13",
      "JAVA-DISPLAY title ShopTest > adds:11-13",
      "JAVA-TAG annotation ShopTest > adds:11-13",
      "JAVA-INSIDE comment ShopTest > adds:11-13",
      "JAVA-CLAIM annotation! ShopTest > generic:17-19",
      "JAVA-CLAIM-TWO annotation! ShopTest > generic:17-19",
      "JAVA-HELPER comment -",
      "JAVA-NESTED comment ShopTest > Inner > nested:27-27",
    ]);
    expect(scanSource({ path: "ATest.java", text: '@Tag("slow") @Test void a() {}' }).findings).toEqual([]);
  });

  it("in Kotlin", () => {
    traceSpec("REF-TEST", "REF-ANNOTATION", "REF-TITLE");
    expect(read("ShopTest.kt")).toEqual([
      'KT-ABOVE comment! ShopTest > adds "two" numbers:4-6',
      'KT-INSIDE comment ShopTest > adds "two" numbers:4-6',
      "KT-TAG annotation ShopTest > plain:8-8",
      "KT-CONTEXT title cart [KT-CONTEXT] > empties [KT-TITLE]:13-13",
      "KT-TITLE title cart [KT-CONTEXT] > empties [KT-TITLE]:13-13",
    ]);
  });

  it("in Go", () => {
    traceSpec("REF-TEST", "REF-TITLE");
    expect(read("shop_test.go")).toEqual([
      "GO-ABOVE comment! TestAdd:4-11",
      "GO-TITLE title TestAdd > two numbers [GO-TITLE]:8-10",
      "GO-INSIDE comment TestAdd > two numbers [GO-TITLE]:8-10",
      "GO-METHOD comment TestMethod:13-15",
      "GO-HELPER comment -",
    ]);
  });

  it("in Rust, beside what they test", () => {
    traceSpec("REF-TEST", "REF-ANNOTATION", "REF-COMMENT-PLAIN-INLINE");
    expect(read("shop.rs")).toEqual([
      "RS-FILE implements comment -",
      "RS-IMPLEMENTS implements comment -",
      "RS-PLAIN comment tests > adds:12-14",
      "RS-CLAIM annotation! tests > waits:18-20",
      "RS-HEAD comment tests > waits:18-20",
    ]);
  });

  it("in Python", () => {
    traceSpec("REF-TEST", "REF-TEST-SUITE", "REF-TEST-TRAILING", "REF-ANNOTATION");
    expect(read("test_shop.py")).toEqual([
      "PY-FILE comment -",
      "PY-CLASS comment TestCart > test_empties:9-17",
      "PY-CLASS comment TestCart > test_constant:23-24",
      "PY-MARK annotation! TestCart > test_empties:9-17",
      "PY-MARK-TWO annotation! TestCart > test_empties:9-17",
      "PY-INSIDE comment TestCart > test_empties:9-17",
      "PY-HELPER comment -",
      "PY-ABOVE comment! TestCart > test_constant:23-24",
      "PY-BETWEEN comment -",
      "PY-HEAD comment test_nothing:31-32",
      "PY-AFTER comment -",
    ]);
  });

  it("in C and C++", () => {
    traceSpec("REF-TEST", "REF-TITLE");
    expect(read("shop_test.cc")).toEqual([
      "CC-ABOVE comment! Cart > Empties:3-5",
      "CC-INSIDE comment Cart > Empties:3-5",
      "CC-TITLE title catch title:7-9",
      "CC-SECTION title catch title > a section [CC-SECTION]:8-8",
      "CC-UNITY comment test_unity:11-11",
    ]);
  });

  it("in C#", () => {
    traceSpec("REF-TEST", "REF-TEST-SUITE", "REF-ANNOTATION", "REF-TITLE");
    expect(read("ShopTests.cs")).toEqual([
      "CS-CLASS annotation ShopTests > Adds:6-6",
      "CS-CLASS annotation ShopTests > Waits:9-9",
      "CS-CLASS annotation ShopTests > Generic:14-14",
      "CS-ABOVE comment! ShopTests > Adds:6-6",
      "CS-DISPLAY title ShopTests > Adds:6-6",
      "CS-CATEGORY annotation ShopTests > Waits:9-9",
      "CS-INSIDE comment ShopTests > Generic:14-14",
      "CS-HELPER comment -",
    ]);
  });

  it("in Swift", () => {
    traceSpec("REF-TEST", "REF-TITLE");
    expect(read("Tests/ShopTests.swift")).toEqual([
      "SW-ABOVE comment! ShopTests > testAdds:3-3",
      "SW-TITLE title CartTests > empties:9-9",
    ]);
  });

  it("in Ruby", () => {
    traceSpec("REF-TEST", "REF-TITLE", "REF-ANNOTATION");
    expect(read("shop_spec.rb")).toEqual([
      "RB-FILE comment -",
      "RB-SUITE title cart [RB-SUITE] > empties [RB-TITLE]:6-11",
      "RB-ABOVE comment! cart [RB-SUITE] > empties [RB-TITLE]:6-11",
      "RB-TITLE title cart [RB-SUITE] > empties [RB-TITLE]:6-11",
      "RB-META annotation! cart [RB-SUITE] > empties [RB-TITLE]:6-11",
      "RB-INSIDE comment cart [RB-SUITE] > empties [RB-TITLE]:6-11",
      "RB-HELPER comment -",
      "RB-HEAD comment CartTest > test_adds:17-19",
    ]);
  });

  it("in shell and Dafny", () => {
    traceSpec("REF-TEST", "REF-TITLE");
    expect(read("shop.bats")).toEqual([
      "SH-FILE comment -",
      "SH-ABOVE comment! adds [SH-TITLE]:4-7",
      "SH-TITLE title adds [SH-TITLE]:4-7",
      "SH-INSIDE comment adds [SH-TITLE]:4-7",
      "SH-FUNCTION comment test_shunit:8-8",
    ]);
    expect(read("tests/shop.dfy")).toEqual(["DF-ABOVE comment! Adds:2-2"]);
  });
});

describe("the extent of a test", () => {
  const extents = (path: string, text: string) =>
    scanSource({ path, text }).references.map(({ tag, test }) => `${tag} ${test?.name} ${test?.line}-${test?.endLine}`);

  it("survives brackets that do not match", () => {
    traceSpec("REF-TEST");
    const open = 'it("a", () => {\n  f((\n  // [AB-C]\n});\nit("b", () => {});';
    expect(extents("a.test.ts", open)).toEqual(["AB-C a 1-4"]);
    const close = 'it("a", () => {\n  ]\n  // [AB-C]\n});\nit("b", () => {});';
    expect(extents("a.test.ts", close)).toEqual(["AB-C a 1-4"]);
  });

  it("is told by indentation within Ruby's braces too", () => {
    traceSpec("REF-TEST");
    const text = 'context("x") {\n  it "a [AB-C]" do\n    f\n  end\n  it "b [AB-D]" do\n    f\n  end\n}\n';
    expect(extents("a_spec.rb", text)).toEqual(["AB-C a [AB-C] 2-4", "AB-D b [AB-D] 5-7"]);
  });

  it("starts below any number of annotations", () => {
    traceSpec("REF-TEST");
    const text = "// @verifies AB-C\n@A @B(1) @C({2, 3})\n@D\n// why\n@Test\nprotected final void a() {\n}";
    expect(extents("ATest.java", text)).toEqual(["AB-C a 6-7"]);
  });

  it("is that of the test, not of its suite, steps or settings", () => {
    traceSpec("REF-TEST");
    const step = 'test("a", async () => {\n  await test.step("s", () => {\n    f(); // [AB-C]\n  });\n});';
    const suite = `// @verifies AB-D\ntest.describe("group", () => {\n  test.use({ a: 1 });\n${step}\n});`;
    expect(extents("e2e/a.ts", suite)).toEqual(["AB-D a 4-8", "AB-C a 4-8"]);
    expect(scanSource({ path: "e2e/a.ts", text: suite }).tests.map((each) => each.suite)).toEqual([["group"]]);
  });

  it("has a title that runs on behind nested templates", () => {
    traceSpec("REF-TITLE");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal is what is read
    const text = "it(`a ${`b ${c} d`} [AB-C]`, () => {});";
    expect(scanSource({ path: "a.test.ts", text }).references).toMatchObject([{ tag: "AB-C", form: "title" }]);
    const table = text.replace("it(", "it.each").replace("`, (", '`("[AB-D]", (').replace(" [AB-C]", "");
    expect(scanSource({ path: "a.test.ts", text: table }).references).toMatchObject([{ tag: "AB-D", form: "title" }]);
  });
});

describe("a reference on a suite", () => {
  it("stands for each test in it, once each in the list of tests", () => {
    traceSpec("REF-TEST-SUITE");
    const text = '// @verifies AB-C\ndescribe("s", () => {\n  it("a", () => f());\n  it("b", () => f());\n});';
    const { references, tests, findings } = scanSource({ path: "a.test.ts", text });
    expect(references.map(({ tag, test }) => `${tag} ${test?.name}`)).toEqual(["AB-C a", "AB-C b"]);
    expect(tests.map((test) => test.name)).toEqual(["a", "b"]);
    expect(findings).toEqual([]);
  });

  it("does not multiply without bound", () => {
    traceSpec("REF-TEST-SUITE");
    const title = Array.from({ length: 400 }, (_, index) => `[AB-${index}]`).join(" ");
    const tests = 'it("a", () => {});'.repeat(400);
    const { references } = scanSource({ path: "a.test.ts", text: `describe("${title}", () => {${tests}});` });
    expect(references.length).toBeLessThan(21_000);
    expect(new Set(references.map((each) => each.tag)).size).toBe(400);
  });
});

describe("a verifying marker on no test", () => {
  it("is a finding in a test file only", () => {
    traceSpec("REF-TEST-NONE");
    const text = "// @verifies AB-C\nconst x = 1;\n";
    const [found, ...more] = scanSource({ path: "a.test.ts", text }).findings;
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: "TAG009", tags: ["AB-C"], span: { line: 1, column: 14, endColumn: 18 } });
    expect(found?.message).toBe(
      "Unexpected `@verifies AB-C` on no test, expected a test around it or directly below it",
    );
    expect(scanSource({ path: "a.ts", text }).findings).toEqual([]);
    expect(scanSource({ path: "a.ts", text, test: true }).findings.map((each) => each.code)).toEqual(["TAG009"]);
    expect(scanSource({ path: "a.test.ts", text: `${text}it("a", () => {});` }).findings).toHaveLength(1);
  });
});

describe("the role of a plain tag", () => {
  it.each([
    ["a.test.ts", undefined, "verifies"],
    ["a.ts", undefined, "implements"],
    ["a.ts", true, "verifies"],
    ["a.test.ts", false, "implements"],
    ["a.sql", true, "verifies"],
  ])("in %s (test: %s) is %s", (path, test, role) => {
    traceSpec("REF-COMMENT-PLAIN-TEST", "REF-COMMENT-PLAIN-SOURCE");
    const text = path.endsWith("sql") ? "-- [AB-C]" : "// [AB-C]";
    const [reference] = scanSource({ path, text, ...(test === undefined ? {} : { test }) }).references;
    expect(reference).toMatchObject({ tag: "AB-C", role, form: "comment", explicit: false });
  });

  it.each(["models/box.als", "models/box.tla"])("in %s is a mention", (path) => {
    traceSpec("REF-COMMENT-PLAIN-MODEL");
    const signs = path.endsWith(".als") ? ["//", ""] : ["(*", "*)"];
    const text = `${signs[0]} [BOX-A] ${signs[1]}\n${signs[0]} @implements BOX-B ${signs[1]}\n`;
    const { references } = scanSource({ path, text });
    expect(references.map(({ tag, role }) => [tag, role])).toEqual([
      ["BOX-A", "mentions"],
      ["BOX-B", "implements"],
    ]);
  });
});

describe("an implementing marker", () => {
  it("on a test has nothing to do with the test", () => {
    traceSpec("REF-COMMENT-IMPLEMENTS");
    const text = '// @implements AB-C\nit("a", () => {});';
    const { references, tests } = scanSource({ path: "a.test.ts", text });
    expect(references).toMatchObject([{ tag: "AB-C", role: "implements", test: null }]);
    expect(tests).toEqual([]);
  });
});

describe("isTestPath", () => {
  it.each([
    "a/b.test.ts",
    "a/b.spec.jsx",
    "test/b.js",
    "src/__tests__/b.tsx",
    "e2e/login.ts",
    "a/cart_test.go",
    "src/test/java/a/B.java",
    "a/CartTest.java",
    "a/CartIT.java",
    "src/commonTest/kotlin/A.kt",
    "tests/a.rs",
    "test_a.py",
    "a_test.py",
    "tests/conftest.py",
    "cart_unittest.cc",
    "test-cart.c",
    "A.Tests/B.cs",
    "CartTests.cs",
    "Tests/A.swift",
    "cart_spec.rb",
    "test_cart.rb",
    "cart.bats",
    "test_cart.sh",
  ])("takes %s for a test file", (path) => {
    traceSpec("REF-COMMENT-PLAIN-TEST");
    expect(isTestPath(path)).toBe(true);
  });

  it.each(["a/contest.ts", "latest/a.js", "a/testing.go", "Attestation.java", "contests.py", "a/b.ts", "test/a.md"])(
    "does not take %s for one",
    (path) => {
      traceSpec("REF-COMMENT-PLAIN-SOURCE");
      expect(isTestPath(path)).toBe(false);
    },
  );
});

describe("traceSpec", () => {
  const codes = (text: string) =>
    scanSource({ path: "a.test.ts", text }).findings.map(
      ({ code, span, message }) => `${code} ${span.column} ${message}`,
    );

  it("names the malformed argument", () => {
    traceSpec("REF-MALFORMED");
    expect(codes('traceSpec("box_null", `AB-C`)')).toEqual([
      'TAG005 11 Unexpected word "box_null" in `traceSpec`, expected a tag like AREA-NAME',
    ]);
    expect(codes("traceSpec( /* none */ )")).toEqual([
      "TAG005 1 Unexpected `traceSpec` without a tag, expected a tag like AREA-NAME",
    ]);
    const [found] = scanSource({ path: "a.test.ts", text: 'traceSpec("box_null")' }).findings;
    expect(found?.suggestion).toBe("Write BOX-NULL.");
  });

  it("leaves computed arguments alone", () => {
    traceSpec("REF-TRACE-COMPUTED");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal is what is read
    const text = 'traceSpec(tag, ...tags, `A-${b}`, f("x"), "a" + "b", c ? "d" : "e")';
    expect(codes(text)).toEqual([]);
    expect(scanSource({ path: "a.test.ts", text }).references).toEqual([]);
    expect(codes("export function traceSpec() {}\ndeclare function traceSpec(): void;")).toEqual([]);
    expect(codes("import { traceSpec } from 'a'; x = { traceSpec() {} }; myTraceSpec(); traceSpecs()")).toEqual([]);
  });

  it("outside a test belongs to no test", () => {
    traceSpec("REF-TRACE");
    const text = 'beforeEach(() => { traceSpec("AB-C") })\nit("a", () => {})';
    expect(scanSource({ path: "a.test.ts", text }).references).toMatchObject([{ tag: "AB-C", test: null }]);
    const above = 'traceSpec("AB-C")\nit("a", () => {})';
    expect(scanSource({ path: "a.test.ts", text: above }).references).toMatchObject([{ tag: "AB-C", test: null }]);
  });
});

describe("annotations made for tags", () => {
  it("report what is no tag", () => {
    traceSpec("REF-MALFORMED");
    const messages = (path: string, text: string) => scanSource({ path, text }).findings.map((each) => each.message);
    expect(messages("ATest.java", '@Verifies("box") @Test void a() {}')).toEqual([
      'Unexpected word "box" in `@Verifies`, expected a tag like AREA-NAME',
    ]);
    expect(messages("test_a.py", "@pytest.mark.verifies()\ndef test_a(): pass")).toEqual([
      "Unexpected `@pytest.mark.verifies` without a tag, expected a tag like AREA-NAME",
    ]);
    expect(messages("ATest.java", "@Verifies(TAG) @Test void a() {}")).toEqual([]);
  });

  it("may say what is implemented", () => {
    traceSpec("REF-ANNOTATION");
    const { references } = scanSource({ path: "A.java", text: '@Implements("AB-C") class A {}' });
    expect(references).toMatchObject([{ tag: "AB-C", role: "implements", form: "annotation", explicit: true }]);
  });

  it("and labels for anything are no claim", () => {
    traceSpec("REF-ANNOTATION-WORD");
    const { references, findings } = scanSource({
      path: "ATest.java",
      text: '@Tag("UTF-8") @Tag("x y") @Test void a() {}',
    });
    expect(references).toMatchObject([{ tag: "UTF-8", explicit: false }]);
    expect(findings).toEqual([]);
  });
});

describe("a test that is commented out", () => {
  it.each([
    ["test/box.test.ts", '// @verifies BOX-OPEN\n// it("old", () => {});\nit("new", () => {});\n'],
    ["test/box.test.ts", '/*\n * @verifies BOX-OPEN\n it("old", () => {});\n */\nit("new", () => {});\n'],
    [
      "tests/test_box.py",
      "# @verifies BOX-OPEN\n# def test_old():\n#     assert f()\ndef test_new():\n    assert f()\n",
    ],
    ["box_test.go", "// @verifies BOX-OPEN\n// func TestOld(t *testing.T) {}\nfunc TestNew(t *testing.T) {}\n"],
    [
      "src/test/BoxTest.java",
      "class BoxTest {\n  // @verifies BOX-OPEN\n  // @Test void old() {}\n  @Test void fresh() {}\n}\n",
    ],
  ])("does not hand its tag to the next one in %s", (path, text) => {
    traceSpec("REF-COMMENTED-OUT");
    const { references, findings } = scanSource({ path, text });
    expect(references).toMatchObject([{ tag: "BOX-OPEN", test: null }]);
    expect(findings.map((each) => each.code)).toEqual(["TAG009"]);
  });
});
