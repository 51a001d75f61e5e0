import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { collectFiles } from "../../../test/builders/alloy.js";
import { auditModels } from "./audit.js";

const SOUND = `sig N { next: lone N } fact { no iden & next }
assert a { all n: N | n not in n.next }
pred show { some N }
check a for 3 expect 0
run show for 3 expect 1
`;

function audit(files: string | Record<string, string>): string[] {
  const { findings } = auditModels(collectFiles(typeof files === "string" ? { "a.als": files } : files).models);
  return findings.map(({ code, span }) => `${code} ${span.file}:${span.line}:${span.column}`);
}

function hollow(text: string): [number, string][] {
  return [...(auditModels(collectFiles({ "a.als": text }).models).hollow.get("a.als") ?? [])];
}

describe("the audit", () => {
  test("says nothing of a sound model", () => {
    traceSpec("ALLOY-AUDIT", "ALLOY-AUDIT-QUIET");
    expect(audit(SOUND)).toEqual([]);
    expect(hollow(SOUND)).toEqual([]);
  });

  test("sees a model without a command", () => {
    traceSpec("ALLOY-AUDIT-EMPTY");
    expect(audit("module a\nsig A {}")).toEqual(["ALLOY004 a.als:1:1"]);
    expect(audit({ "a.als": "", "b.als": "module b open util/boolean" })).toEqual([]);
  });

  test("sees an assertion that nothing checks", () => {
    traceSpec("ALLOY-AUDIT-UNCHECKED");
    expect(audit(`${SOUND}assert b { some N } assert { some N } // check b`)).toEqual([
      "ALLOY005 a.als:6:8",
      "ALLOY005 a.als:6:21",
    ]);
    const other = { "a.als": `${SOUND}assert b { some N }`, "c.als": "open a\ncheck a/b for 3 expect 1" };
    expect(audit(other)).toEqual([]);
  });

  test("sees a command without expect", () => {
    traceSpec("ALLOY-AUDIT-EXPECT");
    const { findings } = auditModels(
      collectFiles({ "a.als": SOUND.replace("3 expect", "expect").replace(" expect 0", "") }).models,
    );
    expect(findings.map(({ code, span, suggestion }) => [code, span.line, suggestion])).toEqual([
      ["ALLOY006", 4, "Add `expect 0` behind it if no counterexample is meant to be found."],
    ]);
    expect(audit(SOUND.replace("expect 1", "expect 2"))).toEqual(["ALLOY006 a.als:5:1"]);
  });

  test("sees what nothing uses", () => {
    traceSpec("ALLOY-AUDIT-UNUSED");
    expect(audit(`${SOUND}pred p [n: N] { p[n] } fun N.f: N { this.next } private fun shown: N { N }`)).toEqual([
      "ALLOY007 a.als:6:6",
      "ALLOY007 a.als:6:30",
    ]);
    expect(audit(`${SOUND}pred p {} fact { p } pred q {} check { q => show } for 2 expect 0`)).toEqual([]);
    expect(audit({ "a.als": `open b ${SOUND}`, "b.als": "pred offered {} assert x { some univ }" })).toEqual([
      "ALLOY005 b.als:1:24",
    ]);
  });

  test.each([
    ["all disj x, y: N | x.next != y.next", "for 1", true],
    ["all disj x, y: N | x.next != y.next", "for 2", false],
    ["all disj x, y: N | x.next != y.next", "for 4 but 1 N", true],
    ["all disj x, y: N | x.next != y.next", "", false],
    ["always no disj x, y, z: N | x.next = y", "for 2", true],
    ["all n: N | some n", "for 0", true],
    ["all n: N | some n", "for 3 but exactly 0 this/N", true],
    ["all x, y: N | x != y and some x => x in y.next", "for 1", true],
    ["all x: N, y: N | not x = y => x in y.next", "for 1", false],
    ["all x, y: N | disj[x, y] => x in y.next", "for 1", true],
    ["all x, y: N | x in y.next", "for 1", false],
    ["some disj x, y: N | x in y.next", "for 1", false],
    ["no N or all disj x, y: N | x = y", "for 1", false],
    ["all disj x, y: M | x = y", "for 1", false],
    ["all disj x, y: T | x = y", "for 1", false],
    ["all disj x, y: set N | x = y", "for 1", false],
    ["all disj x, y: O | x = y", "for 1", false],
    ["all disj x, y: N | x = y", "for 1..3 N", false],
    ["all disj x, y: N | x = y", "for 3 M", false],
  ])("sees that %s needs more than `%s`: %s", (formula, scope, isTooSmall) => {
    traceSpec("ALLOY-AUDIT-SCOPE", "ALLOY-AUDIT-HOLLOW");
    const model = `sig N { next: lone N } sig M {} sig T extends M {} one sig O {}\nassert a { ${formula} }\ncheck a ${scope} expect 0\n`;
    expect(audit(model).map((each) => each.split(" ")[0])).toEqual(isTooSmall ? ["ALLOY008"] : []);
    expect(hollow(model).map(([index]) => index)).toEqual(isTooSmall ? [0] : []);
  });

  test("sees a run that expects nothing where there is no room", () => {
    traceSpec("ALLOY-AUDIT-SCOPE");
    const model = "sig N {} pred two { some disj x, y: N | x = y } pred p [disj x, y: N] {}\n";
    expect(audit(`${model}run two for 1 expect 0\nrun p for 1 expect 0`)).toEqual([
      "ALLOY008 a.als:2:9",
      "ALLOY008 a.als:3:7",
    ]);
    expect(audit(`${model}run two for 1 expect 1\nrun p for 2 expect 0`)).toEqual([]);
    expect(hollow(`${model}run two for 1 expect 0`)).toEqual([[0, "it speaks of 2 atoms of N and its scope has 1"]]);
  });

  test("lets a small scope be beside a larger one", () => {
    traceSpec("ALLOY-AUDIT-SCOPES");
    const model =
      "sig N {} assert a { all disj x, y: N | x != y }\ncheck a for 1 expect 0\nbig: check a for 3 expect 0";
    expect(audit(model)).toEqual([]);
    expect(hollow(model).map(([index]) => index)).toEqual([0]);
  });

  test("sees a step of a trace that has none", () => {
    traceSpec("ALLOY-AUDIT-STEPS");
    const model = (formula: string, scope: string) =>
      `var sig N {} assert a { ${formula} } check a for 3 but ${scope} expect 0`;
    expect(audit(model("always N in N'", "1 steps"))).toEqual(["ALLOY008 a.als:1:50"]);
    expect(audit(model("always N in N'", "2 steps"))).toEqual([]);
    expect(audit(model("always some N", "1 steps"))).toEqual([]);
  });

  test("sees labels that stand twice", () => {
    traceSpec("ALLOY-AUDIT-LABEL");
    const { findings } = auditModels(
      collectFiles({ "a.als": `${SOUND}check a for 5 expect 0\na: run {} expect 1` }).models,
    );
    expect(
      findings.map(({ code, span, message, related }) => [code, span.line, message, related[0]?.span.line]),
    ).toEqual([["ALLOY010", 6, "Unexpected 3 commands labelled a, expected one", 4]]);
  });

  test("sees names that nothing declares", () => {
    traceSpec("ALLOY-AUDIT-TARGET");
    expect(audit(`${SOUND}check show expect 0\nrun a expect 1\nrun lib/x expect 1\ncheck A expect 0`)).toEqual([
      "ALLOY010 a.als:6:1",
      "ALLOY011 a.als:6:7",
      "ALLOY010 a.als:7:1",
      "ALLOY011 a.als:7:5",
      "ALLOY011 a.als:9:7",
    ]);
    expect(audit({ "a.als": `open missing ${SOUND}check other expect 0` })).toEqual([]);
    expect(audit(`open util/graph[N] ${SOUND}run dag expect 1\ncheck dag expect 0`)).toEqual([
      "ALLOY010 a.als:7:1",
      "ALLOY011 a.als:7:7",
    ]);
    expect(audit('assert too" { some univ } check too" expect 1')).toEqual([]);
  });

  test("sees that a model only looks for instances", () => {
    traceSpec("ALLOY-AUDIT-RUNS");
    expect(audit("sig A {}\nrun {} expect 1")).toEqual(["ALLOY012 a.als:1:1"]);
    expect(audit("sig A {}\nrun { no A } expect 0")).toEqual([]);
  });
});
