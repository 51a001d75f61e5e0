import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";

/** Why a file gave no bytes. */
export type Unreadable =
  | { why: "absent" | "denied" | "folder" | "link" | "special" | "name" | "failed"; code: string }
  | { why: "large"; size: number };

export interface ReadOptions {
  maxBytes: number;
  /** Whether a symbolic link at the end of the path is followed. */
  followLink: boolean;
  /** Read into this buffer when the file fits; what is returned is then valid until the next read. */
  buffer?: Buffer;
}

const WHY_BY_CODE: Readonly<Record<string, Exclude<Unreadable["why"], "large">>> = {
  ENOENT: "absent",
  ENOTDIR: "absent",
  EACCES: "denied",
  EPERM: "denied",
  EISDIR: "folder",
  ELOOP: "link",
  EMLINK: "link",
  ENXIO: "special",
  ENODEV: "special",
  ENAMETOOLONG: "name",
  ERR_INVALID_ARG_VALUE: "name",
};

/** What an errno name says about a file. Root is refused almost nothing, so this is a function of its own to test. */
export function unreadable(code: string): Unreadable {
  return { why: WHY_BY_CODE[code] ?? "failed", code };
}

/** The errno name of something caught; `UNKNOWN` when it has none. */
export function errorCode(caught: unknown): string {
  const code = caught instanceof Error && "code" in caught ? caught.code : undefined;
  return typeof code === "string" ? code : "UNKNOWN";
}

/**
 * Reads a regular file. Pipes, sockets and devices are refused without waiting for them; a file that grows meanwhile is
 * read as long as it was when opened. Never throws.
 */
export function readBytes(path: string, options: ReadOptions): { bytes: Buffer } | Unreadable {
  const link = options.followLink ? 0 : constants.O_NOFOLLOW;
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | link);
  } catch (caught) {
    return unreadable(errorCode(caught));
  }
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) return unreadable("EISDIR");
    if (!stat.isFile()) return unreadable("ENXIO");
    if (stat.size > options.maxBytes) return { why: "large", size: stat.size };
    return { bytes: readWhole(handle, stat.size, options.buffer) };
  } catch (caught) {
    return unreadable(errorCode(caught));
  } finally {
    closeSync(handle);
  }
}

function readWhole(handle: number, size: number, given: Buffer | undefined): Buffer {
  const buffer = given !== undefined && given.length >= size ? given : Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const count = readSync(handle, buffer, length, size - length, length);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

const CHUNK_BYTES = 1024 * 1024;

/** SHA-256 (hex) of a regular file of any size; null when it cannot be read. Links are not followed. */
export function digestFile(path: string): string | null {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch {
    return null;
  }
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) return null;
    const hash = createHash("sha256");
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, stat.size + 1));
    for (let count = readSync(handle, buffer); count > 0; count = readSync(handle, buffer)) {
      hash.update(buffer.subarray(0, count));
    }
    return hash.digest("hex");
  } catch {
    return null;
  } finally {
    closeSync(handle);
  }
}

/** The first bytes of a file as text; null when there is no file. Throws when it cannot be read. */
export function readHead(path: string, bytes: number): string | null {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return null;
  const handle = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(bytes);
    return buffer.toString("utf8", 0, readSync(handle, buffer, 0, bytes, 0));
  } finally {
    closeSync(handle);
  }
}
