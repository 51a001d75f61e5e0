import type { FindingParts, ItemParts, PredicateParts, TagParts } from "./predicate.js";

/** Requirements and scenarios per capability, as counted in two real projects (one name altered to stay unique). */
const CAPABILITIES: readonly (readonly [name: string, area: string, requirements: number, scenarios: number])[] = [
  ["box-registry", "BOX", 24, 45],
  ["catalog-and-parse", "CATALOG", 10, 37],
  ["claim-graph-and-coverage", "CLAIM", 8, 18],
  ["distribution", "DIST", 4, 8],
  ["formalization-and-logic-analysis", "LOGIC", 13, 42],
  ["instance-lifecycle", "LIFE", 6, 17],
  ["merged-capability-analysis", "MERGE", 5, 24],
  ["remote-access", "REMOTE", 11, 21],
  ["reporting-and-evidence", "REPORTING", 10, 28],
  ["source-traceability-and-code-backwards", "SOURCE", 13, 50],
  ["spec-traceability", "TRACE", 10, 22],
  ["traceability-harness", "HARNESS", 10, 22],
];

const TITLES = [
  "Alias collision is refused",
  "Identifier syntax and bracket delimiters",
  "Repeated identifier in one test is de-duplicated for accounting",
  "SSH user resolution",
  "Bounded polling",
  "Cross-file duplicate identifier fails catalog construction",
  "Temporary key cleanup",
];

/**
 * Parts of a project the size of two real ones: 12 capabilities, 124 requirements, 334 scenarios, most of them
 * verified, with every verdict and severity present. The same on every call.
 */
export function corporaParts(): PredicateParts {
  let serial = 0;
  const tags = CAPABILITIES.flatMap(([capability, area, requirements, scenarios]) => {
    const perRequirement = Math.ceil(scenarios / requirements);
    return Array.from({ length: requirements }, (_, index) => {
      const own = `${area}-R${index + 1}`;
      const first = index * perRequirement;
      const count = Math.max(0, Math.min(perRequirement, scenarios - first));
      const line = 12 + index * 40;
      return [
        tagParts(own, capability, line, serial++),
        ...Array.from({ length: count }, (_, at) => ({
          ...tagParts(`${own}-S${at + 1}`, capability, line + 6 + at * 5, serial++),
          parent: own,
        })),
      ];
    }).flat();
  });
  return {
    tags,
    findings: FINDINGS,
    waivers: [
      {
        tag: "BOX-R1-S1",
        verdict: "missing",
        reason: "Needs hardware",
        owner: "ann",
        expires: "2030-01-01",
        state: "used",
      },
    ],
    results: [
      { path: ".evidence/tests.json", tests: 431 },
      { path: "reports/junit.xml", format: "junit", producer: "pytest", tests: 1180 },
    ],
    analyses: { ears: { statements: 458, read: 402, unread: 56 } },
  };
}

function tagParts(tag: string, capability: string, line: number, serial: number): TagParts {
  const title = TITLES[serial % TITLES.length] ?? tag;
  const test = { file: `test/${capability}.test.ts`, line: 20 + serial, name: `${title.toLowerCase()} [${tag}]` };
  const item = (given: ItemParts): ItemParts => ({ ...test, ...given });
  const base: TagParts = { tag, capability, line, title, priority: serial % 23 === 0 ? "should" : "must" };
  const quoted = `test "${test.name}" (${test.file}:${test.line})`;
  if (tag === "BOX-R1-S1") return { ...base, verdict: "waived" };
  if (serial % 151 === 40) {
    const notes = ["expected 1 to be 2"];
    const reasons = [`${quoted} failed: expected 1 to be 2`];
    return { ...base, verdict: "failing", reasons, items: [item({ outcome: "fail", notes, assertions: 1 })] };
  }
  if (serial % 83 === 12) {
    const cannotFail = "it ran no assertion";
    const reasons = [`${quoted} could not have failed: ${cannotFail}`];
    return { ...base, verdict: "hollow", reasons, items: [item({ cannotFail, assertions: 0 })] };
  }
  if (serial % 149 === 3) {
    const reasons = [`${quoted} was recorded for another text of ${tag}`];
    const against = { [tag]: `sha256:${"0".repeat(64)}` };
    return { ...base, verdict: "suspect", reasons, items: [item({ against, assertions: 4 })] };
  }
  if (serial % 29 === 5) {
    const references = serial % 2 === 0 ? [] : [{ file: test.file, line: test.line, test: test.name }];
    return { ...base, verdict: "missing", references };
  }
  return { ...base, items: [item({ assertions: 3 })] };
}

const FINDINGS: FindingParts[] = [
  {
    code: "TAG004",
    message: "Unexpected reference to BOX-ALAIS-FAIL, expected a defined tag",
    file: "test/box-registry.test.ts",
    line: 41,
    tags: ["BOX-ALAIS-FAIL"],
    suggestion: "Did you mean BOX-ALIAS-FAIL?",
  },
  {
    code: "RES001",
    message: "Unexpected absence of reports/pytest.xml, expected the results that evidence.config.json names",
    file: "evidence.config.json",
    line: 9,
  },
  ...Array.from(
    { length: 14 },
    (_, index): FindingParts => ({
      code: "EVD006",
      message: `Unexpected silence about test "runs ${index}", expected a result of it`,
      file: "test/remote-access.test.ts",
      line: 100 + index,
      tags: [`REMOTE-R${index + 1}`],
    }),
  ),
  {
    code: "SPEC003",
    message: 'Unexpected scenario "No arguments" without a tag, expected one like [BOX-NAME]',
    file: "openspec/specs/distribution/spec.md",
    line: 30,
  },
  { code: "TAG008", message: "Unexpected reference to proposed tag BOX-NEW, expected a released one", line: 77 },
];
