/** What stands at a path. */
export type LookedUp =
  /** `ignored`: git leaves it out, so no other clone has it. */
  | { kind: "file"; ignored: boolean }
  | { kind: "folder" }
  /** `like` is the path that differs in nothing but case; null without. */
  | { kind: "absent"; like: string | null }
  /** A symbolic link on the way leads out of the repository, or nowhere. */
  | { kind: "link"; how: string };

/**
 * The files that links lead to. Paths are relative to the judged root, with leading `..` for those above it in the
 * repository. Implemented in host; nothing outside the repository is looked at.
 */
export interface LinkTree {
  look(path: string): LookedUp;
  /** The text of a file; null for one that is binary or too large to be written by people. */
  read(path: string): string | null;
}
