/** References within a CycloneDX document: one prefix per sort, so that no text from an input meets another's. */
export const ASSESSOR = "assessor:spec-evidence";
export const TARGET = "target:source-tree";

export const requirementRef = (tag: string): string => `requirement:${tag}`;
export const claimRef = (tag: string): string => `claim:${tag}`;
export const evidenceRef = (id: string): string => `evidence:${id}`;
export const findingRef = (id: string): string => `finding:${id}`;
/** A tag can have one waiver per verdict. */
export const waiverRef = (tag: string, verdict: string): string => `waiver:${verdict}:${tag}`;
