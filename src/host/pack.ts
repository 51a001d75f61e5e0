import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";

/** Raw DEFLATE (RFC 1951) of a text's UTF-8, in base64. The same text gives the same bytes under one version of zlib. */
export function compressText(text: string): string {
  return deflateRawSync(text, { level: 9 }).toString("base64");
}

/** SHA-256 of a text's UTF-8 in base64, as content security policies write it. */
export function policyDigest(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
