import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aResult } from "../../../test/builders/case.js";
import { aChange } from "../../../test/builders/change.js";
import { assess } from "../assess.js";

/** A requirement with one scenario, tests that name any of the tags, and code that names any of the requirements. */
interface Model {
  /** Version of each tag's text. */
  texts: Record<string, number>;
  tests: { title: string; tags: string[]; body: number }[];
  code: { name: string; tags: string[]; body: number }[];
  /** How everything is laid out: no difference to anything. */
  layout: number;
}

const SPEC = "openspec/specs/box/spec.md";
const TEST = "test/box.test.ts";
const REQUIREMENTS = ["BOX-A", "BOX-B"];
const SCENARIO_OF: Record<string, string> = { "BOX-A-CASE": "BOX-A" };
const TAGS = [...REQUIREMENTS, ...Object.keys(SCENARIO_OF)];

function render({ texts, tests, code, layout }: Model): Record<string, string> {
  const blank = " ".repeat((layout % 3) + 1);
  const section = (tag: string, heading: string) =>
    `${heading}${tag} [${tag}]\nTHE box${blank}SHALL hold${layout > 2 ? "\n" : " "}${texts[tag]} things.\n\n`;
  const specification = REQUIREMENTS.map((tag) => {
    const scenarios = TAGS.filter((each) => SCENARIO_OF[each] === tag);
    return section(tag, "### Requirement: ") + scenarios.map((each) => section(each, "#### Scenario: ")).join("");
  });
  const testText = tests.map(
    ({ title, tags, body }) =>
      `${tags.map((tag) => `// @verifies ${tag}\n`).join("")}it("${title}", () => {\n${blank}expect(box()).toBe(${body});\n});\n`,
  );
  return {
    [SPEC]: `## Requirements\n\n${specification.join("")}`,
    [TEST]: testText.join(layout > 2 ? "\n" : ""),
    ...Object.fromEntries(
      code.map(({ name, tags, body }) => [
        `src/${name}.ts`,
        `${tags.map((tag) => `// @implements ${tag}\n`).join("")}export${blank}const ${name} = ${body};\n`,
      ]),
    ),
  };
}

/** The rule, from the model alone: what a tag has now that it had not before in this form. */
function suspects(before: Model, after: Model): string[] {
  const testForms = (model: Model, tag: string) =>
    model.tests.filter(({ tags }) => tags.includes(tag)).map(({ title, body }) => `${title} ${body}`);
  const codeForms = (model: Model, tag: string) =>
    model.code.filter(({ tags }) => tags.includes(tag)).map((each) => JSON.stringify(each));
  const isNew = (forms: typeof testForms, tag: string) =>
    forms(after, tag).some((form) => !forms(before, tag).includes(form));
  return TAGS.filter((tag) => {
    if (before.texts[tag] === after.texts[tag]) return false;
    if (testForms(after, tag).length + codeForms(after, tag).length === 0) return false;
    const parent = SCENARIO_OF[tag];
    const followed =
      isNew(testForms, tag) || isNew(codeForms, tag) || (parent !== undefined && isNew(codeForms, parent));
    return !followed;
  });
}

const version = fc.integer({ min: 1, max: 3 });
const model: fc.Arbitrary<Model> = fc.record({
  texts: fc
    .tuple(version, version, version)
    .map((all) => Object.fromEntries(TAGS.map((tag, at) => [tag, all[at] ?? 1]))),
  tests: fc.uniqueArray(
    fc.record({
      title: fc.constantFrom("one", "two", "three"),
      tags: fc.subarray(TAGS, { minLength: 1 }),
      body: version,
    }),
    { selector: ({ title }) => title, maxLength: 3 },
  ),
  code: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("lid", "box"),
      tags: fc.subarray(REQUIREMENTS, { minLength: 1 }),
      body: version,
    }),
    { selector: ({ name }) => name, maxLength: 2 },
  ),
  layout: fc.integer({ min: 0, max: 5 }),
});

/** Mostly small edits: each part stays as it was unless its coin says otherwise. */
const edit = fc
  .tuple(model, model, fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()))
  .map(([before, other, [texts, tests, code]]): [Model, Model] => [
    before,
    {
      texts: texts ? other.texts : before.texts,
      tests: tests ? other.tests : before.tests,
      code: code ? other.code : before.code,
      layout: other.layout,
    },
  ]);

describe("suspicion", () => {
  it("appears exactly where the text changed and nothing of the tag did", () => {
    traceSpec("FRESH-UNFOLLOWED", "FRESH-FOLLOWED-TEST", "FRESH-FOLLOWED-CODE", "FRESH-WHITESPACE");
    fc.assert(
      fc.property(edit, ([before, after]) => {
        const tests = after.tests.map(({ title }) => aResult(title, { file: TEST, line: null }));
        const predicate = assess(aChange({ before: render(before), files: render(after), tests }));
        const found = predicate.verdicts.filter(({ unwaived }) => unwaived === "suspect").map(({ tag }) => tag);
        expect(found.sort()).toEqual(suspects(before, after).sort());
      }),
      { numRuns: 300 },
    );
  });
});
