import type { CodeDoc } from "../../model/codes/code.js";
import type { FindingCode } from "../../model/codes/index.js";
import { FINDING_CODES, isFindingCode } from "../../model/codes/index.js";
import { nearest } from "../text/near.js";

/** A finding code as somebody typed it. */
export interface Question {
  code: string;
}

export type Answer = { code: string; doc: CodeDoc } | { code: null; near: string[]; family?: FindingCode[] };

/** Beginnings shorter than this are those of too many codes. */
const SHORTEST_FAMILY = 3;

/** The documentation of a code, in any case; for an unknown one the codes that begin with it, else the nearest ones. */
export function lookUp({ code }: Question): Answer {
  const wanted = code.trim().toUpperCase();
  if (isFindingCode(wanted)) return { code: wanted, doc: FINDING_CODES[wanted] };
  const known = Object.keys(FINDING_CODES).filter(isFindingCode);
  const family = wanted.length < SHORTEST_FAMILY ? [] : known.filter((each) => each.startsWith(wanted));
  if (family.length > 0) return { code: null, near: family, family };
  return { code: null, near: nearest(wanted, known) };
}
