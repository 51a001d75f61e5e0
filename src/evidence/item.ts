import { sha256 } from "../model/digest.js";
import type { EvidenceKind } from "../model/evidence.js";

/**
 * The stable id of an item: 16 hex digits over what it is, who made it and where it stands. Lines and outcomes are no
 * part of it, so that it survives edits and shows the same check over time.
 */
export function itemId(kind: EvidenceKind, producer: string, file: string, name: string): string {
  return sha256([kind, producer, file, name].join("\n")).slice(0, 16);
}
