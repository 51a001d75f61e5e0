import { canonicalJson } from "../kernel/canonical.js";
import type { Stored } from "./stored.js";

/** How large a part of a document is when encoded, and a digest of what it says. */
interface Weight {
  readonly bytes: number;
  readonly digest: number;
}

/** Parts are shared between the versions of a document, so each is weighed once. A part never changes. */
const known = new WeakMap<object, Weight>();

/** The comma after a part. */
const PART_OVERHEAD = 1;

/** Bytes of the fields of a document that are no parts, without its subject. */
const FRAME = 512;

/** Both are asked for of each document that is about to be written. */
const sums = new WeakMap<Stored, Weight>();

/** At least as many bytes as the encoded document has, and not many more. */
export function bytesOf(stored: Stored): number {
  const frame = FRAME + 2 * lengthOf(JSON.stringify(stored.subject)) + lengthOf(JSON.stringify(stored.intent));
  return frame + sumOf(stored).bytes;
}

/** A digest of what the document holds, the same however it was made: FNV-1a per part, added up. No protection. */
export function digestOf(stored: Stored): string {
  const { hw, armedAt, cursor, intent, stalled, previous, document } = stored;
  const frame = JSON.stringify([hw, armedAt, cursor, intent?.at ?? null, stalled, previous.digest, document.sequence]);
  return ((fnv1a(frame) + sumOf(stored).digest) >>> 0).toString(16).padStart(8, "0");
}

/** All parts together. */
function sumOf(stored: Stored): Weight {
  const before = sums.get(stored);
  if (before !== undefined) return before;
  let bytes = 0;
  let digest = 0;
  const add = (part: object) => {
    const weight = weigh(part);
    bytes += weight.bytes + PART_OVERHEAD;
    digest = (digest + weight.digest) >>> 0;
  };
  const { promises, tasks, schedules, outbox } = stored.document;
  for (const parts of [promises, tasks, schedules, outbox]) parts.forEach(add);
  stored.turns.forEach(add);
  const sum = { bytes, digest };
  sums.set(stored, sum);
  return sum;
}

function weigh(part: object): Weight {
  const before = known.get(part);
  if (before !== undefined) return before;
  const text = canonicalJson(part);
  const weight = { bytes: lengthOf(text), digest: fnv1a(text) };
  known.set(part, weight);
  return weight;
}

/** Length in UTF-8. */
function lengthOf(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes; any other unit from 0x800 is three bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** Source: draft-eastlake-fnv, 32 bits, over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
