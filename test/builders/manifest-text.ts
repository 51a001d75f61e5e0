import { toManifest } from "../../src/evidence/manifest.js";
import { canonicalJson } from "../../src/model/canonical.js";
import { sha256 } from "../../src/model/digest.js";
import type { Predicate } from "../../src/model/manifest.js";
import type { ManifestText } from "../../src/report/exports/input.js";

/** A predicate as the manifest that a run would have written. */
export function manifestText(predicate: Predicate, path = "evidence-manifest.json"): ManifestText {
  const files = new Map(predicate.catalog.map(({ file }) => [file, sha256(file)]));
  const manifest = toManifest(predicate, files);
  const text = canonicalJson(manifest);
  return { manifest, path, digest: sha256(text), size: Buffer.byteLength(text), time: "2026-01-31T12:00:00Z" };
}
