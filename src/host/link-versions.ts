import type { SimpleGit } from "simple-git";

/** Time that git may take without saying anything, in milliseconds. */
const PATIENCE = 10_000;

/** Changes looked at to find the one in which a file lost a text. */
const MOST_CHANGES = 8;

/** A text that is looked for as it is, as a word of its own if `word`. */
export interface Wanted {
  text: string;
  word: boolean;
}

/** Two revisions that git can name, one right behind the other; `after` is null for the work tree. */
export interface FileChange {
  before: string;
  after: string | null;
}

/** Versions of files in the history of a repository. Paths are relative to the judged root; nothing is thrown. */
export interface FileVersions {
  /**
   * Those of the files and of what stands in the folders (`.` is the judged root) that hold a text at a revision, or today,
   * with new ones (null). Null when git failed, was too slow, or could not read one of them.
   */
  filesWith(wanted: Wanted, revision: string | null, within: readonly string[]): Promise<string[] | null>;
  /** Changes in which a file may have lost a text that it holds no more, the latest first. */
  changesOf(path: string, wanted: Wanted): Promise<FileChange[]>;
  /** The text of a file at a revision; null where it was not there, or git failed. */
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
    // A search that could not read a file says so, and succeeds all the same.
    errors: (error, { stdErr }) => error ?? (stdErr.length > 0 ? Buffer.concat(stdErr) : undefined),
  });
  const ask = async (args: string[]): Promise<string | null> => git.raw(args).catch(() => null);
  return {
    filesWith: async ({ text, word }, revision, within) => {
      const matching = ["--fixed-strings", ...(word ? ["--word-regexp"] : []), "-I", "-z", "--files-with-matches"];
      const where = revision === null ? [] : [revision];
      const fresh = revision === null ? ["--untracked"] : [];
      const options = ["grep", ...fresh, "--no-textconv", "--no-color", ...matching, "-e", text];
      const found = await ask(["--literal-pathspecs", ...options, ...where, "--", ...within]);
      const skipped = revision === null ? 0 : revision.length + 1;
      return found?.split("\0").flatMap((line) => (line === "" ? [] : [line.slice(skipped)])) ?? null;
    },
    changesOf: async (path, { text, word }) => {
      const plain = ["--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-color", "--no-patch"];
      const search = word ? wordSearch(text) : [`-S${text}`];
      const args = ["log", `--max-count=${MOST_CHANGES}`, ...plain, "--format=%H", ...search, "--", path];
      const commits = (await ask(["--literal-pathspecs", ...args]))?.split("\n") ?? [];
      const changes = commits.flatMap((commit) => (commit === "" ? [] : [{ before: `${commit}^`, after: commit }]));
      return [{ before: "HEAD", after: null }, ...changes];
    },
    read: async (revision, path) => ask(["show", "--no-textconv", `${revision}:./${path}`]),
  };
}

/** Options of git that find changes of how often a text stands in a file: of a plain name only as a word of its own. */
export function wordSearch(text: string): string[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return [`-S${text}`];
  return ["--pickaxe-regex", `-S(^|[^A-Za-z0-9_$])${text}($|[^A-Za-z0-9_$])`];
}
