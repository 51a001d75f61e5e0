import { Scale } from "./scale.js";
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
  const scale = new Scale();
  scale.weigh(stored.subject);
  const subject = scale.bytes;
  scale.weigh(stored.intent);
  return FRAME + subject + scale.bytes + sumOf(stored).bytes;
}

/** How many of these bytes go with a part that is left out. */
export function bytesOfPart(part: object): number {
  return weigh(part).bytes + PART_OVERHEAD;
}

/** A digest of what the document holds, the same however it was made: those of its parts, added up. No protection. */
export function digestOf(stored: Stored): string {
  const { hw, armedAt, cursor, intent, stalled, previous, document } = stored;
  const frame = [hw, armedAt, cursor, intent?.at ?? null, stalled, previous.digest, document.sequence];
  const digest = new Scale().weigh(frame) + sumOf(stored).digest;
  return (digest >>> 0).toString(16).padStart(8, "0");
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
    digest = (digest + weight.digest) | 0;
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
  const scale = new Scale();
  const digest = scale.weigh(part);
  const weight = { bytes: scale.bytes, digest };
  known.set(part, weight);
  return weight;
}
