import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { htmlAnchors, markdownAnchors } from "./anchors.js";
import { TargetFile } from "./target-file.js";

const ids = (text: string) => [...markdownAnchors(text).ids].filter((id) => !id.startsWith("user-content-"));

describe("markdownAnchors", () => {
  it.each([
    ["# Proposed design", ["proposed-design"]],
    ["# A & B", ["a--b", "a-b"]],
    ["## `Registry.load()` twice", ["registryload-twice"]],
    ["### *Very* **bold** _x_", ["very-bold-x"]],
    ["# [Text](url.md) ![image](i.png)end", ["text-end"]],
    ["# Übersicht: Größe 1.2", ["übersicht-größe-12"]],
    ["# 日本語の題名", ["日本語の題名"]],
    ["# snake_case-and-dash", ["snake_case-and-dash"]],
    ["Setext\n======", ["setext"]],
    ["> ## In a quote", ["in-a-quote"]],
    ["## Closed ##", ["closed"]],
    ["## Own {#chosen}", ["chosen", "own", "own-chosen"]],
    ["# <b>HTML</b> in it", ["html-in-it"]],
    ["# AT&amp;T", ["att"]],
    ["---\ntitle: x\n---\n# After", ["after"]],
  ])("gives the anchors of %j", (text, expected) => {
    traceSpec("LINK-ANCHOR");
    expect(ids(text)).toEqual(expected);
  });

  it("numbers headings of one name, past those that exist", () => {
    traceSpec("LINK-ANCHOR-TWICE");
    expect(ids("# A\n# A\n# A-1\n# A\n")).toEqual(["a", "a-1", "a-1-1", "a-2"]);
  });

  it("has the top of any document", () => {
    traceSpec("LINK-ANCHOR-TOP");
    expect(new TargetFile("docs/a.md", "# A\n").hasAnchor("top", false)?.found).toBe(true);
    expect(new TargetFile("docs/a.html", "<p>A</p>").hasAnchor("top", false)?.found).toBe(true);
    expect(new TargetFile("docs/a.md", "# A\n").hasAnchor("bottom", false)?.found).toBe(false);
  });

  it("has the ids of HTML", () => {
    traceSpec("LINK-ANCHOR");
    expect(ids('<a id="one"></a>\n\nText <a name=\'two\'>x</a> <p class="c" id=three>\n')).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect([...htmlAnchors('<h1 ID="top">x</h1><i data-id="no"></i>').ids]).toEqual(["top"]);
  });

  it("has nothing of fences, code and comments", () => {
    traceSpec("LINK-ANCHOR-CODE");
    expect(ids('```\n# A\n```\n\n    # B\n\n<!-- <a id="c"></a> -->\n\n`<a id="d">`\n')).toEqual([]);
    expect([...htmlAnchors('<!-- <a id="gone"> -->').ids]).toEqual([]);
  });

  it("keeps the text of headings", () => {
    traceSpec("LINK-ANCHOR-TEXT");
    expect([...markdownAnchors("# Failure  Modes, and `Code`\n").headings]).toEqual(["failure modes, and code"]);
  });
});
