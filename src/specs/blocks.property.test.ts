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
import { makeSource } from "./source.js";

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

const text = fc.array(line, { maxLength: 25 }).map((lines) => lines.join("\n"));

type Shape = (string | number | Shape)[];

/** Kind and place of a block and of the blocks in it. */
function shapeOf(node: Nodes, base: number): Shape {
  const inside = ["list", "listItem", "blockquote", "footnoteDefinition", "root"].includes(node.type);
  const children = inside && "children" in node ? node.children.map((child) => shapeOf(child, base)) : [];
  const [start, end] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
  const value = node.type === "code" ? [node.value, node.lang ?? ""] : [];
  return [node.type, base + start, base + end, ...value, ...children];
}

test("a text read in pieces has the blocks of the whole text", () => {
  traceSpec("SPEC-FENCE-PIECES");
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 60 }), (content, piece) => {
      const { end } = readFrontmatter(makeSource("spec.md", content));
      const pieces = [...readBlocks(content, end, piece)].map((block) => shapeOf(block.node, block.base));
      // A first line `---` that nothing closes is a thematic break; the frontmatter extension then misreads later lines.
      const processor = end > 0 ? withFrontmatter : whole;
      expect(pieces).toEqual(processor.parse(content).children.map((node) => shapeOf(node, 0)));
    }),
    { numRuns: Number(BLOCK_RUNS) },
  );
});

test("pieces are small where the text allows it, and each text is parsed about once", () => {
  traceSpec("SPEC-FENCE-PIECES");
  const content = "# Heading\n\nText.\n\n".repeat(2000);
  const bases = new Set([...readBlocks(content)].map((block) => block.base));
  expect(bases.size).toBeGreaterThan(5);
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
