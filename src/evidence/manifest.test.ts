import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { anAssessment, specText } from "../../test/builders/assessment.js";
import { aResult } from "../../test/builders/case.js";
import { canonicalJson } from "../model/canonical.js";
import { sha256 } from "../model/digest.js";
import { manifestSchema } from "../model/manifest.js";
import { assess } from "./assess.js";
import { toManifest, treeDigest, verifyManifest } from "./manifest.js";

const SPEC = "openspec/specs/box/spec.md";
const text = specText("BOX-A");
const files = { [SPEC]: text, "src/box.ts": "// @implements BOX-A\n" };

function manifestText(): string {
  const predicate = assess(anAssessment({ files, tests: [aResult("works", { tags: ["BOX-A"] })] }));
  return canonicalJson(toManifest(predicate, new Map([[SPEC, sha256(text)]])));
}

/** The tree that the manifest was made from, with this text of the specification. */
function tree(current = text, specifications = new Map([[SPEC, sha256(current)]])) {
  const input = anAssessment({ files: { ...files, [SPEC]: current } });
  return { specifications, sourceDigest: input.source.digest, definitions: input.catalog.definitions };
}

describe("toManifest", () => {
  it("is an in-toto statement about the specifications and the source tree", () => {
    traceSpec("MANIFEST-STATEMENT");
    const manifest = manifestSchema.parse(JSON.parse(manifestText()));
    expect(manifest).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "urn:spec-evidence:manifest:1",
    });
    expect(manifest.subject).toEqual([
      { name: SPEC, digest: { sha256: sha256(text) } },
      { name: "source tree", digest: { sha256: "1".repeat(64) } },
    ]);
    expect(manifest.predicate.verdicts).toMatchObject([{ tag: "BOX-A", verdict: "verified" }]);
  });

  it("names the commit where there is one", () => {
    traceSpec("MANIFEST-STATEMENT");
    const source = { commit: "c0ffee", files: 1, digest: "1".repeat(64) };
    const { subject } = toManifest(assess(anAssessment({ files, over: { source } })), new Map());
    expect(subject).toEqual([{ name: "source tree", digest: { gitCommit: "c0ffee", sha256: "1".repeat(64) } }]);
  });

  it("has the same bytes whatever the order of documents, references and results", () => {
    traceSpec("MANIFEST-ORDER");
    const many = {
      ...files,
      "openspec/specs/lid/spec.md": specText("LID-A"),
      "src/lid.ts": "// @implements LID-A\n// @implements BOX-A\n",
    };
    const tests = [
      aResult("a", { tags: ["BOX-A"] }),
      aResult("b", { tags: ["LID-A", "BOX-A"] }),
      aResult("c", { tags: ["LID-A"] }),
    ];
    const input = anAssessment({ files: many, tests });
    const turned = {
      ...input,
      documents: [...input.documents].reverse(),
      references: [...input.references].reverse(),
      results: input.results.map((set) => ({ ...set, tests: [...set.tests].reverse() })),
      catalog: { ...input.catalog, definitions: new Map([...input.catalog.definitions].reverse()) },
    };
    const specifications: [string, string][] = [
      ["a", "1"],
      ["b", "2"],
    ];
    const bytes = canonicalJson(toManifest(assess(input), new Map(specifications)));
    expect(canonicalJson(toManifest(assess(turned), new Map(specifications.reverse())))).toBe(bytes);
  });
});

describe("treeDigest", () => {
  it("depends on paths and contents, not on their order", () => {
    traceSpec("MANIFEST-ORDER");
    const digest = treeDigest(
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    );
    expect(
      treeDigest(
        new Map([
          ["b", "2"],
          ["a", "1"],
        ]),
      ),
    ).toBe(digest);
    expect(
      treeDigest(
        new Map([
          ["a", "2"],
          ["b", "1"],
        ]),
      ),
    ).not.toBe(digest);
  });
});

describe("verifyManifest", () => {
  it("finds nothing on the tree it was made from", () => {
    traceSpec("MANIFEST-VERIFY");
    expect(verifyManifest("m.json", manifestText(), tree())).toEqual({ subjects: 2, tags: 1, findings: [] });
  });

  it("names the tag whose text differs in one digit", () => {
    traceSpec("MANIFEST-VERIFY", "MANIFEST-VERIFY-DIGIT");
    const { findings } = verifyManifest("m.json", manifestText(), tree(text.replace("3 things", "4 things")));
    expect(findings.map((each) => [each.code, each.tags, each.span.file])).toEqual([
      ["EVD020", [], SPEC],
      ["EVD021", ["BOX-A"], SPEC],
    ]);
  });

  it("reports changed sources", () => {
    traceSpec("MANIFEST-VERIFY");
    const { findings } = verifyManifest("m.json", manifestText(), { ...tree(), sourceDigest: "9".repeat(64) });
    expect(findings.map((each) => each.code)).toEqual(["EVD020"]);
  });

  it("reports subjects that are gone and specifications that are new", () => {
    traceSpec("MANIFEST-VERIFY-GONE", "MANIFEST-VERIFY-NEW");
    const moved = verifyManifest("m.json", manifestText(), tree(text, new Map([["openspec/specs/lid/spec.md", "0"]])));
    expect(moved.findings.map((each) => each.span.file)).toEqual([SPEC, "openspec/specs/lid/spec.md"]);
    expect(moved.findings[0]?.message).toContain("absence");
  });

  it.each([
    ["no JSON", "{"],
    ["other JSON", '{"a":1}'],
    ["another version", manifestText().replace("urn:spec-evidence:manifest:1", "urn:spec-evidence:manifest:9")],
  ])("reports %s as malformed and nothing else", (_name, broken) => {
    traceSpec("MANIFEST-VERIFY-MALFORMED");
    const { findings } = verifyManifest("m.json", broken, tree());
    expect(findings.map((each) => each.code)).toEqual(["EVD022"]);
  });
});
