import { canonicalJson } from "../../model/canonical.js";
import { SOURCE_TREE, STATEMENT_TYPE } from "../../model/manifest.js";
import { SUMMARY_TYPE } from "../../model/summary.js";
import { visibleJson } from "../text/visible.js";
import type { ManifestText } from "./input.js";

/** Each of the texts kept whole: the summary stays small whatever was judged. */
const MOST_TEXT = 1000;

/**
 * A statement about the manifest and the source tree alone, of a few kilobytes however large the manifest is: what to sign
 * where the manifest itself is larger than an attestation service takes. Schema: schemas/summary.schema.json.
 */
export function summaryJson({ manifest, path, digest, size }: ManifestText): string {
  const { tool, configuration, source, mode, gate, gateReasons, totals } = manifest.predicate;
  const tree = manifest.subject.filter(({ name }) => name === SOURCE_TREE);
  return visibleJson(
    canonicalJson({
      _type: STATEMENT_TYPE,
      subject: [{ name: path, digest: { sha256: digest } }, ...tree],
      predicateType: SUMMARY_TYPE,
      predicate: {
        tool,
        configuration: { digest: configuration.digest },
        source: { commit: source.commit, files: source.files, digest: source.digest },
        manifest: { digest: { sha256: digest }, size },
        mode,
        gate,
        gateReasons: gateReasons.map((reason) => reason.slice(0, MOST_TEXT)).slice(0, 10),
        totals,
      },
    }),
  );
}
