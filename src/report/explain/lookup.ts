import type { CodeDoc } from "../../model/codes/code.js";
import { FINDING_CODES, isFindingCode } from "../../model/codes/index.js";
import { nearest } from "../text/near.js";

/** A finding code as somebody typed it. */
export interface Question {
  code: string;
}

export type Answer = { code: string; doc: CodeDoc } | { code: null; near: string[] };

/** The documentation of a code, in any case; for an unknown one the nearest codes. */
export function lookUp({ code }: Question): Answer {
  const wanted = code.trim().toUpperCase();
  if (isFindingCode(wanted)) return { code: wanted, doc: FINDING_CODES[wanted] };
  return { code: null, near: nearest(wanted, Object.keys(FINDING_CODES)) };
}
