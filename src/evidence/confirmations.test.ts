import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aCase, aCatalog, aDefinition, anItem } from "../../test/builders/case.js";
import { lineSpan } from "../model/span.js";
import { applyConfirmations, parseConfirmations } from "./confirmations.js";
import { judgeTag } from "./verdict.js";

const PATH = "evidence.confirmations.yaml";
const DIGEST = `sha256:${"1".repeat(64)}`;
const entry = (tag: string, more = "") =>
  `  - { tag: ${tag}, text: "${DIGEST}", reason: the tests cover it, owner: ada, date: 2030-01-01${more} }\n`;

describe("parseConfirmations", () => {
  it("reads the entries, and what is wrong with others at their place", () => {
    traceSpec("FRESH-CONFIRMED-MALFORMED");
    const text = `confirmations:\n${entry("BOX-A")}  - { tag: BOX-B, text: abc }\n${entry("BOX-A")}${entry("BOX-C", ", owner: bob")}${entry("BOX-D")}`;
    const { confirmations, findings } = parseConfirmations(PATH, text);
    expect(confirmations.map(({ tag }) => tag)).toEqual(["BOX-A", "BOX-D"]);
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(["CHG012"]));
    expect([...new Set(findings.map(({ span }) => span.line))]).toEqual([3, 4, 5]);
  });

  it.each([
    "confirmations: 3",
    "[",
    "waivers: []",
    "confirmations: []\nconfirmations: []",
    `x: ${"[".repeat(100)}`,
    "a: &b c",
  ])("refuses %j as a whole", (text) => {
    traceSpec("FRESH-CONFIRMED-MALFORMED");
    const { confirmations, findings } = parseConfirmations(PATH, text);
    expect(confirmations).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(["CHG013"]);
  });
});

describe("applyConfirmations", () => {
  const definition = aDefinition("BOX-A");
  const confirmed = (over: object) => ({
    tag: "BOX-A",
    text: definition.textDigest,
    reason: "the tests cover it",
    owner: "ada",
    date: "2030-01-01",
    span: lineSpan(PATH, 2),
    ...over,
  });

  it("confirms the text of today only", () => {
    traceSpec("FRESH-CONFIRMED", "FRESH-CONFIRMED-STALE");
    const now = applyConfirmations([confirmed({})], aCatalog(definition));
    expect([...now.confirmed]).toEqual(["BOX-A"]);
    expect(now.findings).toEqual([]);
    const stale = applyConfirmations([confirmed({ text: DIGEST })], aCatalog(definition));
    expect([...stale.confirmed]).toEqual([]);
    expect(stale.applied).toMatchObject([{ state: "stale" }]);
    expect(stale.findings).toMatchObject([{ code: "CHG010", severity: "warning", tags: ["BOX-A"] }]);
  });

  it("reports a tag that nobody defines", () => {
    traceSpec("FRESH-CONFIRMED-UNKNOWN");
    const { findings } = applyConfirmations([confirmed({ tag: "BOX-X" })], aCatalog(definition));
    expect(findings).toMatchObject([{ code: "CHG011", severity: "error", span: { line: 2 } }]);
  });
});

describe("the verdict", () => {
  const definition = aDefinition("BOX-A");
  const item = (text: string) => anItem("BOX-A", { against: { "BOX-A": text } });

  it("doubts what was recorded for another text", () => {
    traceSpec("FRESH-RECORDED", "FRESH-RECORDED-SAME");
    expect(judgeTag(aCase(definition, [item(DIGEST)])).verdict).toBe("suspect");
    expect(judgeTag(aCase(definition, [item(definition.textDigest)])).verdict).toBe("verified");
  });

  it("doubts nothing that a person confirmed, except what quotes another text", () => {
    traceSpec("FRESH-CONFIRMED");
    const unfollowed = "the text changed since main";
    expect(judgeTag(aCase(definition, [item(DIGEST)], { confirmed: true, unfollowed })).verdict).toBe("verified");
    expect(judgeTag(aCase(definition, [item(DIGEST)], { unfollowed })).reasons).toHaveLength(2);
    const misquotations = ["src/box.ts:1 quotes another text"];
    expect(judgeTag(aCase(definition, [item(DIGEST)], { confirmed: true, misquotations })).verdict).toBe("suspect");
  });
});
