import type { Hash } from "node:crypto";
import { createHash } from "node:crypto";
import { basename, dirname, relative, resolve } from "node:path";
import { readManifest, toManifest } from "../evidence/manifest.js";
import { readHead } from "../host/bytes.js";
import { readTextFile } from "../host/files.js";
import type { Root } from "../host/root.js";
import { WriteError, writeFileAtomic } from "../host/write.js";
import { canonicalPieces } from "../model/canonical.js";
import type { Manifest } from "../model/manifest.js";
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
  const path = resolve(judgement.root.path, judgement.config.manifest);
  refuseForeign(path, judgement.config.manifest);
  try {
    const hash = createHash("sha256");
    const known = judgement.kept.manifest(path);
    writeFileAtomic(path, hashed(known ?? piecesOf(judgement), hash), { within: judgement.root.path });
    judgement.kept.keep(judgement.kept.gate ?? judgement.predicate.gate, hash.digest("hex"));
    return true;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    note(options, `no manifest written: ${error.message}`);
    return false;
  }
}

function piecesOf({ predicate, specifications }: Judgement): Iterable<string> {
  return canonicalPieces(toManifest(predicate, specifications));
}

/** UTF-16 units of a piece for which there is room from the start. */
const ROOM = 1 << 19;

/** No unit of UTF-16 takes more bytes in UTF-8. */
const BYTES_PER_UNIT = 3;

/** The content in bytes, as it went into the hash; each piece of a text is valid until the next one is asked for. */
function* hashed(content: Uint8Array | Iterable<string>, hash: Hash): Generator<Uint8Array> {
  if (content instanceof Uint8Array) {
    hash.update(content);
    yield content;
    return;
  }
  let room = Buffer.allocUnsafeSlow(ROOM * BYTES_PER_UNIT);
  for (const piece of content) {
    if (piece.length * BYTES_PER_UNIT > room.length) room = Buffer.allocUnsafeSlow(piece.length * BYTES_PER_UNIT);
    const bytes = room.subarray(0, room.write(piece, "utf8"));
    hash.update(bytes);
    yield bytes;
  }
}

/** A manifest as it stands in a file. */
export interface SavedManifest {
  manifest: Manifest;
  /** Relative to the judged folder. */
  path: string;
  /** SHA-256 (hex) of the file. */
  digest: string;
  /** Bytes. */
  size: number;
}

/** Reads a manifest file that a person named, wherever it stands. */
export function readNamedManifest(absolute: string): ReturnType<typeof readTextFile> {
  return readTextFile(dirname(absolute), basename(absolute), MANIFEST_LIMITS);
}

/** Reads the manifest that a person named. Throws UsageError for what is none of this version. */
export function readSavedManifest(root: Root, file: string): SavedManifest {
  const path = relative(root.path, resolve(file)).replaceAll("\\", "/");
  const read = readNamedManifest(resolve(file));
  if ("finding" in read) throw new UsageError(`${file}: ${read.finding.message}`);
  const manifest = readManifest(read.text);
  if (typeof manifest === "string") {
    throw new UsageError(`${file}: Unexpected ${manifest}, expected a manifest of this version`);
  }
  return { manifest, path, digest: read.digest, size: Buffer.byteLength(read.text) };
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
