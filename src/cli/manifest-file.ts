import { resolve } from "node:path";
import { toManifest } from "../evidence/manifest.js";
import { readHead } from "../host/bytes.js";
import { WriteError, writeFileAtomic } from "../host/write.js";
import { canonicalPieces } from "../model/canonical.js";
import { STATEMENT_TYPE } from "../model/manifest.js";
import type { GlobalOptions } from "./context.js";
import { note } from "./context.js";
import { UsageError } from "./errors.js";
import type { Judgement } from "./judge.js";

/** A manifest of ten thousand requirements and their results is about this large; beyond, it is something else. */
export const MANIFEST_LIMITS = { maxBytes: 512 * 1024 * 1024, maxLine: 64 * 1024 * 1024 };

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
  refuseForeign(path, judgement.config.manifest);
  try {
    writeFileAtomic(path, canonicalPieces(manifest), { within: judgement.root.path });
    return true;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    note(options, `no manifest written: ${error.message}`);
    return false;
  }
}

const HEAD = 4096;

/** A slip in the configuration must not cost anybody a file: only a manifest is replaced by a manifest. */
function refuseForeign(path: string, shown: string): void {
  const head = readHead(path, HEAD);
  if (head === null || head.includes(STATEMENT_TYPE) || head.trim() === "") return;
  throw new UsageError(
    `Unexpected file ${shown} that is no manifest, expected a free place for the manifest (\`manifest\`)`,
  );
}
