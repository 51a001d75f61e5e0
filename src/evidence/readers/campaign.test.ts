import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { codesOf, readFixture, readText, resultText } from "../../../test/builders/results.js";
import { EVIDENCE_KINDS } from "../../model/evidence.js";
import { itemId } from "../item.js";

const b64 = (letter: string) => letter.repeat(64);

function campaign(...items: unknown[]) {
  return readText(JSON.stringify({ schema: "spec-evidence/campaign@1", producer: { name: "x" }, items }, null, 1));
}

const sound = { kind: "proof", name: "lemma", tags: ["BOX-A"], outcome: "pass" };

describe("campaigns", () => {
  it("become items", () => {
    traceSpec("RES-CAMPAIGN");
    const set = readFixture("campaign.json");
    const producer = { name: "storm", version: "1.2.0", command: ["storm", "run", "--seeds", "3"] };
    expect(set).toMatchObject({ format: "campaign", producer, tests: [], findings: [] });
    expect(set.items[0]).toEqual({
      id: itemId("simulation", "storm", "simulation/queue.ts", "queue survives a partition"),
      kind: "simulation",
      name: "queue survives a partition",
      tags: ["QUEUE-ORDER", "QUEUE-PARTITION"],
      outcome: "pass",
      producer,
      location: { file: "simulation/queue.ts", line: 12, column: 1, endLine: 12, endColumn: 1 },
      inputs: { "simulation/queue.ts": b64("a") },
      against: { "QUEUE-ORDER": `sha256:${b64("b")}` },
      quotes: { "QUEUE-PARTITION": "THE queue SHALL keep its order." },
      assertions: null,
      cannotFail: null,
      strength: { nodes: 5, triggered: 41, seeds: 3 },
      notes: [],
    });
    expect(set.items[2]).toMatchObject({ outcome: "inconclusive", notes: ["time limit reached"], location: null });
    expect(set.items[3]?.strength).toEqual({ by: "R. Reviewer" });
  });

  it("hold every kind of evidence, which no configuration overrides", () => {
    traceSpec("RES-CAMPAIGN");
    const text = JSON.stringify({
      schema: "spec-evidence/campaign@1",
      producer: { name: "x" },
      items: EVIDENCE_KINDS.map((kind) => ({ ...sound, kind })),
    });
    expect(readText(text, { kind: "review" }).items.map((each) => each.kind)).toEqual(EVIDENCE_KINDS);
  });

  it("say when a judge could not have failed", () => {
    traceSpec("RES-CAMPAIGN-UNTRIGGERED");
    expect(readFixture("campaign.json").items.map((each) => each.cannotFail)).toEqual([
      null,
      "its judge or guard was never met",
      null,
      "it ran no assertion",
    ]);
    expect(campaign({ ...sound, triggered: 1, assertions: 1 }).items[0]).toMatchObject({
      cannotFail: null,
      assertions: 1,
    });
  });

  it.each([
    [[7], 1],
    [["1..1000"], 1000],
    [["1..10", 12, "abc", "5..5"], 13],
    [["10..1"], 1],
  ])("count the seeds of %j as %i", (seeds, expected) => {
    traceSpec("RES-CAMPAIGN-SEEDS");
    expect(campaign({ ...sound, seeds }).items[0]?.strength.seeds).toBe(expected);
  });

  it("keep quotations", () => {
    traceSpec("RES-CAMPAIGN-QUOTES");
    const items = readFixture("campaign.json").items;
    expect(items[0]?.quotes).toEqual({ "QUEUE-PARTITION": "THE queue SHALL keep its order." });
    expect(items[1]).not.toHaveProperty("quotes");
  });

  it.each([
    [{ ...sound, outcome: "great" }, "/items/1/outcome", '"great"', 21],
    [{ ...sound, tags: ["BOX-A", "box"] }, "/items/1/tags/1", '"box"', 20],
    [{ ...sound, tags: [] }, "/items/1/tags", "empty list", 18],
    [{ ...sound, colour: "red" }, "/items/1/colour", '"colour"', 22],
    [{ ...sound, line: 0 }, "/items/1/line", "0", 22],
    [{ ...sound, against: { "BOX-A": "sha1:0" } }, "/items/1/against/BOX-A", '"sha1:0"', 23],
    [{ kind: "proof", tags: ["BOX-A"], outcome: "pass" }, "/items/1/name", "absence", 15],
    ["text", "/items/1", '"text"', 15],
  ])("lose only the entry %j", (entry, pointer, found, line) => {
    traceSpec("RES-ENTRY");
    const set = campaign({ ...sound, name: "first" }, entry, { ...sound, name: "last" });
    expect(set.items.map((each) => each.name)).toEqual(["first", "last"]);
    expect(codesOf(set)).toEqual(["RES008"]);
    expect(set.findings[0]?.message).toContain(`(${pointer})`);
    expect(set.findings[0]?.message).toContain(found);
    expect(set.findings[0]?.span.line).toBe(line);
  });

  it("place a fault by the last of repeated members, as JSON does", () => {
    traceSpec("RES-ENTRY");
    const text = `{"schema": "spec-evidence/campaign@1", "producer": {"name": "x"},
      "items": [],
      "items": [{"kind": "proof", "name": "a", "tags": ["BOX-A"], "outcome": "pass",
        "outcome": "bad"}]}`;
    const set = readText(text);
    expect(set.findings[0]?.span).toMatchObject({ line: 4, column: 20 });
  });

  it("bound the findings of a producer that breaks every entry", () => {
    traceSpec("RES-ENTRY");
    const set = campaign(...Array.from({ length: 300 }, () => ({ ...sound, outcome: 1 })));
    expect(set.findings).toHaveLength(101);
    expect(set.findings.at(-1)?.message).toContain("200 more entries");
  });

  it.each([
    [/"schema": "[^"]*"/u, '"schema": "spec-evidence/campaign@2"', /campaign@1/u, 2],
    [/"producer": \{[^}]*\}/u, '"producer": {}', /"name"/u, 3],
    [/"items": \[/u, '"extra": 1, "items": [', /"extra"/u, 4],
    [/"items"/u, '"tests"', /"items"|"tests"/u, 1],
  ])("are not read when the head is wrong: %s", (pattern, replacement, expected, line) => {
    traceSpec("RES-ENTRY-HEAD");
    const set = readText(resultText("campaign.json").replace(pattern, replacement));
    expect(set.items).toEqual([]);
    expect(codesOf(set)).toEqual(["RES003"]);
    expect(set.findings[0]?.message).toMatch(expected);
    expect(set.findings[0]?.message).toContain("schemas/campaign.schema.json");
    expect(set.findings[0]?.span.line).toBeGreaterThanOrEqual(line);
  });

  it("do not reach the prototype", () => {
    traceSpec("RES-ANY-INPUT");
    const text = `{"schema":"spec-evidence/campaign@1","producer":{"name":"x"},"items":[{"kind":"proof","name":"a","tags":["BOX-A"],"outcome":"pass","strength":{"__proto__":"x","runs":2}}]}`;
    const [item] = readText(text).items;
    expect(item === undefined ? null : Object.getPrototypeOf(item.strength)).toBe(Object.prototype);
    expect(item?.strength).toMatchObject({ runs: 2 });
  });
});

describe("tests files", () => {
  it("become results", () => {
    traceSpec("RES-TESTS");
    const set = readFixture("tests.json");
    expect(set).toMatchObject({ format: "tests", producer: { name: "vitest", version: "4.1.12" }, findings: [] });
    expect(set.tests[0]).toEqual({
      name: "adds the prices",
      suite: ["cart", "total"],
      className: null,
      file: "src/cart.test.ts",
      line: 4,
      outcome: "pass",
      tags: ["CART-TOTAL"],
      assertions: 2,
      expectedToFail: false,
      message: null,
      against: { "CART-TOTAL": `sha256:${b64("c")}` },
      kind: "test.unit",
    });
    expect(set.tests[1]).toMatchObject({
      file: "src/cart.test.ts",
      tags: ["CART-CENTS", "CART-ROUND"],
      expectedToFail: true,
      assertions: null,
      attempts: 2,
      kind: "test.property",
    });
  });

  it("say which files ran and whether they are all", () => {
    traceSpec("RES-TESTS-FILES");
    expect(readFixture("tests.json")).toMatchObject({ complete: true, files: { "src/cart.test.ts": b64("d") } });
    const partial = readText(resultText("tests.json").replace('"complete": true', '"complete": false'));
    expect(partial.complete).toBe(false);
    expect(partial.tests).toHaveLength(3);
  });

  it("tell the kind themselves before the configuration does", () => {
    traceSpec("RES-TESTS");
    const kinds = readFixture("tests.json", { kind: "test.integration" }).tests.map((each) => each.kind);
    expect(kinds).toEqual(["test.integration", "test.property", "test.integration"]);
  });

  it("lose only malformed entries", () => {
    traceSpec("RES-ENTRY");
    const set = readText(resultText("tests.json").replace('"outcome": "fail"', '"outcome": "oops"'));
    expect(set.tests).toHaveLength(2);
    expect(codesOf(set)).toEqual(["RES008"]);
    expect(set.findings[0]?.message).toContain("(/tests/2/outcome)");
    expect(set.findings[0]?.span.line).toBe(40);
  });
});
