import { join } from "node:path";
import { sha256 } from "../model/digest.js";
import type { Finding } from "../model/finding.js";
import { needleFilter } from "../tags/prefilter.js";
import type { SourceScan } from "../tags/scan.js";
import { scanSource } from "../tags/scan.js";
import { brokenFinding } from "./broken.js";
import { readBytes } from "./bytes.js";
import { unreadableFinding } from "./files.js";
import { globs } from "./globs.js";
import type { FileJob } from "./job.js";
import { wideText } from "./source-text.js";
import { SOURCE_MAX_BYTES } from "./sources.js";

export interface SourceFile {
  path: string;
  /** SHA-256 (hex) of its bytes; null when it could not be read or is gone. */
  digest: string | null;
  /** Null when nothing in it could refer to a tag; `kept` when `known` names its content. */
  scan: SourceScan | null | "kept";
  /** SHA-256 (hex) of the scan; empty without one. */
  outline: string;
  /** About the file itself; those about what it says stand in `scan`. */
  findings: Finding[];
}

export interface ScanSettings {
  /** A file that holds none of these is not read further. */
  needles: readonly string[];
  /** Patterns of test files besides those their language's conventions name. */
  tests: readonly string[];
  /** Digests by path of files whose scans are at hand. */
  known: Readonly<Record<string, string>>;
}

/** What comes back of a file: of most only the digest, since nothing in them could refer to a tag. */
export type SourceAnswer = SourceFile | string;

/**
 * Digests a source file and, if it could refer to a tag, finds its references. Bytes that are not UTF-8 become U+FFFD: a
 * tag is ASCII, and old sources in other encodings are no reason to stop. UTF-16 is read when its mark says so.
 */
const scanSources: FileJob<ScanSettings, SourceAnswer> = {
  begin: (root, settings) => {
    const buffer = Buffer.allocUnsafeSlow(SOURCE_MAX_BYTES);
    const mayRefer = needleFilter(settings.needles);
    const tests = globs(settings.tests);
    const known = new Map(Object.entries(settings.known));
    return (path) => {
      const read = readBytes(join(root, path), { maxBytes: SOURCE_MAX_BYTES, followLink: false, buffer });
      if (!("bytes" in read)) {
        const findings = read.why === "absent" ? [] : [unreadableFinding(path, read, SOURCE_MAX_BYTES)];
        return { path, digest: null, scan: null, outline: "", findings };
      }
      const digest = sha256(read.bytes);
      if (known.get(path) === digest) return { path, digest, scan: "kept", outline: "", findings: [] };
      const wide = wideText(read.bytes);
      if (!mayRefer(wide ?? read.bytes.toString("latin1"))) return digest;
      const text = wide ?? read.bytes.toString("utf8");
      const scan = scanSource({ path, text, ...(tests.matches(path) ? { test: true } : {}) });
      return { path, digest, scan, outline: sha256(JSON.stringify(scan)), findings: [] };
    };
  },
  broken: (path, why) => ({ path, digest: null, scan: null, outline: "", findings: [brokenFinding(path, why)] }),
  isResult: (value): value is SourceAnswer =>
    typeof value === "string" || (typeof value === "object" && value !== null && "scan" in value),
};

export default scanSources;
