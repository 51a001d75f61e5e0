import { statSync } from "node:fs";
import { resolve } from "node:path";
import { assess } from "../evidence/assess.js";
import type { State } from "../evidence/diff.js";
import { readManifest, treeDigest } from "../evidence/manifest.js";
import { today } from "../host/clock.js";
import { CONFIG_FILE, ConfigurationError, parseConfig } from "../host/config.js";
import { globs } from "../host/globs.js";
import { findRevision } from "../host/history.js";
import type { RevisionFiles } from "../host/revision-files.js";
import { openRevision, specsIn } from "../host/revision-files.js";
import { sourceText } from "../host/source-text.js";
import { SOURCE_MAX_BYTES } from "../host/sources.js";
import { toolVersion } from "../host/version.js";
import { compactCanonicalJson } from "../model/canonical.js";
import type { Config } from "../model/config.js";
import { defaultConfig } from "../model/config.js";
import { sha256 } from "../model/digest.js";
import type { Predicate } from "../model/manifest.js";
import { parseSpec } from "../specs/parse.js";
import { buildCatalog } from "../tags/catalog.js";
import { languageOf } from "../tags/languages.js";
import { scanSource } from "../tags/scan.js";
import { UsageError } from "./errors.js";
import { MANIFEST_LIMITS, readNamedManifest } from "./manifest-file.js";
import { rulesFrom } from "./rules.js";

const SPEC_BYTES = 4 * 1024 * 1024;
const RULES_BYTES = 32 * 1024 * 1024;

/** Sources whose texts are held at once. */
const AT_ONCE = 1000;

/**
 * The state that a name stands for: a manifest file, its path relative to the folder, or a revision, by the manifest committed there or, without
 * one, by its specifications and references. Throws UsageError or ConfigurationError when it is neither.
 */
export async function readState(root: string, name: string): Promise<State> {
  if (isFile(root, name)) {
    const read = readNamedManifest(resolve(root, name));
    if ("finding" in read) throw new UsageError(`${name}: ${read.finding.message}`);
    const manifest = readManifest(read.text);
    if (typeof manifest === "string") throw new UsageError(`${name}: Unexpected ${manifest}, expected a manifest`);
    const { predicate } = manifest;
    return { name, source: "manifest", commit: predicate.source.commit, predicate };
  }
  const revision = await findRevision(root, name).catch((caught: unknown) => {
    if (!(caught instanceof ConfigurationError)) throw caught;
    throw new UsageError(`${caught.message}, or a manifest file`);
  });
  const files = await openRevision(root, revision);
  const config = await configIn(files);
  const text = (await files.read([config.manifest], MANIFEST_LIMITS.maxBytes)).get(config.manifest);
  const manifest = text === undefined ? null : readManifest(text);
  if (manifest !== null && typeof manifest !== "string") {
    return { name, source: "committed manifest", commit: revision.commit, predicate: manifest.predicate };
  }
  const lacking = files.closed.map(({ path }) => `${path} is a submodule that is not there as ${name} has it.`);
  const predicate = await judgeRevision(files, config, lacking);
  const told = lacking.length === 0 ? {} : { lacking };
  return { name, source: "references", commit: revision.commit, predicate, ...told };
}

function isFile(root: string, name: string): boolean {
  if (name === "" || name.includes("\0")) return false;
  // A branch can have the name of a folder.
  return statSync(resolve(root, name), { throwIfNoEntry: false })?.isFile() === true;
}

async function configIn(files: RevisionFiles): Promise<Config> {
  const text = (await files.read([CONFIG_FILE], RULES_BYTES)).get(CONFIG_FILE);
  return text === undefined ? defaultConfig() : parseConfig(CONFIG_FILE, text);
}

/** Judges what stands in a revision: nothing of it runs, and no results are read, for none were made from it. */
async function judgeRevision(files: RevisionFiles, config: Config, lacking: string[]): Promise<Predicate> {
  const paths = specsIn(files, config.specs);
  const specs = await files.read(paths, SPEC_BYTES);
  for (const path of paths) if (!specs.has(path)) lacking.push(`${path} cannot be read there.`);
  const parsed = [...specs].map(([path, text]) => parseSpec({ path, text }));
  const documents = parsed.flatMap(({ document }) => (document.kind === "main" ? [document] : []));
  const { catalog, findings } = buildCatalog(documents);
  const scanned = await scanRevision(files, config, new Set(paths));
  const texts = await files.read([config.waivers, config.confirmations, config.baseline], RULES_BYTES);
  const rules = rulesFrom(config, (path) => {
    const text = texts.get(path);
    return text === undefined ? null : { text };
  });
  const { $schema: _, ...effective } = config;
  return assess({
    toolVersion: toolVersion(),
    config,
    configuration: { path: null, digest: sha256(compactCanonicalJson(effective)) },
    source: { commit: files.revision.commit, files: scanned.digests.size, digest: treeDigest(scanned.digests) },
    documents,
    changes: [],
    catalog,
    references: scanned.references,
    results: [],
    items: [],
    ...rules.excuses,
    base: null,
    digests: scanned.digests,
    findings: [...parsed, { findings }, scanned, rules].flatMap((stage) => stage.findings),
    analyses: {},
    today: today(),
    scope: null,
  });
}

async function scanRevision(files: RevisionFiles, config: Config, specs: ReadonlySet<string>) {
  const included = globs(config.source.include);
  const excluded = globs(config.source.exclude);
  const tests = globs(config.source.tests);
  const own = [...files.files.values()].flatMap(({ path, kind, repository }) =>
    kind === "file" && repository === "" ? [path] : [],
  );
  const sources = own.filter(
    (path) => languageOf(path) !== null && !specs.has(path) && included.matches(path) && !excluded.matches(path),
  );
  const references: ReturnType<typeof scanSource>["references"] = [];
  const findings: ReturnType<typeof scanSource>["findings"] = [];
  const digests = new Map<string, string>();
  for (let at = 0; at < sources.length; at += AT_ONCE) {
    const contents = await files.readSources(sources.slice(at, at + AT_ONCE), SOURCE_MAX_BYTES);
    for (const [path, bytes] of contents) {
      digests.set(path, sha256(bytes));
      const scan = scanSource({ path, text: sourceText(bytes), ...(tests.matches(path) ? { test: true } : {}) });
      for (const each of scan.references) references.push(each);
      for (const each of scan.findings) findings.push(each);
    }
  }
  return { references, findings, digests };
}
