import { compactCanonicalJson } from "../model/canonical.js";
import { sha256 } from "../model/digest.js";
import type { Finding } from "../model/finding.js";
import { arrangeFindings, finding } from "../model/finding.js";
import type { Manifest, Predicate } from "../model/manifest.js";
import { manifestSchema, PREDICATE_TYPE, SOURCE_TREE, STATEMENT_TYPE } from "../model/manifest.js";
import type { Definition } from "../model/reference.js";
import { compareText, fileSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";

/** SHA-256 (hex) over the sorted paths and digests of the source files: one digest for the whole tree. */
export function treeDigest(digests: ReadonlyMap<string, string>): string {
  return sha256(compactCanonicalJson([...digests].sort(([a], [b]) => compareText(a, b))));
}

/**
 * The in-toto statement about these specification files (SHA-256 by path) and the source tree.
 * Form: https://github.com/in-toto/attestation, Statement v1.
 */
export function toManifest(predicate: Predicate, specifications: ReadonlyMap<string, string>): Manifest {
  const subject: Manifest["subject"] = [...specifications]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, digest]) => ({ name, digest: { sha256: digest } }));
  const { commit, digest } = predicate.source;
  const tree = commit === null ? { sha256: digest } : { gitCommit: commit, sha256: digest };
  return {
    _type: STATEMENT_TYPE,
    subject: [...subject, { name: SOURCE_TREE, digest: tree }],
    predicateType: PREDICATE_TYPE,
    predicate,
  };
}

/** The tree a manifest is held against. */
export interface CurrentTree {
  /** SHA-256 (hex) of each specification, by path. */
  specifications: ReadonlyMap<string, string>;
  sourceDigest: string;
  definitions: ReadonlyMap<Tag, Definition>;
}

export interface Verification {
  /** Subjects and requirement texts that were compared; 0 when the file is no manifest. */
  subjects: number;
  tags: number;
  findings: Finding[];
}

/** Holds the text of a manifest file against the tree: what no longer matches, requirement texts by tag first. */
export function verifyManifest(path: string, text: string, tree: CurrentTree): Verification {
  const manifest = readManifest(text);
  if (typeof manifest === "string") {
    const message = `Unexpected ${manifest}, expected an evidence manifest of type ${PREDICATE_TYPE}`;
    return {
      subjects: 0,
      tags: 0,
      findings: [finding({ code: "EVD022", message, span: fileSpan(path), subject: "form" })],
    };
  }
  const findings = [
    ...changedTexts(manifest, tree),
    ...changedSubjects(manifest, tree),
    ...newSpecifications(manifest, tree),
  ];
  const tags = manifest.predicate.catalog.length;
  return { subjects: manifest.subject.length, tags, findings: arrangeFindings(findings) };
}

/** The manifest, or what the text is instead. */
export function readManifest(text: string): Manifest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "text that is not JSON";
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `JSON of another form (${issue?.path.join(".") || "root"}: ${issue?.message ?? "invalid"})`;
}

function changedTexts(manifest: Manifest, tree: CurrentTree): Finding[] {
  return manifest.predicate.catalog.flatMap((recorded) => {
    const current = tree.definitions.get(recorded.tag);
    if (current?.textDigest === recorded.textDigest) return [];
    const span = current?.span ?? fileSpan(recorded.file);
    const message =
      current === undefined
        ? `Unexpected absence of ${recorded.tag}, expected the requirement that the manifest judged`
        : `Unexpected text of ${recorded.tag}, expected the one that the manifest judged: "${recorded.text.slice(0, 200)}"`;
    return [finding({ code: "EVD021", message, span, tags: [recorded.tag], subject: recorded.tag })];
  });
}

function changedSubjects(manifest: Manifest, tree: CurrentTree): Finding[] {
  return manifest.subject.flatMap(({ name, digest }) => {
    const isTree = name === SOURCE_TREE;
    const current = isTree ? tree.sourceDigest : tree.specifications.get(name);
    if (current === digest.sha256) return [];
    const found = current === undefined ? "absence" : `digest ${current.slice(0, 12)}`;
    const message = `Unexpected ${found} of ${isTree ? "the source tree" : name}, expected digest ${digest.sha256?.slice(0, 12)}`;
    return [finding({ code: "EVD020", message, span: fileSpan(isTree ? "." : name), subject: name })];
  });
}

function newSpecifications(manifest: Manifest, tree: CurrentTree): Finding[] {
  const listed = new Set(manifest.subject.map((subject) => subject.name));
  return [...tree.specifications.keys()].sort(compareText).flatMap((path) =>
    listed.has(path)
      ? []
      : [
          finding({
            code: "EVD020",
            message: `Unexpected specification ${path}, expected only those that the manifest lists`,
            span: fileSpan(path),
            subject: `new ${path}`,
          }),
        ],
  );
}
