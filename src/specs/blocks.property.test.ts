import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Nodes } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { traceSpec } from "spec-evidence/vitest";
import { unified } from "unified";
import { expect, test } from "vitest";
import { childrenOf, leavesOf, readBlocks } from "./blocks.js";
import { readFrontmatter } from "./frontmatter.js";
import { readPlain } from "./plain.js";
import { makeSource, plainLines } from "./source.js";

/** Set it to look further than an ordinary run does. */
const { BLOCK_RUNS = "500" } = process.env;

const whole = unified().use(remarkParse).use(remarkGfm).freeze();
const withFrontmatter = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter).freeze();

const line = fc.constantFrom(
  "# One",
  "## Two",
  "### Requirement: Three [A-B]",
  "#### Scenario: Four [A-B-C] ##",
  "THE system SHALL do `it` [here](/x) and **there**.",
  "- item",
  "  - nested",
  "  continued",
  "1. first",
  "> quoted",
  "> - in a quote",
  "```ts",
  "```",
  "````",
  "~~~",
  "  ```",
  "    indented",
  "\tindented by a tab",
  "<!-- comment",
  "-->",
  "<div>",
  "</div>",
  "<pre>",
  "</pre>",
  "<?php",
  "?>",
  "| a | b |",
  "|---|---|",
  "a | b",
  ":-- | --",
  "===",
  "---",
  "***",
  "[label]: /url 'title",
  "[A-B]: /url",
  "[^note]: text",
  "[^note]",
  "",
  "",
  "",
  "  ",
);

/** Lines that are nearly always read without the parser, and what makes something else of them. */
const plainLine = fc.constantFrom(
  "# One",
  "### Requirement: Three [A-B]",
  "#### Scenario: Four [A-B-C]",
  "#### Scenario: closed #",
  "####### seven signs",
  "#glued",
  "# ",
  "THE system SHALL do `it` [here](/x) and **there**.",
  "**WHEN** it | rains",
  "(in parentheses)",
  "ends in blanks  ",
  "ends in a tab\t",
  "a\u00a0",
  "- item",
  "- **WHEN** bold",
  "* star",
  "*  two blanks",
  "-",
  "- - -",
  "* * *",
  "  continued",
  "lazy",
  "1. first",
  "---",
  "--- | ---",
  "=",
  "[A-B]: /url",
  "\ufeffmark",
  "\u0000",
  "\ta tab",
  "",
  "",
  "",
  "",
  " ",
);

const plainText = fc.array(plainLine, { maxLength: 16 });

/** Ends of lines as files have them; a lone carriage return ends a line too. */
const lineEnds = fc.constantFrom("\n", "\n", "\r\n", "\r");

const text = fc
  .tuple(fc.oneof(fc.array(line, { maxLength: 25 }), plainText, fc.array(fc.oneof(line, plainLine))), lineEnds)
  .map(([lines, end]) => plainLines(lines.join(end)));

type Shape = (string | number | Shape)[];

/** Kind and place of a block and of the blocks in it. */
function shapeOf(node: Nodes, base: number): Shape {
  const inside = ["list", "listItem", "blockquote", "footnoteDefinition", "root"].includes(node.type);
  const children = inside && "children" in node ? node.children.map((child) => shapeOf(child, base)) : [];
  const [start, end] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
  return [node.type, base + start, base + end, ...detailsOf(node), ...children];
}

function detailsOf(node: Nodes): Shape {
  switch (node.type) {
    case "code":
      return [node.value, node.lang ?? ""];
    case "heading":
      return [node.depth];
    case "list":
      return [String(node.ordered), String(node.spread)];
    default:
      return [];
  }
}

function shapesInPieces(content: string, piece?: number): Shape {
  const { end } = readFrontmatter(makeSource("spec.md", content));
  return [...readBlocks(content, end, piece)].map((block) => shapeOf(block.node, block.base));
}

function shapesOfWhole(content: string): Shape {
  const { end } = readFrontmatter(makeSource("spec.md", content));
  // A first line `---` that nothing closes is a thematic break; the frontmatter extension then misreads later lines.
  const processor = end > 0 ? withFrontmatter : whole;
  return processor.parse(content).children.map((node) => shapeOf(node, 0));
}

test("a text read in pieces has the blocks of the whole text", () => {
  traceSpec("SPEC-FENCE-PIECES");
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 60 }), (content, piece) => {
      expect(shapesInPieces(content, piece)).toEqual(shapesOfWhole(content));
    }),
    { numRuns: Number(BLOCK_RUNS) },
  );
});

test("specifications of real projects read in pieces as the whole does", () => {
  traceSpec("SPEC-FENCE-PIECES");
  const files = ["openspec", "test/fixtures/specs"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => plainLines(readFileSync(join(folder, name), "utf8"))),
  );
  expect(files.length).toBeGreaterThan(15);
  for (const content of files) {
    expect(shapesInPieces(content)).toEqual(shapesOfWhole(content));
  }
});

test("plain blocks are read without the parser, up to the first that may be something else", () => {
  traceSpec("SPEC-FENCE-PLAIN");
  const content = "# One\n\nProse\nof two lines.\n- an item\n- **two**\n\n### Requirement: Two\nSHALL.\n\n";
  const { blocks, reached } = readPlain(`${content}${content}1. first\n`, 0);
  expect(reached).toBe(2 * content.length);
  const shape = blocks.map(({ node, start }) => shapeOf(node, start));
  expect(shape).toEqual(shapesOfWhole(`${content}${content}`));
});

test.each([
  "Prose\n===",
  "Prose\n| - |",
  "- a\nlazy",
  "- a\n\n- b",
  "- a\n\n  b",
  "# One #",
  "\u2028x",
  "    code",
  "<p>",
])("%j is left to the parser", (content) => {
  traceSpec("SPEC-FENCE-PLAIN");
  expect(readPlain(`# Title\n\n${content}\n`, 0).reached).toBe("# Title\n\n".length);
});

test("pieces are small where the text allows it, and each text is parsed about once", () => {
  traceSpec("SPEC-FENCE-PIECES");
  const content = "# Heading #\n\n1. Text.\n\n".repeat(2000);
  const bases = new Set([...readBlocks(content)].map((block) => block.base));
  expect(bases.size).toBeGreaterThan(5);
  expect(bases.size).toBeLessThan(200);
});

test("leaves and children keep absolute places", () => {
  traceSpec("SPEC-SPAN");
  const content = `${"# Heading\n\nText.\n\n".repeat(500)}- one\n  > quoted\n\n  \`\`\`ts\n  code\n  \`\`\`\n- two\n`;
  const list = [...readBlocks(content)].at(-1);
  if (list === undefined) throw new Error("no block");
  expect(list.base).toBeGreaterThan(0);
  expect(leavesOf(list).map(({ node, start, end }) => [node.type, content.slice(start, end)])).toEqual([
    ["paragraph", "one"],
    ["paragraph", "quoted"],
    ["code", "```ts\n  code\n  ```"],
    ["paragraph", "two"],
  ]);
  expect(childrenOf(list).map(({ start, end }) => content.slice(start, end))).toEqual([
    "- one\n  > quoted\n\n  ```ts\n  code\n  ```",
    "- two",
  ]);
});
