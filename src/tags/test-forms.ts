import type {
  AnnotationForm,
  AssertionForms,
  CallForm,
  DisplayForm,
  FunctionForm,
  MarkerForm,
  TestForms,
} from "./language.js";

/** Folders that hold tests in every language. */
const TEST_FOLDER = /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\//i;
/** Names of annotations that exist for tags alone, and of those that hold other words as well. */
const CLAIMING = "[Vv]erifies";
const NAMING = "(?:[Rr]equirements?|[Cc]overs(?:Requirements?)?|Tag|tag|Category|TestCategory|Issue)";

const AT_ANNOTATIONS: readonly AnnotationForm[] = [
  { pattern: new RegExp(`@(?:\\w+\\.){0,4}${CLAIMING}\\b`, "g"), claims: true },
  { pattern: /@(?:\w+\.){0,4}[Ii]mplements\b/g, claims: true, role: "implements" },
  { pattern: new RegExp(`@(?:\\w+\\.){0,6}${NAMING}\\b`, "g"), claims: false },
  { pattern: /@(?:\w+\.){0,4}DisplayName\b/g, claims: false, title: true },
];

/** Title calls of mocha, jest, vitest, node:test, tap, playwright and Deno. */
const JAVASCRIPT_CALLS: readonly CallForm[] = [
  {
    pattern: /(?<![\w$.#@])(?:(?:t|tap|Deno|QUnit)\s*\.\s*)?(?:it|test|specify|fit|xit|ftest|xtest|bench)(?![\w$])/g,
    kind: "test",
    shape: "title",
    suiteModifier: /^(?:describe|suite)$/,
    otherModifier:
      /^(?:step|use|extend|info|setTimeout|expect|mock|before|after|beforeEach|beforeAll|afterEach|afterAll)$/,
  },
  { pattern: /(?<![\w$.#@])t\s*\.\s*step(?![\w$])/g, kind: "test", shape: "title" },
  { pattern: /(?<![\w$.#@])(?:describe|suite|context|fdescribe|xdescribe)(?![\w$])/g, kind: "suite", shape: "title" },
];

const JAVASCRIPT_ASSERTIONS: AssertionForms = {
  calls: /^(?:expect(?!\.(?:assertions|hasAssertions)$)|expectTypeOf|assertType|assert|chai|should)(?:$|\.)/,
  harmless: new RegExp(
    [
      "^(?:traceSpec|parseInt|parseFloat|structuredClone)$",
      "^(?:console|Math|JSON|Object|Date|String|Number|Boolean|BigInt|Symbol|performance)(?:\\.|$)",
      "^(?:vi|jest)\\.(?:fn|spyOn|mock|unmock|use\\w+Timers|setSystemTime|(?:un)?stub\\w+|\\w+AllMocks|resetModules)$",
      "\\.(?:push|pop|shift|unshift|slice|splice|join|split|trim|set|get|has|add|delete|clear|toString|concat)$",
    ].join("|"),
  ),
  keywords: /(?<![\w$])(?:throw|fail|unreachable)(?![\w$])|\.should\b/,
  unfinished: /^expect(?:\.(?:soft|poll))?$/,
  bodyIsCallback: true,
  valuesAreHarmless: true,
};

export const JAVASCRIPT_TESTS: TestForms = {
  paths: [TEST_FOLDER, /[._-](?:test|tests|spec|e2e|cy)\.[cm]?[jt]sx?$/],
  calls: JAVASCRIPT_CALLS,
  assertions: JAVASCRIPT_ASSERTIONS,
};

const CLASS_SUITE: FunctionForm = {
  pattern: /(?<![\w$.@:])(?:class|interface|record|object|struct|enum(?:\s+class)?|extension|actor)\s+(?<name>\w+)/g,
  kind: "suite",
  body: "braces",
};

const DISPLAY_NAME = /@(?:\w+\.){0,6}DisplayName(?![\w$])/g;
const NAME_ARGUMENT = /(?<![\w$.])name\s*=/;

/** The tests of JUnit 5, with the names that its documentation gives them where none is written. */
function junitMarkers(keyword: string | null): MarkerForm[] {
  const marker = (names: string, shown: Partial<DisplayForm> = {}): MarkerForm => ({
    pattern: new RegExp(`@(?:\\w+\\.){0,6}(?:${names})(?![\\w$])`, "g"),
    keyword,
    shown: { beside: DISPLAY_NAME, ...shown },
  });
  const named = (otherwise: string) => ({ template: { argument: NAME_ARGUMENT, otherwise } });
  return [
    marker("Test|Property|Example"),
    marker("TestFactory|TestTemplate", { dynamic: true }),
    marker("ParameterizedTest", named("[{index}] {arguments}")),
    marker("RepeatedTest", named("repetition {currentRepetition} of {totalRepetitions}")),
  ];
}

const JUNIT_ASSERTIONS: AssertionForms = {
  calls: /^(?:(?:Assert|Assertions)\.)?(?:assert|verify|expect|require|check)\w*$/,
  harmless: /^(?:System\.(?:out|err)\.\w+|println|print|Thread\.sleep)$/,
  keywords: /(?<![\w$.])(?:throw|assert)(?![\w$])|(?<![\w$])(?:fail\w*|should[A-Z]\w*)(?![\w$])/,
};

export const JAVA_TESTS: TestForms = {
  paths: [TEST_FOLDER, /(?:Tests?|TestCase|IT|Spec)\.java$/, /(?:^|\/)Test\w*\.java$/],
  functions: [
    CLASS_SUITE,
    { pattern: /(?<![\w$])public\s+void\s+(?<name>test\w*)(?=\s*\()/g, kind: "test", body: "braces" },
  ],
  markers: junitMarkers(null),
  annotations: AT_ANNOTATIONS,
  assertions: JUNIT_ASSERTIONS,
};

export const KOTLIN_TESTS: TestForms = {
  paths: [TEST_FOLDER, /(?:^|\/)\w*Test\//, /(?:Tests?|IT|Spec)\.kt$/],
  calls: [
    {
      pattern: /(?<![\w$.@:])(?:test|should|it|scenario)(?![\w$])/g,
      kind: "test",
      shape: "title",
      body: "braces",
    },
    {
      pattern: /(?<![\w$.@:])(?:describe|context|given|feature)(?![\w$])/g,
      kind: "suite",
      shape: "title",
      body: "braces",
    },
  ],
  functions: [CLASS_SUITE],
  markers: junitMarkers("fun"),
  annotations: AT_ANNOTATIONS,
  assertions: JUNIT_ASSERTIONS,
};

export const GO_TESTS: TestForms = {
  paths: [/_test\.go$/],
  calls: [
    { pattern: /(?<![\w.])[a-z]\w{0,20}\.Run(?!\w)/g, kind: "test", shape: "title" },
    { pattern: /(?<![\w.])(?:ginkgo\.)?(?:It|Specify|Entry)(?!\w)/g, kind: "test", shape: "title" },
    { pattern: /(?<![\w.])(?:ginkgo\.)?(?:Describe|Context|When|DescribeTable)(?!\w)/g, kind: "suite", shape: "title" },
  ],
  functions: [
    {
      pattern: /(?<!\w)func\s+(?:\(\s*\w+\s+\*?\w+\s*\)\s*)?(?<name>(?:Test|Fuzz|Benchmark|Example)\w*)(?=\s*\()/g,
      kind: "test",
      body: "braces",
    },
  ],
  assertions: {
    calls: /^(?:(?:assert|require|is|must)(?:\.\w+)?|(?:g\.)?Expect)$/,
    harmless:
      /^(?:\w+\.(?:Log|Logf|Helper|Parallel|Cleanup|Skip|Skipf|SkipNow|Run)|fmt\.Print\w*|len|make|append|new)$/,
    keywords: /(?<!\w)panic(?!\w)|\.(?:Errorf?|Fatalf?|Fail|FailNow)(?!\w)/,
    context: /^(?:t|b|f|tb|\w+\.T\(\))$/,
  },
};

export const RUST_TESTS: TestForms = {
  paths: [/(?:^|\/)tests\//, /(?:^|_)tests?\.rs$/, /(?:^|\/)tests?\.rs$/],
  inline: true,
  functions: [{ pattern: /(?<![\w#])mod\s+(?<name>\w+)/g, kind: "suite", body: "braces" }],
  markers: [
    {
      pattern:
        /#\[\s*(?:\w+::){0,4}(?:test|rstest|test_case|quickcheck|proptest|case|wasm_bindgen_test|test_log)(?!\w)/g,
      keyword: "fn",
    },
  ],
  annotations: [
    { pattern: new RegExp(`#\\[\\s*(?:\\w+::){0,4}${CLAIMING}\\b`, "g"), claims: true },
    { pattern: /#\[\s*(?:\w+::){0,4}implements\b/g, claims: true, role: "implements" },
    { pattern: new RegExp(`#\\[\\s*(?:\\w+::){0,4}${NAMING}\\b`, "g"), claims: false },
  ],
  assertions: {
    calls: /^(?:\w+::)*(?:(?:debug_)?assert\w*!|prop_assert\w*!)$/,
    harmless:
      /^(?:println!|print!|eprintln!|eprint!|dbg!|format!|vec!|Some|Ok|Err|None|Box::new|Vec::new|String::new)$/,
    keywords: /\)\s*\?|(?<!\w)(?:panic|unreachable|todo|unimplemented)!/,
  },
};

export const PYTHON_TESTS: TestForms = {
  paths: [TEST_FOLDER, /(?:^|\/)(?:test_\w*|\w*_test|tests|conftest)\.py$/],
  functions: [
    { pattern: /^[ \t]*(?:async[ \t]+)?def[ \t]+(?<name>test\w*)/gm, kind: "test", body: "indent" },
    { pattern: /^[ \t]*class[ \t]+(?<name>\w+)/gm, kind: "suite", body: "indent" },
  ],
  annotations: [
    { pattern: new RegExp(`@(?:\\w+\\.){0,4}${CLAIMING}\\b`, "g"), claims: true },
    { pattern: /@(?:\w+\.){0,4}implements\b/g, claims: true, role: "implements" },
    { pattern: new RegExp(`@(?:\\w+\\.){0,4}${NAMING}\\b`, "g"), claims: false },
  ],
  assertions: {
    calls: /^(?:self\.assert[A-Z]\w*|pytest\.(?:raises|warns)|assert_\w+|npt?\.testing\.\w+)$/,
    harmless: /^(?:print|len|range|str|int|float|list|dict|set|tuple|sorted|logging\.\w+)$/,
    keywords: /(?<![\w.])raise(?!\w)|\.(?:fail(?!\w)|assert_)/,
    operand: /(?<![\w.])assert(?!\w)/g,
  },
};

const GTEST = /(?<!\w)(?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P|FUZZ_TEST|Test|RC_GTEST_PROP)(?=\s*\()/g;

export const C_TESTS: TestForms = {
  paths: [
    TEST_FOLDER,
    /(?:^|[/_.-])(?:unit)?tests?\.(?:c|cc|cpp|cxx|cu)$/i,
    /(?:^|\/)test[_-]\w+\.(?:c|cc|cpp|cxx|cu)$/i,
  ],
  calls: [
    { pattern: GTEST, kind: "test", shape: "suite-and-name", body: "braces" },
    {
      pattern: /(?<!\w)(?:TEST_CASE|TEST_CASE_METHOD|SCENARIO|SECTION|SUBCASE|TEST_CASE_TEMPLATE)(?=\s*\()/g,
      kind: "test",
      shape: "title",
      body: "braces",
    },
  ],
  functions: [
    { pattern: /(?<!\w)void\s+(?<name>test_\w+)(?=\s*\()/g, kind: "test", body: "braces" },
    { pattern: /(?<!\w)BOOST_AUTO_TEST_CASE\s*\(\s*(?<name>\w+)/g, kind: "test", body: "braces" },
  ],
  assertions: {
    calls: /^(?:(?:EXPECT|ASSERT|REQUIRE|CHECK|BOOST|TEST_ASSERT)\w*|assert\w*|cr_\w+)$/,
    harmless: /^(?:printf|fprintf|puts|std::printf|sizeof)$/,
    keywords: /(?<![\w.])throw(?!\w)|(?<!\w)(?:TEST_)?(?:ADD_)?FAIL/,
  },
};

export const CSHARP_TESTS: TestForms = {
  paths: [TEST_FOLDER, /Tests?\.cs$/, /(?:^|\/)[^/]*\.(?:Unit|Integration)?Tests?\//],
  functions: [CLASS_SUITE],
  markers: [
    {
      pattern:
        /(?<=[[,]\s{0,20})(?:\w+\.){0,4}(?:Fact|Theory|Test|TestCase|TestMethod|DataTestMethod|Property|TestCaseSource)(?!\w)(?=\s*[\](,])/g,
      keyword: null,
      title: /(?:DisplayName|TestName|Description)\s*=\s*$/,
    },
  ],
  annotations: [
    { pattern: /(?<=[[,]\s{0,20})(?:Trait|Property|TestProperty)(?=\s*\()/g, claims: false, keyed: true },
    { pattern: new RegExp(`(?<=[[,]\\s{0,20})${CLAIMING}(?=\\s*\\()`, "g"), claims: true },
    { pattern: /(?<=[[,]\s{0,20})Implements(?=\s*\()/g, claims: true, role: "implements" },
    { pattern: new RegExp(`(?<=[[,]\\s{0,20})${NAMING}(?=\\s*\\()`, "g"), claims: false },
  ],
  assertions: {
    calls: /^(?:Assert|CollectionAssert|StringAssert|ClassicAssert)\.\w+$/,
    harmless: /^(?:Console\.\w+|nameof|typeof)$/,
    keywords: /(?<![\w.])throw(?!\w)|\.(?:Fail(?!\w)|Should|Verify)/,
  },
};

export const SWIFT_TESTS: TestForms = {
  paths: [/(?:^|\/)\w*Tests?\//, /Tests?\.swift$/],
  calls: [
    { pattern: /(?<![\w.@])(?:it|fit|xit)(?=\s*\()/g, kind: "test", shape: "title", body: "braces" },
    { pattern: /(?<![\w.@])(?:describe|context)(?=\s*\()/g, kind: "suite", shape: "title", body: "braces" },
  ],
  functions: [CLASS_SUITE, { pattern: /(?<![\w.])func\s+(?<name>test\w*)(?=\s*\()/g, kind: "test", body: "braces" }],
  markers: [{ pattern: /@Test(?!\w)/g, keyword: "func", title: "first" }],
  annotations: AT_ANNOTATIONS.filter((each) => each.title !== true),
  assertions: {
    calls: /^(?:XCT\w+|#expect|#require|expect\w*)$/,
    harmless: /^print$/,
    keywords: /(?<![\w.])(?:throw|try|XCTFail|Issue\.record)(?!\w)/,
  },
};

export const RUBY_TESTS: TestForms = {
  paths: [TEST_FOLDER, /(?:_spec|_test)\.rb$/, /(?:^|\/)test_\w+\.rb$/],
  calls: [
    {
      pattern: /^[ \t]*(?:it|specify|example|scenario|test|should|property|fit|xit)(?=[ \t]*[("])/gm,
      kind: "test",
      shape: "command",
      body: "indent",
    },
    {
      pattern: /^[ \t]*(?:RSpec\.)?(?:describe|context|feature|shared_examples)(?=[ \t(])/gm,
      kind: "suite",
      shape: "command",
      body: "indent",
    },
  ],
  functions: [
    { pattern: /^[ \t]*def[ \t]+(?<name>test_\w+[?!]?)/gm, kind: "test", body: "indent" },
    { pattern: /^[ \t]*(?:class|module)[ \t]+(?<name>[\w:]+)/gm, kind: "suite", body: "indent" },
  ],
  annotations: [
    { pattern: /(?<=,[ \t]{0,20}):?verifies(?=:?[ \t])/g, claims: true },
    { pattern: /(?<=,[ \t]{0,20}):?(?:requirements?|tags?)(?=:?[ \t])/g, claims: false },
  ],
};

export const SHELL_TESTS: TestForms = {
  paths: [TEST_FOLDER, /\.bats$/, /(?:^|\/)test[_-][\w-]+\.(?:sh|bash)$/, /[_-]test\.(?:sh|bash)$/],
  calls: [{ pattern: /^[ \t]*@test(?=[ \t]+")/gm, kind: "test", shape: "command", body: "braces" }],
  functions: [
    { pattern: /^[ \t]*(?:function[ \t]+)?(?<name>test_?\w+)(?=[ \t]*\(\))/gm, kind: "test", body: "braces" },
  ],
};

export const DAFNY_TESTS: TestForms = {
  paths: [TEST_FOLDER, /Tests?\.dfy$/],
  functions: [
    { pattern: /(?<!\w)method\s*\{:test\}\s*(?<name>\w+)/g, kind: "test", body: "braces" },
    { pattern: /(?<!\w)(?:module|class)\s+(?<name>\w+)/g, kind: "suite", body: "braces" },
  ],
};
