import { realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { compareText } from "../model/span.js";
import { readBytes } from "./bytes.js";
import { ConfigurationError } from "./configuration-error.js";
import { problemOf } from "./git.js";
import { readBlobs } from "./git-blobs.js";

/** A commit that something is held against. */
export interface Revision {
  /** As it was typed. */
  ref: string;
  /** The commit it names, in full. */
  tip: string;
  /** The commit whose tree is read: where the checked-out commit and `tip` parted, or `tip` itself. */
  commit: string;
  /** Path of the judged folder inside the work tree, with `/` behind it; empty at the top. */
  prefix: string;
  /** What could not be told, one sentence each. */
  lacking: string[];
}

/** One file of a commit's tree; paths are relative to the judged folder. */
export interface TreeFile {
  path: string;
  /** Object id, hex. */
  id: string;
  kind: "file" | "link" | "submodule";
  /** Path of the submodule whose repository holds the object; empty for the judged folder's own. */
  repository: string;
}

/** A file that differs between a commit and the work tree, uncommitted and untracked changes included. */
export interface FileChange {
  /** Null where the file is new. */
  before: TreeFile | null;
  /** Path now; null where it is gone. */
  after: string | null;
  /** Whether it has another path only, and the same bytes. */
  isMove: boolean;
}

export type Git = (args: readonly string[]) => Promise<string>;

/** Git in a folder, as text; a repository can name programs for git to run, and none of them does. */
export async function gitIn(root: string): Promise<Git> {
  const { simpleGit } = await import("simple-git");
  const git = simpleGit({ baseDir: root, config: ["core.fsmonitor=false"], unsafe: { allowUnsafeFsMonitor: true } });
  return (args) => git.raw(["--no-optional-locks", ...args]);
}

/**
 * The commit that a change started from: the best common ancestor of `ref` and the checked-out commit, as `git diff
 * ref...` takes it. Where there is none (histories that are cut off or unrelated) it is the tip of `ref`, and `lacking` says so.
 * Throws ConfigurationError without git, outside a work tree, before the first commit and for a ref that names no commit.
 */
export async function findBase(root: string, ref: string): Promise<Revision> {
  const { git, tip, prefix } = await findTip(root, ref);
  const head = await commitOf(git, "HEAD");
  if (head === null) {
    throw new ConfigurationError("Unexpected repository without a commit, expected one to hold against a base");
  }
  const shared = await git(["merge-base", tip, head]).then(
    (text) => text.trim(),
    () => "",
  );
  if (shared !== "") return { ref, tip, commit: shared, prefix, lacking: [] };
  const why = (await isShallow(git))
    ? "This clone is shallow and does not reach back to the commit that the change started from"
    : "The checked-out commit and the base have no commit in common";
  return { ref, tip, commit: tip, prefix, lacking: [`${why}: it is held against the base's last commit.`] };
}

/** The commit that a ref names. Throws as findBase does. */
export async function findRevision(root: string, ref: string): Promise<Revision> {
  const { tip, prefix } = await findTip(root, ref);
  return { ref, tip, commit: tip, prefix, lacking: [] };
}

async function findTip(root: string, ref: string): Promise<{ git: Git; tip: string; prefix: string }> {
  // What starts with a dash is an option to git, and what holds these characters can be no ref.
  if (ref === "" || /^-|[\s\0]/u.test(ref)) {
    throw new ConfigurationError(`Unexpected revision ${JSON.stringify(ref)}, expected a branch, tag or commit`);
  }
  const git = await gitIn(root);
  const prefix = await prefixOf(git, root);
  const tip = await commitOf(git, ref);
  if (tip !== null) return { git, tip, prefix };
  const hint = (await isShallow(git)) ? "; this clone is shallow, so fetch it first" : "";
  throw new ConfigurationError(
    `Unexpected revision ${JSON.stringify(ref)}, expected a branch, tag or commit of this repository${hint}`,
  );
}

async function prefixOf(git: Git, root: string): Promise<string> {
  try {
    const top = (await git(["rev-parse", "--show-toplevel"])).replace(/\n$/, "");
    const below = relative(realpathSync(top), realpathSync(root)).replaceAll("\\", "/");
    return below === "" ? "" : `${below}/`;
  } catch (caught) {
    throw new ConfigurationError(
      `Unexpected folder that git knows nothing about (${problemOf(caught)}), expected a git work tree`,
    );
  }
}

/** The commit that a ref names, in full. Null also for what git takes for several commits, or for all but one: `a..b`, `^a`. */
export function commitOf(git: Git, ref: string): Promise<string | null> {
  return git(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]).then(
    (text) => /^[0-9a-f]{40,64}$/.exec(text.trim())?.[0] ?? null,
    () => null,
  );
}

async function isShallow(git: Git): Promise<boolean> {
  return (await git(["rev-parse", "--is-shallow-repository"]).catch(() => "")).trim() === "true";
}

/** Every file of the judged folder as the commit has it, in code-unit order. */
export async function listTree(
  root: string,
  { commit, prefix }: Pick<Revision, "commit" | "prefix">,
): Promise<TreeFile[]> {
  const git = await gitIn(root);
  const list = async (args: readonly string[]) =>
    parseTree(await objectsOf(commit, git(["ls-tree", "-z", "--full-tree", ...args])));
  // A folder is chosen by its tree, which is not there in a commit from before the folder.
  const [folder] = prefix === "" ? [] : await list(["--", commit, prefix.slice(0, -1)]);
  if (prefix !== "" && folder?.mode !== "040000") return [];
  const files = (await list(["-r", folder?.id ?? commit])).map(
    ({ path, id, mode }): TreeFile => ({ path, id, kind: kindOf(mode), repository: "" }),
  );
  return files.sort((a, b) => compareText(a.path, b.path));
}

/** `mode type id\tpath\0`; https://git-scm.com/docs/git-ls-tree#_output_format */
function parseTree(text: string): { path: string; id: string; mode: string }[] {
  return text.split("\0").flatMap((line) => {
    const tab = line.indexOf("\t");
    const [mode = "", , id = ""] = line.slice(0, Math.max(0, tab)).split(" ");
    return tab < 0 ? [] : [{ path: line.slice(tab + 1), id, mode }];
  });
}

/** A commit can be there without its files, in a partial clone or a damaged one. Throws ConfigurationError then. */
async function objectsOf(commit: string, answer: Promise<string>): Promise<string> {
  try {
    return await answer;
  } catch (caught) {
    throw new ConfigurationError(
      `Unexpected failure to read commit ${commit.slice(0, SHORT)} (${problemOf(caught)}), ${ALL_FILES}`,
    );
  }
}

const SHORT = 8;

/** How a message goes on when something of a commit is not there. */
export const ALL_FILES = "expected all of its files; a partial clone has to fetch them first";

/**
 * What differs in the judged folder between a commit and the work tree, renamed files as one change, in code-unit order
 * of their paths. Bytes of a name that are not UTF-8 arrive as U+FFFD.
 */
export async function changedSince(root: string, { commit }: Revision): Promise<FileChange[]> {
  const git = await gitIn(root);
  const plain = ["--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=dirty"];
  const raw = ["-c", "diff.autoRefreshIndex=true", "diff", "--raw", "-z", "--no-abbrev", "-M", ...plain];
  const diff = await objectsOf(commit, git([...raw, "--relative", commit, "--"]));
  const changes = await withMoves(root, parseRawDiff(diff));
  const untracked = await git(["ls-files", "-z", "--others", "--exclude-standard"]);
  const known = new Set(changes.map((change) => change.after));
  for (const path of untracked.split("\0")) {
    if (path !== "" && !path.endsWith("/") && !known.has(path))
      changes.push({ before: null, after: path, isMove: false });
  }
  return changes.sort((a, b) => compareText(pathOf(a), pathOf(b)));
}

function pathOf(change: FileChange): string {
  return change.after ?? change.before?.path ?? "";
}

interface ListedChange extends FileChange {
  /** Object id of the file now; zeros where it is not as the index has it, null where another path is no rename. */
  idNow: string | null;
}

/** Tells moves by their bytes: git's likeness of 100 % leaves the order of lines out. */
async function withMoves(root: string, listed: readonly ListedChange[]): Promise<FileChange[]> {
  const ofWorkTree = ({ before, idNow }: ListedChange): boolean =>
    before?.kind === "file" && idNow !== null && /^0+$/.test(idNow);
  const ids = listed.filter(ofWorkTree).flatMap(({ before }) => before?.id ?? []);
  const { blobs } = await readBlobs(root, ids, MOVED_BYTES);
  return listed.map(({ idNow, ...change }) => {
    const { before, after } = change;
    if (before === null || after === null || idNow === null) return change;
    const content = blobs.get(before.id);
    const now = content && readBytes(join(root, after), { maxBytes: MOVED_BYTES, followLink: false });
    const isSame = now !== undefined && "bytes" in now && content?.equals(now.bytes) === true;
    return { ...change, isMove: before.id === idNow || isSame };
  });
}

/** A larger file that is not as the index has it counts as changed. */
const MOVED_BYTES = 32 * 1024 * 1024;

/** `:mode mode id id STATUS\0path\0[path\0]`; https://git-scm.com/docs/git-diff#_raw_output_format */
function parseRawDiff(text: string): ListedChange[] {
  const fields = text.split("\0");
  const changes: ListedChange[] = [];
  for (let at = 0; at < fields.length; ) {
    const match = /^:(\d+) \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(fields[at] ?? "");
    if (match === null) break;
    const [, mode = "", id = "", idNow = "", status = ""] = match;
    const first = fields[at + 1] ?? "";
    const moved = status === "R" || status === "C";
    const after = moved ? (fields[at + 2] ?? "") : first;
    at += moved ? 3 : 2;
    changes.push({
      before: status === "A" || status === "C" ? null : { path: first, id, kind: kindOf(mode), repository: "" },
      after: status === "D" ? null : after,
      isMove: false,
      idNow: status === "R" ? idNow : null,
    });
  }
  return changes;
}

function kindOf(mode: string): TreeFile["kind"] {
  return mode === "120000" ? "link" : mode === "160000" ? "submodule" : "file";
}
