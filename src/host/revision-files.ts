import { isUtf8 } from "node:buffer";
import { join, posix } from "node:path";
import { compareText } from "../model/span.js";
import { ConfigurationError } from "./configuration-error.js";
import { isForeign } from "./discover.js";
import { readBlobs } from "./git-blobs.js";
import { globs } from "./globs.js";
import type { Revision, TreeFile } from "./history.js";
import { ALL_FILES } from "./history.js";
import type { Closed } from "./submodules.js";
import { listTrees } from "./submodules.js";

/** The files of a commit, read from git's objects without a checkout. */
export interface RevisionFiles {
  revision: Revision;
  /** By path, relative to the judged folder; those of submodules as the commit records them. */
  files: ReadonlyMap<string, TreeFile>;
  /** Submodules whose files cannot be told. */
  closed: readonly Closed[];
  /**
   * Texts of the regular files among these paths, and of those that links lead to, up to `maxBytes` each; of one larger,
   * binary or not UTF-8 there is none. Throws ConfigurationError for one whose content git has not.
   */
  read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, string>>;
  /** Bytes of those that are regular files of the judged folder's own repository, as sources are read; else as `read`. */
  readSources(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, Buffer>>;
}

export async function openRevision(root: string, revision: Revision): Promise<RevisionFiles> {
  const trees = await listTrees(root, revision);
  const files = new Map(trees.files.map((file) => [file.path, file]));
  const readAll = async (wanted: readonly TreeFile[], maxBytes: number): Promise<Map<string, Buffer>> => {
    const contents = new Map<string, Buffer>();
    for (const repository of new Set(wanted.map((file) => file.repository))) {
      const own = wanted.filter((file) => file.repository === repository);
      const ids = own.map(({ id }) => id);
      const { blobs, missing } = await readBlobs(join(root, repository), ids, maxBytes);
      for (const { path, id } of own) {
        if (missing.has(id)) throw absence(path, revision);
        const content = blobs.get(id);
        if (content !== undefined) contents.set(path, content);
      }
    }
    return contents;
  };
  return {
    revision,
    files,
    closed: trees.closed,
    read: async (paths, maxBytes) => {
      const links = paths.filter((path) => files.get(path)?.kind === "link");
      const targets = new Map<string, string>();
      for (const path of links) targets.set(path, await followed(path, files, readAll));
      const wanted = paths.map((path) => files.get(targets.get(path) ?? path));
      const contents = await readAll(
        wanted.flatMap((file) => (file?.kind === "file" ? [file] : [])),
        maxBytes,
      );
      const texts = new Map<string, string>();
      for (const path of paths) {
        const bytes = contents.get(targets.get(path) ?? path);
        if (bytes !== undefined && !bytes.includes(0) && isUtf8(bytes)) texts.set(path, bytes.toString("utf8"));
      }
      return texts;
    },
    readSources: (paths, maxBytes) => {
      const wanted = paths.map((path) => files.get(path));
      return readAll(
        wanted.flatMap((file) => (file?.kind === "file" && file.repository === "" ? [file] : [])),
        maxBytes,
      );
    },
  };
}

function absence(path: string, { commit }: Revision): ConfigurationError {
  return new ConfigurationError(`Unexpected absence of ${path} of commit ${commit.slice(0, 8)}, ${ALL_FILES}`);
}

const MOST_HOPS = 8;
const LINK_BYTES = 4096;

/** Where a link leads inside the judged folder; what is no file there when it leads out of it, nowhere or round. */
async function followed(
  path: string,
  files: RevisionFiles["files"],
  readAll: (wanted: readonly TreeFile[], maxBytes: number) => Promise<ReadonlyMap<string, Buffer>>,
): Promise<string> {
  let at = path;
  for (let hops = 0; hops < MOST_HOPS; hops++) {
    const file = files.get(at);
    if (file?.kind !== "link") return at;
    const target = (await readAll([file], LINK_BYTES)).get(at)?.toString("utf8") ?? "";
    at = target.startsWith("/") ? "" : posix.join(posix.dirname(at), target);
  }
  return "";
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
