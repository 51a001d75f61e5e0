import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { parseSpec } from "../../specs/parse.js";
import { linkFacts, linkFindings } from "./findings.js";
import type { JudgedLink } from "./judge.js";
import { judgeLinks } from "./judge.js";
import { reanchor } from "./reanchor.js";
import type { LinkTree } from "./tree.js";

const SOURCE =
  "// one\n\nfunction one() {}\n\nfunction two() {\n  one();\n  one();\n}\n\nclass A {\n  go() {}\n}\nclass B {\n  go() {}\n}\n";

const tree: LinkTree = {
  look: (path) => (path === "src/a.ts" ? { kind: "file", ignored: false } : { kind: "absent", like: null }),
  read: () => SOURCE,
};

function judge(text: string, kind: "specs" | "changes/c/specs" = "specs"): JudgedLink[] {
  const { document } = parseSpec({ path: `openspec/${kind}/box/spec.md`, text });
  return judgeLinks([document], { tree, below: "" });
}

function evidence(links: string): string {
  return `## Requirements\n\n### Requirement: A [BOX-A]\n\nTHE box SHALL open.\n\n##### Evidence\n\n${links}\n`;
}

function fixed(links: string): string {
  const text = evidence(links);
  return reanchor(text, judge(text)).text.slice(evidence("").length - 1, -1);
}

describe("reanchor", () => {
  it("corrects the numbers of text and fragment", () => {
    traceSpec("LINK-FIX");
    expect(fixed("- Implementation: [a.ts:1 one()](/src/a.ts#L1)")).toBe(
      "- Implementation: [a.ts:3 one()](/src/a.ts#L3)",
    );
    expect(fixed("- Implementation: [a.ts:1 one()](/src/a.ts)")).toBe("- Implementation: [a.ts:3 one()](/src/a.ts)");
    expect(fixed("- Implementation: [a.ts one()](/src/a.ts#lines-1)")).toBe(
      "- Implementation: [a.ts one()](/src/a.ts#lines-3)",
    );
    expect(fixed("- Implementation: ![i](x.png) [a.ts:99\none()](/src/a.ts#L99)")).toBe(
      "- Implementation: ![i](x.png) [a.ts:3\none()](/src/a.ts#L3)",
    );
  });

  it("counts columns behind a byte order mark", () => {
    traceSpec("LINK-FIX-ONLY");
    const text = "\uFEFF[a.ts:1 one()](/src/a.ts#L1)\r\n";
    expect(reanchor(text, judge(text)).text).toBe("\uFEFF[a.ts:3 one()](/src/a.ts#L3)\r\n");
  });

  it("keeps the length of a range", () => {
    traceSpec("LINK-FIX-RANGE");
    expect(fixed("- Implementation: [a.ts:8-9 two()](/src/a.ts#L8-L9)")).toBe(
      "- Implementation: [a.ts:5-6 two()](/src/a.ts#L5-L6)",
    );
    expect(fixed("- Implementation: [a.ts:8 two()](/src/a.ts#L8-11)")).toBe(
      "- Implementation: [a.ts:5 two()](/src/a.ts#L5-8)",
    );
  });

  it("leaves a link alone whose name stands at several places", () => {
    traceSpec("LINK-FIX-SEVERAL");
    const link = "- Implementation: [a.ts:1 go()](/src/a.ts#L1)";
    expect(fixed(link)).toBe(link);
    const [found] = linkFindings(judge(evidence(link)));
    expect(found).toMatchObject({ code: "LINK006", related: [{ span: { line: 11 } }, { span: { line: 14 } }] });
    expect(fixed("- Implementation: [a.ts:1 B.go()](/src/a.ts#L1)")).toBe(
      "- Implementation: [a.ts:14 B.go()](/src/a.ts#L14)",
    );
  });

  it("leaves links alone that share a target and want different lines", () => {
    traceSpec("LINK-FIX-SHARED");
    const links = "- Implementation: [a.ts:1 one()][a] and [a.ts:1 two()][a]\n\n[a]: /src/a.ts#L1";
    expect(fixed(links)).toBe(links);
    const judged = judge(evidence(links));
    expect(reanchor(evidence(links), judged).left).toHaveLength(2);
    expect(fixed("- Implementation: [a.ts:1 one()][a] and [a.ts one()][a]\n\n[a]: /src/a.ts#L1")).toBe(
      "- Implementation: [a.ts:3 one()][a] and [a.ts one()][a]\n\n[a]: /src/a.ts#L3",
    );
  });

  it("makes text and target agree where a name tells which is right", () => {
    traceSpec("LINK-AGREE");
    expect(fixed("- Implementation: [a.ts:5 one()](/src/a.ts#L3)")).toBe(
      "- Implementation: [a.ts:3 one()](/src/a.ts#L3)",
    );
    expect(fixed("- Implementation: [a.ts:3 one()](/src/a.ts#L5)")).toBe(
      "- Implementation: [a.ts:3 one()](/src/a.ts#L3)",
    );
    const nameless = "- Implementation: [a.ts:3](/src/a.ts#L5)";
    expect(fixed(nameless)).toBe(nameless);
    expect(linkFindings(judge(evidence(nameless)))).toMatchObject([{ code: "LINK007", severity: "warning" }]);
  });
});

describe("linkFindings", () => {
  const codes = (text: string, kind?: "specs" | "changes/c/specs") =>
    linkFindings(judge(text, kind)).map(({ code, severity }) => `${code} ${severity}`);

  it("are errors where evidence depends on the link, and warnings elsewhere", () => {
    traceSpec("LINK-PROSE");
    expect(codes(evidence("- Implementation: [b.ts](/src/b.ts)"))).toEqual(["LINK001 error"]);
    expect(codes("See [b.ts](/src/b.ts).")).toEqual(["LINK010 warning"]);
    expect(
      codes(
        "## Requirements\n\n### Requirement: A [BOX-A]\n\nTHE box SHALL open.\n\n**References:** `src/b.ts`, [b](/src/b.ts)",
      ),
    ).toEqual(["LINK010 warning", "LINK001 error"]);
    const change = evidence("- Implementation: [b.ts](/src/b.ts)").replace("## Req", "## ADDED Req");
    expect(codes(change, "changes/c/specs")).toEqual(["LINK010 warning"]);
  });

  it("take no words of prose for a name, unless a line stands with them", () => {
    traceSpec("LINK-PROSE-WORDS");
    expect(codes("See [a.ts for more](/src/a.ts#L3), [a.ts](/src/a.ts), [`three()`](/src/a.ts).")).toEqual([]);
    expect(codes("See [a.ts:3 three()](/src/a.ts#L3).")).toEqual(["LINK010 warning"]);
    expect(codes("See [a.ts:1 one()](/src/a.ts#L1).")).toEqual(["LINK004 warning"]);
  });

  it("keep their ids when lines move", () => {
    traceSpec("LINK-MOVED");
    const id = (line: number) =>
      linkFindings(judge(evidence(`- Implementation: [a.ts:${line} one()](/src/a.ts#L${line})`)))[0]?.id;
    expect(id(1)).toBe(id(9));
    expect(id(1)).toMatch(/^LINK004-/);
  });

  it("are counted", () => {
    traceSpec("LINK-CHECK");
    const links =
      "- Implementation: [a.ts:3 one()](/src/a.ts#L3), [a.ts:1 one()](/src/a.ts#L1), [b](/b.ts), [w](https://e.org), [m](/src/a.ts#zzz)";
    expect(linkFacts(judge(evidence(links)))).toEqual({
      links: 5,
      checked: 4,
      broken: 2,
      moved: 1,
      external: 1,
      unchecked: 0,
    });
  });
});
