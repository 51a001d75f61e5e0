import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { specDocument } from "../../test/builders/spec-document.js";
import type { Catalog, Reference } from "../model/reference.js";
import { lineSpan } from "../model/span.js";
import { buildCatalog } from "./catalog.js";
import { NearestTags } from "./nearest.js";
import { mentionsOf, resolveReferences } from "./resolve.js";

const TEXT = "THE box SHALL close within **5** seconds of `close()`,\nunless the lid's hinge is “stuck”.";

function catalogOf(...tags: string[]): Catalog {
  const requirements = tags.map((tag, index) => ({ tag, line: 3 + index, text: TEXT }));
  const main = specDocument({ path: "openspec/specs/box/spec.md", requirements });
  const change = specDocument({
    path: "openspec/changes/add/specs/box/spec.md",
    change: "add",
    requirements: [{ tag: "BOX-SOON", line: 7 }],
  });
  return buildCatalog([main, change]).catalog;
}

function reference(tag: string, more: Partial<Reference> = {}): Reference {
  const span = lineSpan("src/a.ts", 4, 8, tag.length);
  return { tag, role: "implements", form: "comment", explicit: true, span, test: null, quote: null, ...more };
}

function quoting(text: string): Reference {
  return reference("BOX-CLOSE", { quote: { text, span: lineSpan("src/a.ts", 5, 3, 10) } });
}

const CATALOG = catalogOf("BOX-CLOSE", "BOX-OPEN", "LID-HINGE");

describe("references to defined tags", () => {
  it("are known, each of them", () => {
    traceSpec("REF-UNKNOWN");
    const given = [reference("BOX-OPEN"), reference("BOX-OPEN"), reference("LID-HINGE", { explicit: false })];
    expect(resolveReferences(CATALOG, given)).toEqual({ known: given, findings: [] });
  });
});

describe("references to unknown tags", () => {
  it("name the nearest tag and its place", () => {
    traceSpec("REF-UNKNOWN", "REF-UNKNOWN-NEAR");
    const { known, findings } = resolveReferences(CATALOG, [reference("BOX-CLOES")]);
    expect(known).toEqual([]);
    expect(findings).toMatchObject([
      {
        code: "TAG004",
        message: "Unexpected reference to BOX-CLOES, expected a tag that a specification defines",
        span: { file: "src/a.ts", line: 4, column: 8 },
        tags: ["BOX-CLOES"],
        suggestion: "Did you mean BOX-CLOSE?",
        related: [{ span: { file: "openspec/specs/box/spec.md", line: 3 } }],
      },
    ]);
  });

  it("have no nearest tag when nothing is near", () => {
    traceSpec("REF-UNKNOWN");
    const { findings } = resolveReferences(CATALOG, [reference("WHOLLY-DIFFERENT-THING")]);
    expect(findings).toMatchObject([{ code: "TAG004", suggestion: null, related: [] }]);
  });

  it("are one finding for all the tests of a suite", () => {
    traceSpec("REF-UNKNOWN");
    const given = [reference("BOX-CLOES"), reference("BOX-CLOES")];
    expect(resolveReferences(CATALOG, given).findings).toHaveLength(1);
    const elsewhere = reference("BOX-CLOES", { span: lineSpan("src/a.ts", 5) });
    expect(resolveReferences(CATALOG, [...given, elsewhere]).findings).toHaveLength(2);
  });

  it("in brackets count only with a known first segment", () => {
    traceSpec("REF-UNKNOWN-FOREIGN", "REF-UNKNOWN-BRACKET");
    const given = ["UTF-8", "A-Z", "RFC-2119", "BOX-WRONG"].map((tag) => reference(tag, { explicit: false }));
    expect(resolveReferences(CATALOG, given).findings.map((each) => each.tags)).toEqual([["BOX-WRONG"]]);
  });

  it("may be proposed by a change", () => {
    traceSpec("REF-UNKNOWN-PROPOSED");
    const { known, findings } = resolveReferences(CATALOG, [reference("BOX-SOON")]);
    expect(known).toEqual([]);
    expect(findings).toMatchObject([
      { code: "TAG008", severity: "info", related: [{ span: { file: "openspec/changes/add/specs/box/spec.md" } }] },
    ]);
    expect(findings[0]?.message).toContain("the change add defines");
  });
});

describe("nearest tags", () => {
  it("prefer the same first segment, then forgive a slip in it", () => {
    traceSpec("REF-UNKNOWN-NEAR");
    const nearest = new NearestTags(["BOX-LID", "BOY-LIDS", "CAR-DOOR-OPEN"]);
    expect(nearest.of("BOX-LIDS")).toBe("BOX-LID");
    expect(nearest.of("CRA-DOOR-OPEN")).toBe("CAR-DOOR-OPEN");
    expect(nearest.of("VAN-DOOR-OPEN")).toBe("CAR-DOOR-OPEN");
    expect(nearest.of("VAN-GATE-OPEN")).toBeNull();
    expect(nearest.of(`BOX-${"A".repeat(200)}`)).toBeNull();
  });

  it("are the same in whatever order tags come", () => {
    traceSpec("REF-UNKNOWN-NEAR");
    const tags = ["AB-CD1", "AB-CD2", "AB-CD3"];
    expect(new NearestTags(tags).of("AB-CD")).toBe("AB-CD1");
    expect(new NearestTags([...tags].reverse()).of("AB-CD")).toBe("AB-CD1");
  });

  it("are sought with a bounded number of comparisons", () => {
    traceSpec("REF-UNKNOWN-BOUND");
    const tags = Array.from({ length: 5_000 }, (_, index) => `AB-${String(index).padStart(6, "0")}`);
    const nearest = new NearestTags(tags);
    const answers = Array.from({ length: 400 }, (_, index) => nearest.of(`AB-${String(index).padStart(6, "0")}X`));
    expect(answers[0]).toBe("AB-000000");
    expect(answers.at(-1)).toBeNull();
  });
});

describe("quotations", () => {
  const codes = (text: string) => resolveReferences(CATALOG, [quoting(text)]).findings.map((each) => each.code);

  it.each([
    "THE box SHALL close within 5 seconds",
    'the lid\'s hinge is "stuck".',
    "within   5\nseconds of close(), unless",
    "box SHALL close within **5** seconds of `close()`, unless the lid’s hinge",
  ])("%j is contained", (text) => {
    traceSpec("REF-QUOTE-FOLD");
    expect(codes(text)).toEqual([]);
  });

  it.each([
    "THE box SHALL close within 6 seconds",
    "THE Box SHALL close",
    "within 5 5 seconds",
    "the hinge is stuck for good",
  ])("%j is not", (text) => {
    traceSpec("REF-QUOTE");
    expect(codes(text)).toEqual(["TAG007"]);
  });

  it("show the first difference and stay known", () => {
    traceSpec("REF-QUOTE");
    const given = [quoting("THE box SHALL close within 6 seconds of close(), unless the lid")];
    const { known, findings } = resolveReferences(CATALOG, given);
    expect(known).toEqual(given);
    expect(findings[0]?.message).toBe(
      'Unexpected quotation "…box SHALL close within 6 seconds of close(),…" of BOX-CLOSE, expected "…box SHALL close within 5 seconds of close(),…"',
    );
    expect(findings[0]).toMatchObject({
      span: { line: 5, column: 3 },
      related: [{ span: { file: "openspec/specs/box/spec.md", line: 3 } }],
    });
  });
});

describe("mentions in specifications", () => {
  it("are judged like bracketed references", () => {
    traceSpec("REF-MENTION");
    const document = specDocument({
      path: "openspec/specs/box/spec.md",
      mentions: [
        { tag: "BOX-OPEN", line: 9 },
        { tag: "RFC-2119", line: 10 },
        { tag: "BOX-OPNE", line: 11 },
      ],
    });
    const mentions = mentionsOf([document]);
    expect(mentions[0]).toEqual({
      tag: "BOX-OPEN",
      role: "mentions",
      form: "prose",
      explicit: false,
      span: lineSpan("openspec/specs/box/spec.md", 9),
      test: null,
      quote: null,
    });
    const { known, findings } = resolveReferences(CATALOG, mentions);
    expect(known.map((each) => each.tag)).toEqual(["BOX-OPEN"]);
    expect(findings).toMatchObject([{ code: "TAG004", span: { line: 11 }, suggestion: "Did you mean BOX-OPEN?" }]);
  });
});
