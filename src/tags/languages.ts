import type { BlockComment, Language, StringForm } from "./language.js";
import {
  C_TESTS,
  CSHARP_TESTS,
  DAFNY_TESTS,
  GO_TESTS,
  JAVA_TESTS,
  JAVASCRIPT_TESTS,
  KOTLIN_TESTS,
  PYTHON_TESTS,
  RUBY_TESTS,
  RUST_TESTS,
  SHELL_TESTS,
  SWIFT_TESTS,
} from "./test-forms.js";

const SLASHES = [{ start: "//" }];
const STARS = [{ open: "/*", close: "*/" }];
const NESTED_STARS = [{ open: "/*", close: "*/", nested: true }];

/** `"…"` and the like on one line with backslash escapes. */
function quoted(mark: string, more: Partial<StringForm> = {}): StringForm {
  return { start: mark, close: mark, escape: "backslash", ...more };
}

/** A character literal, bounded so that lifetimes (`'a`), primes (`x'`) and apostrophes stay code. */
const CHARACTER: StringForm = {
  start: "'",
  guard: /'(?:\\(?:u\{[0-9A-Fa-f_]{1,10}\}|[^\n\r][0-9A-Fa-f]{0,10})|[^'\\\n\r])'/uy,
  close: null,
};
/** C's may hold several characters. */
const MULTI_CHARACTER: StringForm = {
  start: "'",
  guard: /'(?:\\[^\n\r][0-9A-Fa-f]{0,10}|[^'\\\n\r]{1,4})'/uy,
  close: null,
};
/** The same where an identifier may end in a prime. */
const PRIMED_CHARACTER: StringForm = {
  start: "'",
  guard: /(?<![\w'])'(?:\\(?:u\{[0-9A-Fa-f_]{1,10}\}|[^\n\r][0-9A-Fa-f]{0,10})|[^'\\\n\r])'/uy,
  close: null,
};

const DOLLAR_BRACE = { open: "${", nest: "{", close: "}" };
const PYTHON_QUOTES = [
  quoted('"""', { lines: true }),
  quoted("'''", { lines: true }),
  quoted('"', { splices: true }),
  quoted("'", { splices: true }),
];
/** The string right behind the head of a function or class (PEP 257), whose last line begins with its keyword or closes it. */
function docstring(marks: string): BlockComment {
  const head = String.raw`^[ \t]{0,80}(?:(?:async[ \t]{1,4})?(?:def|class)[ \t]|\))[^\n]{0,400}:[ \t]{0,8}(?:#[^\n]{0,200})?\r?\n`;
  const guard = new RegExp(String.raw`(?<=${head}[ \t]{1,80}[rRuU]?)${marks}`, "my");
  return { open: marks, close: marks, guard, escape: "backslash", documents: true };
}

/** Ruby's `%q(…)`, `%w[…]`: one row per bracket, recognised only where a value may start. */
const RUBY_PERCENTS: StringForm[] = [
  { start: "%", guard: /(?<=[\s(,=[{]|^)%[qQwWiIrsx]\(/y, close: ")", nest: "(", escape: "backslash", lines: true },
  { start: "%", guard: /(?<=[\s(,=[{]|^)%[qQwWiIrsx]\[/y, close: "]", nest: "[", escape: "backslash", lines: true },
  { start: "%", guard: /(?<=[\s(,=[{]|^)%[qQwWiIrsx]\{/y, close: "}", nest: "{", escape: "backslash", lines: true },
  { start: "%", guard: /(?<=[\s(,=[{]|^)%[qQwWiIrsx]([|!/])/y, close: "$1", escape: "backslash", lines: true },
];
/** A YAML quote opens a string only where a value may start: apostrophes inside plain words are text. */
const YAML_VALUE = String.raw`(?<=(?:^|[[{,]|[:?-][ \t]|[!&][^\s]{0,40}[ \t])[ \t]{0,40})`;

/**
 * Every language that is read, one row each. Sources: the lexical chapter of each language's reference. Where a form
 * cannot be told apart without parsing, the row errs towards ending at the end of the line.
 */
export const LANGUAGES: readonly Language[] = [
  {
    name: "javascript",
    extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"],
    lexis: {
      lines: SLASHES,
      blocks: STARS,
      strings: [
        quoted('"', { splices: true }),
        quoted("'", { splices: true }),
        quoted("`", { lines: true, hole: DOLLAR_BRACE }),
      ],
      regex: "javascript",
    },
    tests: JAVASCRIPT_TESTS,
  },
  {
    name: "java",
    extensions: [".java"],
    lexis: { lines: SLASHES, blocks: STARS, strings: [quoted('"""', { lines: true }), quoted('"'), CHARACTER] },
    tests: JAVA_TESTS,
  },
  {
    name: "kotlin",
    extensions: [".kt", ".kts"],
    lexis: {
      lines: SLASHES,
      blocks: NESTED_STARS,
      strings: [
        { start: '"""', close: '"""', lines: true, hole: DOLLAR_BRACE, greedy: true },
        quoted('"', { hole: DOLLAR_BRACE }),
        CHARACTER,
        { start: "`", close: "`" },
      ],
    },
    tests: KOTLIN_TESTS,
  },
  {
    name: "go",
    extensions: [".go"],
    lexis: {
      lines: SLASHES,
      blocks: STARS,
      strings: [{ start: "`", close: "`", lines: true }, quoted('"'), CHARACTER],
    },
    tests: GO_TESTS,
  },
  {
    name: "rust",
    extensions: [".rs"],
    lexis: {
      lines: SLASHES,
      blocks: NESTED_STARS,
      strings: [
        { start: '"', guard: /(?<=(?<!\w)[bc]?r(#{0,16}))"/y, close: '"$1', lines: true },
        quoted('"', { lines: true }),
        CHARACTER,
      ],
    },
    tests: RUST_TESTS,
  },
  {
    name: "python",
    extensions: [".py", ".pyi"],
    lexis: {
      lines: [{ start: "#" }],
      blocks: [],
      docstrings: [docstring('"""'), docstring("'''")],
      strings: PYTHON_QUOTES,
    },
    tests: PYTHON_TESTS,
  },
  {
    name: "c",
    extensions: [".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".ipp", ".cu"],
    lexis: {
      lines: [{ start: "//", splices: true }],
      blocks: STARS,
      strings: [
        { start: '"', guard: /(?<=R)"([^()\\\s"]{0,16})\(/y, close: ')$1"', lines: true },
        quoted('"', { splices: true }),
        MULTI_CHARACTER,
      ],
    },
    tests: C_TESTS,
  },
  {
    name: "csharp",
    extensions: [".cs"],
    lexis: {
      lines: SLASHES,
      blocks: STARS,
      strings: [
        { start: '"', guard: /(?<=@\$?|\$@)"/y, close: '"', escape: "doubled", lines: true },
        { start: '"""', guard: /("{3,})/y, close: "$1", lines: true },
        quoted('"'),
        CHARACTER,
      ],
    },
    tests: CSHARP_TESTS,
  },
  {
    name: "swift",
    extensions: [".swift"],
    lexis: {
      lines: SLASHES,
      blocks: NESTED_STARS,
      strings: [
        { start: '"""', guard: /(?<=(?<!#)(#{1,16}))"""/y, close: '"""$1', lines: true },
        { start: '"', guard: /(?<=(?<!#)(#{1,16}))"/y, close: '"$1' },
        quoted('"""', { lines: true, hole: { open: "\\(", nest: "(", close: ")" } }),
        quoted('"', { hole: { open: "\\(", nest: "(", close: ")" } }),
      ],
    },
    tests: SWIFT_TESTS,
  },
  {
    name: "ruby",
    extensions: [".rb", ".rake", ".gemspec"],
    fileNames: ["Rakefile", "Gemfile"],
    lexis: {
      lines: [{ start: "#" }],
      blocks: [{ open: "=begin", close: "\n=end", at: "line" }],
      strings: [
        { start: "$", guard: /\$["'`]/y, close: null },
        { start: "?", guard: /(?<=[\s(,=[])\?["'`#]/y, close: null },
        ...RUBY_PERCENTS,
        quoted('"', { lines: true, hole: { open: "#{", nest: "{", close: "}" } }),
        quoted("'", { lines: true }),
        quoted("`", { lines: true }),
      ],
      regex: "ruby",
      heredocs: "ruby",
    },
    tests: RUBY_TESTS,
  },
  {
    name: "shell",
    extensions: [".sh", ".bash", ".zsh", ".ksh", ".bats"],
    lexis: {
      lines: [{ start: "#", at: "word" }],
      blocks: [],
      strings: [
        { start: "$'", close: "'", escape: "backslash", lines: true },
        { start: "'", close: "'", lines: true },
        quoted('"', { lines: true, hole: { open: "$(", nest: "(", close: ")" } }),
      ],
      heredocs: "shell",
      codeEscape: true,
    },
    tests: SHELL_TESTS,
  },
  {
    // Dollar-quoted bodies of functions are read as code: their comments are comments.
    name: "sql",
    extensions: [".sql", ".ddl", ".psql"],
    lexis: {
      lines: [{ start: "--" }],
      blocks: STARS,
      strings: [
        { start: "'", guard: /(?<=(?<!\w)[eE])'/y, close: "'", escape: "backslash", lines: true },
        { start: "'", close: "'", escape: "doubled", lines: true },
        { start: '"', close: '"', escape: "doubled" },
        { start: "`", close: "`", escape: "doubled" },
      ],
    },
  },
  {
    name: "yaml",
    extensions: [".yaml", ".yml"],
    lexis: {
      lines: [{ start: "#", at: "word" }],
      blocks: [],
      strings: [
        { start: '"', guard: new RegExp(`${YAML_VALUE}"`, "my"), close: '"', escape: "backslash", lines: true },
        { start: "'", guard: new RegExp(`${YAML_VALUE}'`, "my"), close: "'", escape: "doubled", lines: true },
      ],
      blockScalars: true,
    },
  },
  {
    name: "alloy",
    extensions: [".als"],
    lexis: { lines: [{ start: "--" }, { start: "//" }], blocks: STARS, strings: [quoted('"')] },
    models: true,
  },
  {
    name: "tla+",
    extensions: [".tla"],
    models: true,
    lexis: {
      lines: [{ start: "\\*" }],
      blocks: [{ open: "(*", close: "*)", nested: true }],
      strings: [quoted('"')],
    },
  },
  {
    name: "lean",
    extensions: [".lean"],
    lexis: {
      lines: [{ start: "--" }],
      blocks: [{ open: "/-", close: "-/", nested: true }],
      strings: [
        { start: '"', guard: /(?<=(?<!\w)r(#{0,16}))"/y, close: '"$1', lines: true },
        quoted('"', { lines: true }),
        PRIMED_CHARACTER,
      ],
    },
  },
  {
    name: "dafny",
    extensions: [".dfy"],
    lexis: {
      lines: SLASHES,
      blocks: NESTED_STARS,
      strings: [
        { start: '"', guard: /(?<=@)"/y, close: '"', escape: "doubled", lines: true },
        quoted('"'),
        PRIMED_CHARACTER,
      ],
    },
    tests: DAFNY_TESTS,
  },
  {
    name: "proto",
    extensions: [".proto"],
    lexis: { lines: SLASHES, blocks: STARS, strings: [quoted('"'), quoted("'")] },
  },
  {
    name: "scala",
    extensions: [".scala", ".sc"],
    lexis: {
      lines: SLASHES,
      blocks: NESTED_STARS,
      strings: [{ start: '"""', close: '"""', lines: true, greedy: true }, quoted('"'), PRIMED_CHARACTER],
    },
  },
  {
    name: "dart",
    extensions: [".dart"],
    lexis: {
      lines: SLASHES,
      blocks: NESTED_STARS,
      strings: [
        quoted('"""', { lines: true, hole: DOLLAR_BRACE }),
        quoted("'''", { lines: true, hole: DOLLAR_BRACE }),
        { start: '"', guard: /(?<=(?<!\w)r)"/y, close: '"' },
        { start: "'", guard: /(?<=(?<!\w)r)'/y, close: "'" },
        quoted('"', { hole: DOLLAR_BRACE }),
        quoted("'", { hole: DOLLAR_BRACE }),
      ],
    },
  },
  {
    name: "zig",
    extensions: [".zig"],
    lexis: { lines: SLASHES, blocks: [], strings: [{ start: "\\\\", close: "\n" }, quoted('"'), CHARACTER] },
  },
  {
    name: "smt-lib",
    extensions: [".smt2"],
    lexis: {
      lines: [{ start: ";" }],
      blocks: [],
      strings: [
        { start: '"', close: '"', escape: "doubled", lines: true },
        { start: "|", close: "|", lines: true },
      ],
    },
  },
  {
    name: "toml",
    extensions: [".toml"],
    lexis: {
      lines: [{ start: "#" }],
      blocks: [],
      strings: [
        quoted('"""', { lines: true }),
        { start: "'''", close: "'''", lines: true },
        quoted('"'),
        { start: "'", close: "'" },
      ],
    },
  },
  {
    name: "make",
    extensions: [".mk", ".dockerfile"],
    fileNames: ["Makefile", "GNUmakefile", "Dockerfile", "Containerfile"],
    lexis: { lines: [{ start: "#", at: "line" }], blocks: [], strings: [] },
  },
];

const BY_EXTENSION = new Map(LANGUAGES.flatMap((row) => row.extensions.map((each) => [each, row] as const)));
const BY_NAME = new Map(LANGUAGES.flatMap((row) => (row.fileNames ?? []).map((each) => [each, row] as const)));

/** The language of a file, told from its name (`src/a.test.ts`); null for files that are not read. */
export function languageOf(path: string): Language | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return (dot < 0 ? undefined : BY_EXTENSION.get(name.slice(dot).toLowerCase())) ?? BY_NAME.get(name) ?? null;
}

/** Whether a path is a test file by the conventions of its language. */
export function isTestPath(path: string): boolean {
  return languageOf(path)?.tests?.paths.some((pattern) => pattern.test(path)) ?? false;
}
