import fc from "fast-check";
import { filler, gap, heading, inFile, NAMES, name, requirement, scenario, spelt } from "./spec-pieces.js";

const purpose = fc.oneof(
  { weight: 4, arbitrary: fc.constant("## Purpose\n\nWhat it is for.") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "",
      "## purpose\n",
      "## Purpose\n<!-- nothing yet -->",
      "## Purpose\nText <!-- open",
      "## Purpose\n# Cut\nText",
      "## Purpose\n```\nonly code\n```",
      "## Purpose\n### Requirement: Odd\nText",
      "<!--\n## Purpose\nHidden\n--!>\n## Purpose\nShown.",
      "## Purpose\n### Purpose\n\n~~~",
    ),
  },
);

const requirementsLine = fc.oneof(
  { weight: 8, arbitrary: fc.constant("## Requirements") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("##  requirements ", "## REQUIREMENTS", "### Requirements", "", "## Requirements ##"),
  },
);

const main = (names: readonly string[]) =>
  inFile(
    fc
      .tuple(
        fc.constantFrom("", "---\ntitle: Cap\n---\n", "# Cap Specification\n"),
        purpose,
        requirementsLine,
        fc.oneof({ weight: 4, arbitrary: fc.constant("") }, { weight: 1, arbitrary: filler }),
        fc.tuple(...names.map((each) => requirement(fc.constant(each)))),
        fc.oneof(
          { weight: 4, arbitrary: fc.constant("") },
          {
            weight: 2,
            arbitrary: fc.constantFrom(
              "## Notes\n\n\nText",
              "## ADDED Requirements",
              "##\u00a0Notes",
              "## Requirements",
            ),
          },
        ),
        gap,
      )
      .map(([top, about, line, preamble, blocks, after, between]) =>
        [top + about, line, preamble, ...blocks, after].join(between),
      ),
  );

const quoted = (exact: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.constantFrom("", "", "`"),
      fc.constantFrom("### Requirement: ", "### Requirement: ", "###Requirement:"),
      spelt(exact),
      fc.constantFrom("", "", "`", " `  "),
    )
    .map((parts) => parts.join(""));

const bullet = fc.constantFrom("- ", "* ", "+ ", "  - ", "");

const rename = (exact: fc.Arbitrary<string>) =>
  fc
    .tuple(
      bullet,
      quoted(exact),
      bullet,
      quoted(name),
      fc.constantFrom("FROM: ", "FROM:", "FROM:\t"),
      fc.integer({ min: 0, max: 15 }),
    )
    .map(([a, from, b, to, sign, form]) =>
      form === 0 ? `${b}TO: ${to}` : form === 1 ? `${a}${sign}${from}` : `${a}${sign}${from}\n${b}TO: ${to}`,
    );

const removal = (exact: fc.Arbitrary<string>) =>
  fc.oneof(
    heading(exact).map((line) => `${line}\n**Reason**: gone`),
    fc.tuple(bullet, quoted(exact)).map((parts) => parts.join("")),
  );

const section = (title: string, entry: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.oneof(
        { weight: 8, arbitrary: fc.constant(`## ${title} Requirements`) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            `##  ${title.toLowerCase()} requirements`,
            `## ${title}  Requirements`,
            `## ${title} Requirements ##`,
          ),
        },
      ),
      fc.array(fc.oneof({ weight: 6, arbitrary: entry }, { weight: 1, arbitrary: filler }), {
        minLength: 1,
        maxLength: 2,
      }),
      gap,
    )
    .map(([line, entries, between]) => [line, ...entries].join(between));

const pick = (names: readonly string[]) =>
  names.length > 0
    ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: name })
    : name;

const delta = (names: readonly string[]) =>
  inFile(
    fc
      .tuple(
        fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight: 1, arbitrary: purpose }),
        fc.subarray(
          [
            section("ADDED", requirement(pick(NAMES.filter((each) => !names.includes(each))))),
            section("MODIFIED", requirement(pick(names))),
            section("REMOVED", removal(pick(names))),
            section("RENAMED", rename(pick(names))),
          ],
          { minLength: 1 },
        ),
        gap,
      )
      .chain(([about, sections, between]) => fc.tuple(...sections).map((texts) => [about, ...texts].join(between))),
  );

const wild = fc
  .subarray(NAMES, { minLength: 1, maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      fc.oneof({ weight: 7, arbitrary: main(names) }, { weight: 1, arbitrary: fc.constant(null) }),
      delta(names),
    ),
  );

const SAFE = [
  "THE system SHALL do it within 5 s.",
  "- a\n  - b\n    - ### Requirement: nested\n- c",
  "```md\n### Requirement: Alpha [AREA-ALPHA]\n## Requirements\n\n\n\n```",
  "~~~~\n```\n### Requirement: Fenced\n~~~\n~~~~",
  "- Example:\n  ```ts\n  ### Requirement: In a list\n  ```",
  "    ### Requirement: Indented",
  "### Other heading\ntext below",
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "   ",
  "```\n\n\n\n```\n\n\n\n```\ninfo\n```",
];

const block = (names: fc.Arbitrary<string>, extra: fc.Arbitrary<string[]>) =>
  fc
    .tuple(
      fc.constantFrom("### Requirement: ", "### requirement:", "###  Requirement:  ", "### REQUIREMENT: "),
      names,
      fc.constantFrom("", "", " ##", "\t"),
      fc.array(fc.constantFrom(...SAFE), { maxLength: 2 }),
      extra,
      gap,
    )
    .map(([sign, exact, close, texts, more, between]) =>
      [
        sign + exact + close,
        "THE system SHALL work.",
        ...texts,
        "#### Scenario: One [AREA-ONE]\nWHEN x, y.",
        ...more,
      ].join(between),
    );

const none = fc.constant<string[]>([]);

/** What a change does to each requirement; every choice is one that OpenSpec accepts. */
const accepted = fc
  .tuple(fc.subarray(NAMES.slice(0, 6), { minLength: 2 }), fc.integer({ min: 0, max: 4 ** 6 - 1 }))
  .chain(([names, choices]) => {
    const doing = (operation: number) =>
      names.filter((_, index) => index > 0 && (choices >> (2 * index)) % 4 === operation);
    const entries = (title: string, blocks: fc.Arbitrary<string>[]) =>
      blocks.length === 0
        ? []
        : [fc.tuple(fc.constant(`## ${title} Requirements`), ...blocks).map((all) => all.join("\n\n"))];
    const added = fc.array(scenario, { maxLength: 1 }).map((all) => all.map((each) => `${each}\nx`));
    const sections = [
      ...entries("ADDED", [block(fc.constantFrom("New [AREA-NEW]", "Newer ## #"), none)]),
      ...entries(
        "Modified",
        doing(1).map((each) => block(fc.constant(each), added)),
      ),
      ...entries(
        "REMOVED",
        doing(2).map((each) => removal(fc.constant(each)).filter((text) => text.includes(`t: ${each}`))),
      ),
      ...entries(
        "RENAMED",
        doing(3).map((each) =>
          fc
            .tuple(bullet, bullet, fc.constantFrom("", "`"))
            .map(
              ([a, b, tick]) =>
                `${a}FROM: ${tick}### Requirement: ${each}${tick}\n${b}TO: ${tick}### Requirement: New ${each}${tick}`,
            ),
        ),
      ),
    ];
    const old = fc
      .tuple(
        fc.constantFrom("", "# Cap\n", "---\na: b\n---\n"),
        gap,
        fc.constantFrom("", "## Notes\n\n\nText"),
        fc.tuple(...names.map((each) => block(fc.constant(each), none))),
      )
      .map(([top, between, after, blocks]) =>
        [`${top}## Purpose\nWhat it is for.`, "## Requirements", ...blocks, after].join(between),
      );
    return fc.tuple(inFile(old), inFile(fc.tuple(...sections).map((texts) => texts.join("\n\n"))));
  });

/** The same with a few signs put in or taken out anywhere. */
const mutated = fc
  .tuple(
    fc.oneof(wild, accepted),
    fc.array(
      fc.tuple(
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(
          "",
          " ",
          "\t",
          "\u00a0",
          "\u2028",
          "#",
          "`",
          "-",
          ":",
          "\f",
          "\ufeff",
          "\n",
          "<!--",
          "-->",
          "```",
          "~~~",
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([[mainText, deltaText], edits]): [string | null, string] => {
    let [before, after] = [mainText, deltaText];
    for (const [inMain, place, sign] of edits) {
      if (inMain && before !== null) before = edited(before, place, sign);
      else after = edited(after, place, sign);
    }
    return [before, after];
  });

function edited(text: string, place: number, sign: string): string {
  const at = Math.floor(place * text.length);
  return text.slice(0, at) + sign + text.slice(sign === "" ? at + 1 : at);
}

/** A main specification, or null, and a change to it. */
export const change: fc.Arbitrary<[string | null, string]> = fc.oneof(wild, accepted, mutated);
