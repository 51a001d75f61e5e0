import fc from "fast-check";
import type { Link, Nodes, Root } from "mdast";
import remarkParse from "remark-parse";
import { traceSpec } from "spec-evidence/vitest";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { maskInline } from "./inline.js";
import { findLinks } from "./links.js";

/** Set it to look further than an ordinary run does. */
const { INLINE_RUNS = "500" } = process.env;

const markdown = unified().use(remarkParse).freeze();

/** A paragraph: each line starts with a letter, so that nothing in it is a block of its own. */
const paragraph = (...signs: string[]) =>
  fc
    .array(fc.constantFrom("a", "b c", " ", "\n", ...signs), { maxLength: 25 })
    .map((parts) => `x${parts.join("")}x`.replace(/[ \n]*\n[ \n]*/g, "\nx"));

function nodesOf<Kind extends Nodes["type"]>(root: Root, kind: Kind): Extract<Nodes, { type: Kind }>[] {
  const found: Extract<Nodes, { type: Kind }>[] = [];
  visit(root, (node) => {
    if (node.type === kind) found.push(node as Extract<Nodes, { type: Kind }>);
  });
  return found;
}

const placeOf = (node: Nodes): [number, number] => [node.position?.start.offset ?? -1, node.position?.end.offset ?? -1];

test("code spans, comments and escapes are those of a markdown parser", () => {
  traceSpec("SPEC-MENTION-CODE");
  const text = paragraph(
    "`",
    "``",
    "```",
    "\\",
    "\\`",
    "[A-B]",
    "<!-- ",
    " -->",
    "\\[",
    "]",
    "<b>",
    "</b>",
    "<http://a.b>",
    "<a b='",
    "' c>",
    "<?",
    "?>",
    "<a@b.c>",
  );
  fc.assert(
    fc.property(text, (content) => {
      const root = markdown.parse(content);
      const hidden = new Set<number>();
      for (const node of [...nodesOf(root, "inlineCode"), ...nodesOf(root, "html")]) {
        const [start, end] = placeOf(node);
        for (let at = start; at < end; at += 1) hidden.add(at);
      }
      for (const node of nodesOf(root, "link")) {
        const [start, end] = placeOf(node);
        if (content[start] === "<") for (let at = start; at < end; at += 1) hidden.add(at);
      }
      const masked = maskInline(content);
      const expected = [...content].map((sign, at) => {
        if (sign === "\n") return sign;
        if (hidden.has(at)) return " ";
        // Escapes are blanked as well; which ones they are the parser's tree does not say.
        return sign === "\\" || content[at - 1] === "\\" ? masked[at] : sign;
      });
      expect(masked).toBe(expected.join(""));
    }),
    { numRuns: Number(INLINE_RUNS) },
  );
});

test("links are those of a markdown parser", () => {
  traceSpec("SPEC-EVIDENCE-MARKDOWN", "SPEC-SPAN-LINK");
  const text = paragraph(
    "[",
    "]",
    "](",
    "](/p#L1)",
    "(",
    ")",
    "[a](b)",
    "`",
    "\\",
    "<",
    ">",
    ' "t"',
    " 't'",
    "[a](<b c>)",
    "\\(",
  );
  fc.assert(
    fc.property(text, (content) => {
      const expected = nodesOf(markdown.parse(content), "link")
        .filter((link) => content[placeOf(link)[0]] === "[")
        .map((link: Link) => [...placeOf(link), link.url]);
      expect(findLinks(content).map((link) => [link.start, link.end, link.url])).toEqual(expected);
    }),
    { numRuns: Number(INLINE_RUNS) },
  );
});

test("a target may nest 32 parentheses", () => {
  traceSpec("SPEC-EVIDENCE-MARKDOWN");
  for (const depth of [31, 32, 33, 40]) {
    const content = `x [a](b${"(".repeat(depth)}${")".repeat(depth)}) x`;
    expect(findLinks(content)).toHaveLength(nodesOf(markdown.parse(content), "link").length);
  }
});
