import { LANGUAGES } from "./languages.mjs";
import { seeded } from "./random.mjs";
import { phrase } from "./specs.mjs";

const NAMES =
  "settle gather renew route fold trim pack probe fetch emit drain merge sweep align apply close count draw".split(" ");

/** Bracketed, and no tags: not of the grammar, or of a vocabulary that no specification here uses. */
const NO_TAGS = ["[UTF-8]", "[A-Z]", "[RFC-2119]", "[ISO-8601]", "[x86-64]", "[TODO]", "[0-9]", "[IEEE-754]"];

/** Filled-in snippets per language that the files are put together from. */
const POOL = 96;

/** Files of one folder. */
const PER_FOLDER = 40;

/**
 * Source files that hold no test, one after the other. A tenth of them (less what the test files take) implement tags.
 *
 * @param {{ seed: number, files: number, meanBytes: number, tags: { tag: string }[], unknown: number }} size `unknown`
 *   files refer to a tag that is defined nowhere
 * @returns {Generator<{ path: string, text: string }>}
 */
export function* sourceFiles({ seed, files, meanBytes, tags, unknown }) {
  const random = seeded(seed, "source");
  const kinds = LANGUAGES.map((language) => ({ ...language, pool: fillPool(random, language) }));
  for (let number = 0; number < files; number++) {
    const kind = drawLanguage(random, kinds);
    const lines = [kind.open ?? ""];
    if (number < unknown) lines.push(`${kind.comment} @implements ${random.pick(tags).tag}-NOWHERE\n`);
    else if (random.chance(0.05)) lines.push(...implementing(random, kind, tags));
    if (random.chance(0.05))
      lines.push(`${kind.comment} Written in ${random.pick(NO_TAGS)}, see ${random.pick(NO_TAGS)}.\n`);
    if (random.chance(0.01)) lines.push(lookalike(random, kind, tags));
    const wanted = drawSize(random, meanBytes);
    let length = 0;
    while (length < wanted) {
      const snippet = random.pick(kind.pool);
      lines.push(snippet);
      length += snippet.length;
    }
    lines.push(kind.close ?? "");
    const folder = Math.floor(number / PER_FOLDER);
    yield {
      path: `services/s${Math.floor(folder / 30)}/part${folder}/${random.pick(NAMES)}${number}.${kind.extension}`,
      text: lines.join(""),
    };
  }
}

/** Comments that claim one to three tags, outright or in brackets. */
function implementing(random, kind, tags) {
  return Array.from({ length: random.between(1, 3) }, () => {
    const { tag } = random.pick(tags);
    return random.chance(0.7) ? `${kind.comment} @implements ${tag}\n` : `${kind.comment} Half of [${tag}].\n`;
  });
}

/** An undefined tag of a known vocabulary inside a string: text, so no reference at all. */
function lookalike(random, kind, tags) {
  const text = `"see [${random.pick(tags).tag}-TEXT]"`;
  if (kind.extension === "ts") return `export const hint = ${text};\n`;
  if (kind.extension === "py") return `HINT = ${text}\n`;
  if (kind.extension === "go") return `var hint = ${text}\n`;
  if (kind.extension === "java") return `    String hint = ${text};\n`;
  return "";
}

/**
 * A test file with its tests, in the language that the number falls to.
 *
 * @param {number} number of the file, from 0
 * @param {{ tag: string, requirement: object, serial: number }[]} cases what it tests
 * @returns {{ path: string, text: string, suite: string, names: string[] }} with each test's name as its runner reports it
 */
export function testFile(number, cases) {
  const write = [typescriptTests, typescriptTests, typescriptTests, javaTests, pythonTests][number % 5];
  return write(number, cases);
}

function typescriptTests(number, cases) {
  const suite = `suite ${number}`;
  const names = cases.map((each) => `${phrase(each.requirement)} once more, ${each.serial} [${each.tag}]`);
  const tests = names.map(
    (name, at) =>
      `  it(${JSON.stringify(name)}, async () => {\n    const found = await gather(${at}, ["a", "b"]);\n    expect(found).toEqual({ owner: "a", rows: [${at}] });\n  });\n`,
  );
  const head = `import { describe, expect, it } from "vitest";\nimport { gather } from "./gather.js";\n\n`;
  return {
    path: `services/s${Math.floor(number / 1000)}/tests/suite${number}.test.ts`,
    text: `${head}describe(${JSON.stringify(suite)}, () => {\n${tests.join("\n")}});\n`,
    suite,
    names,
  };
}

/** Their results carry no tag, as Surefire writes them: they meet it by class and method. */
function javaTests(number, cases) {
  const names = cases.map((each) => `case${each.serial}`);
  const tests = cases.map(
    (each, at) =>
      `    @Test\n    @Tag("${each.tag}")\n    void ${names[at]}() {\n        assertEquals(${at}, gather(${at}).size());\n    }\n`,
  );
  return {
    path: `services/jvm/src/test/java/com/example/Suite${number}Test.java`,
    text: `package com.example;\n\nclass Suite${number}Test {\n${tests.join("\n")}}\n`,
    suite: `com.example.Suite${number}Test`,
    names,
  };
}

function pythonTests(number, cases) {
  const names = cases.map((each) => `test_case_${each.serial}[${each.tag}]`);
  const tests = cases.map(
    (each) =>
      `# @verifies ${each.tag}\ndef test_case_${each.serial}(tag):\n    assert gather(${each.serial}) == [tag]\n\n\n`,
  );
  return {
    path: `services/py/tests/test_suite${number}.py`,
    text: `from part import gather\n\n\n${tests.join("")}`,
    suite: `services.py.tests.test_suite${number}`,
    names,
  };
}

function fillPool(random, language) {
  return Array.from({ length: POOL }, () =>
    random
      .pick(language.snippets)
      .replaceAll("$A", () => `${random.pick(NAMES)}${random.between(1, 99)}`)
      .replaceAll("$B", () => random.pick(NAMES))
      .replaceAll("$N", () => String(random.between(2, 5000))),
  );
}

function drawLanguage(random, kinds) {
  let rest = random.fraction();
  for (const kind of kinds) {
    rest -= kind.share;
    if (rest < 0) return kind;
  }
  return kinds[0];
}

/** Many small files and a few large ones; the factors are such that their mean is about 1. */
function drawSize(random, mean) {
  const draw = random.fraction();
  const [low, high] = draw < 0.5 ? [0.2, 0.6] : draw < 0.85 ? [0.6, 1.5] : draw < 0.98 ? [1.5, 3.5] : [3.5, 7];
  return mean * (low + random.fraction() * (high - low));
}
