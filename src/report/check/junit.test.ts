import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { XmlElement } from "../../../test/builders/xml.js";
import { parseXml } from "../../../test/builders/xml.js";
import { checkJunit } from "./junit.js";

/** The cases of a JUnit report by suite. */
function suites(parts: Parameters<typeof buildPredicate>[0]): Map<string | undefined, XmlElement[]> {
  const { elements } = parseXml(checkJunit(buildPredicate(parts)));
  return new Map(elements.map((suite) => [nameOf(suite), suite.elements]));
}

function nameOf(element: XmlElement | undefined): string | undefined {
  const { name } = element?.attributes ?? {};
  return name;
}

describe("checkJunit", () => {
  const tags = [
    { tag: "A-1", capability: "a" },
    { tag: "A-2", capability: "a", verdict: "missing" as const, reasons: ["no evidence", "test b never ran"], line: 7 },
    { tag: "B-1", capability: "b", verdict: "waived" as const },
  ];
  const waiver = { tag: "B-1", verdict: "missing", reason: "Needs hardware", owner: "ann", expires: "2030-01-01" };

  it("has a suite per capability and a case per tag", () => {
    traceSpec("REPORT-JUNIT");
    const found = suites({ tags });
    expect([...found.keys()]).toEqual(["a", "b"]);
    expect(found.get("a")?.map(nameOf)).toEqual(["A-1 Title of A-1", "A-2 Title of A-2"]);
  });

  it("passes verified tags", () => {
    traceSpec("REPORT-JUNIT-PASS");
    const passed = suites({ tags }).get("a")?.[0];
    const file = "openspec/specs/a/spec.md";
    expect(passed?.attributes).toEqual({ name: "A-1 Title of A-1", classname: "a", file, line: "12" });
    expect(passed?.elements).toEqual([]);
  });

  it("skips waived tags with the waiver's reason", () => {
    traceSpec("REPORT-JUNIT-SKIPPED");
    const found = suites({ tags, waivers: [{ ...waiver, state: "used" }] });
    expect(found.get("b")?.[0]?.elements).toEqual([
      { name: "skipped", attributes: { message: "Needs hardware (ann, until 2030-01-01)" }, elements: [], text: "" },
    ]);
  });

  it("fails the others with reasons and place", () => {
    traceSpec("REPORT-JUNIT-FAILURE");
    expect(suites({ tags }).get("a")?.[1]?.elements).toEqual([
      {
        name: "failure",
        attributes: { type: "missing", message: "no evidence" },
        elements: [],
        text: "no evidence\ntest b never ran\nat openspec/specs/a/spec.md:7",
      },
    ]);
  });

  it("fails for error findings in a suite of their own", () => {
    traceSpec("REPORT-JUNIT-FINDINGS");
    const found = suites({
      tags: [{ tag: "A-1" }],
      findings: [{ message: "Unexpected X", file: "a.ts", line: 3, suggestion: "Did you mean Y?" }, { code: "EVD006" }],
    });
    expect(found.get("findings")?.map((each) => each.elements)).toEqual([
      [
        {
          name: "failure",
          attributes: { type: "TAG004", message: "Unexpected X" },
          elements: [],
          text: "Unexpected X\nDid you mean Y?\nat a.ts:3",
        },
      ],
    ]);
    expect(suites({ tags: [{ tag: "A-1" }], findings: [{ code: "EVD006" }] }).has("findings")).toBe(false);
  });

  it("skips what was there before in ratchet mode", () => {
    traceSpec("BASELINE-SHOWN-JUNIT");
    const predicate = buildPredicate({ tags, findings: [{}] });
    const known = { tags: ["A-2"], findings: predicate.findings.map(({ id }) => id) };
    expect(checkJunit({ ...predicate, known }).split("\n")[1]).toBe(
      '<testsuites name="spec-evidence" tests="4" failures="0" errors="0" skipped="3">',
    );
  });

  it("counts its cases", () => {
    const [, line] = checkJunit(buildPredicate({ tags })).split("\n");
    expect(line).toBe('<testsuites name="spec-evidence" tests="3" failures="1" errors="0" skipped="1">');
  });

  it("escapes markup and leaves out what XML cannot hold", () => {
    traceSpec("REPORT-JUNIT-XML");
    const title = "<a href='x'>&\"]]>\u0000\u001b\uFFFE\uD800é";
    expect(nameOf(suites({ tags: [{ tag: "A-1", title }] }).get("box-registry")?.[0])).toBe("A-1 <a href='x'>&\"]]>é");
    expect(checkJunit(buildPredicate({ tags: [{ tag: "A-1", title }] }))).toContain(
      'name="A-1 &lt;a href=&apos;x&apos;&gt;&amp;&quot;]]&gt;é"',
    );
  });
});
