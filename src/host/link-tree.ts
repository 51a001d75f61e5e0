import type { Dirent } from "node:fs";
import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { LinkTree, LookedUp } from "../evidence/links/tree.js";
import { errorCode, readBytes } from "./bytes.js";
import { isWithin } from "./files.js";
import { ignoredFiles } from "./git.js";

/** Larger files are data; nobody links to a line of them. */
export const MAX_BYTES = 16 * 1024 * 1024;

/** Where the repository around a folder begins, told by its `.git`; the folder itself outside of one. Absolute. */
export function repositoryRoot(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (lstatSync(join(folder, ".git"), { throwIfNoEntry: false }) !== undefined) return folder;
    if (dirname(folder) === folder) return root;
  }
}

/** The judged root relative to the repository's, with forward slashes; empty when they are one. */
export function folderInRepository(root: string): string {
  return relative(repositoryRoot(root), root).split(sep).join("/");
}

/**
 * The files that links may lead to. Names are compared as they stand on disk, also where the file system would not; nothing
 * outside the repository is opened. `paths` are those that will be asked for: git is asked once which of them it ignores.
 */
export async function openLinkTree(root: string, paths: readonly string[]): Promise<LinkTree> {
  const tree = new Tree(root, repositoryRoot(root));
  const files = paths.filter((path) => tree.look(path).kind === "file");
  const ignored = await ignoredFiles(root, files);
  return {
    look: (path) => {
      const looked = tree.look(path);
      return looked.kind === "file" ? { kind: "file", ignored: ignored.has(path) } : looked;
    },
    read: (path) => tree.read(path),
  };
}

type Looked = Exclude<LookedUp, { kind: "file" }> | { kind: "file"; absolute: string };

class Tree {
  readonly #root: string;
  readonly #repository: string;
  readonly #folders = new Map<string, ReadonlyMap<string, Dirent>>();
  readonly #known = new Map<string, Looked>();

  constructor(root: string, repository: string) {
    this.#root = root;
    this.#repository = repository;
  }

  look(path: string): Looked {
    const known = this.#known.get(path) ?? this.#walk(path);
    this.#known.set(path, known);
    return known;
  }

  read(path: string): string | null {
    const looked = this.look(path);
    if (looked.kind !== "file") return null;
    const read = readBytes(looked.absolute, { maxBytes: MAX_BYTES, followLink: false });
    if (!("bytes" in read) || read.bytes.includes(0)) return null;
    return read.bytes.toString("utf8");
  }

  #walk(path: string): Looked {
    const absolute = resolve(this.#root, path);
    if (!isWithin(this.#repository, absolute)) return { kind: "absent", like: null };
    const names = relative(this.#repository, absolute)
      .split(sep)
      .filter((name) => name !== "");
    let at = this.#repository;
    const actual: string[] = [];
    for (const [index, wanted] of names.entries()) {
      const entries = this.#entries(at);
      const entry = entries.get(wanted) ?? like(entries, wanted);
      if (entry === undefined) return { kind: "absent", like: null };
      actual.push(entry.name);
      at = join(at, entry.name);
      if (entry.isSymbolicLink()) {
        const followed = this.#follow(at);
        if ("how" in followed) return { kind: "link", how: followed.how };
        at = followed.real;
      }
      const isFolder = statSync(at, { throwIfNoEntry: false })?.isDirectory() === true;
      if (!isFolder && index < names.length - 1) return { kind: "absent", like: null };
    }
    if (actual.some((name, index) => name !== names[index])) {
      return {
        kind: "absent",
        like: relative(this.#root, join(this.#repository, ...actual))
          .split(sep)
          .join("/"),
      };
    }
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) return { kind: "folder" };
    return stat?.isFile() === true ? { kind: "file", absolute: at } : { kind: "absent", like: null };
  }

  #follow(absolute: string): { real: string } | { how: string } {
    const shown = relative(this.#repository, absolute).split(sep).join("/");
    try {
      const real = realpathSync(absolute);
      if (isWithin(this.#repository, real)) return { real };
      return { how: `symbolic link ${shown} that leaves the repository` };
    } catch (caught) {
      return { how: `symbolic link ${shown} that ${errorCode(caught) === "ELOOP" ? "loops" : "leads nowhere"}` };
    }
  }

  /** What a folder holds, by name; nothing for what is no folder or cannot be listed. */
  #entries(folder: string): ReadonlyMap<string, Dirent> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const entries = new Map<string, Dirent>();
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) entries.set(entry.name, entry);
    } catch {
      // Nothing in it can be seen, so nothing in it can be linked to.
    }
    this.#folders.set(folder, entries);
    return entries;
  }
}

/** The only entry whose name differs in nothing but case or the composition of its letters. */
function like(entries: ReadonlyMap<string, Dirent>, wanted: string): Dirent | undefined {
  const folded = wanted.normalize("NFC").toLowerCase();
  const found = [...entries.values()].filter(({ name }) => name.normalize("NFC").toLowerCase() === folded);
  return found.length === 1 ? found[0] : undefined;
}
