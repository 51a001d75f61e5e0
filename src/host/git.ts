import { spawn } from "node:child_process";
import { utcTimeOfSeconds } from "./clock.js";

/** A hook of git runs with variables that point at the repository being committed to; the judged folder may be another. */
const REPOSITORY_VARIABLES = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_PREFIX",
  "GIT_NAMESPACE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_LITERAL_PATHSPECS",
  "GIT_GLOB_PATHSPECS",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
];

/** A repository can name a program for git to run; only the configuration of evidence may do that. */
export const NO_PROGRAMS = ["-c", "core.fsmonitor=false"];

/** What is checked out around a folder. */
export interface Checkout {
  /** Absolute path of the work tree that holds the folder; null outside one and without git. */
  workTree: string | null;
  /** Its commit in full; null before the first one and without a work tree. */
  head: string | null;
}

/** Asks one process for both: every further one costs a start. */
export async function checkoutOf(root: string): Promise<Checkout> {
  const asked = await git(root, ["rev-parse", "--show-toplevel", "--verify", "HEAD^{commit}"]);
  if (!("output" in asked)) return { workTree: null, head: null };
  // Before the first commit the work tree is told all the same.
  const [workTree = "", head = ""] = asked.output.toString("utf8").split("\n");
  return { workTree: workTree || null, head: asked.exitCode === 0 ? head || null : null };
}

/** Folders of installed packages, which are nobody's own text even before a `.gitignore` says so. */
const INSTALLED = ["node_modules", "bower_components", ".venv", "venv", ".tox", "__pycache__"].map(
  (name) => `--exclude=${name}/`,
);

/**
 * Every file of a folder that git tracks or would track, untracked packages left out: relative to the folder, deleted ones included, submodules' files not, each once.
 * A problem instead when git cannot say: it is missing, there is no work tree, it does not trust the folder's owner, or
 * the folder is itself ignored. Bytes of a name that are not UTF-8 arrive as U+FFFD.
 */
export async function listGitFiles(
  root: string,
  which: "tracked" | "tracked and new" = "tracked and new",
): Promise<{ files: string[] } | { problem: string }> {
  const others = which === "tracked" ? [] : ["--others", "--exclude-standard", ...INSTALLED];
  const [ignored, listed] = await Promise.all([
    git(root, ["check-ignore", "--quiet", "."]),
    git(root, ["ls-files", "-z", "--cached", ...others]),
  ]);
  if ("problem" in ignored) return ignored;
  if (ignored.exitCode === 0) return { problem: "git ignores the folder" };
  if ("problem" in listed) return listed;
  if (listed.exitCode !== 0) return { problem: firstLine(listed.errors) };
  const names = listed.output.toString("utf8").split("\0");
  return { files: [...new Set(names.filter((name) => name !== "" && !name.endsWith("/")))] };
}

/**
 * Whether git tracks anything below `.evidence/`. What stands there then came with the tree instead of from an earlier
 * run here, so neither a cache nor a record of runs in it may be believed.
 */
export async function tracksEvidence(root: string): Promise<boolean> {
  const listed = await git(root, ["ls-files", "-z", "--cached", "--", ".evidence"]);
  return "output" in listed && listed.exitCode === 0 && listed.output.length > 0;
}

/** The name that git signs commits with in a folder; null when it has none, or without git. */
export async function gitUser(root: string): Promise<string | null> {
  const named = await git(root, ["config", "--get", "user.name"]);
  if (!("output" in named) || named.exitCode !== 0) return null;
  return named.output.toString("utf8").trim() || null;
}

/** Seconds since 1970 at which a commit was made; null where git does not know the commit. */
export async function commitSeconds(root: string, commit: string): Promise<string | null> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return null;
  const shown = await git(root, ["log", "-1", "--no-show-signature", "--format=%ct", commit, "--"]);
  return "output" in shown && shown.exitCode === 0 ? shown.output.toString("utf8").trim() : null;
}

interface Output {
  exitCode: number | null;
  output: Buffer;
  errors: string;
}

/** Runs git itself, for output that is bytes and not text. */
function git(root: string, args: readonly string[], input = ""): Promise<Output | { problem: string }> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: gitEnvironment() };
    const child = spawn("git", [...NO_PROGRAMS, ...args], { ...options, stdio: ["pipe", "pipe", "pipe"] });
    // git may end without having read what it was given.
    child.stdin.on("error", () => undefined).end(input);
    const output: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      if (errors.length < 4096) errors += chunk.toString("utf8");
    });
    child.on("error", (caught) => resolve({ problem: problemOf(caught) }));
    child.on("close", (exitCode) => resolve({ exitCode, output: Buffer.concat(output), errors }));
  });
}

/** The environment for git: without the variables of a hook. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of REPOSITORY_VARIABLES) delete env[name];
  return env;
}

export function problemOf(caught: unknown): string {
  const message = caught instanceof Error ? caught.message : String(caught);
  return /ENOENT/.test(message) ? "git is not installed" : firstLine(message);
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}

/** A folder's place in its work tree: `""` at the top and outside of one, otherwise ending in a slash. */
export async function placeInRepository(root: string): Promise<string> {
  const prefix = await git(root, ["rev-parse", "--show-prefix"]);
  return "output" in prefix && prefix.exitCode === 0 ? prefix.output.toString("utf8").replace(/\n$/, "") : "";
}

/** Address of the remote `origin`; null where there is none. */
export async function remoteOf(root: string): Promise<string | null> {
  const remote = await git(root, ["remote", "get-url", "origin"]);
  return "output" in remote && remote.exitCode === 0 ? remote.output.toString("utf8").trim() : null;
}

/**
 * Those of the paths, relative to a folder, that git ignores and does not track. Empty where git cannot say: outside a
 * repository, or for what follows a path in a submodule.
 */
export async function ignoredFiles(root: string, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const answer = await git(root, ["check-ignore", "--stdin", "-z"], `${paths.join("\0")}\0`);
  if ("problem" in answer) return new Set();
  return new Set(
    answer.output
      .toString("utf8")
      .split("\0")
      .filter((path) => path !== ""),
  );
}

/** Who last touched each line of a file as it stands in the work tree; lines that no commit holds yet are null. */
export interface LineOrigin {
  /** Commit in full. */
  commit: string;
  /** Day in UTC, YYYY-MM-DD. */
  day: string;
  /** First line of the commit's message. */
  summary: string;
}

const NO_COMMIT = /^0+$/;

/** The origin of each line (index 0 is line 1), white space aside; empty where git cannot say. */
export async function lineOrigins(root: string, path: string): Promise<(LineOrigin | null)[]> {
  const blamed = await git(root, ["blame", "--porcelain", "-w", "--", path]);
  if (!("output" in blamed) || blamed.exitCode !== 0) return [];
  const known = new Map<string, LineOrigin>();
  const lines: (LineOrigin | null)[] = [];
  let current: LineOrigin = { commit: "", day: "", summary: "" };
  for (const line of blamed.output.toString("utf8").split("\n")) {
    if (line.startsWith("\t")) {
      lines.push(NO_COMMIT.test(current.commit) ? null : current);
      continue;
    }
    const [word = "", ...rest] = line.split(" ");
    if (/^[0-9a-f]{40,64}$/.test(word)) {
      current = known.get(word) ?? { commit: word, day: "", summary: "" };
      known.set(word, current);
    } else if (word === "author-time") current.day = utcTimeOfSeconds(rest.join(" "))?.slice(0, 10) ?? "";
    else if (word === "summary") current.summary = rest.join(" ");
  }
  return lines;
}
