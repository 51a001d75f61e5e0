import { join, relative } from "node:path";
import type { SimpleGit } from "simple-git";
import { readSymbol } from "../evidence/links/symbol.js";
import { TargetFile } from "../evidence/links/target-file.js";
import { readBytes } from "./bytes.js";
import { MAX_BYTES, repositoryRoot } from "./link-tree.js";
import { wordSearch } from "./link-versions.js";

/** Something that a link names and that is not there any more. */
export interface LostThing {
  /** Relative to the judged root. */
  path: string;
  /** What stood in the file; null when the file itself is gone. */
  symbol: string | null;
}

export interface LastSeen {
  /** A sentence without its full stop: where it was last seen, or why that cannot be said. */
  said: string;
  /** What git found the file to have been renamed to; null without. Relative to the judged root. */
  renamedTo: string | null;
}

/** Questions answered in one run: each reads the history of a file. */
const MOST_QUESTIONS = 60;

/** Time that git may take without saying anything, in milliseconds. */
const PATIENCE = 10_000;

/** A file can have had so many names. */
const MOST_NAMES = 10;

/**
 * Says where lost things were last seen in the history of the repository, in the order of the questions. Without git, outside
 * a repository, before the first commit, or behind the end of a shallow clone, the answers say so; nothing is thrown.
 */
export async function lastSeen(root: string, lost: readonly LostThing[]): Promise<LastSeen[]> {
  if (lost.length === 0) return [];
  const { simpleGit } = await import("simple-git");
  const all = (said: string): LastSeen[] => lost.map(() => ({ said, renamedTo: null }));
  try {
    const git = simpleGit({
      baseDir: root,
      config: ["core.fsmonitor=false", "core.quotePath=false"],
      unsafe: { allowUnsafeFsMonitor: true },
      timeout: { block: PATIENCE },
    });
    const shallow = (await git.raw(["rev-parse", "--is-shallow-repository"])).trim() === "true";
    const commits = Number((await git.raw(["rev-list", "--count", "HEAD"])).trim());
    const history = new History(
      git,
      root,
      shallow ? `the clone is shallow, and its ${counted(commits)} not show` : null,
    );
    const answers: LastSeen[] = [];
    for (const [index, each] of lost.entries()) {
      const isLate = index >= MOST_QUESTIONS;
      answers.push(
        isLate
          ? { said: `history was asked about the first ${MOST_QUESTIONS} only`, renamedTo: null }
          : await history.ask(each),
      );
    }
    return answers;
  } catch (caught) {
    return all(problemOf(caught));
  }
}

class History {
  readonly #git: SimpleGit;
  readonly #root: string;
  /** The beginning of a sentence that says why what is not found may all the same have been there; null for a whole clone. */
  readonly #shallow: string | null;

  constructor(git: SimpleGit, root: string, shallow: string | null) {
    this.#git = git;
    this.#root = root;
    this.#shallow = shallow;
  }

  async ask({ path, symbol }: LostThing): Promise<LastSeen> {
    return symbol === null ? this.#askFile(path) : { said: await this.#askSymbol(path, symbol), renamedTo: null };
  }

  async #askFile(path: string): Promise<LastSeen> {
    const here = await this.#lostSinceCommit(["--diff-filter=D"], path);
    if (here !== null) return { said: here, renamedTo: null };
    let at = path;
    let first: string | null = null;
    for (let names = 0; names < MOST_NAMES; names++) {
      const commit = await this.#log(["--diff-filter=D", "--", at]);
      if (commit === null) break;
      first ??= `it was last seen before ${shown(commit)}`;
      const next = await this.#renamed(commit.hash, at);
      if (next === null) return { said: first, renamedTo: at === path ? null : at };
      at = next;
    }
    if (first !== null) return { said: first, renamedTo: at === path ? null : at };
    return {
      said: this.#shallow === null ? "git never had a file of that path" : `${this.#shallow} it`,
      renamedTo: null,
    };
  }

  async #askSymbol(path: string, symbol: string): Promise<string> {
    // The search also finds comments, and texts that have become more.
    const here = (await this.#stoodInCommit(path, symbol))
      ? await this.#lostSinceCommit(wordSearch(symbol), path)
      : null;
    if (here !== null) return here;
    const commit = await this.#log(["--follow", ...wordSearch(symbol), "--", path]);
    if (commit !== null) return `it was last seen in this file before ${shown(commit)}`;
    return this.#shallow === null ? "no version of this file in git held it" : `${this.#shallow} it`;
  }

  /** Whether a name stands at more places of a file in the last commit than in the work tree. */
  async #stoodInCommit(path: string, symbol: string): Promise<boolean> {
    const committed = await this.#git.raw(["show", "--no-textconv", `HEAD:./${path}`]).catch(() => null);
    const read = readBytes(join(this.#root, path), { maxBytes: MAX_BYTES, followLink: false });
    if (committed === null || !("bytes" in read)) return false;
    const places = (text: string) => new TargetFile(path, text).find(readSymbol(symbol), 1, 1).places.length;
    return places(committed) > places(read.bytes.toString("utf8"));
  }

  /** What is said of a change that was not committed yet; null when the last commit lacks it as well. */
  async #lostSinceCommit(change: readonly string[], path: string): Promise<string | null> {
    const options = ["--no-ext-diff", "--no-textconv", "--name-only", "--no-renames", ...change];
    const changed = await this.#git.raw(["--literal-pathspecs", "diff", ...options, "HEAD", "--", path]);
    const commit = changed.trim() === "" ? null : await this.#log(["--"]);
    return commit === null ? null : `it was last seen in ${shown(commit)}, and is gone from the work tree`;
  }

  /** The last commit that the arguments select. */
  async #log(args: readonly string[]): Promise<Commit | null> {
    const [options, paths] = [args.slice(0, args.indexOf("--")), args.slice(args.indexOf("--"))];
    const format = [
      "--no-show-signature",
      "--no-ext-diff",
      "--no-textconv",
      "--no-color",
      "--no-patch",
      "--format=%h%x09%cs%x09%s",
    ];
    const output = await this.#git.raw([
      "--literal-pathspecs",
      "log",
      "--max-count=1",
      ...format,
      ...options,
      ...paths,
    ]);
    const [hash = "", date = "", ...subject] = output.trim().split("\t");
    return hash === "" ? null : { hash, date, subject: subject.join(" ") };
  }

  /** What a commit renamed a file to; null when it only removed it. */
  async #renamed(hash: string, path: string): Promise<string | null> {
    const args = [
      "--no-show-signature",
      "--no-ext-diff",
      "--no-textconv",
      "--format=",
      "--name-status",
      "-z",
      "-M",
      "-m",
      "--first-parent",
    ];
    const output = await this.#git.raw(["show", ...args, "--diff-filter=R", hash]);
    const below = relative(repositoryRoot(this.#root), this.#root).replaceAll("\\", "/");
    const full = below === "" ? path : normal(`${below}/${path}`);
    const words = output.split("\0");
    for (let at = 0; at + 2 < words.length; at += 3) {
      if (words[at + 1] !== full) continue;
      return relative(this.#root, `${repositoryRoot(this.#root)}/${words[at + 2]}`).replaceAll("\\", "/");
    }
    return null;
  }
}

interface Commit {
  hash: string;
  /** Of the commit, as YYYY-MM-DD. */
  date: string;
  subject: string;
}

function shown({ hash, date, subject }: Commit): string {
  const short = subject.length > 60 ? `${subject.slice(0, 59)}…` : subject;
  return `commit ${hash} of ${date} (${short})`;
}

function normal(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "") segments.push(segment);
  }
  return segments.join("/");
}

function counted(commits: number): string {
  return commits === 1 ? "1 commit does" : `${commits} commits do`;
}

function problemOf(caught: unknown): string {
  const message = caught instanceof Error ? caught.message : String(caught);
  if (/ENOENT/.test(message)) return "git is not installed, so its history cannot be asked";
  if (/not a git repository/i.test(message)) return "the folder is in no git repository, so there is no history to ask";
  if (/ambiguous argument 'HEAD'|unknown revision/i.test(message)) return "the repository has no commit yet";
  if (/timeout/i.test(message)) return "git took too long to answer";
  return `git cannot say where it was last seen (${message.trim().split("\n")[0] ?? ""})`;
}
