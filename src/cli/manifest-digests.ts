/** Digests of sources as a manifest names them. */
export interface TreeDigests {
  /** SHA-256 (hex) over the whole tree, as `source.digest` and the last subject have it. */
  tree: string;
  /** SHA-256 (hex) of every file, by path. */
  files: ReadonlyMap<string, string>;
}

// Canonical JSON breaks lines between records only, and a string cannot hold one: these stand where they mean what they say.
const ITEMS = '\n    "items": [\n';
const END_OF_LIST = "\n    ],\n";
const SOURCE = '\n    "source": {\n';
const SOURCE_DIGEST = '\n      "digest": "';
const SUBJECT_DIGEST = '"sha256":"';
// With the quote of the first path: most items have no inputs.
const INPUTS = '"inputs":{"';

const HEX_DIGITS = 64;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * Puts the digests of today in the place of those that the text of a manifest holds, in place: all have one length. For a
 * manifest as `canonicalPieces` writes it whose items took their inputs from the tree. False, with the text half changed,
 * when it is another: `was`, its digest of the tree, has to stand where it should, and every input among the files.
 */
export function replaceDigests(manifest: Buffer, was: string, now: TreeDigests): boolean {
  const source = after(manifest, SOURCE_DIGEST, manifest.lastIndexOf(SOURCE));
  const last = manifest.lastIndexOf(SUBJECT_DIGEST);
  const subject = last < 0 ? -1 : last + SUBJECT_DIGEST.length;
  for (const at of [source, subject]) {
    if (at < 0 || manifest.toString("latin1", at, at + HEX_DIGITS) !== was) return false;
    manifest.write(now.tree, at, HEX_DIGITS, "latin1");
  }
  const items = manifest.indexOf(ITEMS);
  // Without any item the list stands on one line.
  if (items < 0) return manifest.includes('\n    "items": [],\n');
  const end = manifest.indexOf(END_OF_LIST, items);
  for (let at = after(manifest, INPUTS, items); at >= 0 && at < end; at = after(manifest, INPUTS, at)) {
    if (!replaceInputs(manifest, at - 1, now.files)) return false;
  }
  return true;
}

/** Replaces the digests of a record of paths whose first member begins at `start`. */
function replaceInputs(manifest: Buffer, start: number, files: ReadonlyMap<string, string>): boolean {
  let at = start;
  while (manifest[at] === QUOTE) {
    const end = endOfString(manifest, at);
    const digest = files.get(JSON.parse(manifest.toString("utf8", at, end)));
    if (digest === undefined || digest.length !== HEX_DIGITS) return false;
    // Behind the path: `:"`, the digest, `"`.
    manifest.write(digest, end + 2, HEX_DIGITS, "latin1");
    at = end + 2 + HEX_DIGITS + 1;
    if (manifest[at] === COMMA) at++;
  }
  return true;
}

function endOfString(text: Buffer, start: number): number {
  let at = start + 1;
  while (text[at] !== QUOTE && at < text.length) at += text[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** The place behind the next occurrence; -1 without one. */
function after(text: Buffer, wanted: string, from: number): number {
  const at = from < 0 ? -1 : text.indexOf(wanted, from, "latin1");
  return at < 0 ? -1 : at + wanted.length;
}
