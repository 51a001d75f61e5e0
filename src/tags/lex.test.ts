import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Language } from "./language.js";
import { LANGUAGES, languageOf } from "./languages.js";
import { lex } from "./lex.js";
import { scanSource } from "./scan.js";

const FIXTURES = fileURLToPath(new URL("../../test/fixtures/tags/lex/", import.meta.url));
const FILES = readdirSync(FIXTURES).sort();

function language(path: string): Language {
  const found = languageOf(path);
  if (found === null) throw new Error(`no language for ${path}`);
  return found;
}

/** The text of every segment of one kind. */
function pieces(path: string, text: string, kind: "comment" | "string" | "code"): string[] {
  return lex(text, language(path).lexis)
    .segments.filter((each) => each.kind === kind)
    .map((each) => text.slice(each.start, each.end));
}

/** `[YES-1]` stands in comments of the fixtures, `[NOT-1]` in what only looks like one. */
function expectedTags(text: string): string[] {
  return [...text.matchAll(/\[(YES-\d+)\]/g)].map((match) => match[1] ?? "");
}

describe("fixtures of each language", () => {
  it.each(FILES)("%s: every comment is found and nothing else is taken for one", (file) => {
    traceSpec("REF-COMMENT", "REF-COMMENT-STRING");
    const text = readFileSync(FIXTURES + file, "utf8");
    const expected = expectedTags(text);
    expect(scanSource({ path: file, text }).references.map((each) => each.tag)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(1);
  });

  it.each(FILES)("%s: carriage returns and a byte order mark change neither references nor places", (file) => {
    traceSpec("REF-LEX-LINES");
    const text = readFileSync(FIXTURES + file, "utf8");
    const plain = scanSource({ path: file, text });
    const marked = scanSource({ path: file, text: `\uFEFF${text.replaceAll("\n", "\r\n")}` });
    expect(marked).toEqual(plain);
  });

  it("stand for every language", () => {
    traceSpec("REF-LANGUAGES");
    expect(new Set(FILES.map((file) => language(file).name))).toEqual(new Set(LANGUAGES.map((row) => row.name)));
    const endings =
      "ts tsx mts js mjs java kt go rs py c h cc cpp hpp cs swift rb sh sql yaml yml als tla lean dfy proto";
    for (const ending of endings.split(" ")) {
      const text = ending === "tla" ? "\\* [AB-C]" : ["als", "lean", "sql"].includes(ending) ? "-- [AB-C]" : null;
      const sign = ["py", "rb", "sh", "yaml", "yml"].includes(ending) ? "#" : "//";
      const { references } = scanSource({ path: `a/b.${ending}`, text: text ?? `${sign} [AB-C]` });
      expect(references.map((each) => each.tag)).toEqual(["AB-C"]);
    }
  });
});

describe("languageOf", () => {
  it("tells the language from the name alone", () => {
    traceSpec("REF-LANGUAGES-UNKNOWN");
    expect(languageOf("a/b.test.TS")?.name).toBe("javascript");
    expect(languageOf("deploy/Dockerfile")?.name).toBe("make");
    expect(languageOf("a.ts/readme")).toBeNull();
    expect(scanSource({ path: "a.bin", text: "// [AB-C]" })).toEqual({ references: [], tests: [], findings: [] });
  });
});

describe("what is not closed", () => {
  it("ends a string of one line with its line", () => {
    traceSpec("REF-LEX-STRING-OPEN");
    expect(pieces("a.ts", `x = "open\ny = 'a\r\n// c`, "string")).toEqual(['"open', "'a"]);
    expect(pieces("a.kt", `x = "a \${ b \n y } // c"`, "comment")).toEqual(['// c"']);
  });

  it("ends a string of several lines with the text", () => {
    traceSpec("REF-LEX-STRING-OPEN");
    expect(pieces("a.go", "x = `open\n// c", "string")).toEqual(["`open\n// c"]);
  });

  it("ends a block comment with the text", () => {
    traceSpec("REF-LEX-COMMENT-OPEN");
    expect(pieces("a.rs", "x /* a /* b */ c\n", "comment")).toEqual(["/* a /* b */ c\n"]);
    expect(pieces("a.c", "x /*", "comment")).toEqual(["/*"]);
  });

  it("does not take a shift for a here-document", () => {
    traceSpec("REF-LEX");
    expect(pieces("a.sh", "x=$((1 <<y))\necho 'z'\n", "string")).toEqual(["'z'"]);
    expect(pieces("a.sh", "cat <<A <<B\na\nA\nb\nB\nc", "string")).toEqual(["\na\nA", "\nb\nB"]);
  });
});

describe("holes in strings", () => {
  it("end at their own bracket", () => {
    traceSpec("REF-LEX");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal is what is read
    expect(pieces("a.ts", "`${ { a } /* b */ }` /* c */", "comment")).toEqual(["/* b */", "/* c */"]);
    expect(pieces("a.swift", '"\\( (a) /* b */ )" /* c */', "comment")).toEqual(["/* b */", "/* c */"]);
  });
});

describe("JavaScript's slashes", () => {
  it.each([
    ["a = b / c / d", []],
    ["a = /b/ / c", ["/b/"]],
    ["return /b'/g", ["/b'/g"]],
    ["x.return /b/ c", []],
    ["if (a) /b/.test(c)", ["/b/"]],
    ["f(a) /b/ c", []],
    ["[/]/, /[/]/]", ["/]/", "/[/]/"]],
    ["i++ / 2 / 3", []],
    ["<b>{a}</b>", []],
    ["a => /b/", ["/b/"]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal is what is read
    ["`${/`/}`", ["`${", "/`/", "}`"]],
    ["= /a\n/ b /", []],
    ["= /a\\\n/ b", []],
  ])("%s", (text, expected) => {
    traceSpec("REF-LEX");
    expect(pieces("a.ts", text, "string")).toEqual(expected);
  });
});

const HOSTILE = [
  '"',
  "'",
  "`",
  "\\",
  "/",
  "/*",
  "(*",
  "/-",
  "{",
  "(",
  "${",
  "`${",
  '"${',
  "\\(",
  "#",
  "#{",
  "$(",
  "=/[",
  "<<A ",
  "<<A\n",
  "\n<<A1\n<<A2\n",
  ": |\n ",
  ": | #",
  "r#",
  'r#"',
  'R"(',
  '"""',
  "'''",
  "%q(",
  "-- ",
  "//",
  "=begin\n",
  "\n",
  " ",
  "\r",
  "\t/",
  ")/",
  "it(",
  "it(x ",
  "@Test ",
  "class ",
  "// @verifies ",
  "// [A-B] “",
  '// [A-B] "',
  "func ",
  "A-",
  "@A.",
  "traceSpec(",
  "it.a",
];

describe("effort", () => {
  it("grows linearly whatever the text repeats", () => {
    traceSpec("REF-LEX-LINEAR");
    const length = 20_000;
    const excessive = LANGUAGES.flatMap((row) =>
      HOSTILE.map((unit) => ({ row: row.name, unit, steps: lex(unit.repeat(length / unit.length), row.lexis).steps })),
    ).filter(({ steps }) => steps > 45 * length);
    expect(excessive).toEqual([]);
  });

  it("lets everything hostile through the whole scan", () => {
    traceSpec("REF-LEX-LINEAR");
    for (const path of ["a.test.ts", "a_test.go", "Test.java", "test_a.py", "a_spec.rb", "tests/a.rs", "a.bats"]) {
      for (const unit of HOSTILE) {
        const text = unit.repeat(50_000 / unit.length);
        const { references, tests } = scanSource({ path, text });
        expect(tests.length).toBeLessThanOrEqual(references.length);
      }
    }
  });

  it("reads a line of three million characters", () => {
    traceSpec("REF-LEX-LINEAR");
    const text = `x = [${"1,".repeat(1_500_000)}]; // [AB-C]`;
    const [reference] = scanSource({ path: "a.ts", text }).references;
    expect(reference?.span).toMatchObject({ line: 1, column: text.length - 4 });
  });
});
