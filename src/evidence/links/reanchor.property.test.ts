import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { parseSpec } from "../../specs/parse.js";
import type { JudgedLink } from "./judge.js";
import { judgeLinks } from "./judge.js";
import { reanchor } from "./reanchor.js";
import type { LinkTree } from "./tree.js";

const SPEC = "openspec/specs/box/spec.md";

function treeOf(files: Readonly<Record<string, string>>): LinkTree {
  return {
    look: (path) => (path in files ? { kind: "file", ignored: false } : { kind: "absent", like: null }),
    read: (path) => files[path] ?? null,
  };
}

function judge(text: string, files: Readonly<Record<string, string>>): JudgedLink[] {
  return judgeLinks([parseSpec({ path: SPEC, text }).document], { tree: treeOf(files), below: "" });
}

/** Source whose declarations can be told apart, each with the line it stands at. */
interface Declared {
  text: string;
  symbol: string;
}

const DECLARED: readonly Declared[] = [
  { text: "export function alpha() {\n  return beta();\n}", symbol: "alpha()" },
  { text: "const beta = () => 1;", symbol: "beta" },
  { text: "class Gamma {\n  run() {}\n}", symbol: "Gamma" },
  { text: "class Delta {\n  run() {}\n}", symbol: "Delta" },
  { text: 'it("opens the box", () => {});', symbol: "opens the box" },
  { text: 'it(\n  "closes " +\n    "the box",\n  () => {},\n);', symbol: "closes the box" },
  { text: `it(\`waits $${"{1}"} seconds for it\`, () => {});`, symbol: "waits 1 seconds for it" },
];

const FILLERS = [
  "",
  "// alpha() and beta are further down",
  "  ",
  "unrelated();",
  '/* it("opens the box") */',
  "\tlet q;",
];

const filler = fc.array(fc.constantFrom(...FILLERS), { maxLength: 6 });

/** A file of the declarations in this order with fillers between, and the line of each. */
function assemble(
  order: readonly Declared[],
  between: readonly string[][],
): { text: string; lines: Map<string, number> } {
  const out: string[] = [];
  const lines = new Map<string, number>();
  for (const [index, each] of order.entries()) {
    out.push(...(between[index] ?? []));
    lines.set(each.symbol, out.length + 1);
    out.push(...each.text.split("\n"));
  }
  return { text: `${out.join("\n")}\n`, lines };
}

/** One link in one of its forms. */
function written(form: number, path: string, symbol: string, line: number, length: number): string {
  const end = line + length;
  const base = path.split("/").at(-1);
  const forms = [
    `- Test: [${base}:${line} ${symbol}](/${path}#L${line})`,
    `- Test: [${base}:${line}-${end} ${symbol}](/${path}#L${line}-L${end})`,
    `- Test: [${base} ${symbol}](</${path}#L${line}> 'a title')`,
    `- Test: text before [${base}:${line} \`${symbol}\`](../../../${path}#L${line}C1), and behind it  `,
    `- Test: [${base}:${line} ${symbol}](/${path})`,
  ];
  return forms[form % forms.length] ?? "";
}

const orders = fc.shuffledSubarray([...DECLARED], { minLength: 1 });

const project = fc.record({
  order: orders,
  before: fc.array(filler, { minLength: 8, maxLength: 8 }),
  after: fc.array(filler, { minLength: 8, maxLength: 8 }),
  forms: fc.array(fc.nat(4), { minLength: 8, maxLength: 8 }),
  lengths: fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
  ending: fc.constantFrom("\n", "\r\n", "\r"),
  mark: fc.boolean(),
});

function specification(links: readonly string[], ending: string, mark: boolean): string {
  const head = ["# Box", "", "## Requirements", "", "### Requirement: Box [BOX-A]", "", "THE box SHALL open.\t ", ""];
  const lines = [...head, "##### Evidence", "", ...links, "", "The end, without a line end  "];
  return (mark ? "\uFEFF" : "") + lines.join(ending);
}

describe("reanchor", () => {
  it("restores every link after lines were inserted and deleted, and changes nothing else", () => {
    traceSpec("LINK-FIX-RESTORE");
    fc.assert(
      fc.property(project, ({ order, before, after, forms, lengths, ending, mark }) => {
        const path = "test/box.test.ts";
        const old = assemble(order, before);
        const now = assemble(order, after);
        const links = (lines: Map<string, number>) =>
          order.map(({ symbol }, index) =>
            written(forms[index] ?? 0, path, symbol, lines.get(symbol) ?? 0, lengths[index] ?? 0),
          );
        const spec = specification(links(old.lines), ending, mark);
        const padding = "\n".repeat(5);
        expect(judge(spec, { [path]: old.text + padding }).map(({ problem }) => problem)).toEqual(
          order.map(() => null),
        );
        const files = { [path]: now.text + padding };
        const fixed = reanchor(spec, judge(spec, files));
        // A link that still holds, because its range is long enough, keeps its lines.
        const kept = judge(spec, files).map(({ problem }) => problem === null);
        const wanted = order.map(({ symbol }, index) => {
          const line = (kept[index] === true ? old : now).lines.get(symbol) ?? 0;
          return written(forms[index] ?? 0, path, symbol, line, lengths[index] ?? 0);
        });
        expect(fixed.text).toBe(specification(wanted, ending, mark));
        expect(judge(fixed.text, files).map(({ problem }) => problem)).toEqual(order.map(() => null));
        expect(reanchor(fixed.text, judge(fixed.text, files))).toEqual({ text: fixed.text, edits: [], left: [] });
      }),
    );
  });

  it("never touches anything but digits of links", () => {
    traceSpec("LINK-FIX-ONLY");
    fc.assert(
      fc.property(project, fc.string({ unit: "grapheme" }), ({ order, before, after, forms, ending, mark }, noise) => {
        const path = "test/box.test.ts";
        const old = assemble(order, before);
        const links = order.flatMap(({ symbol }, index) => [
          written(forms[index] ?? 0, path, symbol, old.lines.get(symbol) ?? 0, 0),
          `- Test: ${noise.replace(/[\r\n]/g, " ")} 12:34 #L56`,
        ]);
        const spec = specification(links, ending, mark);
        const fixed = reanchor(spec, judge(spec, { [path]: assemble(order, after).text }));
        const bare = (text: string) => text.replace(/\d+/g, "0");
        expect(bare(fixed.text)).toBe(bare(spec));
        let at = 0;
        for (const { before: was } of fixed.edits) at += was.length;
        expect(at).toBeLessThanOrEqual(spec.length);
        for (const line of spec.split(/\r\n|\r|\n/)) {
          if (!line.includes("](")) expect(fixed.text).toContain(line);
        }
      }),
    );
  });
});
