import { createHash } from "node:crypto";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { hostilePredicate } from "../../../test/builders/hostile.js";
import { htmlPage } from "../../../test/builders/page.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import { describeReport } from "./describe.js";

const GREEN = buildPredicate({ tags: [{ tag: "BOX-A", title: "Open", items: [{ name: "opens" }] }] });

describe("the page", () => {
  it("holds all it needs, and little of it is shell", () => {
    traceSpec("HTML-REPORT-FILE");
    traceSpec("HTML-REPORT-FILE-SIZE");
    const page = htmlPage(buildPredicate());
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).not.toMatch(/<(?:link|iframe|img|object|embed)\b|\bsrc=|@import|url\(/i);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(Buffer.byteLength(page)).toBeLessThan(300_000);
    expect(Buffer.byteLength(page)).toBeGreaterThan(20_000);
  });

  it("allows its own script and style by digest and nothing else", () => {
    traceSpec("HTML-REPORT-FILE-POLICY");
    const page = htmlPage(GREEN);
    const digest = (text: string) => createHash("sha256").update(text).digest("base64");
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'");
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${digest(script)}'; style-src 'sha256-${digest(style)}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it("is the same bytes for the same predicate", () => {
    traceSpec("HTML-REPORT-FILE-BYTES");
    expect(htmlPage(GREEN) === htmlPage(structuredClone(GREEN))).toBe(true);
  });

  it("begins with the answer, totals, gaps and capabilities, before any script", () => {
    traceSpec("HTML-REPORT-SUMMARY");
    const predicate = buildPredicate({
      tags: [
        { tag: "BOX-A", title: "Open" },
        { tag: "LID-B", title: "Shut", capability: "lid", verdict: "failing", reasons: ['test "shuts" failed'] },
      ],
    });
    const [summary = ""] = htmlPage(predicate).split('<script type="text/plain"');
    const text = summary
      .replace(/<style>[\s\S]*?<\/style>/, "")
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    expect(text).toContain("✗ Fail 1 of 2 tags verified; 1 lacks evidence that holds.");
    expect(text).toMatch(/1 verified .*1 failing/);
    expect(text).toMatch(/The worst gaps failing LID-B Shut .* test &quot;shuts&quot; failed/);
    expect(text).toMatch(/Capabilities .* lid 1/);
  });

  it("says what the change did, its own rules first", () => {
    traceSpec("HTML-REPORT-BASE");
    const predicate = buildPredicate({
      tags: [
        { tag: "BOX-A", title: "Open" },
        { tag: "BOX-B", title: "Shut" },
      ],
    });
    const place = { title: "Open", file: "a/spec.md", line: 1 };
    predicate.base = {
      ref: "main",
      tip: "b".repeat(40),
      commit: "c0ffee".padEnd(40, "0"),
      lacking: [],
      manifest: null,
      rules: [{ kind: "waiver", subject: "BOX-B", change: "added" }],
      files: { added: 0, changed: 2, removed: 0, renamed: 0 },
      added: [],
      changed: [{ tag: "BOX-A", ...place, before: "THE box SHALL stay shut." }],
      removed: [],
      renamed: [],
      touched: [],
      untouched: ["BOX-A"],
      unrun: [],
      gained: [],
      lost: Array.from({ length: 12 }, (_, at) => ({ tag: "BOX-B", kind: "test.unit", name: `t${at}`, file: null })),
    };
    const [summary = ""] = htmlPage(predicate).split('<script type="text/plain"');
    const text = summary
      .replace(/<style>[\s\S]*?<\/style>/, "")
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    expect(text.slice(text.indexOf("What changed"), text.indexOf("Gaps"))).toMatch(
      /What changed since main c0ffee000000 2 files: .*Rules that the change alters; those of the base count \(1\) waiver BOX-B: added Changed \(1\) BOX-A Open .*Evidence lost \(12\) .*t9 and 2 more/,
    );
    const data = describeReport(predicate, { title: "box", links: null, traces: [], models: [], history: new Map() });
    expect(data.tags.changed).toEqual([1, 0]);
    expect(data.tags.before.map((place) => data.strings[place])).toEqual(["THE box SHALL stay shut.", undefined]);
  });

  it("holds no markup and no steering character of its input", () => {
    traceSpec("HTML-REPORT-SAFE");
    const plain = /^(?:<!doctype html>)|<\/?[a-z][a-z0-9]*(?: [a-zA-Z-]+(?:="[^"<>]*")?)*\/?>/g;
    fc.assert(
      fc.property(hostilePredicate(), (predicate) => {
        const page = htmlPage(predicate, { title: "<b onclick=x>\u202E" });
        const [summary = ""] = page.split('<script type="text/plain"');
        const body = summary.replace(/<style>[\s\S]*?<\/style>/, "");
        expect(/.{0,40}[<>].{0,40}/.exec(body.replace(plain, ""))?.[0]).toBeUndefined();
        expect(/<[^>]*\son[a-z]+=|<[^>]*="\s*javascript:/i.exec(body)?.[0]).toBeUndefined();
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/.exec(page)?.[0]).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});
