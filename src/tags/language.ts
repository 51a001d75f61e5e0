import type { ReferenceRole } from "../model/reference.js";

/**
 * What a language is, as data. A row of `LANGUAGES` (languages.ts) describes comments and strings well enough to tell
 * them from code, and how tests are declared; nothing outside the row knows the language by name.
 */
export interface Language {
  name: string;
  /** With the dot, lower case. */
  extensions: readonly string[];
  /** Whole file names, for files that go without an extension. */
  fileNames?: readonly string[];
  lexis: Lexis;
  tests?: TestForms;
  /** Describes a system and is none: a plain tag neither implements nor tests, it mentions. */
  models?: boolean;
}

/** How comments and strings look. */
export interface Lexis {
  lines: readonly LineComment[];
  blocks: readonly BlockComment[];
  /** Strings that are comments where they stand. */
  docstrings?: readonly BlockComment[];
  /** Tried in this order at one place, so longer openings stand first. */
  strings: readonly StringForm[];
  /** `/…/` literals, told from division by what stands before them. */
  regex?: "javascript" | "ruby";
  heredocs?: "ruby" | "shell";
  /** YAML's `|` and `>` blocks, whose extent is told by indentation. */
  blockScalars?: boolean;
  /** A backslash in code takes the next character out of consideration (shell). */
  codeEscape?: boolean;
}

export interface LineComment {
  start: string;
  /** Where it may start: anywhere in code (default), only where a word may start, only first on its line. */
  at?: "word" | "line";
  /** A backslash at the end of the line continues the comment. */
  splices?: boolean;
}

export interface BlockComment {
  open: string;
  close: string;
  nested?: boolean;
  /** The character behind a backslash is part of the comment: one that is a string to its language. */
  escape?: "backslash";
  at?: "line";
  /** Sticky; must match where it opens. Must match in bounded time. */
  guard?: RegExp;
  /** It documents what the head right before it declares: Python's docstrings. */
  documents?: boolean;
}

export interface StringForm {
  /** The characters at which the form is recognised. */
  start: string;
  /** Sticky; must match where `start` does. Its first group may be named in `close`. Must match in bounded time. */
  guard?: RegExp;
  /** What ends it, `$1` standing for the guard's group; null when the guard matches the whole literal. */
  close: string | null;
  /** `backslash`: the next character is part of the string; `doubled`: the closing text written twice is. */
  escape?: "backslash" | "doubled";
  /** Quote marks right behind the closing text still belong to the string (Kotlin's `"""a"""" `). */
  greedy?: boolean;
  /** May hold newlines. Without it, an unterminated string ends at the end of its line. */
  lines?: boolean;
  /** A backslash at the end of the line continues a string that may not hold newlines. */
  splices?: boolean;
  /** The opening bracket that nests (Ruby's `%q(a (b) c)`). */
  nest?: string;
  hole?: Hole;
}

/** Code inside a string: `${…}`. The brackets inside are counted. */
export interface Hole {
  open: string;
  nest: string;
  close: string;
}

/** How tests are declared, and what besides comments can carry a tag. Patterns are matched against masked code. */
export interface TestForms {
  /** Paths of test files by the conventions of the language and its common runners. */
  paths: readonly RegExp[];
  /** Tests commonly stand in the same file as what they test. */
  inline?: boolean;
  calls?: readonly CallForm[];
  functions?: readonly FunctionForm[];
  markers?: readonly MarkerForm[];
  annotations?: readonly AnnotationForm[];
  assertions?: AssertionForms;
}

/** A test declared by a call: `it("title", …)`, `t.Run("title", …)`, `TEST(Suite, Name) {…}`. */
export interface CallForm {
  /** Global; matches the callee, ending before modifiers such as `.each(…)` and before the parenthesis. */
  pattern: RegExp;
  kind: "test" | "suite";
  /** The name is the first argument; the first two arguments; or a title behind the word, without parentheses. */
  shape: "title" | "suite-and-name" | "command";
  /** Modifiers that make a suite of it (`test.describe`), and those that make it neither (`test.step`, `test.use`). */
  suiteModifier?: RegExp;
  otherModifier?: RegExp;
  /** How far the body of a command goes. */
  body?: "braces" | "indent";
}

/** A function, class or module that is a test or a suite by its keyword and name. */
export interface FunctionForm {
  /** Global, with a group `name`; ends right behind the name. */
  pattern: RegExp;
  kind: "test" | "suite";
  body: "braces" | "indent";
}

/** An annotation or attribute that makes the function below it a test: `@Test`, `#[test]`, `[Fact]`. */
export interface MarkerForm {
  /** Global; ends behind the annotation's name. */
  pattern: RegExp;
  /** The keyword in front of the function's name; null where the name is what stands before the parameters. */
  keyword: string | null;
  /** Arguments of the annotation that are the test's title: the first, or those named so. */
  title?: "first" | RegExp;
  shown?: DisplayForm;
}

/** How some runners report a marked test in place of its name: JUnit's display names, which Gradle writes. */
export interface DisplayForm {
  /** An annotation beside the marker whose one argument is the title. Global; ends behind its name. */
  beside: RegExp;
  /** The test runs with several values: which argument of the marker is the template, and what holds without it. */
  template?: { argument: RegExp; otherwise: string };
  /** The test makes up others while it runs, each with a name of its own. */
  dynamic?: boolean;
}

/** An annotation whose string arguments name tags. */
export interface AnnotationForm {
  /** Global; ends behind the name, before the parenthesis. */
  pattern: RegExp;
  /** Made for tags alone, so an argument that is no tag is an error; otherwise it may hold other words as well. */
  claims: boolean;
  /** The first argument says what the second is: `[Trait("Requirement", "TAG")]`. */
  keyed?: boolean;
  /** Its text is a title in which `[TAG]` counts: `@DisplayName("…")`. */
  title?: boolean;
  role?: ReferenceRole;
}

/** What of a body can fail. Patterns match the whole callee, such as `assert.equal` or `assert_eq!`. */
export interface AssertionForms {
  calls: RegExp;
  /** Calls that certainly assert nothing. */
  harmless: RegExp;
  /** Calls that assert nothing until a matcher hangs on them: `expect(value)`. */
  unfinished?: RegExp;
  /** Words by which a body fails outright or asserts without a call: `throw`, `panic!`, Kotest's `shouldBe`. */
  keywords?: RegExp;
  /** The keyword whose operand decides whether it is constant (Python's `assert`). */
  operand?: RegExp;
  /** Arguments that are not under test, such as Go's `t`. */
  context?: RegExp;
  /** The body is a function among the arguments of the declaring call. */
  bodyIsCallback?: boolean;
  /** A call whose value is assigned and whose name does not suggest an assertion is taken as not asserting. */
  valuesAreHarmless?: boolean;
}
