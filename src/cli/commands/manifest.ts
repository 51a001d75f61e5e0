import { relative, resolve } from "node:path";
import { verifyManifest } from "../../evidence/manifest.js";
import { readTextFile } from "../../host/files.js";
import { arrangeFindings } from "../../model/finding.js";
import type { GlobalOptions } from "../context.js";
import { emit, note, requireFormat } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import { judge } from "../judge.js";
import { MANIFEST_LIMITS, readNamedManifest, writeManifest } from "../manifest-file.js";

export interface ManifestOptions {
  /** Form to print it in. */
  as?: string;
  /** A manifest to print instead of judging. */
  manifest?: string;
  /** When the verification took place, for forms that say it. */
  time?: string;
}

/** `evidence manifest`: writes the manifest from what is there, without running anything, and prints it in another form. */
export async function buildManifest(own: ManifestOptions, options: GlobalOptions): Promise<number> {
  if (own.as !== undefined) {
    const { exportManifest } = await import("../export.js");
    return exportManifest({ ...own, as: own.as }, options);
  }
  if (own.manifest !== undefined || own.time !== undefined) {
    throw new UsageError("Unexpected --manifest or --time without a form, expected --as as well");
  }
  const judgement = await judge(options, { providers: "read", alloy: "known" });
  if (!writeManifest(judgement, options)) return EXIT.findings;
  note(options, `wrote ${judgement.config.manifest}`);
  return EXIT.clean;
}

/** `evidence manifest verify [file]`: exit 1 when the tree is no longer what the manifest was made from. */
export async function verify(file: string | undefined, options: GlobalOptions): Promise<number> {
  requireFormat("verify", options);
  const { root, config, specifications, catalog, predicate } = await judge(options, {
    providers: "read",
    alloy: "none",
  });
  const path = file === undefined ? config.manifest : relative(root.path, resolve(file));
  // Only who names a file may lead out of the folder; a configuration may not.
  const read =
    file === undefined ? readTextFile(root.path, path, MANIFEST_LIMITS) : readNamedManifest(resolve(root.path, path));
  if ("finding" in read) throw new UsageError(`${path}: ${read.finding.message}`);
  const verified = verifyManifest(path, read.text, {
    specifications,
    sourceDigest: predicate.source.digest,
    definitions: catalog.definitions,
  });
  const { subjects, tags } = verified;
  await emit("verify", { path, files: subjects, tags, findings: arrangeFindings(verified.findings) }, options);
  return verified.findings.length === 0 ? EXIT.clean : EXIT.findings;
}
