import type { FindingCode } from "../../src/model/codes/index.js";
import { sha256, textDigest } from "../../src/model/digest.js";
import { compareFindings, finding } from "../../src/model/finding.js";
import type {
  ManifestDefinition,
  ManifestFinding,
  ManifestItem,
  ManifestReference,
  ManifestVerdict,
  Predicate,
  Totals,
} from "../../src/model/manifest.js";
import { compareText, lineSpan } from "../../src/model/span.js";
import { VERDICTS } from "../../src/model/verdict.js";

/** What a test wants to say about one piece of evidence; the rest is filled in. */
export interface ItemParts extends Partial<Omit<ManifestItem, "tags" | "location">> {
  file?: string;
  line?: number;
}

/** What a test wants to say about one tag; the rest is filled in. */
export interface TagParts extends Partial<Omit<ManifestDefinition, "tag" | "column" | "textDigest">> {
  tag: string;
  verdict?: ManifestVerdict["verdict"];
  unwaived?: ManifestVerdict["verdict"];
  level?: ManifestVerdict["level"];
  reasons?: string[];
  items?: ItemParts[];
  references?: Partial<ManifestReference>[];
}

export interface FindingParts {
  code?: FindingCode;
  severity?: ManifestFinding["severity"];
  message?: string;
  file?: string;
  line?: number;
  column?: number;
  tags?: string[];
  related?: ManifestFinding["related"];
  suggestion?: string;
}

export interface PredicateParts {
  tags?: TagParts[];
  findings?: FindingParts[];
  changes?: { change: string; gates?: boolean; removed?: string[]; tags?: TagParts[] }[];
  mode?: Predicate["mode"];
  results?: Partial<Predicate["results"][number]>[];
  waivers?: Predicate["waivers"];
  analyses?: Predicate["analyses"];
}

/**
 * A predicate that agrees with itself: totals, gate, items, references and verdicts follow from the tags and findings
 * named. Without parts it is that of an empty project.
 */
export function buildPredicate(parts: PredicateParts = {}): Predicate {
  const tags = parts.tags ?? [];
  const changes = parts.changes ?? [];
  const all = [...tags, ...changes.flatMap((change) => change.tags ?? [])];
  const catalog = tags.map(definitionOf).sort((a, b) => compareText(a.tag, b.tag));
  const verdicts = tags.map(verdictOf).sort((a, b) => compareText(a.tag, b.tag));
  const findings = (parts.findings ?? []).map(buildFinding);
  const mode = parts.mode ?? "strict";
  const gateReasons = reasonsToFail(catalog, verdicts, findings);
  return {
    tool: { name: "spec-evidence", version: "0.1.0" },
    configuration: { path: "evidence.config.json", digest: sha256("configuration") },
    source: { commit: null, files: 1204, digest: sha256("source") },
    mode,
    policy: { must: ["any"], should: ["any"], could: ["any"], rules: [] },
    gate: gateReasons.length > 0 && mode === "strict" ? "fail" : "pass",
    gateReasons,
    totals: totalsOf(catalog, verdicts),
    catalog,
    references: all.flatMap(referencesOf),
    results: (parts.results ?? []).map((each) => ({
      path: ".evidence/tests.json",
      format: "tests",
      producer: "vitest",
      tests: 0,
      items: 0,
      ...each,
    })),
    items: all.flatMap(itemsOf),
    verdicts,
    findings: findings.sort((a, b) => compareFindings(withCode(a), withCode(b))),
    waivers: parts.waivers ?? [],
    changes: changes.map((change) => ({
      change: change.change,
      gates: change.gates ?? false,
      removed: change.removed ?? [],
      definitions: (change.tags ?? []).map(definitionOf),
      verdicts: (change.tags ?? []).map(verdictOf),
    })),
    analyses: parts.analyses ?? {},
  };
}

/** One finding with its stable id, as it stands in a predicate. */
export function buildFinding(parts: FindingParts = {}): ManifestFinding {
  const made = finding({
    code: parts.code ?? "TAG004",
    message: parts.message ?? "Unexpected reference to BOX-ALAIS, expected a defined tag",
    span: lineSpan(parts.file ?? "test/box.test.ts", parts.line ?? 41, parts.column ?? 7, 9),
    ...(parts.tags === undefined ? {} : { tags: parts.tags }),
    ...(parts.related === undefined ? {} : { related: parts.related }),
    ...(parts.suggestion === undefined ? {} : { suggestion: parts.suggestion }),
  });
  return { ...made, severity: parts.severity ?? made.severity };
}

function withCode(found: ManifestFinding): ManifestFinding & { code: FindingCode } {
  return { ...found, code: found.code as FindingCode };
}

function definitionOf(parts: TagParts): ManifestDefinition {
  const capability = parts.capability ?? "box-registry";
  const title = parts.title ?? `Title of ${parts.tag}`;
  const text = parts.text ?? `${title}\n\nTHE box SHALL do ${parts.tag}.`;
  return {
    tag: parts.tag,
    kind: parts.kind ?? (parts.parent === undefined ? "requirement" : "scenario"),
    title,
    capability,
    parent: parts.parent ?? null,
    priority: parts.priority ?? "must",
    needs: parts.needs ?? ["any"],
    file: parts.file ?? `openspec/specs/${capability}/spec.md`,
    line: parts.line ?? 12,
    column: 1,
    text,
    textDigest: textDigest(text),
    ...(parts.refines === undefined ? {} : { refines: parts.refines }),
  };
}

function verdictOf(parts: TagParts): ManifestVerdict {
  const verdict = parts.verdict ?? "verified";
  return {
    tag: parts.tag,
    verdict,
    unwaived: parts.unwaived ?? (verdict === "waived" ? "missing" : verdict),
    level: parts.level ?? (verdict === "verified" ? "passing" : "declared"),
    reasons: parts.reasons ?? (verdict === "verified" ? [] : ["no evidence that was executed"]),
    evidence: itemsOf(parts).map((item) => item.id),
  };
}

function itemsOf(parts: TagParts): ManifestItem[] {
  return (parts.items ?? []).map(({ file, line, ...given }, index) => ({
    id: `test.unit-${sha256(`${parts.tag} ${index}`).slice(0, 12)}`,
    kind: "test.unit",
    name: `does ${parts.tag}`,
    tags: [parts.tag],
    outcome: "pass",
    producer: { name: "vitest", version: null, command: null },
    location: file === undefined ? null : lineSpan(file, line ?? 1),
    inputs: {},
    against: {},
    assertions: null,
    cannotFail: null,
    strength: {},
    notes: [],
    ...given,
  }));
}

function referencesOf(parts: TagParts): ManifestReference[] {
  return (parts.references ?? []).map((given) => ({
    tag: parts.tag,
    role: "verifies",
    form: "comment",
    file: "test/box.test.ts",
    line: 30,
    column: 4,
    test: `does ${parts.tag}`,
    executed: false,
    ...given,
  }));
}

function totalsOf(catalog: readonly ManifestDefinition[], verdicts: readonly ManifestVerdict[]): Totals {
  const count = (verdict: (typeof VERDICTS)[number]) => verdicts.filter((each) => each.verdict === verdict).length;
  return {
    specs: new Set(catalog.map((each) => each.file)).size,
    requirements: catalog.filter((each) => each.kind === "requirement").length,
    scenarios: catalog.filter((each) => each.kind === "scenario").length,
    tags: catalog.length,
    failing: count("failing"),
    hollow: count("hollow"),
    suspect: count("suspect"),
    missing: count("missing"),
    waived: count("waived"),
    verified: count("verified"),
  };
}

function reasonsToFail(
  catalog: readonly ManifestDefinition[],
  verdicts: readonly ManifestVerdict[],
  findings: readonly ManifestFinding[],
): string[] {
  const musts = new Set(catalog.filter((each) => each.priority === "must").map((each) => each.tag));
  const isOpen = new Set<string>(VERDICTS.slice(1, 4));
  const failing = verdicts.filter((each) => each.verdict === "failing").length;
  const open = verdicts.filter((each) => isOpen.has(each.verdict) && musts.has(each.tag)).length;
  const errors = findings.filter((each) => each.severity === "error").length;
  return [
    ...(verdicts.length === 0 ? ["nothing was judged"] : []),
    ...(failing > 0 ? [`${plural(failing, "tag")} failing`] : []),
    ...(open > 0 ? [`${plural(open, "must tag")} without sufficient evidence`] : []),
    ...(errors > 0 ? [`${plural(errors, "finding")} of severity error`] : []),
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
