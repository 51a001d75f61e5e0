import { readFileSync } from "node:fs";
import type { ValidateFunction } from "ajv";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { hostilePredicate, hostileText } from "../../../test/builders/hostile.js";
import { manifestText } from "../../../test/builders/manifest-text.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { Predicate } from "../../model/manifest.js";
import { cyclonedxJson } from "./cyclonedx.js";
import { summaryJson } from "./summary.js";
import { svrJson } from "./svr.js";
import { testResultJson } from "./test-result.js";

function schema(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));
}

/** Formats that the schema of CycloneDX names; an IRI allows what a URI allows and letters beyond ASCII. */
const IRI = /^[^\s<>"{}|\\^`]*$/u;

function draft07(path: string, ...companions: string[]): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv as never);
  ajv.addFormat("iri-reference", IRI).addFormat("idn-email", true);
  // The published schema refers to its companions by the names they have in its repository.
  for (const each of companions) {
    const name = each.slice(each.lastIndexOf("/") + 1).replace(".schema.json", ".SNAPSHOT.schema.json");
    ajv.addSchema({ ...schema(each), $id: `http://cyclonedx.org/schema/${name}` });
  }
  return ajv.compile(schema(path));
}

const FIXTURES = "test/fixtures/schemas";
const isSvr = draft07(`${FIXTURES}/in-toto-svr-0.2.schema.json`);
const isTestResult = draft07(`${FIXTURES}/in-toto-test-result-0.1.schema.json`);
const isBom = draft07(
  `${FIXTURES}/bom-1.6.schema.json`,
  `${FIXTURES}/spdx.schema.json`,
  `${FIXTURES}/jsf-0.82.schema.json`,
);
const isSummary = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema("schemas/summary.schema.json"));

const RENDERERS = [
  ["svr", svrJson, isSvr],
  ["test-result", testResultJson, isTestResult],
  ["cyclonedx", cyclonedxJson, isBom],
  ["summary", summaryJson, isSummary],
] as const;

const STEERING = /(?![\n\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const svr = (predicate: Predicate) => JSON.parse(svrJson(manifestText(predicate)));
const testResult = (predicate: Predicate) => JSON.parse(testResultJson(manifestText(predicate)));
const bom = (predicate: Predicate) => JSON.parse(cyclonedxJson(manifestText(predicate)));

const MIXED = buildPredicate({
  tags: [
    { tag: "BOX-A", items: [{ name: "a", file: "test/a.test.ts" }], references: [] },
    { tag: "BOX-A-B", parent: "BOX-A", items: [{ name: "b", file: "test/a.test.ts" }] },
    {
      tag: "BOX-C",
      verdict: "failing",
      reasons: ["a test failed"],
      items: [
        { name: "c1", outcome: "fail", file: "test/c.test.ts" },
        { name: "c2", file: "test/c.test.ts" },
      ],
    },
    { tag: "BOX-D", verdict: "hollow", items: [{ name: "d", cannotFail: "no assertion ran", file: "test/d.test.ts" }] },
    { tag: "BOX-E", verdict: "waived" },
  ],
  waivers: [{ tag: "BOX-E", verdict: "missing", reason: "later", owner: "ada", expires: "2030-01-01", state: "used" }],
  findings: [{ code: "TAG004", tags: ["BOX-A"], message: "Unexpected X" }],
});

describe.each(RENDERERS)("%s", (_name, render, isValid) => {
  it("keeps to its schema, with texts that steer no terminal, whatever the texts are", () => {
    traceSpec("EXPORT-FORMS", "EXPORT-SAFE", "EXPORT-SVR", "EXPORT-TEST-RESULT", "EXPORT-CYCLONEDX", "EXPORT-SUMMARY");
    fc.assert(
      fc.property(hostilePredicate(), hostileText(), (predicate, path) => {
        const text = render(manifestText(predicate, path));
        expect(STEERING.exec(text)).toBeNull();
        expect(isValid(JSON.parse(text)), JSON.stringify(isValid.errors)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("has the same bytes for the same manifest", () => {
    traceSpec("EXPORT-DETERMINISTIC");
    fc.assert(
      fc.property(hostilePredicate(), (predicate) => {
        const copy: Predicate = JSON.parse(JSON.stringify(predicate));
        expect(render(manifestText(copy))).toBe(render(manifestText(predicate)));
      }),
      { numRuns: 20 },
    );
  });

  it("is held to a schema that refuses something", () => {
    expect(isValid(JSON.parse(render(manifestText(MIXED)).replace(/"(?:_type|bomFormat)": /, '"other": ')))).toBe(
      false,
    );
  });
});

describe("verification result", () => {
  it("is about the specifications, the tree and the manifest", () => {
    traceSpec("EXPORT-SVR");
    const { subject, predicate } = svr(MIXED);
    expect(subject.map(({ name }: { name: string }) => name)).toEqual([
      "openspec/specs/box-registry/spec.md",
      "source tree",
      "evidence-manifest.json",
    ]);
    expect(subject[2].digest.sha256).toBe(manifestText(MIXED).digest);
    expect(predicate.verifier).toEqual({
      id: "pkg:npm/spec-evidence@0.1.0",
      policies: [{ name: "evidence.config.json", digest: { sha256: MIXED.configuration.digest } }],
    });
    expect(predicate.timeCreated).toBe("2026-01-31T12:00:00Z");
    expect(() => svrJson({ ...manifestText(MIXED), time: null })).toThrow(TypeError);
  });

  it("has what holds as properties, and nothing else", () => {
    traceSpec("EXPORT-SVR-PROPERTIES", "EXPORT-SVR-FAILED");
    expect(svr(MIXED).predicate.properties).toEqual(["SPEC_EVIDENCE_VERIFIED_BOX-A", "SPEC_EVIDENCE_VERIFIED_BOX-A-B"]);
    const should = { tag: "BOX-B", verdict: "missing" as const, priority: "should" as const };
    expect(svr(buildPredicate({ tags: [{ tag: "BOX-A" }, should] })).predicate.properties).toEqual([
      "SPEC_EVIDENCE_GATE_PASSED",
      "SPEC_EVIDENCE_EVERY_SHALL_VERIFIED",
      "SPEC_EVIDENCE_NO_ERROR_FINDING",
      "SPEC_EVIDENCE_VERIFIED_BOX-A",
    ]);
    expect(svr(buildPredicate({})).predicate.properties).not.toContain("SPEC_EVIDENCE_EVERY_TAG_VERIFIED");
  });

  it("does not say that there is no error while some do not count", () => {
    traceSpec("BASELINE-SHOWN-SVR");
    const clean = buildPredicate({ tags: [{ tag: "BOX-A" }] });
    const known = { tags: [], findings: ["TAG004-0123456789ab"] };
    expect(svr(clean).predicate.properties).toContain("SPEC_EVIDENCE_NO_ERROR_FINDING");
    expect(svr({ ...clean, known }).predicate.properties).not.toContain("SPEC_EVIDENCE_NO_ERROR_FINDING");
  });

  it("says of no gate with a reason to fail that it passed, in no mode", () => {
    traceSpec("EXPORT-SVR-FAILED");
    for (const mode of ["strict", "report", "ratchet"] as const) {
      const failing: Predicate = { ...MIXED, mode, gate: "pass" };
      expect(svr(failing).predicate.properties.join()).not.toMatch(/GATE_PASSED|NOTHING_NEW/u);
      const passing: Predicate = { ...failing, gateReasons: [] };
      const expected = mode === "ratchet" ? "SPEC_EVIDENCE_NOTHING_NEW_OR_WORSE" : "SPEC_EVIDENCE_GATE_PASSED";
      expect(svr(passing).predicate.properties[0]).toBe(expected);
    }
  });
});

describe("test result", () => {
  it("lists what was run by its standing", () => {
    traceSpec("EXPORT-TEST-RESULT", "EXPORT-TEST-RESULT-WARNED");
    expect(testResult(MIXED).predicate).toMatchObject({
      result: "FAILED",
      passedTests: ["test/a.test.ts > a", "test/a.test.ts > b", "test/c.test.ts > c2"],
      warnedTests: ["test/d.test.ts > d"],
      failedTests: ["test/c.test.ts > c1"],
    });
    const source = { name: "code", kind: "implementation" as const };
    const hollow = { name: "d", cannotFail: "no assertion ran" };
    expect(testResult(buildPredicate({ tags: [{ tag: "A-1", items: [source, hollow] }] })).predicate).toMatchObject({
      result: "WARNED",
      passedTests: [],
      warnedTests: ["d"],
    });
    expect(testResult(buildPredicate({ tags: [{ tag: "A-1", items: [{ name: "a" }] }] })).predicate.result).toBe(
      "PASSED",
    );
  });

  it.each([
    [["pass", "fail", "skipped"], "failedTests", "FAILED"],
    [["skipped", "pass"], "warnedTests", "WARNED"],
    [["pass", "pass"], "passedTests", "PASSED"],
  ] as const)("takes the worst of %s", (outcomes, list, result) => {
    traceSpec("EXPORT-TEST-RESULT-WORST");
    const items = outcomes.map((outcome) => ({ name: "same", outcome }));
    const { predicate } = testResult(buildPredicate({ tags: [{ tag: "A-1", items }] }));
    expect(predicate).toMatchObject({ result, [list]: ["same"] });
    expect([...predicate.passedTests, ...predicate.warnedTests, ...predicate.failedTests]).toEqual(["same"]);
  });

  it("takes a run of nothing as failed", () => {
    traceSpec("EXPORT-TEST-RESULT-EMPTY");
    expect(testResult(buildPredicate({ tags: [{ tag: "A-1", items: [] }] })).predicate.result).toBe("FAILED");
  });
});

describe("declarations", () => {
  const { declarations, definitions } = bom(MIXED);
  const claimOf = (tag: string) =>
    declarations.claims.find((each: { "bom-ref": string }) => each["bom-ref"] === `claim:${tag}`);
  const mapOf = (tag: string) =>
    declarations.attestations[0].map.find(
      ({ requirement }: { requirement: string }) => requirement === `requirement:${tag}`,
    );
  const refsOf = (tag: string) =>
    (MIXED.verdicts.find((each) => each.tag === tag)?.evidence ?? []).map((id) => `evidence:${id}`);

  it("claim what is verified", () => {
    traceSpec("EXPORT-CYCLONEDX-CLAIM");
    expect(claimOf("BOX-A-B")).toMatchObject({ target: "target:source-tree", evidence: refsOf("BOX-A-B") });
    expect(claimOf("BOX-A").counterEvidence).toEqual([`finding:${MIXED.findings[0]?.id}`]);
    expect(mapOf("BOX-A")).toMatchObject({ claims: ["claim:BOX-A"], conformance: { score: 1 } });
    expect(mapOf("BOX-A")).not.toHaveProperty("counterClaims");
    const [{ requirements }] = definitions.standards;
    expect(requirements[1]).toMatchObject({ identifier: "BOX-A-B", parent: "requirement:BOX-A" });
  });

  it("claim the contrary of what is not", () => {
    traceSpec("EXPORT-CYCLONEDX-COUNTER");
    const [failed, passed] = refsOf("BOX-C");
    expect(claimOf("BOX-C")).toMatchObject({ evidence: [failed], counterEvidence: [passed] });
    expect(claimOf("BOX-C").reasoning).toBe("failing; a test failed");
    expect(claimOf("BOX-D")).toMatchObject({ evidence: refsOf("BOX-D") });
    expect(mapOf("BOX-C")).toMatchObject({ counterClaims: ["claim:BOX-C"], conformance: { score: 0 } });
    expect(mapOf("BOX-C")).not.toHaveProperty("claims");
  });

  it("name a waiver as mitigation", () => {
    traceSpec("EXPORT-CYCLONEDX-WAIVER");
    expect(mapOf("BOX-E").conformance).toMatchObject({ score: 0, mitigationStrategies: ["waiver:missing:BOX-E"] });
    expect(mapOf("BOX-C").conformance).not.toHaveProperty("mitigationStrategies");
    const { description } = declarations.evidence.at(-1);
    expect(description).toBe("BOX-E may be missing until 2030-01-01: later");
  });

  it("define every reference once, and refer to nothing else", () => {
    traceSpec("EXPORT-CYCLONEDX-REFS");
    fc.assert(
      fc.property(fc.oneof(fc.constant(MIXED), hostilePredicate()), (predicate) => {
        const { defined, used } = references(bom(predicate));
        expect(new Set(defined).size).toBe(defined.length);
        expect(used.filter((each) => !defined.includes(each))).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(references(bom(MIXED)).used.length).toBeGreaterThan(20);
  });

  it("stand under a serial number of their manifest", () => {
    traceSpec("EXPORT-CYCLONEDX-SERIAL");
    expect(bom(MIXED).serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
    );
    expect(bom(MIXED).serialNumber).not.toBe(bom(buildPredicate({ tags: [{ tag: "A-1" }] })).serialNumber);
  });
});

const REFERRING = [
  "requirement",
  "claims",
  "counterClaims",
  "evidence",
  "counterEvidence",
  "mitigationStrategies",
  "target",
  "assessor",
  "parent",
];

/** Every `bom-ref` of a document, and every text in a place that refers to one. */
function references(
  value: unknown,
  found = { defined: [] as string[], used: [] as string[] },
): { defined: string[]; used: string[] } {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, member] of Object.entries(value)) {
    if (key === "bom-ref") found.defined.push(String(member));
    else if (REFERRING.includes(key)) {
      for (const each of Array.isArray(member) ? member : [member]) if (typeof each === "string") found.used.push(each);
    }
    references(member, found);
  }
  return found;
}

describe("summary", () => {
  it("stays small and names the manifest", () => {
    traceSpec("EXPORT-SUMMARY");
    const tags = Array.from({ length: 3000 }, (_, at) => ({
      tag: `A-${at}`,
      capability: `c${at}`,
      verdict: "missing" as const,
    }));
    const large = buildPredicate({ tags });
    const reasons: Predicate = { ...large, gateReasons: Array.from({ length: 500 }, () => "x".repeat(5000)) };
    const input = manifestText(reasons);
    const text = summaryJson(input);
    expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024);
    expect(input.size).toBeGreaterThan(1024 * 1024);
    const { subject, predicate } = JSON.parse(text);
    expect(subject[0]).toEqual({ name: "evidence-manifest.json", digest: { sha256: input.digest } });
    expect(predicate.manifest).toEqual({ digest: { sha256: input.digest }, size: input.size });
    expect(predicate).toMatchObject({ gate: "fail", totals: { missing: 3000 } });
  });
});
