import { sha256 } from "../model/digest.js";
import type { EvidenceItem, EvidenceKind } from "../model/evidence.js";

/**
 * The stable id of an item: 16 hex digits over what it is, who made it and where it stands. Lines and outcomes are no
 * part of it, so that it survives edits and shows the same check over time.
 */
export function itemId(kind: EvidenceKind, producer: string, file: string, name: string): string {
  const digest = sha256([kind, producer, file, name].join("\n"));
  // A slice of sixteen would keep the whole digest, and be compared at a quarter of the speed.
  return [digest.slice(0, 8), digest.slice(8, 16)].join("");
}

/** The inputs of items that were made from one file. `digests`: SHA-256 (hex) by path. */
export type InputsOf = (file: string) => EvidenceItem["inputs"];

/** Items of one file share their record: an object with a key of its own costs more than the rest of an item. */
export function inputsFrom(digests: ReadonlyMap<string, string>): InputsOf {
  const known = new Map<string, EvidenceItem["inputs"]>();
  return (file) => {
    const earlier = known.get(file);
    if (earlier !== undefined) return earlier;
    const digest = digests.get(file);
    const inputs = digest === undefined ? NOTHING : { [file]: digest };
    known.set(file, inputs);
    return inputs;
  };
}

/** Shared by all items that have no digests, strengths or inputs. */
export const NOTHING: Readonly<Record<string, never>> = Object.freeze({});
