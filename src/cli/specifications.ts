import type { EarsStatement } from "../ears/statement.js";
import type { Cache } from "../host/cache.js";
import { loadConfig } from "../host/config.js";
import { discoverSpecs } from "../host/discover.js";
import { openReading } from "../host/reading.js";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import type { SpecDocument } from "../model/requirement.js";
import type { GlobalOptions } from "./context.js";
import { rootOf } from "./context.js";
import { interruption } from "./interruption.js";
import { chooseSpecs } from "./scope.js";
import { readSources, statementsOf } from "./sentences.js";

export interface ReadSpecifications {
  root: string;
  config: Config;
  /** Main specifications, those below the given paths only. */
  documents: SpecDocument[];
  /** Why there is none, where there is none, and which cannot be read: nothing must not look like success. */
  absence: Finding[];
  sources: Map<string, string>;
  statements: EarsStatement[];
  cache: Cache;
}

/** What is said of specifications of which no document could be made. */
export function unreadable(documents: readonly SpecDocument[], findings: readonly Finding[]): Finding[] {
  const read = new Set(documents.map(({ path }) => path));
  return findings.filter(({ span }) => !read.has(span.file));
}

/** Reads the main specifications of the judged folder, for commands that look at nothing else. */
export async function readSpecifications(
  options: GlobalOptions,
  paths: readonly string[] = [],
): Promise<ReadSpecifications> {
  const root = rootOf(options);
  const { config, path } = loadConfig(root.path, options.config ?? null);
  const found = discoverSpecs(root.path, config, path);
  const scope = chooseSpecs(root.path, found.files, paths);
  const reading = await openReading(root, { cache: options.cache, signal: interruption() });
  try {
    const { documents, findings } = await reading.parseSpecs(found.files.filter((file) => scope?.has(file) ?? true));
    const mains = documents.filter((document) => document.kind === "main");
    const sources = readSources(root.path, mains);
    const absence = [...(mains.length === 0 ? found.findings : []), ...unreadable(documents, findings)];
    const statements = statementsOf(mains, sources);
    return { root: root.path, config, documents: mains, absence, sources, statements, cache: reading.cache };
  } finally {
    await reading.close();
  }
}
