import type { AssessmentInput } from "../evidence/assess.js";
import { readBytes } from "../host/bytes.js";
import type { Cache } from "../host/cache.js";
import { NO_CACHE } from "../host/cache.js";
import { sha256 } from "../model/digest.js";
import type { Reference } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import type { TreeDigests } from "./manifest-digests.js";
import { replaceDigests } from "./manifest-digests.js";

type Gate = "pass" | "fail";

/** What was kept of a judgement. */
interface Kept {
  gate: Gate;
  /** SHA-256 (hex) of the manifest that was written, and the digest of the tree that it names. */
  manifest: string;
  tree: string;
}

/**
 * What an earlier run made of the same facts. Judging, the manifest and the report take more time than all reading together
 * where a repository is large; and a changed file in which nothing else is found than before changes nothing of them but
 * digests.
 */
export interface KeptJudgement {
  /** Null when nothing is known. */
  gate: Gate | null;
  /** The manifest that stands at this path (absolute), brought to the digests of today; null unless an earlier run wrote it of the same facts. */
  manifest(path: string): Uint8Array | null;
  /** Remembers what was written: SHA-256 (hex) of the manifest. */
  keep(gate: Gate, manifest: string): void;
  /** The report that was kept under these words; null when there is none. */
  report(form: readonly string[]): Uint8Array | null;
  keepReport(form: readonly string[], text: string): void;
}

export const NOTHING_KEPT: KeptJudgement = {
  gate: null,
  manifest: () => null,
  keep: () => undefined,
  report: () => null,
  keepReport: () => undefined,
};

const KIND = "judgement";
const REPORT = "report";

const MANIFEST_BYTES = 512 * 1024 * 1024;

export function openKept(cache: Cache, facts: string, digests: TreeDigests): KeptJudgement {
  if (cache === NO_CACHE) return NOTHING_KEPT;
  const kept = cache.get<Kept>(KIND, [facts]) ?? null;
  return {
    gate: kept?.gate ?? null,
    manifest: (path) => {
      const read = kept === null ? null : readBytes(path, { maxBytes: MANIFEST_BYTES, followLink: false });
      if (kept === null || read === null || !("bytes" in read) || sha256(read.bytes) !== kept.manifest) return null;
      return replaceDigests(read.bytes, kept.tree, digests) ? read.bytes : null;
    },
    keep: (gate, manifest) => {
      if (manifest !== kept?.manifest) cache.set(KIND, [facts], { gate, manifest, tree: digests.tree } satisfies Kept);
    },
    report: (form) => cache.getText(REPORT, [facts, ...form]) ?? null,
    keepReport: (form, text) => cache.setText(REPORT, [facts, ...form], text),
  };
}

/** What the sources and results that a judgement was made of said, beside their content. */
export interface Outlines {
  /** SHA-256 (hex) of what was found in the sources, and of what the results depend on. */
  sources: string;
  results: string;
  /** All specifications, those of changes among them. */
  documents: readonly SpecDocument[];
  /** SHA-256 (hex) of further texts that were read. */
  texts: readonly string[];
  /** References that were found elsewhere than in sources. */
  references: readonly Reference[];
}

/**
 * SHA-256 (hex) of all that a judgement depends on but the content of sources in which the same was found: with equal facts
 * two predicates differ in the digest of the tree and the inputs of items alone. Null when that cannot be told.
 */
export function factsOf(input: AssessmentInput, outlines: Outlines): string | null {
  if (input.base !== null) return null;
  // What another tool recorded of files is no digest of today.
  const recorded = [...input.items, ...input.results.flatMap(({ items }) => items)];
  if (recorded.some(({ inputs }) => Object.keys(inputs).length > 0)) return null;
  const { toolVersion, config, configuration, waivers, findingWaivers, confirmations, baseline } = input;
  const { findings, items, analyses, models, today, scope } = input;
  return sha256(
    JSON.stringify([
      [toolVersion, config, configuration, input.source.commit, input.source.files],
      [outlines.documents.map(({ path, digest }) => [path, digest]), outlines.texts, outlines.references],
      [outlines.sources, outlines.results],
      [waivers, findingWaivers, confirmations, baseline],
      [findings, items, analyses, models ?? null],
      [today, scope === null ? null : [...scope].sort()],
    ]),
  );
}
