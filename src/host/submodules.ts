import { lstatSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import { fileSpan } from "../model/span.js";
import type { Checkout } from "./git.js";
import { globs } from "./globs.js";
import type { Git, Revision, TreeFile } from "./history.js";
import { commitOf, gitIn, listTree } from "./history.js";

/** A submodule below the judged folder. */
export interface Submodule {
  path: string;
  /** The commit that the repository around it records, in full. */
  recorded: string;
  /** `absent`: not checked out. `moved`: another commit is. `changed`: it holds changes that no commit has. `unknown`: git cannot say. */
  state: "as recorded" | "absent" | "moved" | "changed" | "unknown";
}

/** Submodules of a judged folder that the checked-out commit records, as they stand there; none without `.gitmodules`. */
export async function listSubmodules(root: string, { workTree, head }: Checkout): Promise<Submodule[]> {
  if (workTree === null || head === null) return [];
  if (lstatSync(join(workTree, ".gitmodules"), { throwIfNoEntry: false }) === undefined) return [];
  const below = relative(realpathSync(workTree), realpathSync(root)).replaceAll("\\", "/");
  const tree = await listTree(root, { commit: head, prefix: below === "" ? "" : `${below}/` }).catch(() => []);
  const submodules: Submodule[] = [];
  for (const { path, id: recorded, kind } of tree) {
    if (kind === "submodule") submodules.push({ path, recorded, state: await stateOf(root, path, recorded) });
  }
  return submodules;
}

async function stateOf(root: string, path: string, recorded: string): Promise<Submodule["state"]> {
  const git = await repositoryAt(root, path);
  if (git === null) return "absent";
  if ((await commitOf(git, "HEAD")) !== recorded) return "moved";
  const status = await git([
    "status",
    "--porcelain=v1",
    "-z",
    "--untracked-files=all",
    "--ignore-submodules=none",
  ]).catch(() => null);
  if (status === null) return "unknown";
  return status === "" ? "as recorded" : "changed";
}

/** Git in the repository that is checked out at a path; null where none of its own is. Links lead to none. */
async function repositoryAt(root: string, path: string): Promise<Git | null> {
  const folder = join(root, path);
  try {
    if (realpathSync(folder) !== join(realpathSync(root), path) || !lstatSync(folder).isDirectory()) return null;
    const git = await gitIn(folder);
    const top = (await git(["rev-parse", "--show-toplevel"])).replace(/\n$/u, "");
    return realpathSync(top) === realpathSync(folder) ? git : null;
  } catch {
    return null;
  }
}

/** Findings about submodules that are not as recorded: FILE008 where specifications or results may be in one that is absent, else FILE009. */
export function submoduleFindings(submodules: readonly Submodule[], config: Config): Finding[] {
  const { bases } = globs([...config.specs, ...config.results.map(({ path }) => path)]);
  const isRead = (path: string) =>
    bases.some((base) => base === "" || `${base}/`.startsWith(`${path}/`) || path.startsWith(`${base}/`));
  return submodules.flatMap(({ path, recorded, state }) => {
    if (state === "as recorded") return [];
    const code = state === "absent" && isRead(path) ? "FILE008" : "FILE009";
    const message = `Unexpected submodule ${SAID[state]}, expected commit ${recorded.slice(0, 8)} as recorded`;
    return [finding({ code, message, span: fileSpan(path), subject: state })];
  });
}

const SAID: Readonly<Record<Exclude<Submodule["state"], "as recorded">, string>> = {
  absent: "that is not checked out",
  moved: "at another commit",
  changed: "with uncommitted changes",
  unknown: "that git cannot read",
};

/** A submodule of a commit whose files cannot be told: it is not checked out, or has not that commit. */
export interface Closed {
  path: string;
  /** Whether a submodule stands there now too; otherwise git lists what took its place. */
  isPresent: boolean;
}

/** Every file of the judged folder as a commit has it, those of its submodules as it records them included. */
export async function listTrees(root: string, revision: Revision): Promise<{ files: TreeFile[]; closed: Closed[] }> {
  const files: TreeFile[] = [];
  const closed: Closed[] = [];
  for (const file of await listTree(root, revision)) {
    files.push(file);
    if (file.kind !== "submodule") continue;
    const inner = await filesOf(root, file, revision);
    if (inner === null) closed.push({ path: file.path, isPresent: await isSubmodule(root, file.path) });
    for (const each of inner?.files ?? []) files.push(within(file.path, each));
    for (const each of inner?.closed ?? []) closed.push({ ...each, path: `${file.path}/${each.path}` });
  }
  return { files, closed };
}

type Trees = Awaited<ReturnType<typeof listTrees>>;

async function filesOf(root: string, { path, id }: TreeFile, revision: Revision): Promise<Trees | null> {
  const git = await repositoryAt(root, path);
  if (git === null || (await commitOf(git, id)) === null) return null;
  return listTrees(join(root, path), { ...revision, commit: id, prefix: "" });
}

/** Whether the index, which git holds the work tree against, has a submodule at a path. */
async function isSubmodule(root: string, path: string): Promise<boolean> {
  const git = await gitIn(root);
  const staged = await git(["--literal-pathspecs", "ls-files", "--stage", "-z", "--", path]).catch(() => "");
  return staged.split("\0").some((line) => line.startsWith("160000 ") && line.endsWith(`\t${path}`));
}

function within(folder: string, file: TreeFile): TreeFile {
  const repository = file.repository === "" ? folder : `${folder}/${file.repository}`;
  return { ...file, path: `${folder}/${file.path}`, repository };
}
