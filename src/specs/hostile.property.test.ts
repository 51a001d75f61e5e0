import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { expect, test } from "vitest";
import { change } from "../../test/support/changes.js";
import { parseSpec } from "./parse.js";

const fragment = fc.oneof(
  fc.constantFrom(
    "## Requirements\n",
    "### Requirement: A [A-B]\n",
    "#### Scenario: S [A-C]\n",
    "##### Evidence\n",
    "- Test (unit): [a.ts:1 b](/a.ts#L1)\n",
    "- Example:\n",
    "```ts\nf(); //=> 1\n",
    "```\n",
    "**References:**\n",
    "> - ",
    "<!--",
    "-->",
    "[A-B]",
    "---\n",
    "\t",
    "\r",
    "\u0000",
    "\ufeff",
    "\ud800",
  ),
  fc.string({ maxLength: 8, unit: "binary" }),
);

test("any text gives a document with places in the text", () => {
  traceSpec("SPEC-FAULT-HOSTILE");
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 30 }), fc.constantFrom("specs", "changes/c/specs"), (parts, folder) => {
      const text = parts.join("");
      const { document, findings } = parseSpec({ path: `openspec/${folder}/a/spec.md`, text });
      const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
      const spans = [
        ...findings.map((each) => each.span),
        ...document.mentions.map((each) => each.span),
        ...document.alloyBlocks.map((each) => each.span),
        ...document.requirements.flatMap((each) => [each.span, each.blockSpan, ...each.statements.map((s) => s.span)]),
      ];
      for (const { line, column, endLine, endColumn } of spans) {
        const last = lines[endLine - 1];
        expect(last).toBeDefined();
        expect(line < endLine || (line === endLine && column <= endColumn)).toBe(true);
        expect(endColumn).toBeLessThanOrEqual((last ?? "").length + 1);
      }
    }),
    { numRuns: 300 },
  );
});

test("any change gives a document", () => {
  traceSpec("SPEC-FAULT-HOSTILE");
  fc.assert(
    fc.property(change, ([main, delta]) => {
      expect(parseSpec({ path: "openspec/specs/a/spec.md", text: main ?? "" }).document.kind).toBe("main");
      expect(parseSpec({ path: "openspec/changes/c/specs/a/spec.md", text: delta }).document.kind).toBe("delta");
    }),
    { numRuns: 60 },
  );
});

/** Each took minutes, or overflowed the stack, where nothing kept it from the parser as it is. */
test.each([
  ["quotes in quotes", "> ".repeat(40_000)],
  ["quotes without blanks", ">".repeat(90_000)],
  ["lists in lists", "1. ".repeat(30_000)],
  ["bullets in bullets", `${"- ".repeat(20_000)}x`],
  ["lists nested by indentation", Array.from({ length: 120 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n")],
])("%s are cut off and reported", (_, body) => {
  traceSpec("SPEC-FAULT-HOSTILE");
  const text = `## Requirements\n### Requirement: A [A-B]\nx\n\n${body}\n\n### Requirement: C [C-D]\ny\n`;
  const { document, findings } = parseSpec({ path: "openspec/specs/a/spec.md", text });
  expect(new Set(findings.map((each) => each.code))).toEqual(new Set(["SPEC016"]));
  expect(document.requirements.map((each) => each.tag)).toEqual(["A-B", "C-D"]);
});

test("what merely looks nested is left alone", () => {
  traceSpec("SPEC-FAULT-HOSTILE");
  const text = `## Requirements\n### Requirement: A [A-B]\nx\n\n${"- ".repeat(60)}\n${"*".repeat(300)}\n${" ".repeat(300)}x\n`;
  expect(parseSpec({ path: "openspec/specs/a/spec.md", text }).findings).toEqual([]);
});

test("a huge paragraph, and code as long, are read whole", () => {
  traceSpec("SPEC-FAULT-HOSTILE");
  const prose = "a *b* `c` [d] <e> & \\f SHALL\n".repeat(1500).trimEnd();
  const code = "const a = [`*`] & <b>; // [A-B]\n".repeat(1500).trimEnd();
  const text = `## Requirements\n### Requirement: A [A-B]\n${prose}\n\n\`\`\`alloy\n${code}\n\`\`\`\n\n- x\n\n  \`\`\`alloy\n${code.replace(/^/gm, "  ")}\n  \`\`\`\n`;
  const { document, findings } = parseSpec({ path: "openspec/specs/a/spec.md", text });
  expect(findings).toEqual([]);
  expect(document.requirements[0]?.statements[0]?.text).toBe(prose);
  expect(document.alloyBlocks.map((each) => each.code)).toEqual([code, code]);
});

/** Each took longer than a test may, or far longer than the others, where a search went over the same text again and again. */
test.each([
  ["escapes in an example", `##### Evidence\n- Example:\n\`\`\`ts\n${"'\\".repeat(400_000)}\n\`\`\`\n`],
  ["links in an entry", `##### Evidence\n- Test: ${"[a](".repeat(60_000)}\n`],
  ["backticks of every length", Array.from({ length: 700 }, (_, length) => "`".repeat(length + 1)).join(" ")],
  ["blanks in a heading", `### Requirement: D [D-E]${" ".repeat(200_000)}x\n`],
  ["attributes in a paragraph", "**A:** b\n".repeat(3000)],
])("%s are read in time", (_, body) => {
  traceSpec("SPEC-FAULT-HOSTILE");
  const text = `## Requirements\n### Requirement: A [A-B]\nx SHALL\n\n${body}\n### Requirement: C [C-D]\ny\n`;
  const { document } = parseSpec({ path: "openspec/specs/a/spec.md", text });
  expect(document.requirements.map((each) => each.tag)).toContain("C-D");
});
