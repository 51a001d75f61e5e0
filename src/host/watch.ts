import type { FSWatcher } from "node:fs";
import { lstatSync, watch } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode } from "./bytes.js";
import { ConfigurationError } from "./configuration-error.js";
import { isForeign } from "./discover.js";
import { globs } from "./globs.js";
import { walk } from "./walk.js";

/** Never looked into for results: other people's code, and what git and evidence keep for themselves. */
const NEVER = /(?:^|\/)(?:\.git|\.hg|\.svn|\.evidence|node_modules|\.venv|venv)$/u;

/** The folders of a tree, each watched for changes of what stands in it. */
export class TreeWatch {
  readonly #root: string;
  readonly #onEvent: (path: string) => void;
  readonly #watchers = new Map<string, FSWatcher>();

  /** `onEvent` is told the path, relative to the root, of whatever was made, changed or removed. */
  constructor(root: string, onEvent: (path: string) => void) {
    this.#root = root;
    this.#onEvent = onEvent;
  }

  /**
   * Watches the folders that are there now: every one that people write in, and those that the patterns of results lead
   * to. What changes after this call gives an event. Throws ConfigurationError when the system watches no more folders.
   */
  refresh(results: readonly string[]): void {
    const folders = this.#foldersOf(results);
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#add(folder);
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #foldersOf(results: readonly string[]): Set<string> {
    const { bases } = globs(results);
    // A pattern that begins anywhere may mean what a build leaves.
    const isOpen = bases.includes("");
    const enter = (path: string) => !isForeign(path) || (isOpen && !NEVER.test(path));
    const folders = new Set([""]);
    for (const base of ["", ...bases]) {
      // A base that is a file, or not there yet, is seen from the folders above it.
      for (let above = parent(base); above !== ""; above = parent(above)) folders.add(above);
      for (const entry of walk(this.#root, base, enter)) {
        if (entry.kind === "folder" && enter(entry.path)) folders.add(entry.path);
      }
      if (base !== "" && isFolder(join(this.#root, base))) folders.add(base);
    }
    return folders;
  }

  #add(folder: string): void {
    try {
      const watcher = watch(join(this.#root, folder), (_event, name) => {
        this.#onEvent(name === null ? folder : join(folder, name).replaceAll("\\", "/"));
      });
      watcher.on("error", () => this.#drop(folder, watcher));
      this.#watchers.set(folder, watcher);
    } catch (caught) {
      const code = errorCode(caught);
      // Gone since it was listed, no folder, or closed to us: the folder above it tells when that changes.
      if (code !== "ENOSPC" && code !== "EMFILE" && code !== "ENFILE") return;
      throw new ConfigurationError(
        `Unexpected limit of the system on watched folders (${code}), expected to watch ${folder || "."}; on Linux, raise fs.inotify.max_user_watches or max_user_instances`,
      );
    }
  }

  #drop(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder);
    this.#onEvent(folder);
  }
}

/** Whether a folder stands there now: what is in it may have come before it was watched. */
export function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function parent(path: string): string {
  const above = dirname(path);
  return above === "." ? "" : above;
}
