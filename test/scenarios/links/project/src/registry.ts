/** Keeps boxes by alias. See openStore() for how they are kept, and rejectAlias for what is not an alias. */
import { readStore } from "./store.js";

export interface Box {
  alias: string;
  size: number;
}

export const MAX_ALIAS = 64;

export type Lookup = (alias: string) => Box | undefined;

// parseAlias() used to stand here; vanishedHelper() never came back.
export class Registry {
  #boxes = new Map<string, Box>();
  readonly limit = MAX_ALIAS;

  load(path: string): void {
    for (const box of readStore(path)) this.#boxes.set(box.alias, box);
  }

  find(alias: string): Box | undefined {
    return this.#boxes.get(alias);
  }
}

export class Cache {
  #known = new Set<string>();

  load(path: string): void {
    this.#known.add(path);
  }
}

export function checkAlias(alias: string): boolean {
  return /^[\w-]{1,64}$/.test(alias);
}

export const openRegistry = async (path: string): Promise<Registry> => {
  const registry = new Registry();
  registry.load(path);
  return registry;
};

export function checkAliases(aliases: string[]): boolean {
  const strict = "checkAlias is called for each";
  return strict !== "" && aliases.every((each) => checkAlias(each));
}
