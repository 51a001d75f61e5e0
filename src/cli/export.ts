import { createHash } from "node:crypto";
import { toManifest } from "../evidence/manifest.js";
import { utcTime, utcTimeOfSeconds } from "../host/clock.js";
import { commitSeconds } from "../host/git.js";
import { canonicalPieces } from "../model/canonical.js";
import { formatsOf, loadRenderer } from "../report/format.js";
import type { ManifestOptions } from "./commands/manifest.js";
import type { GlobalOptions } from "./context.js";
import { emitText, note, rootOf } from "./context.js";
import { EXIT, UsageError } from "./errors.js";
import { judge } from "./judge.js";
import type { SavedManifest } from "./manifest-file.js";
import { readSavedManifest, writeManifest } from "./manifest-file.js";

/** What attestation services take at most. */
const SERVICE_LIMIT = 16 * 1024 * 1024;

/**
 * Prints a manifest in a form that other tools know: the named one, or the one of this folder, which is written then, as
 * the forms name it by its digest.
 */
export async function exportManifest(own: ManifestOptions & { as: string }, options: GlobalOptions): Promise<number> {
  const forms = formatsOf("export");
  const render = await loadRenderer("export", own.as);
  if (render === null) throw new UsageError(`Unexpected form "${own.as}", expected ${forms.join(", ")}`);
  if (options.format !== "text" && options.format !== "json") {
    throw new UsageError(`Unexpected format "${options.format}" with --as, whose forms are all JSON`);
  }
  const given = own.time === undefined ? null : utcTime(own.time);
  if (own.time !== undefined && given === null) {
    throw new UsageError(`Unexpected time "${own.time}", expected one such as 2026-01-31T12:00:00Z`);
  }
  const root = rootOf(options);
  const saved = own.manifest === undefined ? await judged(options) : readSavedManifest(root, own.manifest);
  const time = own.as === "svr" ? (given ?? (await timeOf(root.path, saved))) : null;
  const text = render({ ...saved, time }, { width: 80, colour: false, detail: "normal" });
  if (own.as !== "summary" && Buffer.byteLength(text) > SERVICE_LIMIT) {
    note(options, "larger than attestation services take (16 MB): have --as summary signed instead");
  }
  await emitText(text, options);
  return EXIT.clean;
}

async function judged(options: GlobalOptions): Promise<SavedManifest> {
  const judgement = await judge(options, { providers: "read", alloy: "known" });
  writeManifest(judgement, options);
  const manifest = toManifest(judgement.predicate, judgement.specifications);
  const hash = createHash("sha256");
  let size = 0;
  for (const piece of canonicalPieces(manifest)) {
    hash.update(piece);
    size += Buffer.byteLength(piece);
  }
  return { manifest, path: judgement.config.manifest, digest: hash.digest("hex"), size };
}

/**
 * When the verification took place, where nobody said: SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/),
 * or when the judged commit was made. That is before any verification of it, so nobody takes an old result for a new
 * one, and it is the same in every run. Throws UsageError where neither is known.
 */
async function timeOf(root: string, { manifest }: SavedManifest): Promise<string> {
  const { SOURCE_DATE_EPOCH: epoch } = process.env;
  const { commit } = manifest.predicate.source;
  const seconds = epoch ?? (commit === null ? null : await commitSeconds(root, commit));
  const time = seconds === null ? null : utcTimeOfSeconds(seconds);
  if (time === null)
    throw new UsageError("Unexpected absence of a time, expected --time, SOURCE_DATE_EPOCH or a commit");
  return time;
}
