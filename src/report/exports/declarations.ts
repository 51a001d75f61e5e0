import type { ManifestDefinition, ManifestFinding, ManifestVerdict, Predicate } from "../../model/manifest.js";
import { evidenceOf } from "./evidence.js";
import { standingOf } from "./input.js";
import { ASSESSOR, claimRef, evidenceRef, findingRef, requirementRef, TARGET, waiverRef } from "./refs.js";

/** What one tag's claim is made from. */
interface Case {
  definition: ManifestDefinition;
  verdict: ManifestVerdict;
  /** References of what speaks for the requirement, and against it. */
  pro: string[];
  contra: string[];
  /** Reference of the waiver that excuses it. */
  waiver: string | null;
}

/**
 * The declarations of a CycloneDX document: a claim per tag that its requirement holds, or a counter-claim that this is
 * not shown, each with the evidence for and against it. Conformance is the verdict, not a score of ours: 1 for verified, 0
 * for everything else; a waiver is the mitigation of what it excuses.
 */
export function declarationsOf(predicate: Predicate): object {
  const cases = casesOf(predicate);
  const { tool, source } = predicate;
  return {
    assessors: [{ "bom-ref": ASSESSOR, thirdParty: false, organization: { name: `${tool.name} ${tool.version}` } }],
    attestations: [{ summary: summaryOf(predicate), assessor: ASSESSOR, map: cases.map(mappingOf) }],
    claims: cases.map(claimOf),
    evidence: evidenceOf(predicate),
    targets: {
      components: [
        {
          type: "application",
          "bom-ref": TARGET,
          name: "source tree",
          version: source.commit ?? `sha256:${source.digest}`,
          hashes: [{ alg: "SHA-256", content: source.digest }],
        },
      ],
    },
  };
}

function summaryOf({ gate, gateReasons, mode, totals }: Predicate): string {
  const counts = `${totals.verified} of ${totals.tags} tags verified`;
  return [`The gate ${gate === "pass" ? "passes" : "fails"} in mode ${mode}: ${counts}`, ...gateReasons].join("; ");
}

function casesOf(predicate: Predicate): Case[] {
  const verdicts = new Map(predicate.verdicts.map((each) => [each.tag, each]));
  const items = new Map(predicate.items.map((each) => [each.id, each]));
  const findings = errorsByTag(predicate.findings);
  const waivers = new Set(predicate.waivers.map(({ tag, verdict }) => waiverRef(tag, verdict)));
  return predicate.catalog.flatMap((definition) => {
    const verdict = verdicts.get(definition.tag);
    if (verdict === undefined) return [];
    const named = [...new Set(verdict.evidence)].flatMap((id) => items.get(id) ?? []);
    const waiver = waiverRef(definition.tag, verdict.unwaived);
    const refs = (speaksFor: boolean) =>
      named.filter((item) => (standingOf(item) === "pass") === speaksFor).map(({ id }) => evidenceRef(id));
    return [
      {
        definition,
        verdict,
        pro: refs(true),
        contra: [...refs(false), ...(findings.get(definition.tag) ?? [])],
        waiver: verdict.verdict === "waived" && waivers.has(waiver) ? waiver : null,
      },
    ];
  });
}

/** References of the error findings that name each tag. */
function errorsByTag(findings: readonly ManifestFinding[]): Map<string, string[]> {
  const byTag = new Map<string, string[]>();
  for (const { id, severity, tags } of findings) {
    if (severity !== "error") continue;
    for (const tag of new Set(tags)) {
      const known = byTag.get(tag);
      if (known === undefined) byTag.set(tag, [findingRef(id)]);
      else known.push(findingRef(id));
    }
  }
  return byTag;
}

function claimOf({ definition, verdict, pro, contra }: Case): object {
  const { tag, title } = definition;
  const holds = verdict.verdict === "verified";
  const [evidence, counterEvidence] = holds ? [pro, contra] : [contra, pro];
  return {
    "bom-ref": claimRef(tag),
    target: TARGET,
    predicate: holds ? `${tag} ${title}: the requirement holds` : `${tag} ${title}: it is not shown that it holds`,
    reasoning: reasoningOf(verdict),
    ...(evidence.length === 0 ? {} : { evidence }),
    ...(counterEvidence.length === 0 ? {} : { counterEvidence }),
  };
}

function mappingOf({ definition, verdict, waiver }: Case): object {
  const holds = verdict.verdict === "verified";
  return {
    requirement: requirementRef(definition.tag),
    [holds ? "claims" : "counterClaims"]: [claimRef(definition.tag)],
    conformance: {
      score: holds ? 1 : 0,
      rationale: reasoningOf(verdict),
      ...(waiver === null ? {} : { mitigationStrategies: [waiver] }),
    },
    confidence: { rationale: `evidence level: ${verdict.level}` },
  };
}

function reasoningOf({ verdict, unwaived, reasons }: ManifestVerdict): string {
  const answer = verdict === unwaived ? verdict : `${verdict} (${unwaived})`;
  return [answer, ...reasons].join("; ");
}
