import { resolve } from "node:path";
import { toManifest } from "../evidence/manifest.js";
import { WriteError, writeFileAtomic } from "../host/write.js";
import { canonicalJson } from "../model/canonical.js";
import type { GlobalOptions } from "./context.js";
import { note } from "./context.js";
import type { Judgement } from "./judge.js";

/**
 * Writes the manifest where the configuration says. A folder that cannot be written is judged all the same, so failing
 * is a note and not an error; false then.
 */
export function writeManifest(judgement: Judgement, options: GlobalOptions): boolean {
  if (!judgement.root.writable) {
    note(options, "no manifest written: the folder cannot be written");
    return false;
  }
  const manifest = toManifest(judgement.predicate, judgement.specifications);
  const path = resolve(judgement.root.path, judgement.config.manifest);
  try {
    writeFileAtomic(path, canonicalJson(manifest), { within: judgement.root.path });
    return true;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    note(options, `no manifest written: ${error.message}`);
    return false;
  }
}
