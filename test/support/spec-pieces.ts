import fc from "fast-check";

/** Names that collide by case, spacing, closing signs and tags, so that every rule of matching is met. */
export const NAMES = [
  "Alpha [AREA-ALPHA]",
  "Beta [AREA-BETA]",
  "Gamma [AREA-GAMMA]",
  "Delta [AREA-DELTA]",
  "Epsilon",
  "Written in C#",
  "Alpha",
  "Beta [AREA-ALPHA]",
];

export const name = fc.constantFrom(...NAMES);

/** The name as people write it: mostly exactly, at times with another case or spacing. */
export const spelt = (exact: fc.Arbitrary<string>) =>
  fc
    .tuple(exact, fc.integer({ min: 0, max: 19 }))
    .map(([text, form]) =>
      form === 0
        ? text.toUpperCase()
        : form === 1
          ? text.replace(" ", "  ")
          : form === 2
            ? `${text} ##`
            : form === 3
              ? `${text} ## #`
              : form === 4
                ? `${text}\u00a0`
                : form === 5
                  ? text.replace(/ \[.*\]/, "")
                  : text,
    );

const keyword = fc.oneof(
  { weight: 8, arbitrary: fc.constant("### Requirement: ") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "###  requirement:  ",
      "###Requirement: ",
      "### REQUIREMENT:",
      "###\tRequirement:\t",
      " ### Requirement: ",
      "### Requirement : ",
    ),
  },
);

export const heading = (exact: fc.Arbitrary<string>) =>
  fc.tuple(keyword, spelt(exact)).map(([before, text]) => before + text);

export const scenario = fc
  .tuple(
    fc.constantFrom("#### Scenario: ", "#### ", "#### scenario:", "####\tScenario: "),
    fc.constantFrom("One [AREA-ALPHA-ONE]", "One", "Two [AREA-BETA-TWO]", "Two ##", "Three [AREA-ONE]"),
    fc.constantFrom(
      "- **WHEN** x\n- **THEN** y",
      "WHEN x, THE system SHALL do y.",
      "",
      "  \n##### Evidence\n- Test: z",
    ),
  )
  .map(([before, title, body]) => `${before}${title}\n${body}`);

export const filler = fc.constantFrom(
  "THE system SHALL do it within 5 s.",
  "**ID**: 7",
  "- a\n  - b\n    - ### Requirement: nested\n- c",
  "```md\n### Requirement: Alpha [AREA-ALPHA]\n## Requirements\n\n\n\n```",
  "~~~~\n```\n### Requirement: Fenced\n~~~\n~~~~",
  "  ```\n## Fenced\n  ```",
  "<!--\n### Requirement: Beta [AREA-BETA]\n-->",
  "    ### Requirement: Indented",
  "### Other heading\ntext below",
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "> quoted\n> ## not a section",
  "\n\n\n",
  "   ",
  "##",
  "## ",
  "#### ",
  "# Level one",
  "line\u2028separated",
  "```not closed",
);

export const gap = fc.constantFrom("\n", "\n\n", "\n\n\n", "\n \n", "\n\t\n\n");

const body = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(["THE system SHALL work."]) },
      { weight: 2, arbitrary: fc.array(filler, { maxLength: 2 }) },
    ),
    fc.oneof(
      { weight: 5, arbitrary: fc.array(scenario, { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: filler.map((text) => [text]) }),
    gap,
  )
  .map(([before, scenarios, after, between]) => [...before, ...scenarios, ...after].join(between));

export const requirement = (exact: fc.Arbitrary<string>) =>
  fc.tuple(heading(exact), gap, body).map(([line, between, text]) => line + between + text);

const lineEnding = fc.oneof(
  { weight: 6, arbitrary: fc.constant("\n") },
  { weight: 1, arbitrary: fc.constantFrom("\r\n", "\r") },
);

export const inFile = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, lineEnding, fc.integer({ min: 0, max: 9 }))
    .map(([content, ending, mark]) => (mark === 0 ? "\ufeff" : "") + content.replaceAll("\n", ending));
