import { compareText } from "../model/span.js";
import { ConfigurationError } from "./configuration-error.js";
import { isForeign } from "./discover.js";
import { readBlobs } from "./git-blobs.js";
import { globs } from "./globs.js";
import type { Revision, TreeFile } from "./history.js";
import { ALL_FILES, listTree } from "./history.js";

/** The files of a commit, read from git's objects without a checkout. */
export interface RevisionFiles {
  revision: Revision;
  /** By path, relative to the judged folder. */
  files: ReadonlyMap<string, TreeFile>;
  /** Texts of the regular files among these paths, up to `maxBytes` each; of one larger or binary there is none. Throws ConfigurationError for one whose content git has not. */
  read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, string>>;
}

export async function openRevision(root: string, revision: Revision): Promise<RevisionFiles> {
  const files = new Map((await listTree(root, revision)).map((file) => [file.path, file]));
  return {
    revision,
    files,
    read: async (paths, maxBytes) => {
      const wanted = paths.flatMap((path) => {
        const file = files.get(path);
        return file?.kind === "file" ? [file] : [];
      });
      const { blobs, missing } = await readBlobs(
        root,
        wanted.map((file) => file.id),
        maxBytes,
      );
      const lost = wanted.find(({ id }) => missing.has(id));
      if (lost !== undefined) {
        const commit = revision.commit.slice(0, 8);
        throw new ConfigurationError(`Unexpected absence of ${lost.path} of commit ${commit}, ${ALL_FILES}`);
      }
      const texts = new Map<string, string>();
      for (const { path, id } of wanted) {
        const bytes = blobs.get(id);
        if (bytes !== undefined && !bytes.includes(0)) texts.set(path, bytes.toString("utf8"));
      }
      return texts;
    },
  };
}

/** The main specifications of a commit: what `patterns` match, chosen as `discoverSpecs` chooses on disk; in code-unit order. */
export function specsIn({ files }: RevisionFiles, patterns: readonly string[]): string[] {
  const wanted = globs(patterns);
  return [...files.values()]
    .filter(({ path, kind }) => kind !== "submodule" && wanted.matches(path) && isReached(path, wanted.bases))
    .map(({ path }) => path)
    .sort(compareText);
}

/** Folders of built and foreign things are passed over, unless a pattern starts inside one. */
function isReached(path: string, bases: readonly string[]): boolean {
  return bases.some((base) => {
    if (base !== "" && path !== base && !path.startsWith(`${base}/`)) return false;
    const folders = path.slice(base.length).split("/").slice(0, -1);
    return !folders.some(isForeign);
  });
}
