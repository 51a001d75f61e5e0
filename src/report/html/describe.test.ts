import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { hostilePredicate } from "../../../test/builders/hostile.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import { PARTS } from "./data.js";
import { describeReport } from "./describe.js";
import { packReport, unpackReport } from "./pack.js";

const CONTEXT = { title: "box", links: null, traces: [], models: [], history: new Map() };

describe("the data of a page", () => {
  it("holds everything the predicate holds", () => {
    traceSpec("HTML-REPORT-DATA");
    fc.assert(
      fc.property(hostilePredicate(), (predicate) => {
        const data = unpackReport(packReport(describeReport(predicate, CONTEXT)));
        const proposed = predicate.changes.flatMap((change) => change.verdicts);
        expect(data.tags.tag.length).toBe(predicate.verdicts.length + proposed.length);
        expect(data.items.name.length).toBe(predicate.items.length);
        expect(data.findings.id.length).toBe(predicate.findings.length);
        expect(data.waivers.tag.length).toBe(predicate.waivers.length);
        for (const columns of [data.tags, data.items, data.references, data.findings, data.waivers]) {
          expect(new Set(Object.values(columns).map((column) => column.length)).size).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("gives each tag its items, references and findings", () => {
    traceSpec("HTML-REPORT-DATA");
    const data = describeReport(
      buildPredicate({
        tags: [
          { tag: "BOX-A", items: [{ name: "first" }, { name: "second" }], references: [{ file: "src/a.ts", line: 3 }] },
          { tag: "BOX-B", items: [{ name: "third" }] },
        ],
        findings: [{ code: "TAG004", tags: ["BOX-B"] }],
      }),
      CONTEXT,
    );
    const named = data.tags.items.map((items) => items.map((item) => data.strings[data.items.name[item] ?? -1]).sort());
    expect(named).toEqual([["first", "second"], ["third"]]);
    expect(data.references.tag).toEqual([0]);
    expect(data.findings.tags).toEqual([[1]]);
  });

  it("marks the parts of an EARS sentence", () => {
    traceSpec("HTML-REPORT-CASE-EARS");
    const sentence = "WHEN a box is opened, THE store SHALL record it within 5 s.";
    const data = describeReport(
      buildPredicate({ tags: [{ tag: "BOX-A", title: "Open", text: `Open\n\n${sentence}` }] }),
      CONTEXT,
    );
    const text = data.strings[data.tags.text[0] ?? -1] ?? "";
    expect(text).toBe(sentence);
    const marks = data.tags.marks[0] ?? [];
    const parts: [string | undefined, string][] = [];
    for (let at = 0; at < marks.length; at += 3) {
      const [part = 0, start = 0, length = 0] = marks.slice(at, at + 3);
      parts.push([PARTS[part], text.slice(start, start + length)]);
    }
    expect(parts).toEqual([
      ["keyword", "WHEN "],
      ["condition", "a box is opened"],
      ["subject", "store"],
      ["modal", "SHALL"],
      ["response", "record it"],
      ["timing", "within 5 s"],
    ]);
  });

  it("draws an edge for what a requirement refines or mentions, once, and none to its own scenario", () => {
    traceSpec("HTML-REPORT-CASE-RELATED");
    const file = "openspec/specs/box/spec.md";
    const data = describeReport(
      buildPredicate({
        tags: [
          { tag: "BOX-A", file, line: 5, refines: ["BOX-B"] },
          { tag: "BOX-A-ONE", kind: "scenario", parent: "BOX-A", file, line: 8 },
          {
            tag: "BOX-B",
            file,
            line: 20,
            references: [
              { form: "prose", role: "mentions", file, line: 9 },
              { form: "prose", role: "mentions", file, line: 6 },
              { form: "prose", role: "mentions", file, line: 21 },
            ],
          },
        ],
      }),
      CONTEXT,
    );
    expect(data.edges).toEqual({ from: [0, 1], to: [2, 2], relation: [0, 1] });
  });
});
