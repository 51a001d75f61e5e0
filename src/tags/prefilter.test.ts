import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { specDocument } from "../../test/builders/spec-document.js";
import { buildCatalog } from "./catalog.js";
import { needleFilter, referenceNeedles } from "./prefilter.js";
import { resolveReferences } from "./resolve.js";
import { scanSource } from "./scan.js";

const { catalog } = buildCatalog([
  specDocument({
    path: "specs/a/spec.md",
    requirements: ["BOX-OPEN", "BOX-SHUT", "A1-B"].map((tag, line) => ({ tag, line })),
  }),
  specDocument({ path: "changes/c/specs/a/spec.md", change: "c", requirements: [{ tag: "NEW-LID", line: 1 }] }),
]);
const mayRefer = needleFilter(referenceNeedles(catalog));

describe("referenceNeedles", () => {
  it("are the markers and each first segment once", () => {
    traceSpec("REF-PREFILTER");
    const needles = ["@implements", "mplements(", "erifies", "traceSpec", "A1-", "BOX-", "NEW-"];
    expect(referenceNeedles(catalog)).toEqual(needles);
  });
});

describe("needleFilter", () => {
  it.each([
    "// [BOX-X]",
    "xBOX-X",
    "// [A1-B]",
    '@Tag("NEW-LID")',
    "/* @implements ZZ-Z */",
    "# @verifies",
    "traceSpec()",
    '#[implements("Q-Q")]',
    '@pytest.mark.verifies("x")',
    "FOO-BOX-1 FOO-1",
    "X-X BOX-X",
  ])("passes %j", (text) => {
    traceSpec("REF-PREFILTER");
    expect(mayRefer(text)).toBe(true);
  });

  it.each(["", "BOX", "BOX -X", "BOX-", "box-open", "XBOX-OPEN", "A-1", "UTF-8 RFC-2119", `${"A-".repeat(1000)}A`])(
    "rejects %j",
    (text) => {
      traceSpec("REF-PREFILTER-SKIP");
      expect(mayRefer(text)).toBe(false);
    },
  );

  it("passes every text in which the scanner finds something that counts", () => {
    traceSpec("REF-PREFILTER");
    const unit = fc.constantFrom(
      "// ",
      "[",
      "]",
      "BOX-OPEN",
      "BOX-",
      "A1-B",
      "FOO-X",
      "NEW-LID",
      "@verifies ",
      "@implements ",
      " ",
      "\n",
      'it("',
      '")',
      "traceSpec(",
      "x",
      "A1",
      "-",
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 14 }), (units) => {
        const text = units.join("");
        const { references, findings } = scanSource({ path: "a.test.ts", text });
        const resolved = resolveReferences(catalog, references);
        const counts = resolved.known.length + resolved.findings.length + findings.length;
        if (counts > 0) expect(mayRefer(text)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
