import type { SimpleGit } from "simple-git";

/** Time that git may take without saying anything, in milliseconds. */
const PATIENCE = 10_000;

/** Versions of files in the history of a repository. Paths are relative to the judged root; nothing is thrown. */
export interface FileVersions {
  /** Files that hold exactly this text, as a word of its own if `word`: at a revision, or today, with new ones (null). */
  filesWith(text: string, word: boolean, revision: string | null): Promise<string[]>;
  /** Revisions at which a file may still have held a text that it holds no more, the latest first. */
  revisionsBefore(path: string, text: string): Promise<string[]>;
  /** The text of a file at a revision; null where it was not there. */
  read(revision: string, path: string): Promise<string | null>;
}

/** The versions that git knows around a folder; without git nothing is found. */
export async function openVersions(root: string): Promise<FileVersions> {
  const { simpleGit } = await import("simple-git");
  const git: SimpleGit = simpleGit({
    baseDir: root,
    config: ["core.fsmonitor=false", "core.quotePath=false"],
    unsafe: { allowUnsafeFsMonitor: true },
    timeout: { block: PATIENCE },
  });
  const ask = async (args: string[]): Promise<string | null> => git.raw(args).catch(() => null);
  const parentOfLast = async (path: string, option: string): Promise<string[]> => {
    const args = ["--literal-pathspecs", "log", "--max-count=1", "--no-show-signature", "--format=%H", option];
    const commit = (await ask([...args, "--", path]))?.trim() ?? "";
    return commit === "" ? [] : [`${commit}^`];
  };
  return {
    filesWith: async (text, word, revision) => {
      const matching = ["--fixed-strings", ...(word ? ["--word-regexp"] : []), "-I", "-z", "--files-with-matches"];
      const where = revision === null ? [] : [revision];
      const fresh = revision === null ? ["--untracked"] : [];
      const found = await ask(["grep", ...fresh, "--no-color", ...matching, "-e", text, ...where, "--", "."]);
      const skipped = revision === null ? 0 : revision.length + 1;
      return (found ?? "").split("\0").flatMap((line) => (line === "" ? [] : [line.slice(skipped)]));
    },
    revisionsBefore: async (path, text) => [
      "HEAD",
      ...(await parentOfLast(path, "--diff-filter=D")),
      ...(await parentOfLast(path, `-S${text}`)),
    ],
    read: async (revision, path) => ask(["show", "--no-textconv", `${revision}:./${path}`]),
  };
}
