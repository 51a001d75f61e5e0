import type { AssessmentInput } from "../../src/evidence/assess.js";
import type { BaseInput, ChangedSide } from "../../src/evidence/base/input.js";
import { evidenceReferences } from "../../src/evidence/links.js";
import { foldWhitespace } from "../../src/model/digest.js";
import { parseSpec } from "../../src/specs/parse.js";
import { buildCatalog } from "../../src/tags/catalog.js";
import { scanSource } from "../../src/tags/scan.js";
import type { Tree } from "./assessment.js";
import { anAssessment } from "./assessment.js";

type Files = Record<string, string>;

/** Two trees, the second with its results, as git would show the difference: a moved file is one when `moved` says so. */
export interface Change extends Tree {
  before: Files;
  /** Present path by former path. */
  moved?: Record<string, string>;
  base?: Partial<BaseInput>;
}

/** The input that a tree gives when it is held against another. */
export function aChange({ before, moved = {}, base = {}, ...tree }: Change): AssessmentInput {
  const known = new Set([...tagsOf(before), ...tagsOf(tree.files)]);
  const differs = (path: string, files: Files, others: Files) =>
    path.endsWith("spec.md")
      ? files[path] !== others[path]
      : foldWhitespace(files[path] ?? "") !== foldWhitespace(others[path] ?? "") || others[path] === undefined;
  const side = (files: Files, others: Files): ChangedSide => {
    const changed = Object.keys(files).filter((path) => differs(path, files, others));
    const texts = new Map(changed.filter((path) => !path.endsWith("spec.md")).map((path) => [path, files[path] ?? ""]));
    const documents = mainsOf(files);
    const scanned = [...texts].flatMap(([path, text]) => scanSource({ path, text }).references);
    return {
      texts,
      references: [...scanned, ...evidenceReferences(documents)].filter(
        ({ tag, target, span }) => known.has(tag) && texts.has((target ?? span).file),
      ),
      documents: documents.filter(({ path }) => changed.includes(path)),
    };
  };
  const former = new Map(Object.entries(moved).map(([from, to]) => [to, from]));
  const paths = [...new Set([...Object.keys(before), ...Object.keys(tree.files)])].filter((path) => !(path in moved));
  return anAssessment({
    ...tree,
    over: {
      base: {
        revision: { ref: "main", tip: "a".repeat(40), commit: "b".repeat(40), lacking: [] },
        definitions: buildCatalog(mainsOf(before)).catalog.definitions,
        unknown: new Set(),
        before: side(before, tree.files),
        after: side(tree.files, before),
        files: paths
          .map((path) => {
            const from = former.get(path) ?? path;
            const isMove = from !== path && before[from] === tree.files[path];
            return { before: from in before ? from : null, after: path in tree.files ? path : null, isMove };
          })
          .filter((each) => each.before !== each.after || before[each.before ?? ""] !== tree.files[each.after ?? ""]),
        sameResults: new Set(),
        manifest: null,
        rules: [],
        ...base,
      },
      ...tree.over,
    },
  });
}

function mainsOf(files: Files) {
  return Object.entries(files).flatMap(([path, text]) =>
    path.endsWith("spec.md") ? [parseSpec({ path, text }).document] : [],
  );
}

function tagsOf(files: Files): string[] {
  return [...buildCatalog(mainsOf(files)).catalog.definitions.keys()];
}
