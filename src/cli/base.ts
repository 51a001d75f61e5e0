import { basename, isAbsolute, relative, resolve } from "node:path";
import type { BaseInput, ChangedSide } from "../evidence/base/input.js";
import type { RuleDifference } from "../evidence/base/rules.js";
import { configDifferences, judgedByBase, keptExcuses } from "../evidence/base/rules.js";
import { evidenceReferences } from "../evidence/links.js";
import { readManifest } from "../evidence/manifest.js";
import type { LoadedConfig } from "../host/config.js";
import { CONFIG_FILE, ConfigurationError, parseConfig } from "../host/config.js";
import { globs } from "../host/globs.js";
import type { FileChange } from "../host/history.js";
import { changedSince, findBase } from "../host/history.js";
import type { RevisionFiles } from "../host/revision-files.js";
import { openRevision } from "../host/revision-files.js";
import type { Config } from "../model/config.js";
import { defaultConfig } from "../model/config.js";
import type { Reference } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import type { ResultSet } from "../model/result.js";
import { buildCatalog } from "../tags/catalog.js";
import { scanSource } from "../tags/scan.js";
import type { BaseFiles } from "./base-files.js";
import { changedTexts, documentsThen, filesOf } from "./base-files.js";
import { MANIFEST_LIMITS, readNamedManifest } from "./manifest-file.js";
import type { Rules } from "./rules.js";
import { readRules, rulesFrom } from "./rules.js";

/** A base, opened: which files differ, and by what the tree is judged. */
export interface OpenBase extends BaseFiles {
  /** What counts now: judged by the base, read by the tree. */
  config: Config;
  rules: Rules;
  differences: RuleDifference[];
  manifest: BaseInput["manifest"];
}

const RULES_BYTES = 32 * 1024 * 1024;

export interface BaseOptions {
  ref: string;
  /** Manifest of the base; undefined to take the one committed there. */
  manifest?: string | undefined;
  /** Whether confirmations of the change itself count. */
  acceptConfirmations?: boolean | undefined;
}

/** Opens the base of a change and reads from it what decides. Throws ConfigurationError for a ref that names no commit. */
export async function openBase(
  root: string,
  { ref, manifest, acceptConfirmations }: BaseOptions,
  loaded: LoadedConfig,
): Promise<OpenBase> {
  const revision = await findBase(root, ref);
  const base = await openRevision(root, revision);
  const changes = (await changedSince(root, revision)).filter((change) => !isOwnOutput(change, loaded.config));
  const lacking = [...revision.lacking, ...submodules(base, changes)];
  const configThen = await configOf(base, loaded, lacking);
  const paths = [configThen.waivers, configThen.confirmations, configThen.baseline];
  const texts = await base.read(paths, RULES_BYTES);
  const before = rulesFrom(configThen, (path) => {
    const text = texts.get(path);
    return text === undefined ? null : { text };
  });
  for (const { span } of before.findings) {
    const sentence = `${span.file} of the base cannot be read whole: what cannot be read excuses nothing.`;
    if (!lacking.includes(sentence)) lacking.push(sentence);
  }
  const after = readRules(root, loaded.config);
  const kept = keptExcuses(before.excuses, after.excuses);
  if (acceptConfirmations === true) {
    kept.excuses.confirmations = after.excuses.confirmations;
    for (const each of kept.differences) if (each.kind === "confirmation") each.counts = true;
  }
  return {
    base,
    changes,
    configThen,
    config: judgedByBase(loaded.config, configThen),
    rules: { excuses: kept.excuses, findings: after.findings },
    differences: [...configDifferences(configThen, loaded.config, loaded.path ?? CONFIG_FILE), ...kept.differences],
    manifest: await manifestOf(root, base, configThen, manifest, lacking),
    lacking,
  };
}

/** The manifest is made anew by every run, so that a difference in it is none of the change. */
function isOwnOutput({ before, after }: FileChange, { manifest }: Config): boolean {
  return (after ?? before?.path) === manifest;
}

function submodules({ closed }: RevisionFiles, changes: readonly FileChange[]): string[] {
  const sentences = closed.map(
    ({ path }) => `${path} is a submodule that is not there as the base has it; ${NOT_COMPARED}.`,
  );
  for (const { before, after } of changes) {
    const path = before?.kind === "submodule" ? before.path : null;
    if (path === null || closed.some((each) => each.path === path)) continue;
    const what = after === null ? "was taken out" : "changed";
    sentences.push(`${path} is a submodule that ${what}; only its specifications were compared.`);
  }
  return sentences;
}

const NOT_COMPARED = "its files were not compared";

/** A configuration outside the judged folder was chosen by whoever runs the command, not by the change. */
async function configOf(base: RevisionFiles, loaded: LoadedConfig, lacking: string[]): Promise<Config> {
  const path = loaded.path ?? CONFIG_FILE;
  if (path.startsWith("/") || /^[A-Za-z]:/u.test(path)) return loaded.config;
  const text = (await base.read([path], RULES_BYTES)).get(path);
  if (text === undefined) return defaultConfig();
  try {
    return parseConfig(path, text);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    lacking.push(`${path} of the base cannot be read: the defaults judge.`);
    return defaultConfig();
  }
}

async function manifestOf(
  root: string,
  base: RevisionFiles,
  config: Config,
  given: string | undefined,
  lacking: string[],
): Promise<BaseInput["manifest"]> {
  if (given !== undefined) {
    const within = relative(root, resolve(given)).replaceAll("\\", "/");
    // The way out of the folder differs from clone to clone.
    const path = within.startsWith("../") || isAbsolute(within) ? basename(given) : within;
    const read = readNamedManifest(resolve(given));
    if ("finding" in read) throw new ConfigurationError(`${given}: ${read.finding.message}`);
    const manifest = readManifest(read.text);
    if (typeof manifest === "string")
      throw new ConfigurationError(`${given}: Unexpected ${manifest}, expected a manifest`);
    return { path, predicate: manifest.predicate };
  }
  const text = (await base.read([config.manifest], MANIFEST_LIMITS.maxBytes)).get(config.manifest);
  if (text === undefined) return null;
  const manifest = readManifest(text);
  if (typeof manifest !== "string") return { path: config.manifest, predicate: manifest.predicate };
  lacking.push(`${config.manifest} of the base is no manifest that can be read: evidence is compared by references.`);
  return null;
}

/** The tree as it was read and judged so far. */
export interface ReadTree {
  documents: readonly SpecDocument[];
  /** Source files that were read, with their digests. */
  sources: ReadonlyMap<string, string>;
  results: readonly ResultSet[];
}

/** What the judgement has to know of the base. Only files that differ are read there, and their present versions here. */
export async function readBase(root: string, opened: OpenBase, tree: ReadTree): Promise<BaseInput> {
  const { base, changes } = opened;
  const { documents, unknown } = await documentsThen(root, opened, tree.documents);
  const gone = new Set(changes.flatMap(({ before }) => before?.path ?? []));
  const kept = new Set(documents);
  const same = new Set(tree.documents.filter((document) => kept.has(document)));
  const definitions = buildCatalog(documents).catalog.definitions;
  const texts = await changedTexts(root, opened, tree.sources);
  const known = new Set([...definitions.keys(), ...buildCatalog(tree.documents).catalog.definitions.keys()]);
  const side = (of: ReadonlyMap<string, string>, all: readonly SpecDocument[]): ChangedSide => ({
    texts: of,
    references: [...referencesIn(of, opened), ...evidenceReferences(all)].filter(
      ({ tag, target, span }) => known.has(tag) && of.has((target ?? span).file),
    ),
    documents: all.filter((document) => !same.has(document)),
  });
  const { ref, tip, commit } = base.revision;
  return {
    revision: { ref, tip, commit, lacking: opened.lacking },
    definitions,
    unknown: new Set(unknown),
    before: side(texts.before, documents),
    after: side(texts.after, tree.documents),
    files: filesOf(changes, documents, tree.documents),
    sameResults: new Set(
      tree.results.map(({ source }) => source).filter((path) => base.files.has(path) && !gone.has(path)),
    ),
    manifest: opened.manifest,
    rules: opened.differences,
  };
}

function referencesIn(texts: ReadonlyMap<string, string>, { config }: OpenBase): Reference[] {
  const tests = globs(config.source.tests);
  return [...texts].flatMap(
    ([path, text]) => scanSource({ path, text, ...(tests.matches(path) ? { test: true } : {}) }).references,
  );
}
