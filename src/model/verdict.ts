import type { Tag } from "./tag.js";

/** Worst first; the order is the precedence. */
export const VERDICTS = ["failing", "hollow", "suspect", "missing", "waived", "verified"] as const;

export type Verdict = (typeof VERDICTS)[number];

/** How far the best evidence of a tag has come. A fact about its case, never a score. */
export const LEVELS = ["declared", "linked", "executed", "passing", "model-checked", "independently reviewed"] as const;

export type Level = (typeof LEVELS)[number];

export interface TagVerdict {
  tag: Tag;
  verdict: Verdict;
  /** What the verdict would be without the waiver; equal to `verdict` when none applies. */
  unwaived: Verdict;
  level: Level;
  /** Why, one sentence each, worst first; never empty unless verified. */
  reasons: string[];
  /** Ids of the items that were considered. */
  evidence: string[];
}
