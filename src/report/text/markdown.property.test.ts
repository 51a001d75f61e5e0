import fc from "fast-check";
import { toString as plainText } from "mdast-util-to-string";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { traceSpec } from "spec-evidence/vitest";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/builders/hostile.js";
import { code, prose, table } from "./markdown.js";
import { visible } from "./visible.js";

const parser = unified().use(remarkParse).use(remarkGfm);

/** What a reader sees of a markdown text, and the kinds of nodes that make it. */
function read(markdown: string): { text: string; kinds: Set<string> } {
  const tree = parser.parse(markdown);
  const kinds = new Set<string>();
  visit(tree, (node) => {
    if (node.type !== "html" || node.value !== "<!-- -->") kinds.add(node.type);
  });
  return { text: plainText(tree, { includeHtml: false }), kinds };
}

function shown(text: string): string {
  return visible(text).replace(/ +/g, " ").trim();
}

describe("prose", () => {
  it("shows any text literally in a list item", () => {
    traceSpec("REPORT-MARKDOWN-LITERAL");
    fc.assert(
      fc.property(hostileText(), (text) => {
        fc.pre(shown(text) !== "");
        const { text: seen, kinds } = read(`- ${prose(text)}`);
        expect([...kinds].sort()).toEqual(["list", "listItem", "paragraph", "root", "text"]);
        expect(seen).toBe(shown(text));
      }),
    );
  });

  it("shows any text literally in a table cell", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        fc.pre(shown(text) !== "");
        const { text: seen, kinds } = read(table(["a", "b"], [[prose(text), "1"]]).join("\n"));
        expect([...kinds].sort()).toEqual(["root", "table", "tableCell", "tableRow", "text"]);
        expect(seen).toBe(`ab${shown(text)}1`);
      }),
    );
  });
});

describe("code", () => {
  it("shows any text literally in a code span", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const trimmed = visible(text).trim();
        fc.pre(trimmed !== "");
        const { text: seen, kinds } = read(`- at ${code(text)}: x`);
        expect([...kinds].sort()).toEqual(["inlineCode", "list", "listItem", "paragraph", "root", "text"]);
        expect(seen).toBe(`at ${trimmed}: x`);
      }),
    );
  });
});
