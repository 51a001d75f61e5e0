import { canonicalJson } from "../../model/canonical.js";
import type { Predicate } from "../../model/manifest.js";
import { STATEMENT_TYPE } from "../../model/manifest.js";
import { visibleJson } from "../text/visible.js";
import type { ManifestText } from "./input.js";
import { configurationOf, subjectsWithManifest, toolUri } from "./input.js";

const SVR_TYPE = "https://in-toto.io/attestation/svr/v0.2";

/** Whose vocabulary the properties are, as the predicate's page asks for. */
const SCOPE = "SPEC_EVIDENCE_";

/**
 * The in-toto statement with a simple verification result (SVR) v0.2: only what holds is a property of it. Throws
 * TypeError without a time, which the form requires.
 * Form: https://github.com/in-toto/attestation/blob/main/spec/predicates/svr.md
 */
export function svrJson(input: ManifestText): string {
  const { manifest, time } = input;
  if (time === null) throw new TypeError("Unexpected absence of a time, expected one in RFC 3339");
  return visibleJson(
    canonicalJson({
      _type: STATEMENT_TYPE,
      subject: subjectsWithManifest(input),
      predicateType: SVR_TYPE,
      predicate: {
        verifier: { id: toolUri(manifest), policies: [configurationOf(manifest)] },
        timeCreated: time,
        properties: propertiesOf(manifest.predicate).map((name) => `${SCOPE}${name}`),
      },
    }),
  );
}

function propertiesOf({ mode, gateReasons, known, catalog, verdicts, findings }: Predicate): string[] {
  const verified = new Set(verdicts.filter(({ verdict }) => verdict === "verified").map(({ tag }) => tag));
  const musts = catalog.filter(({ priority }) => priority === "must");
  const isVerified = ({ tag }: { tag: string }) => verified.has(tag);
  const general: [string, boolean][] = [
    // In report mode the gate passes whatever was found, so its reasons decide here.
    ["GATE_PASSED", mode !== "ratchet" && gateReasons.length === 0],
    ["NOTHING_NEW_OR_WORSE", mode === "ratchet" && gateReasons.length === 0],
    ["EVERY_SHALL_VERIFIED", musts.length > 0 && musts.every(isVerified)],
    ["EVERY_TAG_VERIFIED", catalog.length > 0 && catalog.every(isVerified)],
    ["NO_ERROR_FINDING", findings.every(({ severity }) => severity !== "error") && !known?.findings.length],
  ];
  return [
    ...general.filter(([, holds]) => holds).map(([name]) => name),
    ...catalog.filter(isVerified).map(({ tag }) => `VERIFIED_${tag}`),
  ];
}
