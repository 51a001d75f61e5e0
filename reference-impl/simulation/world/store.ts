/** One value that a key had. */
export interface Version<V> {
  readonly revision: number;
  readonly value: V;
  /** Virtual time of the commit. */
  readonly at: number;
  /** Number of the event of the commit. */
  readonly event: number;
  /** Number of the process that wrote it. */
  readonly by: number;
}

/** How many versions of a key can still be read. */
const KEPT = 24;

/** The truth of the key-value store: every key's versions in order. Replicas are views of it at earlier instants. */
export class Store<V> {
  /** Revision of the newest write to any key. */
  revision = 0;
  readonly #versions = new Map<string, Version<V>[]>();

  latest(key: string): Version<V> | undefined {
    return this.#versions.get(key)?.at(-1);
  }

  /** The newest version that was committed at or before an instant; undefined if the key was not written by then. */
  asOf(key: string, instant: number): Version<V> | undefined {
    const versions = this.#versions.get(key);
    if (versions === undefined) return undefined;
    for (let index = versions.length - 1; index >= 0; index--) {
      const version = versions[index] as Version<V>;
      if (version.at <= instant) return version;
    }
    // What was forgotten is older than the oldest kept: the key was there, so that is what the replica shows at least.
    const oldest = versions[0] as Version<V>;
    return versions.length < KEPT ? undefined : oldest;
  }

  /** Newest revision of every key. */
  revisions(): Map<string, number> {
    const newest = new Map<string, number>();
    for (const [key, versions] of this.#versions) newest.set(key, versions.at(-1)?.revision ?? 0);
    return newest;
  }

  /** Keys with a prefix that were written at or before an instant, in the order of their first write. */
  keys(prefix: string, instant: number): string[] {
    const found: string[] = [];
    for (const key of this.#versions.keys()) {
      if (key.startsWith(prefix) && this.asOf(key, instant) !== undefined) found.push(key);
    }
    return found;
  }

  /** Writes if `expected` is the key's revision; null if it is not. */
  write(key: string, value: V, expected: number, at: number, event: number, by: number): Version<V> | null {
    const versions = this.#versions.get(key);
    if ((versions?.at(-1)?.revision ?? 0) !== expected) return null;
    this.revision += 1;
    const version = { revision: this.revision, value, at, event, by };
    if (versions === undefined) this.#versions.set(key, [version]);
    else {
      versions.push(version);
      if (versions.length > KEPT) versions.shift();
    }
    return version;
  }

  /**
   * Takes back every write after an instant that is still kept, as a power loss does to writes that were acknowledged
   * before they reached the disk; their revisions will be given again. Gives how many writes were lost.
   */
  forget(instant: number): number {
    let lost = 0;
    let newest = 0;
    for (const [key, versions] of this.#versions) {
      while (versions.length > 0 && (versions.at(-1) as Version<V>).at > instant) {
        versions.pop();
        lost += 1;
      }
      if (versions.length === 0) this.#versions.delete(key);
      else newest = Math.max(newest, (versions.at(-1) as Version<V>).revision);
    }
    if (lost > 0) this.revision = newest;
    return lost;
  }
}
