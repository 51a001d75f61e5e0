import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { sha256 } from "../model/digest.js";
import { compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { evidenceFolder, writeAtomically } from "./write.js";

/** What one specification file defines: text digest by tag. */
type Digests = Record<Tag, string>;

interface Cache {
  schema: typeof SCHEMA;
  version: string;
  /** By digest of path and text. */
  files: Record<string, Digests>;
}

const SCHEMA = "spec-evidence/known-tags@1";

/** More than any specification that can be read; see finding FILE003. */
const LARGEST_BYTES = 4 * 1024 * 1024;

export interface KnownTagsInput {
  /** The judged folder, absolute. */
  root: string;
  /** Glob patterns of main specifications. */
  specs: readonly string[];
  /** Folder of the active changes; null when changes are not read. */
  changesFolder: string | null;
  /** Version of this package: a cache of another one is not used. */
  version: string;
}

/**
 * The digest of the text of every tag that a specification or an active change defines. Files are read each time and
 * parsed when their content is new; `.evidence/cache/catalog.json` remembers the rest. A specification that can't be
 * read defines nothing here; `evidence check` says so.
 */
export async function loadKnownTags(input: KnownTagsInput): Promise<Map<Tag, string>> {
  const cachePath = join(evidenceFolder(input.root), "cache", "catalog.json");
  const cached = readCache(cachePath, input.version);
  const files: Record<string, Digests> = {};
  const found = new Map<Tag, string>();
  for (const path of specificationPaths(input)) {
    const text = readText(join(input.root, path));
    if (text === null) continue;
    const key = sha256(`${path}\n${text}`);
    const digests = (Object.hasOwn(cached, key) ? cached[key] : undefined) ?? (await definitionsOf(path, text));
    files[key] = digests;
    for (const [tag, digest] of Object.entries(digests)) if (!found.has(tag)) found.set(tag, digest);
  }
  const keys = Object.keys(files);
  if (keys.length !== Object.keys(cached).length || keys.some((key) => !Object.hasOwn(cached, key))) {
    const cache: Cache = { schema: SCHEMA, version: input.version, files };
    writeAtomically(cachePath, `${JSON.stringify(cache)}\n`);
  }
  return found;
}

/** Main specifications first: what they say of a tag holds over what a change would make of it. */
function specificationPaths(input: KnownTagsInput): string[] {
  const options = { cwd: input.root, ignore: ["**/node_modules/**", "**/.git/**"], followSymbolicLinks: false };
  const main = globSync([...input.specs], options).sort(compareText);
  if (input.changesFolder === null) return main;
  const changes = globSync([`${input.changesFolder}/*/specs/**/spec.md`], {
    ...options,
    ignore: [...options.ignore, `${input.changesFolder}/archive/**`],
  });
  return [...main, ...changes.sort(compareText)];
}

/** Loads the markdown parser only here, where there is something new to parse. */
async function definitionsOf(path: string, text: string): Promise<Digests> {
  const [{ parseSpec }, { buildCatalog }] = await Promise.all([
    import("../specs/parse.js"),
    import("../tags/catalog.js"),
  ]);
  const { definitions, proposed } = buildCatalog([parseSpec({ path, text }).document]).catalog;
  const all = [...proposed, ...definitions].map(([tag, { textDigest }]): [Tag, string] => [tag, textDigest]);
  return Object.fromEntries(all);
}

function readText(path: string): string | null {
  try {
    const bytes = readFileSync(path);
    return bytes.length > LARGEST_BYTES ? null : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readCache(path: string, version: string): Record<string, Digests> {
  try {
    const cache: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isCache(cache) && cache.version === version ? cache.files : {};
  } catch {
    return {};
  }
}

function isCache(value: unknown): value is Cache {
  if (typeof value !== "object" || value === null || !("schema" in value) || value.schema !== SCHEMA) return false;
  if (!("version" in value) || !("files" in value) || typeof value.files !== "object" || value.files === null)
    return false;
  return Object.values(value.files).every(
    (digests: unknown) =>
      typeof digests === "object" &&
      digests !== null &&
      Object.values(digests).every((digest) => typeof digest === "string" && /^sha256:[0-9a-f]{64}$/.test(digest)),
  );
}
