import { resolve } from "node:path";
import { isForeign } from "../host/discover.js";
import { ignoredFiles } from "../host/git.js";
import { globs } from "../host/globs.js";
import { stampOf } from "../host/inputs.js";
import { isFolder, TreeWatch } from "../host/watch.js";
import type { Config } from "../model/config.js";
import { compareText } from "../model/span.js";
import { languageOf } from "../tags/languages.js";
import { EXIT } from "./errors.js";
import { reportFailure } from "./failure.js";
import { interruption } from "./interruption.js";
import type { Judgement } from "./judge.js";

/** A burst of changes, such as a checkout, is one: quiet for this long, and at most that long. Milliseconds. */
const QUIET = 120;
const AT_MOST = 2000;

export interface Watching {
  root: string;
  /** Judges; what it throws is reported, and the watch goes on. */
  judge(): Promise<Judgement>;
  /** Shows a judgement; `earlier` is the one before it that came about. */
  show(judgement: Judgement, earlier: Judgement | null): Promise<void>;
  /** Told before each wait. */
  waiting(): void;
  /** Told what made it judge again. */
  judgingAgain(paths: readonly string[]): void;
  /** Absolute paths of files that this run writes. */
  outputs: readonly string[];
}

/**
 * Judges, and again whenever something that counts has changed, until interrupted: exit 0 between two judgements, 130
 * within one. What the first judgement throws is thrown.
 */
export async function watchFolder(watching: Watching): Promise<number> {
  const signal = interruption();
  const changes = new Changes(watching);
  try {
    changes.begin();
    let latest = await watching.judge();
    await watching.show(latest, null);
    for (;;) {
      changes.settle(latest.config);
      watching.waiting();
      const changed = await changes.next(signal);
      if (changed === null) return EXIT.clean;
      watching.judgingAgain(changed);
      changes.begin();
      try {
        const judgement = await watching.judge();
        await watching.show(judgement, latest);
        latest = judgement;
      } catch (caught) {
        if (signal.aborted) throw caught;
        reportFailure(caught);
      }
      if (signal.aborted) return EXIT.interrupted;
    }
  } finally {
    changes.close();
  }
}

/** What has changed since the last judgement began, without what the judgement itself writes. */
class Changes {
  readonly #watching: Watching;
  readonly #tree: TreeWatch;
  readonly #outputs: ReadonlySet<string>;
  #results = globs([]);
  #patterns: readonly string[] = [];
  #manifest = "";
  #pending = new Set<string>();
  /** Stamps of the results files met so far, as the last judgement left them. */
  #stamps = new Map<string, string>();
  #wake: () => void = () => undefined;

  constructor(watching: Watching) {
    this.#watching = watching;
    this.#outputs = new Set(watching.outputs);
    this.#tree = new TreeWatch(watching.root, (path) => this.#meet(path));
  }

  /** From here on a change is one that the judgement may not have seen. */
  begin(): void {
    this.#tree.refresh(this.#patterns);
    this.#pending.clear();
  }

  settle(config: Config): void {
    this.#patterns = [...config.results.map(({ path }) => path), ...config.providers.flatMap(({ results }) => results)];
    this.#results = globs(this.#patterns);
    this.#manifest = config.manifest;
    this.#tree.refresh(this.#patterns);
    for (const path of this.#pending) {
      const isResult = this.#results.matches(path);
      // What providers write was read by the judgement that ran them; what a person wrote may have come too late.
      const isMade = isResult && config.providers.length > 0;
      if (isMade) this.#stamps.set(path, this.#stampOf(path));
      if (isMade || this.#isOwn(path)) this.#pending.delete(path);
    }
  }

  /** Waits for changes that count, and gives their paths; null when interrupted first. */
  async next(signal: AbortSignal): Promise<string[] | null> {
    while (!signal.aborted) {
      if (this.#pending.size === 0) await this.#woken(signal);
      await this.#quiet(signal);
      const paths = [...this.#pending];
      this.#pending.clear();
      const counting = signal.aborted ? [] : await this.#counting(paths);
      if (counting.length > 0) return counting.sort(compareText);
    }
    return null;
  }

  close(): void {
    this.#tree.close();
  }

  #meet(path: string): void {
    if (this.#isOwn(path)) return;
    this.#pending.add(path);
    this.#wake();
  }

  #isOwn(path: string): boolean {
    if (path === "" || path === ".git" || path === this.#manifest) return true;
    if (/(?:^|\/)\.[^/]+\.\d+-\d+\.tmp$/u.test(path)) return true;
    if (this.#outputs.has(this.#at(path))) return true;
    const isInside = path.split("/").some(isForeign);
    return isInside && !this.#results.matches(path);
  }

  /** Without what git ignores and is no result, and without results that are as the last judgement left them. */
  async #counting(paths: readonly string[]): Promise<string[]> {
    const plain = paths.filter((path) => !this.#results.matches(path));
    const ignored = await ignoredFiles(this.#watching.root, plain);
    return paths.filter((path) => {
      if (!this.#results.matches(path)) return (isWritten(path) || isFolder(this.#at(path))) && !ignored.has(path);
      const stamp = this.#stampOf(path);
      const isNew = this.#stamps.get(path) !== stamp;
      this.#stamps.set(path, stamp);
      return isNew;
    });
  }

  #stampOf(path: string): string {
    return stampOf(this.#at(path));
  }

  #at(path: string): string {
    return resolve(this.#watching.root, path);
  }

  #woken(signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      const end = () => {
        signal.removeEventListener("abort", end);
        this.#wake = () => undefined;
        done();
      };
      this.#wake = end;
      signal.addEventListener("abort", end, { once: true });
    });
  }

  async #quiet(signal: AbortSignal): Promise<void> {
    for (let waited = 0; waited < AT_MOST && !signal.aborted; waited += QUIET) {
      const { size } = this.#pending;
      await new Promise((done) => setTimeout(done, QUIET));
      if (this.#pending.size === size) return;
    }
  }
}

/**
 * What a person writes: a specification, a model, a source or a configuration, of this or of a build. Other files, such as
 * the log that somebody directs our output to, change no verdict.
 */
function isWritten(path: string): boolean {
  return languageOf(path) !== null || /\.(?:md|als|json|ya?ml|toml|xml|gradle|properties|mod|lock)$/u.test(path);
}
