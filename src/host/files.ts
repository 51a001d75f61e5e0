import { lstatSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { sha256 } from "../model/digest.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import { fileSpan, lineSpan } from "../model/span.js";
import type { Unreadable } from "./bytes.js";
import { errorCode, readBytes, unreadable } from "./bytes.js";

export interface TextLimits {
  /** Size of the file, in bytes. */
  maxBytes: number;
  /** Length of one line, in UTF-16 units. */
  maxLine: number;
  /** Number of lines; any number by default. */
  maxLines?: number;
}

/** What a text that people write may measure at most. */
const TEXT_LIMITS: TextLimits = { maxBytes: 4 * 1024 * 1024, maxLine: 100_000 };

/**
 * What a specification may measure at most. The markdown parser's time grows with the square of the lines of one nested
 * list, so a file of nothing else must not be long; a specification of two thousand requirements is shorter.
 */
export const SPEC_LIMITS: TextLimits = { ...TEXT_LIMITS, maxLines: 20_000 };

export type TextFile = { text: string; digest: string } | { finding: Finding };

/**
 * Reads a text file of the judged folder.
 *
 * `root` is absolute, `path` relative to it with forward slashes. The text is the file's, unchanged: a byte order mark
 * stays its first character and line ends stay as they are, so that `digest` (SHA-256, hex) is that of the bytes on disk
 * and of the text alike. A link to a file inside the root is followed. Whatever hinders reading is one finding of the
 * FILE family; nothing is thrown.
 */
export function readTextFile(root: string, path: string, limits: TextLimits = TEXT_LIMITS): TextFile {
  const place = locate(root, path);
  if ("finding" in place) return place;
  const read = readBytes(place.absolute, { maxBytes: limits.maxBytes, followLink: false });
  if (!("bytes" in read)) return { finding: unreadableFinding(path, read, limits.maxBytes) };
  const decoded = decode(path, read.bytes);
  if (typeof decoded !== "string") return { finding: decoded };
  const long = longLine(decoded, limits.maxLine);
  if (long !== null) {
    return {
      finding: finding({
        code: "FILE003",
        message: `Unexpected line of ${long.length} characters, expected at most ${limits.maxLine}`,
        span: lineSpan(path, long.line),
        subject: "line",
      }),
    };
  }
  const { maxLines } = limits;
  if (maxLines !== undefined && lineCount(decoded, maxLines) > maxLines) {
    return {
      finding: finding({
        code: "FILE003",
        message: `Unexpected length of more than ${maxLines} lines, expected a specification that people can read`,
        span: lineSpan(path, maxLines + 1),
        subject: "lines",
        suggestion: "Divide it into capabilities, each a folder with a spec.md of its own.",
      }),
    };
  }
  return { text: decoded, digest: sha256(read.bytes) };
}

/** The finding for a file that gave no bytes. `maxBytes` is the limit that a file too large exceeds. */
export function unreadableFinding(path: string, problem: Unreadable, maxBytes: number): Finding {
  const span = fileSpan(path);
  switch (problem.why) {
    case "large":
      return finding({
        code: "FILE003",
        message: `Unexpected size of ${problem.size} bytes, expected at most ${maxBytes}`,
        span,
        subject: "size",
      });
    case "folder":
      return finding({ code: "FILE004", message: "Unexpected folder, expected a file", span });
    case "link":
      return linkFinding(path, "that loops");
    case "absent":
      return finding({
        code: "FILE001",
        message: `Unexpected absence of the file (${problem.code}), expected one to read`,
        span,
        subject: "absent",
        ...(path.includes("\uFFFD") ? { suggestion: "Its name is not UTF-8; rename it." } : {}),
      });
    case "denied":
      return finding({
        code: "FILE001",
        message: `Unexpected refusal of the operating system (${problem.code}), expected read permission`,
        span,
        subject: "denied",
      });
    case "special":
      return finding({
        code: "FILE001",
        message: "Unexpected pipe, socket or device, expected a regular file",
        span,
        suggestion: "Remove it from the specification folder.",
      });
    case "name":
      return finding({
        code: "FILE001",
        message: `Unexpected file name (${problem.code}), expected one that the operating system takes`,
        span,
        subject: "name",
      });
    case "failed":
      return finding({
        code: "FILE001",
        message: `Unexpected failure to read the file (${problem.code}), expected its content`,
        span,
        subject: "failed",
      });
  }
}

/** The finding for a symbolic link; `what` completes "Unexpected symbolic link …". */
export function linkFinding(path: string, what: string): Finding {
  return finding({
    code: "FILE005",
    message: `Unexpected symbolic link ${what}, expected a file inside the judged folder`,
    span: fileSpan(path),
  });
}

/** What a symbolic link at `absolute` leads to: a real path inside the root, or what is wrong with it. */
export function followLink(root: string, absolute: string): { real: string; folder: boolean } | { wrong: string } {
  try {
    const real = realpathSync(absolute);
    if (!isWithin(realpathSync(root), real)) return { wrong: "that leaves the judged folder" };
    return { real, folder: statSync(real).isDirectory() };
  } catch (caught) {
    const code = errorCode(caught);
    if (code === "ELOOP") return { wrong: "that loops" };
    if (code === "ENOENT" || code === "ENOTDIR") return { wrong: "that leads nowhere" };
    return { wrong: `that cannot be followed (${code})` };
  }
}

/** Whether an absolute, normalised path is the folder or stands below it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Resolves links, and refuses what leads out of the root by a link or by `..`. */
function locate(root: string, path: string): { absolute: string } | { finding: Finding } {
  const absolute = join(root, path);
  try {
    const real = realpathSync(absolute);
    if (!isWithin(realpathSync(root), real)) return { finding: linkFinding(path, "that leaves the judged folder") };
    return { absolute: real };
  } catch (caught) {
    const problem = unreadable(errorCode(caught));
    if (problem.why === "absent" && isLink(absolute)) return { finding: linkFinding(path, "that leads nowhere") };
    return { finding: unreadableFinding(path, problem, 0) };
  }
}

function isLink(absolute: string): boolean {
  try {
    return lstatSync(absolute).isSymbolicLink();
  } catch {
    return false;
  }
}

function decode(path: string, bytes: Buffer): string | Finding {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (wide) {
    return finding({
      code: "FILE002",
      message: "Unexpected UTF-16 byte order mark, expected UTF-8 text",
      span: fileSpan(path),
    });
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    return finding({
      code: "FILE006",
      message: `Unexpected NUL byte at offset ${zero}, expected text`,
      span: fileSpan(path),
      subject: "NUL",
    });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const { line, column } = firstInvalid(bytes);
    return finding({
      code: "FILE002",
      message: "Unexpected bytes that are not valid UTF-8, expected UTF-8 text",
      span: lineSpan(path, line, column),
    });
  }
}

/**
 * Place of the first invalid UTF-8 sequence. A streaming decoder refuses a prefix exactly when it holds an invalid
 * sequence, which a longer prefix then holds too: so the shortest refused prefix can be found by bisection.
 */
function firstInvalid(bytes: Buffer): { line: number; column: number } {
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1;
    if (decodePrefix(bytes, middle) === null) invalid = middle;
    else valid = middle;
  }
  const before = decodePrefix(bytes, Math.min(valid, bytes.length)) ?? "";
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: before.length - lineStart + 1 };
}

function decodePrefix(bytes: Buffer, length: number): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), {
      stream: true,
    });
  } catch {
    return null;
  }
}

/** The first line longer than the limit; null when there is none. */
function longLine(text: string, limit: number): { line: number; length: number } | null {
  let line = 1;
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    if (end - start > limit) return { line, length: end - start };
    start = end + 1;
    line += 1;
  }
  return null;
}

/** Number of lines, counted until it exceeds the limit. Any of the three line ends ends a line. */
function lineCount(text: string, limit: number): number {
  const ends = /\r\n?|\n/g;
  let count = 0;
  while (count <= limit && ends.test(text)) count += 1;
  return text.endsWith("\n") || text.endsWith("\r") ? count : count + 1;
}

/** Whether anything stands at an absolute path, be it a link that leads nowhere. */
export function fileExists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
