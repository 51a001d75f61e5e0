import type { BaseRecord } from "../../model/base.js";
import type { Predicate } from "../../model/manifest.js";
import type { Definition, Reference } from "../../model/reference.js";
import type { SpecDocument } from "../../model/requirement.js";
import type { Tag } from "../../model/tag.js";
import type { RuleDifference } from "./rules.js";

/** One tree's side of a change: the files that differ, and what stands in them. */
export interface ChangedSide {
  /** Texts of the source files that differ, by path. */
  texts: ReadonlyMap<string, string>;
  /** References that stand in, or lead to, such a file. */
  references: readonly Reference[];
  /** Main specifications that differ. */
  documents: readonly SpecDocument[];
}

export interface ChangedFile {
  before: string | null;
  after: string | null;
  /** Whether it has another path only, and the same bytes. */
  isMove: boolean;
}

/** What is known of the base that a tree is held against. */
export interface BaseInput {
  revision: Pick<BaseRecord, "ref" | "tip" | "commit" | "lacking">;
  definitions: ReadonlyMap<Tag, Definition>;
  /** Paths of present specifications that stand among the definitions for what nobody can tell of the base. */
  unknown: ReadonlySet<string>;
  before: ChangedSide;
  after: ChangedSide;
  /** Every file that differs, by its paths; null where it is not there. */
  files: readonly ChangedFile[];
  /** Results files whose content is the base's. */
  sameResults: ReadonlySet<string>;
  /** Of the base: what was judged there. */
  manifest: { path: string; predicate: Predicate } | null;
  rules: readonly RuleDifference[];
}
