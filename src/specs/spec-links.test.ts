import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../test/builders/hostile.js";
import type { SpecLink } from "../model/link.js";
import { parseSpec } from "./parse.js";

function linksOf(text: string): SpecLink[] {
  return parseSpec({ path: "openspec/specs/box/spec.md", text }).document.links;
}

/** Form, text and target of each link. */
function read(text: string): string[][] {
  return linksOf(text).map((link) => [link.form, link.text, link.url]);
}

/** What stands at a place of a text. */
function at(text: string, { line, column, endLine, endColumn }: SpecLink["span"]): string {
  const lines = text.split("\n").slice(line - 1, endLine);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? "").slice(0, endColumn - 1);
  lines[0] = (lines[0] ?? "").slice(column - 1);
  return lines.join("\n");
}

describe("links of a specification", () => {
  it("are read in every form, in order", () => {
    traceSpec("LINK-FORMS");
    const text =
      "## Purpose\n\n- [a](b.md), ![c](d.png) and <https://e.org>.\n\n| [f](g.md) |\n|---|\n| x |\n\n> [h][i]\n\n[i]: j.md\n[k]: l.md\n";
    expect(read(text)).toEqual([
      ["inline", "a", "b.md"],
      ["image", "c", "d.png"],
      ["autolink", "", "https://e.org"],
      ["inline", "f", "g.md"],
      ["reference", "h", "j.md"],
      ["definition", "", "l.md"],
    ]);
    expect(linksOf(text).map(({ span }) => at(text, span))).toEqual([
      "[a](b.md)",
      "![c](d.png)",
      "<https://e.org>",
      "[f](g.md)",
      "[h][i]",
      "[k]: l.md",
    ]);
    expect(linksOf(text).map(({ urlSpan }) => at(text, urlSpan))).toEqual([
      "b.md",
      "d.png",
      "https://e.org",
      "g.md",
      "j.md",
      "l.md",
    ]);
  });

  it("stand in headings, too", () => {
    traceSpec("LINK-FORMS-HEADING");
    const text =
      "# Box, see [a](a.md)\n\n## Requirements\n\n### Requirement: Lid [b](b.md) [BOX-LID]\nTHE lid SHALL open.\n\n#### Scenario: Wide [c](c.md) [BOX-WIDE]\nx\n\nSetext [d](d.md)\n---\n";
    expect(linksOf(text).map(({ url, owner, role }) => [url, owner, role])).toEqual([
      ["a.md", null, "prose"],
      ["b.md", "BOX-LID", "prose"],
      ["c.md", "BOX-WIDE", "prose"],
      ["d.md", null, "prose"],
    ]);
  });

  it("are read in HTML, where it is not code or comment", () => {
    traceSpec("LINK-FORMS-HTML");
    const text =
      'See <a href="a&amp;b.md">x</a>, <img class=c src=\'d.png\'>, `<a href="e.md">`, \\<a href="f.md"> <!-- <a href="g.md"> -->\n\n<div>\n<a title="t" href=h.md>x</a> <a name="i"></a>\n<!-- <img src="j.png"> -->\n</div>\n\n```html\n<a href="k.md">\n```\n';
    expect(read(text)).toEqual([
      ["html", "", "a&b.md"],
      ["html", "", "d.png"],
      ["html", "", "h.md"],
    ]);
    expect(linksOf(text).map(({ urlSpan }) => at(text, urlSpan))).toEqual(["a&amp;b.md", "d.png", "h.md"]);
  });

  it("are no words within another attribute of HTML", () => {
    traceSpec("LINK-FORMS-HTML");
    const text =
      '<a title="use href=x" href="a.md">b</a> <img alt=\'a src=b.png\' src=c.png> <a title="d > href=e" href = \'f.md\'>\n\n<a data-href="g.md" name=h>i</a> <a title="<a href=\'j.md\'>">k</a> <A disabled\n  HREF=l.md>m</A>\n';
    expect(read(text).map(([, , url]) => url)).toEqual(["a.md", "c.png", "f.md", "l.md"]);
  });

  it("have the characters that references stand for", () => {
    traceSpec("LINK-FORMS-TARGET");
    expect(read("[a](b&amp;c.md) [d](e&f.md) [g](h\\&amp;i.md) [j](k&#46;md)").map(([, , url]) => url)).toEqual([
      "b&c.md",
      "e&f.md",
      "h&amp;i.md",
      "k.md",
    ]);
  });

  it("have the image that a link shows, too", () => {
    traceSpec("LINK-FORMS");
    expect(read("[![c](d.png)](e.md)")).toEqual([
      ["inline", "![c](d.png)", "e.md"],
      ["image", "c", "d.png"],
    ]);
  });

  it.each([
    ["[a](<b c.md>)", "b c.md"],
    ["[a](b\\(1\\).md)", "b(1).md"],
    ["[a](b(1).md)", "b(1).md"],
    ['[a](b.md "a title")', "b.md"],
    ["[a]( b.md 'a title' )", "b.md"],
    ["[a](b%20c.md#L3)", "b%20c.md#L3"],
    ["[a]()", ""],
  ])("have the target of %s as it is meant", (text, url) => {
    traceSpec("LINK-FORMS-TARGET");
    expect(read(text)).toEqual([["inline", "a", url]]);
  });

  it("have the target that a label stands for, wherever it is defined", () => {
    traceSpec("LINK-FORMS-LABEL");
    expect(read("[a][B  c], [b c][] and [b C].\n\n[b\nc]: <d e.md> 'title'\n[b c]: second.md\n")).toEqual([
      ["reference", "a", "d e.md"],
      ["reference", "b c", "d e.md"],
      ["reference", "b C", "d e.md"],
    ]);
  });

  it.each([
    "`[a](b.md)`",
    "```\n[a](b.md)\n```",
    "<!-- [a](b.md) -->",
    "\\[a](b.md)",
    "[a][b] and [c]",
    "a[0](see below)",
    "[x] (b.md)",
    '\\<a href="b.md">',
    "\\<https://e.org>",
    '<a name="b.md">',
  ])("are not read from %j", (text) => {
    traceSpec("LINK-FORMS-NONE");
    expect(read(text)).toEqual([]);
  });

  it("know where they stand and whose they are", () => {
    traceSpec("LINK-FORMS-ROLE");
    const text = `# Box

[prose](a.md)

## Requirements

### Requirement: Alias [BOX-ALIAS]

THE box SHALL have [an alias](b.md).

**Owner:** [ada](c.md)
**References:** [one](d.md),
[two](e.md)

**References:**

- [three](f.md)
- [four][g]

#### Scenario: Long [BOX-ALIAS-LONG]

WHEN [long](h.md), THE box SHALL refuse.

##### Evidence

- Test: [five](i.md)

[g]: j.md
`;
    expect(linksOf(text).map(({ text: shown, role, owner }) => [shown, role, owner])).toEqual([
      ["prose", "prose", null],
      ["an alias", "prose", "BOX-ALIAS"],
      ["ada", "prose", "BOX-ALIAS"],
      ["one", "references", "BOX-ALIAS"],
      ["two", "references", "BOX-ALIAS"],
      ["three", "references", "BOX-ALIAS"],
      ["four", "references", "BOX-ALIAS"],
      ["long", "prose", "BOX-ALIAS-LONG"],
      ["five", "evidence", "BOX-ALIAS-LONG"],
    ]);
  });

  it("are paths in code signs behind References, and nowhere else", () => {
    traceSpec("LINK-FORMS-CODE");
    const spans =
      "`docs/a.md`, `docs/a.md#Some Heading`, `src/a.ts:12`, `a.md#b`, `a.b`, `--x`, `https://e.org/a.md`, `a/b`";
    const requirement = `## Requirements\n\n### Requirement: A [BOX-A]\n\nTHE box SHALL ${spans}.\n\n`;
    expect(read(requirement)).toEqual([]);
    const text = `${requirement}**References:** ${spans}\n`;
    expect(read(text)).toEqual(
      ["docs/a.md", "docs/a.md#Some Heading", "src/a.ts:12", "a.md#b"].map((path) => ["code", "", path]),
    );
    expect(linksOf(text).map(({ urlSpan }) => at(text, urlSpan))).toEqual(linksOf(text).map(({ url }) => url));
  });

  it("have targets that markdown takes for text, where a path is meant", () => {
    traceSpec("LINK-TARGET");
    expect(read("[a](my file.md) and [b](see below) and [c](x, y)")).toEqual([["unreadable", "a", "my file.md"]]);
  });

  it("lie within any text", () => {
    traceSpec("LINK-FORMS-HOSTILE");
    const piece = fc.oneof(
      hostileText(),
      fc.constantFrom(
        "[",
        "]",
        "](",
        ")",
        "<",
        ">",
        "`",
        "[a]: ",
        "\n\n",
        "**References:** ",
        "a/b.md",
        "##### Evidence\n\n",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = `## Requirements\n\n### Requirement: A [BOX-A]\n\n${pieces.join("")}`;
        const lines = text.replace(/\r\n?/g, "\n").split("\n");
        for (const { span, urlSpan, textSpan } of linksOf(text)) {
          for (const place of [span, urlSpan, textSpan ?? span]) {
            expect(place.endLine).toBeLessThanOrEqual(lines.length);
            expect(place.endColumn).toBeLessThanOrEqual((lines[place.endLine - 1] ?? "").length + 1);
            const isForward = place.line < place.endLine || place.column <= place.endColumn;
            expect(place.line <= place.endLine && isForward).toBe(true);
          }
        }
      }),
    );
  });

  it("are found in time linear in the text", () => {
    traceSpec("LINK-FORMS-HOSTILE");
    const size = 20_000;
    for (const piece of ["[", "](", "[a](", "[a][", "<a:", "[a](b c ", "[a]: ", "`a/b.md", "![", "[a](<"]) {
      expect(linksOf(piece.repeat(size)).length).toBeLessThanOrEqual(size);
    }
  });
});
