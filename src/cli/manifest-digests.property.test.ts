import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { anAssessment, specText } from "../../test/builders/assessment.js";
import { aResult } from "../../test/builders/case.js";
import { assess } from "../evidence/assess.js";
import { toManifest } from "../evidence/manifest.js";
import { canonicalJson } from "../model/canonical.js";
import type { Predicate } from "../model/manifest.js";
import { formatsOf, loadRenderer } from "../report/format.js";
import type { TreeDigests } from "./manifest-digests.js";
import { replaceDigests } from "./manifest-digests.js";

const SPEC = "openspec/specs/box/spec.md";

/** What stands in a manifest around digests, where it means nothing. */
const MISLEADING = '"inputs":{"src/a.ts":"x"} \\"sha256\\":\\" \n    "source": {\n      "digest": "';

const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
const path = fc.oneof(
  fc.constantFrom("src/a.ts", 'src/"quoted".ts', "src/back\\slash.ts", "src/ü.ts", "src/\u{1F4E6}.ts"),
  fc.string({ minLength: 1, maxLength: 8, unit: "binary" }).map((name) => `src/${name}.ts`),
);
const trees = fc
  .uniqueArray(path, { minLength: 1, maxLength: 4 })
  .chain((paths) =>
    fc.tuple(fc.constant(paths), ...[1, 2].map(() => fc.array(digest, { minLength: 5, maxLength: 5 }))),
  );

const references = (paths: readonly string[]) =>
  Object.fromEntries(paths.map((each) => [each, "// @implements BOX-A\n// @implements BOX-NONE\n"]));

function predicateOf(paths: readonly string[], { tree, files }: TreeDigests, commit: string | null): Predicate {
  return assess(
    anAssessment({
      files: { [SPEC]: `${specText("BOX-A")}\n${MISLEADING.replaceAll("\n", " ")}\n`, ...references(paths) },
      tests: paths.map((file) => aResult(MISLEADING, { tags: ["BOX-A"], file, message: MISLEADING, outcome: "fail" })),
      over: { digests: files, source: { commit, files: paths.length, digest: tree } },
    }),
  );
}

const treeOf = (paths: readonly string[], [tree = "", ...files]: readonly string[] = []): TreeDigests => ({
  tree,
  files: new Map(paths.map((each, at) => [each, files[at] ?? tree])),
});

const textOf = (predicate: Predicate) => canonicalJson(toManifest(predicate, new Map([[SPEC, "3".repeat(64)]])));

it("replaces the digests of sources and nothing else", () => {
  traceSpec("CACHE-FACTS-DIGESTS");
  fc.assert(
    fc.property(trees, fc.constantFrom(null, "c0ffee"), ([paths, then, now], commit) => {
      const [before, after] = [treeOf(paths, then), treeOf(paths, now)];
      const text = Buffer.from(textOf(predicateOf(paths, before, commit)));
      expect(replaceDigests(text, before.tree, after)).toBe(true);
      expect(text.toString("utf8")).toBe(textOf(predicateOf(paths, after, commit)));
    }),
  );
});

it("refuses a manifest of another tree, and one that names a file which is gone", () => {
  traceSpec("CACHE-FACTS-ALTERED");
  const before = treeOf(["src/a.ts"], ["4".repeat(64), "5".repeat(64)]);
  const text = textOf(predicateOf(["src/a.ts"], before, null));
  expect(replaceDigests(Buffer.from(text), "6".repeat(64), before)).toBe(false);
  expect(replaceDigests(Buffer.from(text), before.tree, { ...before, files: new Map() })).toBe(false);
  expect(replaceDigests(Buffer.from("{}"), before.tree, before)).toBe(false);
});

it.each(formatsOf("check").filter((format) => format !== "html"))(
  "shows no digest of a source as %s",
  async (format) => {
    traceSpec("CACHE-FACTS-REPORTS");
    const render = await loadRenderer("check", format);
    const shown = ["4", "5"].map((digit) => {
      const tree = treeOf(["src/a.ts"], [digit.repeat(64)]);
      const options = { width: 80, colour: false, detail: "verbose", below: "" } as const;
      return render?.(predicateOf(["src/a.ts"], tree, null), options);
    });
    expect(shown[0]).toContain("BOX-A");
    expect(shown[1]).toBe(shown[0]);
  },
);
