import { hash } from "node:crypto";
import { foldListMarkers } from "./list-markers.js";

/**
 * SHA-256 of a text (as UTF-8) or of bytes, in lower-case hex. Hashing is a pure function; `node:crypto` is used
 * for nothing else in the analysing layers.
 */
export function sha256(content: string | Uint8Array): string {
  return hash("sha256", content, "hex");
}

/** The text with every run of white space folded to one blank and none at the ends: reflowed prose is the same text. */
export function foldWhitespace(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** A requirement's text without what formatters change: white space, and which character marks an item of a list outside of code. */
export function foldText(text: string): string {
  return foldWhitespace(foldListMarkers(text.normalize("NFC")));
}

/** Digest of a requirement's text that white space, reflowing and list markers do not change: `sha256:` and 64 hex digits. */
export function textDigest(text: string): string {
  return `sha256:${sha256(foldText(text))}`;
}
