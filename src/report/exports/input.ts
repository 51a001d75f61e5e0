import type { Manifest, ManifestItem } from "../../model/manifest.js";
import { withoutUnsafe } from "../text/visible.js";

/** A manifest as it was written, for exports that name it by digest. */
export interface ManifestText {
  manifest: Manifest;
  /** Path it has below the judged folder. */
  path: string;
  /** SHA-256 (hex) of its bytes. */
  digest: string;
  /** Bytes. */
  size: number;
  /** RFC 3339: when the verification took place, for forms that want it; null where nobody said. */
  time: string | null;
}

/** What a piece of evidence amounts to; hollow: it passed and could not have failed. */
export type Standing = "pass" | "hollow" | "fail" | "undecided";

export function standingOf({ outcome, cannotFail }: ManifestItem): Standing {
  if (outcome === "fail" || outcome === "error") return "fail";
  if (outcome === "pass") return cannotFail === null ? "pass" : "hollow";
  return "undecided";
}

/** A package URL of the tool in its version: the identity of the verifier. */
export function toolUri(manifest: Manifest): string {
  return `pkg:npm/spec-evidence@${encodeURIComponent(withoutUnsafe(manifest.predicate.tool.version))}`;
}

interface ResourceDescriptor {
  name: string;
  digest: Record<string, string>;
}

/** What the judgement was configured with: by the digest of the effective configuration, defaults included. */
export function configurationOf({ predicate }: Manifest): ResourceDescriptor {
  const { path, digest } = predicate.configuration;
  return { name: path ?? "default configuration", digest: { sha256: digest } };
}

/** The files and tree that were judged, and the manifest itself. */
export function subjectsWithManifest({ manifest, path, digest }: ManifestText): ResourceDescriptor[] {
  return [...manifest.subject, { name: path, digest: { sha256: digest } }];
}
