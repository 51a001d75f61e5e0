import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { scanSource } from "./scan.js";

/** What is read of the body of the first test that a reference stands on. */
function read(path: string, text: string): string | undefined {
  return scanSource({ path, text }).tests[0]?.assertions;
}

/** A body in a JavaScript test. */
function javascript(body: string): string | undefined {
  return read("a.test.ts", `it("a [AB-C]", async () => {\n${body}\n});`);
}

describe("JavaScript bodies without an assertion", () => {
  it.each([
    "",
    'traceSpec("AB-C");',
    "console.log(load(), 1);",
    "const r = parse(read(text));",
    "const r = await new Foo(bar(1)).go();",
    "const spy = vi.fn(); vi.spyOn(a, 'b'); list.push(1);",
    "// expect(a).toBe(b)\n'expect(a).toBe(b)';",
    "let x = a\n  .b(c);",
    "if (a) { b = 1 } else for (const x of y) z++;",
  ])("%j", (body) => {
    traceSpec("REF-ASSERT-NONE");
    expect(javascript(body)).toBe("none");
  });

  it.each(['it.todo("a [AB-C]")', 'it("a [AB-C]")', 'test("a [AB-C]", function () {})'])("%s", (text) => {
    traceSpec("REF-ASSERT-NONE");
    expect(read("a.test.ts", text)).toBe("none");
  });
});

describe("JavaScript bodies with constant assertions only", () => {
  it.each([
    "expect(true).toBe(true)",
    "expect(1).toBe(1); expect('a').toEqual(\"a\")",
    "assert(true); assert.ok(1); assert.equal(1, 1); assert.deepEqual([1, { a: null }], [1, { a: null }])",
    "expect(true).not.toBe(false)",
    "await expect(1 + 1).to.be.above(-1)",
    "expect(`a`).toMatch(/a/)",
    "expect(!false, 'message').toBe(true)",
    "traceSpec('AB-C'); const r = parse(a); expect(true).toBe(true);",
    "expect<boolean>(true).toBe<boolean>(true)",
    "expect(() => {}).not.toThrow()",
    "assert(\n  true, // expect(a)\n)",
  ])("%j", (body) => {
    traceSpec("REF-ASSERT-CONSTANT");
    expect(javascript(body)).toBe("constant");
  });
});

describe("JavaScript bodies whose expectations lack a matcher", () => {
  it.each([
    "expect(a)",
    "expect(a);\nexpect(load(b));",
    "const r = load()\nexpect(r)\nexpect(true).toBe(true)",
    "await expect(load());",
    "expect.soft(a); expect.poll(() => a);",
  ])("%j", (body) => {
    traceSpec("REF-ASSERT-UNFINISHED");
    expect(javascript(body)).toBe("constant");
  });

  it.each([
    "expect(a)\n  .toBe(1)",
    "expect(a).to.be.true",
    "expect(a)[matcher](1)",
    "const e = expect(a); e.toBe(1)",
    "const e =\n  expect(a); e.toBe(1)",
    "const f = () => expect(a); f().toBe(1)",
    "holds(expect(a))",
    "return expect(a)",
    "expect(a); expect(b).toBe(1)",
    "if (a) expect(b)",
  ])("is sure of nothing else: %j", (body) => {
    traceSpec("REF-ASSERT-UNFINISHED");
    expect(javascript(body)).not.toBe("constant");
  });
});

describe("JavaScript bodies that assert", () => {
  it.each([
    "expect(a).toBe(1)",
    "expect(1).toBe(a)",
    "expect(true).toBe(true); expect(a).toBe(b)",
    "expect(() => run()).toThrow()",
    "await expect(run()).resolves.toBe(1)",
    "if (a !== 1) throw new Error('no')",
    "assert.equal(a, 1)",
    "a.should.equal(1)",
    "expect([1, 2].map(f)).toEqual([1])",
    "expect.soft(a).toBe(1)",
    "for (const a of b) { expect(a).toBe(1) }",
    "try { run(); assert.fail('no') } catch {}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal is what is read
    "expect(`a${b}`).toBe('a')",
  ])("%j", (body) => {
    traceSpec("REF-ASSERT");
    expect(javascript(body)).toBe("present");
  });
});

describe("JavaScript bodies that may assert", () => {
  it.each([
    "run(a)",
    "await app.close()",
    "return roundTrip(a)",
    "assertSame(a, b)",
    "const ok = checkAll(a)",
    "fc.assert(fc.property(fc.nat(), () => true))",
    "cases.forEach(runCase)",
    "[1, 2].forEach(run)",
    "const r = use(() => { helper(a) })",
    "expect.hasAssertions()",
    "expect(true).toBe(true); helper()",
    "if (a) expect(true).toBe(false)",
    "if (a) { assert(false) }",
    "a && assert(false)",
    "p.catch(() => assert(false))",
    "a ? assert(true) : assert(false)",
    "t.equal(a, b)",
    "step(1)(2)",
    "x = { a: helper() }",
    "(await page()).close()",
    "console.log(verify(a))",
    "if (load(a)) {}",
    "assert()",
  ])("%j", (body) => {
    traceSpec("REF-ASSERT-UNKNOWN");
    expect(javascript(body)).toBe("unknown");
  });

  it.each(['it("a [AB-C]", helper)', 'it("a [AB-C]", { timeout: 5 }, check(1))', 'it("a [AB-C]", () => helper(1))'])(
    "%s",
    (text) => {
      traceSpec("REF-ASSERT-UNKNOWN");
      expect(read("a.test.ts", text)).toBe("unknown");
    },
  );
});

describe("what else is told of a body", () => {
  const details = (body: string) => {
    const [test] = scanSource({ path: "a.test.ts", text: `it("a [AB-C]", () => {\n${body}\n});` }).tests;
    return { constants: test?.constants, helpers: test?.helpers };
  };

  it.each([
    ["run()", 0, false],
    ["start(); const r = parse(a);", 0, false],
    ["expect(1).toBe(1); expect(true).toBe(true); start()", 2, false],
    ["expect(1).toBe(1); if (a) expect(true).toBe(false)", 1, true],
    ["throw new Error(a)", 0, true],
    ["assertBox(a)", 0, true],
    ["verify(a)", 0, true],
  ])("%j: %i constants, helpers %s", (body, constants, helpers) => {
    traceSpec("REF-ASSERT");
    expect(details(body)).toEqual({ constants, helpers });
  });
});

describe("other languages", () => {
  it.each([
    ["none", "pass"],
    ["none", "x = 1\n  print(x)"],
    ["constant", "assert True"],
    ["constant", "assert(True)"],
    ["constant", "assert 1 == 1, 'message'"],
    ["constant", "self.assertTrue(True)"],
    ["present", "assert x"],
    ["present", "assert(x)"],
    ["present", "with pytest.raises(ValueError):\n    run()"],
    ["present", "raise Error"],
    ["present", "mock.assert_called_with(1)"],
    ["unknown", "run()"],
    ["unknown", "if x:\n    assert False"],
  ])("Python: %s for %j", (reading, body) => {
    traceSpec(reading === "unknown" ? "REF-ASSERT-UNKNOWN" : "REF-ASSERT");
    expect(read("test_a.py", `def test_a(x): # [AB-C]\n  ${body}\n`)).toBe(reading);
  });

  it.each([
    ["none", "int x = 1;"],
    ["constant", "assertTrue(true);"],
    ["constant", "Assertions.assertEquals(1, 1, null);"],
    ["present", "assertEquals(a, 1);"],
    ["present", "assertThat(a).isEqualTo(1);"],
    ["present", 'if (a) fail("no");'],
    ["unknown", "run();"],
    ["unknown", "if (a) { assertTrue(false); }"],
    ["unknown", "response.assertStatus(200);"],
  ])("Java: %s for %j", (reading, body) => {
    traceSpec(reading === "unknown" ? "REF-ASSERT-UNKNOWN" : "REF-ASSERT");
    expect(read("ATest.java", `class A { @Test void a() { // [AB-C]\n ${body} } }`)).toBe(reading);
  });

  it.each([
    ["none", 't.Log("x")'],
    ["constant", "assert.Equal(t, 1, 1)"],
    ["constant", "require.True(t, true)"],
    ["present", 'if a != b { t.Errorf("no") }'],
    ["present", "assert.Equal(t, a, 1)"],
    ["unknown", "run(t)"],
  ])("Go: %s for %j", (reading, body) => {
    traceSpec(reading === "unknown" ? "REF-ASSERT-UNKNOWN" : "REF-ASSERT");
    expect(read("a_test.go", `// [AB-C]\nfunc TestA(t *testing.T) {\n ${body}\n}`)).toBe(reading);
  });

  it.each([
    ["none", "let a = 1;"],
    ["constant", "assert!(true);"],
    ["constant", "assert_eq!(1, 1);"],
    ["present", "assert_eq!(a, 1);"],
    ["present", "run()?;"],
    ["unknown", "run().unwrap();"],
  ])("Rust: %s for %j", (reading, body) => {
    traceSpec(reading === "unknown" ? "REF-ASSERT-UNKNOWN" : "REF-ASSERT");
    expect(read("tests/a.rs", `// [AB-C]\n#[test]\nfn a() { ${body} }`)).toBe(reading);
  });

  it.each([
    ["a_test.cc", "// [AB-C]\nTEST(A, B) { EXPECT_EQ(1, 1); }", "constant"],
    ["a_test.cc", "// [AB-C]\nTEST(A, B) { EXPECT_EQ(a, 1); }", "present"],
    ["ATests.cs", "class A { [Fact] void B() { /* [AB-C] */ Assert.True(true); } }", "constant"],
    ["ATests.cs", "class A { [Fact] void B() { /* [AB-C] */ a.Should().Be(1); } }", "present"],
    ["ATests.swift", "// [AB-C]\nfunc testA() { XCTAssertTrue(true) }", "constant"],
    ["ATests.swift", "// [AB-C]\n@Test func a() { #expect(b == 1) }", "present"],
    ["ATest.kt", "@Test fun a() { // [AB-C]\n x shouldBe 1 }", "present"],
    ["a_spec.rb", "it 'a [AB-C]' do\nend", "unknown"],
    ["a.bats", '@test "a [AB-C]" {\n}', "unknown"],
  ])("%s: %j", (path, text, reading) => {
    traceSpec("REF-ASSERT");
    expect(read(path, text)).toBe(reading);
  });
});
