export interface SpecPlace {
  kind: "main" | "delta";
  /** Folders between `specs/` and the file, joined with `/`. */
  capability: string;
  /** Name of the active change; null for main specifications. */
  change: string | null;
}

/**
 * What a specification's path says about it: `…/specs/<capability…>/spec.md` is a main one,
 * `…/changes/<change>/specs/<capability…>/spec.md` a delta. Null for paths in the archive of changes. A file outside these
 * folders is a main specification named after its folder, or after itself when it is not called `spec.md`.
 */
export function locateSpec(path: string): SpecPlace | null {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  const file = segments.pop() ?? "";
  const changes = folderIndex(segments, "changes", (index) => segments[index + 2] === "specs");
  if (changes !== null) {
    return { kind: "delta", capability: segments.slice(changes + 3).join("/"), change: segments[changes + 1] ?? null };
  }
  if (folderIndex(segments, "changes", (index) => segments[index + 1] === "archive") !== null) return null;
  const specs = folderIndex(segments, "specs", () => true);
  const folders = specs === null ? [] : segments.slice(specs + 1);
  const name = folders.length > 0 ? folders.join("/") : nameOf(file, segments);
  return { kind: "main", capability: name, change: null };
}

/** Where the folder stands: below `openspec` when there is one, else its first place. */
function folderIndex(segments: readonly string[], name: string, fits: (index: number) => boolean): number | null {
  let first: number | null = null;
  for (const [index, segment] of segments.entries()) {
    if (segment !== name || !fits(index)) continue;
    if (segments[index - 1] === "openspec") return index;
    first ??= index;
  }
  return first;
}

function nameOf(file: string, segments: readonly string[]): string {
  return file === "spec.md" ? (segments.at(-1) ?? file) : file.replace(/\.[^.]*$/, "");
}

/** Where OpenSpec keeps, or would create, the main specification that a delta specification changes. */
export function mainPathOf(deltaPath: string): string {
  const segments = deltaPath.split("/");
  const changes = folderIndex(segments, "changes", (index) => segments[index + 2] === "specs");
  return changes === null ? deltaPath : [...segments.slice(0, changes), ...segments.slice(changes + 2)].join("/");
}
