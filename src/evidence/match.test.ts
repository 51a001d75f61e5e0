import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aReference, aResult } from "../../test/builders/case.js";
import { aTest, readFixture } from "../../test/builders/results.js";
import type { TestDeclaration } from "../model/reference.js";
import type { TestResult } from "../model/result.js";
import { createMatcher, matchResults } from "./match.js";

/** What a result that carries no tag is matched with, among declared tests. */
function matchOne(result: TestResult, ...tests: TestDeclaration[]): TestDeclaration | null | undefined {
  return matchResults([result], [], tests)[0]?.test;
}

/** A result as the readers give it for a class without a file. */
const inClass = (className: string, name: string, suite: string[] = []) =>
  aResult(name, { className, suite, file: null, line: null });

describe("by file and title", () => {
  const total = aTest("src/cart.test.ts", ["cart", "total", "adds"]);

  it("matches the test of that title", () => {
    traceSpec("RES-MATCH");
    const result = aResult("adds", { suite: ["cart", "total"], file: "src/cart.test.ts" });
    expect(matchOne(result, total)).toBe(total);
    expect(matchOne({ ...result, name: "cart total adds", suite: [] }, total)).toBe(total);
    expect(matchOne({ ...result, name: "cart > total > adds", suite: [] }, total)).toBe(total);
    expect(matchOne({ ...result, name: "removes" }, total)).toBeNull();
    expect(matchOne({ ...result, suite: ["cart"] }, total)).toBeNull();
    expect(matchOne({ ...result, file: "src/other.test.ts" }, total)).toBeNull();
  });

  it("does not take a test of the same name elsewhere", () => {
    traceSpec("RES-MATCH");
    const bare = aTest("src/cart.test.ts", ["adds"]);
    expect(matchOne(aResult("adds", { suite: ["cart"], file: "src/cart.test.ts" }), bare)).toBeNull();
  });

  it("adds the tags of verifying references", () => {
    traceSpec("RES-MATCH-TAGS");
    const references = [
      aReference("CART-B", { test: total }),
      aReference("CART-A", { test: { ...total } }),
      aReference("CART-C", { test: total, role: "implements" }),
      aReference("CART-D"),
    ];
    const result = aResult("adds", { suite: ["cart", "total"], file: "src/cart.test.ts", tags: ["CART-Z", "CART-A"] });
    const [matched] = matchResults([result], references);
    expect(matched?.tags).toEqual(["CART-A", "CART-B", "CART-Z"]);
    expect(matched?.references).toEqual(references.slice(0, 2));
    expect(matchResults([{ ...result, name: "else" }], references)[0]).toMatchObject({ test: null, tags: result.tags });
  });

  it.each([
    ["home/ci/shop/src/cart.test.ts", true],
    ["cart.test.ts", true],
    ["src/cart.test.ts", true],
    ["other/cart.test.ts", false],
    ["xsrc/cart.test.ts", false],
    ["src/xcart.test.ts", false],
  ])("takes %s for src/cart.test.ts: %s", (file, same) => {
    traceSpec("RES-MATCH-SUFFIX");
    expect(matchOne(aResult("adds", { suite: ["cart", "total"], file }), total)).toBe(same ? total : null);
  });

  it("prefers the exact path and refuses an ending that several files have", () => {
    traceSpec("RES-MATCH-SUFFIX");
    const a = aTest("packages/a/src/cart.test.ts", ["adds"]);
    const b = aTest("packages/b/src/cart.test.ts", ["adds"]);
    const root = aTest("src/cart.test.ts", ["adds"]);
    expect(matchOne(aResult("adds", { file: "src/cart.test.ts" }), a, b)).toBeNull();
    expect(matchOne(aResult("adds", { file: "src/cart.test.ts" }), a, b, root)).toBe(root);
    expect(matchOne(aResult("adds", { file: "repo/packages/b/src/cart.test.ts" }), a, b, root)).toBe(b);
    expect(matchOne(aResult("adds", { file: "src/cart.test.ts" }), a, aTest(b.file, ["removes"]))).toBe(a);
  });

  it("does not find a file by its bare name at the end of a longer path", () => {
    traceSpec("RES-MATCH-SUFFIX");
    const atRoot = aTest("index.test.ts", ["adds"]);
    expect(matchOne(aResult("adds", { file: "packages/b/index.test.ts" }), atRoot)).toBeNull();
    expect(matchOne(aResult("adds", { file: "index.test.ts" }), atRoot)).toBe(atRoot);
  });

  it("tells tests of one title apart by line", () => {
    traceSpec("RES-MATCH-LINE");
    const first = aTest("a.test.ts", ["works"], { line: 3 });
    const second = aTest("a.test.ts", ["works"], { line: 9 });
    const at = (line: number | null) => matchOne(aResult("works", { file: "a.test.ts", line }), first, second);
    expect(at(9)).toBe(second);
    expect(at(3)).toBe(first);
    expect(at(4)).toBeNull();
    expect(at(null)).toBeNull();
  });
});

describe("by class, module, package or suite", () => {
  const java = aTest("mod/src/test/java/com/foo/CartTest.java", ["CartTest", "addsPrices"]);
  const nested = aTest(java.file, ["CartTest", "WhenEmpty", "isZero"]);
  const kotlin = aTest("src/test/kotlin/com/foo/Specs.kt", ["CartSpec", "keeps cents"]);

  it("follows packages of the JVM", () => {
    traceSpec("RES-MATCH-JVM");
    const all = [java, nested, kotlin];
    expect(matchOne(inClass("com.foo.CartTest", "addsPrices", ["CartTest"]), ...all)).toBe(java);
    expect(matchOne(inClass("com.foo.CartTest", "addsPrices()", ["CartTest"]), ...all)).toBe(java);
    expect(matchOne(inClass("com.foo.CartTest$WhenEmpty", "isZero"), ...all)).toBe(nested);
    expect(matchOne(inClass("com.foo.CartSpec", "keeps cents()"), ...all)).toBe(kotlin);
    expect(matchOne(inClass("com.bar.CartTest", "addsPrices", ["CartTest"]), ...all)).toBeNull();
    expect(matchOne(inClass("com.foo.CartTest", "isZero"), ...all)).toBeNull();
  });

  it("takes a display name for the method", () => {
    traceSpec("RES-MATCH-DISPLAY");
    const titled = aTest(java.file, ["CartTest", "shows"], { title: "shows what it holds" });
    const alike = { ...titled, name: "other", line: 40 };
    const result = inClass("com.foo.CartTest", "shows what it holds");
    expect(matchOne(result, java, titled)).toBe(titled);
    expect(matchOne(inClass("com.foo.CartTest", "shows()"), java, titled)).toBe(titled);
    expect(matchOne(inClass("com.foo.OtherTest", "shows what it holds"), java, titled)).toBeNull();
    expect(matchOne(result, titled, alike)).toBeNull();
  });

  it("takes a display name with values for the one test that can show it", () => {
    traceSpec("RES-MATCH-DISPLAY-VALUES");
    const file = java.file;
    const plain = aTest(file, ["CartTest", "isPositive"], { template: "[{index}] {arguments}" });
    const worded = aTest(file, ["CartTest", "sums"], { line: 9, template: "{0} and {1} are {2}" });
    const anything = aTest(file, ["CartTest", "any"], { line: 19, template: "{0}" });
    const named = (name: string, ...tests: TestDeclaration[]) => matchOne(inClass("com.foo.CartTest", name), ...tests);
    expect(named("[1] -1", plain, worded)).toBe(plain);
    expect(named("1 and 2 are 3", plain, worded)).toBe(worded);
    expect(named("1 and 2", plain, worded)).toBeNull();
    expect(named("anything at all", java, anything)).toBe(anything);
    expect(named("[1] -1", plain, { ...plain, name: "isZero", line: 29 })).toBeNull();
    // An inherited test is no value of this class's own.
    expect(named("inherited()", java, anything)).toBeNull();
    expect(named("inherited(int)[2]", java, anything)).toBeNull();
    expect(named("addsPrices()", java, anything)).toBe(java);
  });

  it("refuses one class in two modules", () => {
    traceSpec("RES-MATCH-JVM", "RES-MATCH-AMBIGUOUS");
    const other = { ...java, file: java.file.replace("mod/", "other/") };
    expect(matchOne(inClass("com.foo.CartTest", "addsPrices"), java, other)).toBeNull();
  });

  it("follows modules of Python", () => {
    traceSpec("RES-MATCH-PYTHON");
    const total = aTest("tests/test_mod.py", ["test_total"]);
    const inner = aTest("tests/test_mod.py", ["TestCart", "TestNested", "test_inner"]);
    const more = aTest("tests/test_mod.py", ["test_more"]);
    const set = readFixture("junit-pytest-xunit2.xml");
    const met = matchResults(set.tests, [], [total, inner, more]).filter((each) => each.test !== null);
    expect(met.map((each) => [each.result.name, each.test])).toEqual([
      ["test_total", total],
      ["test_more[1-2]", more],
      ["test_more[3-3]", more],
      ["test_more[five]", more],
      ["test_inner", inner],
    ]);
    const withFile = readFixture("junit-pytest-xunit1.xml").tests;
    expect(matchResults(withFile, [], [total, inner, more]).filter((each) => each.test !== null)).toHaveLength(5);
    expect(matchOne(inClass("tests.test_other", "test_total"), total)).toBeNull();
  });

  it("follows packages of Go", () => {
    traceSpec("RES-MATCH-GO");
    const total = aTest("shop/cart/cart_test.go", ["TestTotal"]);
    const adds = aTest("shop/cart/cart_test.go", ["TestTotal", "adds the prices [CART-TOTAL]"]);
    const plain = aTest("shop/cart/cart_test.go", ["TestPlain"]);
    const elsewhere = aTest("shop/other/other_test.go", ["TestPlain"]);
    for (const fixture of ["junit-go-junit-report-v1.xml", "junit-go-junit-report-v2.xml", "junit-gotestsum.xml"]) {
      const matched = matchResults(readFixture(fixture).tests, [], [total, adds, plain, elsewhere]);
      const met = new Map(matched.map((each) => [each.result.name, each.test]));
      expect(met.get("TestTotal")).toBe(total);
      expect(met.get("TestTotal/adds_the_prices_[CART-TOTAL]")).toBe(adds);
      expect(met.get("TestTotal/group/deep_case=1")).toBe(total);
      expect(met.get("TestPlain")).toBe(plain);
      expect(met.get("TestAbroad")).toBeNull();
    }
  });

  it("takes Go's root package for what no other package explains", () => {
    traceSpec("RES-MATCH-GO");
    const root = aTest("box_test.go", ["TestOpen"]);
    const sub = aTest("lid/lid_test.go", ["TestOpen"]);
    const results = [inClass("example.test/box", "TestOpen"), inClass("example.test/box/lid", "TestOpen/a")];
    expect(matchResults(results, [], [root, sub]).map((each) => each.test)).toEqual([root, sub]);
    expect(matchResults(results, [], [root]).map((each) => each.test)).toEqual([null, null]);
  });

  it("follows modules of Rust", () => {
    traceSpec("RES-MATCH-RUST");
    const unit = aTest("src/cart.rs", ["tests", "adds_prices"]);
    const late = aTest("src/cart.rs", ["tests", "settles_late"]);
    const other = aTest("src/other.rs", ["tests", "adds_prices"]);
    const library = aTest("src/lib.rs", ["tests", "adds_prices"]);
    const charges = aTest("tests/checkout.rs", ["charges_once"]);
    const refunds = aTest("tests/checkout/main.rs", ["refunds"]);
    const all = [unit, late, other, library, charges, refunds];
    const matched = matchResults(readFixture("junit-nextest.xml").tests, [], all);
    expect(matched.map((each) => each.test)).toEqual([unit, late, charges, refunds]);
    expect(matchOne(inClass("shop", "tests::adds_prices"), ...all)).toBe(library);
    expect(matchOne(inClass("shop", "cart::tests::adds_prices::case_1"), ...all)).toBe(unit);
    expect(matchOne(inClass("shop::bin/tool", "adds"), aTest("src/bin/tool.rs", ["adds"]))).not.toBeNull();
  });

  it("tells Rust crates apart by their folders", () => {
    traceSpec("RES-MATCH-RUST");
    const core = aTest("crates/shop-core/src/cart.rs", ["tests", "adds"]);
    const web = aTest("crates/web/src/cart.rs", ["tests", "adds"]);
    expect(matchOne(inClass("shop_core", "cart::tests::adds"), core, web)).toBe(core);
    expect(matchOne(inClass("web", "cart::tests::adds"), core, web)).toBe(web);
    expect(matchOne(inClass("shop", "cart::tests::adds"), core, web)).toBeNull();
  });

  it("finds suites that no path stands for, when they are unique", () => {
    traceSpec("RES-MATCH-SUITE");
    const csharp = aTest("Shop.Tests/Cart.cs", ["CartTests", "AddsPrices"]);
    const swift = aTest("Tests/Cart.swift", ["CartXTests", "testAdds"]);
    const all = [csharp, swift];
    expect(matchOne(inClass("Shop.Tests.CartTests", "AddsPrices"), ...all)).toBe(csharp);
    expect(matchOne(inClass("Shop.Tests.CartTests", "Shop.Tests.CartTests.AddsPrices(x: 1)"), ...all)).toBe(csharp);
    expect(matchOne(inClass("ShopTests.CartXTests", "testAdds"), ...all)).toBe(swift);
    expect(
      matchOne(inClass("Shop.Tests.CartTests", "AddsPrices"), csharp, { ...csharp, file: "Old/Cart.cs" }),
    ).toBeNull();
  });

  it("reads what googletest makes of suites and parameters", () => {
    traceSpec("RES-MATCH-SUITE", "RES-MATCH-PARAMETERS");
    const adds = aTest("test/t.cc", ["Cart", "AddsPrices"]);
    const positive = aTest("test/t.cc", ["Price", "IsPositive"]);
    const results = readFixture("junit-gtest.xml").tests;
    const met = (tests: readonly TestResult[]) =>
      matchResults(tests, [], [adds, positive]).flatMap((each) => (each.test === null ? [] : [each.test]));
    expect(met(results)).toEqual([adds, positive, positive]);
    expect(met(results.map((each) => ({ ...each, file: null })))).toEqual([adds, positive, positive]);
    expect(met([inClass("Price/0", "IsPositive", ["Price/0"])])).toEqual([positive]);
  });
});

describe("by title alone", () => {
  const total = aTest("src/cart.test.ts", ["cart", "total", "adds the prices [CART-TOTAL]"]);

  it.each(["junit-jest.xml", "junit-node-test.xml"])("matches a title that stands once: %s", (fixture) => {
    traceSpec("RES-MATCH-TITLE");
    const met = matchResults(readFixture(fixture).tests, [], [total]).filter((each) => each.test !== null);
    expect(met).toHaveLength(1);
    expect(met[0]?.test).toBe(total);
  });

  it("refuses a title that stands twice", () => {
    traceSpec("RES-MATCH-TITLE", "RES-MATCH-AMBIGUOUS");
    const again = { ...total, file: "src/again.test.ts" };
    expect(
      matchResults(readFixture("junit-jest.xml").tests, [], [total, again]).every((each) => each.test === null),
    ).toBe(true);
  });

  it("does not meet a title with a class", () => {
    traceSpec("RES-MATCH-TITLE");
    const title = aTest("src/cart.test.ts", ["CartTest", "adds"]);
    expect(matchOne(inClass("com.foo.CartTest", "adds", ["CartTest"]), title)).toBeNull();
    expect(matchOne(inClass("CartTest", "adds", ["CartTest"]), title)).toBe(title);
  });

  it("does not meet a title when the result names another file", () => {
    traceSpec("RES-MATCH-TITLE");
    expect(matchOne(aResult("adds", { file: "gone.test.ts" }), aTest("a.test.ts", ["adds"]))).toBeNull();
  });
});

describe("parameters and placeholders", () => {
  it.each([
    ["tests/test_a.py", "test_more", "test_more[1-2]"],
    ["src/test/java/com/foo/A.java", "pairs", "pairs(String, int)[2]"],
    ["src/test/java/com/foo/A.java", "pairs", "pairs()"],
    ["A.php", "testX", 'testX with data set "one"'],
    ["a.cc", "Adds", "Adds/0"],
  ])("finds the test of %s named %s behind %s", (file, name, reported) => {
    traceSpec("RES-MATCH-PARAMETERS");
    const test = aTest(file, [name]);
    expect(matchOne(aResult(reported, { file }), test)).toBe(test);
    expect(matchOne(aResult(`x${reported}`, { file }), test)).toBeNull();
    expect(matchOne(aResult(reported.replace(name, `${name}2`), { file }), test)).toBeNull();
  });

  it("takes a title for what it says", () => {
    traceSpec("RES-MATCH-PARAMETERS");
    expect(matchOne(aResult("total[1]", { file: "a.test.ts" }), aTest("a.test.ts", ["total"]))).toBeNull();
  });

  it.each([
    ["is more than %i for %i", "is more than 1 for 2", true],
    ["is more than %i for %i", "is more than 1", false],
    ["prices $name at $price", "prices 'tea' at 2", true],
    ["holds $user.name", "holds 'ann'", true],
    [["adds $", "{a} and $", "{b}"].join(""), "adds 1 and 2", true],
    ["case %#: %s", "case 0: x", true],
    ["%s", "anything", true],
    ["is 100% sure", "is 100% sure", true],
    ["is 100% sure", "is 1000% sure", false],
    ["ends %s", "does not end", false],
    ["a%sa", "a", false],
  ])("fits %j to %j: %s", (declared, reported, fits) => {
    traceSpec("RES-MATCH-PLACEHOLDERS");
    const test = aTest("a.test.ts", ["list", declared]);
    expect(matchOne(aResult(reported, { file: "a.test.ts", suite: ["list"] }), test)).toBe(fits ? test : null);
    expect(matchOne(aResult(`list ${reported}`, { file: null }), test)).toBe(fits ? test : null);
  });

  it("prefers the literal title and refuses two patterns", () => {
    traceSpec("RES-MATCH-PLACEHOLDERS", "RES-MATCH-AMBIGUOUS");
    const literal = aTest("a.test.ts", ["adds 1"], { line: 1 });
    const one = aTest("a.test.ts", ["adds %i"], { line: 5 });
    const two = aTest("a.test.ts", ["adds %i%s"], { line: 9 });
    const result = aResult("adds 1", { file: "a.test.ts", line: null });
    expect(matchOne(result, literal, one, two)).toBe(literal);
    expect(matchOne(result, one)).toBe(one);
    expect(matchOne(result, one, two)).toBeNull();
  });
});

describe("what does not match", () => {
  const one = aTest("src/a.test.ts", ["works"]);
  const two = aTest("src/b.test.ts", ["works"], { line: 8 });
  const result = aResult("works", { file: null, line: null });

  it("is reported when it costs a tag", () => {
    traceSpec("RES-MATCH-AMBIGUOUS-FINDING", "RES-MATCH-AMBIGUOUS");
    const { matched, findings } = createMatcher([aReference("BOX-A", { test: two })], [one, two]).match([
      result,
      result,
    ]);
    expect(matched.map((each) => [each.test, each.tags])).toEqual([
      [null, []],
      [null, []],
    ]);
    expect(findings).toMatchObject([
      {
        code: "RES014",
        severity: "warning",
        tags: ["BOX-A"],
        span: { file: "src/a.test.ts", line: 3 },
        related: [{ span: { file: "src/b.test.ts", line: 8 } }],
      },
    ]);
  });

  it("is not reported when it costs none", () => {
    traceSpec("RES-MATCH-AMBIGUOUS-FINDING");
    expect(createMatcher([], [one, two]).match([result]).findings).toEqual([]);
    expect(matchOne({ ...result, line: two.line }, one, two)).toBeNull();
    const carried = { ...result, tags: ["BOX-A"] };
    expect(createMatcher([aReference("BOX-A", { test: two })], [one, two]).match([carried]).findings).toEqual([]);
  });

  it("is named at the end, over all result sets", () => {
    traceSpec("RES-MATCH-UNMET");
    const three = aTest("src/c.test.ts", ["rests"]);
    const references = [three, two, one].map((test) => aReference("BOX-A", { test }));
    references.push(
      aReference("BOX-B", { test: one }),
      aReference("BOX-C", { role: "mentions", test: aTest("d.ts", ["d"]) }),
    );
    const matcher = createMatcher(references);
    expect(matcher.unmet()).toEqual([one, two, three]);
    matcher.match([aResult("works", { file: "src/b.test.ts" })]);
    matcher.match([aResult("works", { file: "src/a.test.ts", outcome: "fail" })]);
    expect(matcher.unmet()).toEqual([three]);
  });
});

describe("results that our plugin recorded", () => {
  const adds = aTest("src/cart.test.ts", ["adds"]);
  const references = [
    aReference("CART-TRACED", { form: "traceSpec", test: adds }),
    aReference("CART-COMMENTED", { form: "comment", test: adds }),
  ];
  const result = aResult("adds", { file: adds.file, line: adds.line, tags: ["CART-RAN"] });
  const tagsOf = (results: TestResult[], recorded: boolean) =>
    createMatcher(references)
      .match(results, recorded)
      .matched.flatMap((each) => each.tags);

  it("hold what traceSpec declared, so the source adds only other references", () => {
    traceSpec("RES-MATCH-RECORDED");
    expect(tagsOf([result], true)).toEqual(["CART-COMMENTED", "CART-RAN"]);
    expect(tagsOf([result], false)).toEqual(["CART-COMMENTED", "CART-RAN", "CART-TRACED"]);
  });

  it("get the tags of the source when the test was skipped before it could declare any", () => {
    traceSpec("RES-MATCH-RECORDED");
    expect(tagsOf([{ ...result, tags: [], outcome: "skipped" }], true)).toEqual(["CART-COMMENTED", "CART-TRACED"]);
  });
});
