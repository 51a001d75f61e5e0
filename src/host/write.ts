import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { errorCode } from "./bytes.js";
import { ConfigurationError } from "./configuration-error.js";
import { isWithin } from "./files.js";

/** A file could not be written; the old one, if any, is as it was. */
export class WriteError extends ConfigurationError {
  override readonly name: string = "WriteError";
}

export interface WriteOptions {
  /** Absolute folder outside of which nothing is written, whatever links or `..` stand in the path. */
  within?: string;
  /** Whether to wait until the disk has it. Off for what can be made again. */
  durable?: boolean;
}

/** What to write: a whole, or the pieces of something that is too large to be made at once. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/** Temporary files of writes under way, for the handler of an interruption. */
const underWay = new Set<string>();

let serial = 0;

/**
 * Writes a whole file or nothing: to a temporary file in the same folder, which then takes the name. Missing folders are
 * made. Throws WriteError, leaving no temporary file, when that fails, when the path leads out of `within`, or when
 * something other than a regular file has the name (a link is neither followed nor replaced).
 */
export function writeFileAtomic(path: string, content: Content, options: WriteOptions = {}): void {
  const target = resolve(path);
  try {
    const folder = prepareFolder(target, options.within);
    const mode = replaceableMode(target);
    const temporary = join(folder, `.${basename(target).slice(0, 100)}.${process.pid}-${serial++}.tmp`);
    underWay.add(temporary);
    try {
      writeTemporary(temporary, content, mode, options.durable ?? true);
      renameSync(temporary, target);
    } catch (caught) {
      removeQuietly(temporary);
      throw caught;
    } finally {
      underWay.delete(temporary);
    }
  } catch (caught) {
    if (caught instanceof WriteError) throw caught;
    throw new WriteError(`Unexpected failure to write ${path} (${errorCode(caught)}), expected a place to write to`);
  }
}

/** Whether nobody may write to a file. Taking its name over would be possible all the same; false for what is not there. */
export function isReadOnly(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && (stat.mode & 0o222) === 0;
}

/** Removes the temporary files of writes that were interrupted: to be called by the handler that ends the process. */
export function removeTemporaryFiles(): void {
  for (const path of underWay) removeQuietly(path);
  underWay.clear();
}

/**
 * The folder `.evidence` of a judged folder, made with a `.gitignore` that keeps everything in it out of git. Throws
 * WriteError where that is impossible.
 */
export function evidenceFolder(root: string): string {
  const folder = join(root, ".evidence");
  const ignore = join(folder, ".gitignore");
  if (lstatSync(ignore, { throwIfNoEntry: false }) === undefined) {
    writeFileAtomic(ignore, "*\n", { within: root, durable: false });
  }
  return folder;
}

/** Makes the target's folder; refuses one that is not below `within` once links are resolved. */
function prepareFolder(target: string, within: string | undefined): string {
  const folder = dirname(target);
  if (within !== undefined && !isWithin(realpathSync(within), realExisting(folder))) {
    throw new WriteError(`Unexpected path ${target}, expected one inside ${within}`);
  }
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The path with the links of its existing part resolved. */
function realExisting(path: string): string {
  try {
    return realpathSync(path);
  } catch (caught) {
    const parent = dirname(path);
    if (errorCode(caught) !== "ENOENT" || parent === path) throw caught;
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw caught;
    return join(realExisting(parent), basename(path));
  }
}

/** Permission bits of the file that will be replaced; undefined when there is none. */
function replaceableMode(target: string): number | undefined {
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isFile()) return stat.mode & 0o7777;
  const what = stat.isSymbolicLink() ? "symbolic link" : stat.isDirectory() ? "folder" : "device, pipe or socket";
  throw new WriteError(`Unexpected ${what} at ${target}, expected a file or nothing`);
}

function writeTemporary(path: string, content: Content, mode: number | undefined, durable: boolean): void {
  const handle = openSync(path, "wx", 0o666);
  try {
    if (mode !== undefined) fchmodSync(handle, mode);
    const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
    for (const piece of pieces) writeWhole(handle, typeof piece === "string" ? Buffer.from(piece, "utf8") : piece);
    if (durable) fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeWhole(handle: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(handle, bytes, written);
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already, or never made: either way there is nothing left behind.
  }
}
