import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { TestModule, TestSpecification, Vitest } from "vitest/node";
import { sha256 } from "../model/digest.js";
import type { Tag } from "../model/tag.js";
import type { TestsFileInput } from "../model/tests-file.js";
import { readModule, relativePath } from "./entries.js";
import { loadKnownTags } from "./known-tags.js";
import type { EvidenceOptions } from "./options.js";
import type { RanModule } from "./results-file.js";
import { formatResults, mergeResults, moduleKey } from "./results-file.js";
import { evidenceFolder, writeAtomically } from "./write.js";

/** Keeps the results of one vitest process: tells workers the tags before a run, writes the file after it. */
export class Recorder {
  readonly #vitest: Vitest;
  readonly #plugin: string;
  readonly #root: string;
  readonly #results: string;
  readonly #specs: string[] | null;
  readonly #version: string;
  #known: Promise<Map<Tag, string>>;
  #suite: Promise<TestSpecification[]> = Promise.resolve([]);
  #specifications: ReadonlyMap<string, TestSpecification> = new Map();
  #runs = 0;

  constructor(vitest: Vitest, options: EvidenceOptions, plugin: string) {
    this.#vitest = vitest;
    this.#plugin = plugin;
    this.#root =
      options.root === undefined ? judgedFolder(vitest.config.root) : resolve(vitest.config.root, options.root);
    this.#results = resolve(this.#root, options.results ?? join(evidenceFolder(this.#root), "results"));
    this.#specs = options.specs ?? null;
    this.#version = packageVersion();
    this.#known = this.#loadKnown();
  }

  async start(specifications: readonly TestSpecification[]): Promise<void> {
    if (this.#runs > 0) this.#known = this.#loadKnown();
    this.#runs += 1;
    this.#specifications = new Map(specifications.map((each) => [keyOf(each), each]));
    this.#vitest.provide("specEvidence", { tags: [...(await this.#known).keys()].join("\n") });
    // Listed while the workers start; only a run of a part needs to know what the whole is.
    this.#suite = this.#vitest.globTestSpecifications();
    this.#suite.catch(() => undefined);
  }

  async finish(modules: readonly TestModule[], reason: string): Promise<void> {
    const reading = {
      root: this.#root,
      known: await this.#known,
      interrupted: reason === "interrupted",
      namePattern: namePattern(this.#vitest),
      plugin: this.#plugin,
    };
    const ran: RanModule[] = [];
    for (const module of modules) {
      // One that an interrupted run did not get to has neither tests nor errors.
      if (reading.interrupted && module.children.size === 0 && module.errors().length === 0) continue;
      ran.push(await readModule(module, this.#specifications.get(keyOf(module)) ?? null, reading));
    }
    const { shard, project } = this.#vitest.config;
    const everyProject = (project ?? []).length === 0;
    const everyFile = everyProject && (await this.#suite).every((each) => this.#specifications.has(keyOf(each)));
    const whole = everyFile && !reading.interrupted && !ran.some((module) => module.filtered);
    const path = join(this.#results, fileName(shard));
    const previous = whole ? null : await readPrevious(path);
    const digests = this.#digests([...ran.map(({ file }) => file), ...Object.keys(previous?.files ?? {})]);
    const suite = everyProject ? await this.#suiteKeys() : null;
    const results = mergeResults(previous, { modules: ran, whole, digests, suite, sharded: shard !== undefined });
    const part = shard ? { shard: { index: shard.index, count: shard.count } } : {};
    const producer = { name: "vitest", version: this.#vitest.version };
    writeAtomically(path, formatResults({ schema: "spec-evidence/tests@1", producer, ...part, ...results }));
    if (whole) this.#removeSuperseded(shard?.count);
  }

  async #suiteKeys(): Promise<Set<string>> {
    const keys = (await this.#suite).map(({ moduleId, project }) =>
      moduleKey({ file: relativePath(this.#root, moduleId), project: project.name }),
    );
    return new Set(keys);
  }

  #loadKnown(): Promise<Map<Tag, string>> {
    const configured = readConfig(this.#root);
    const known = loadKnownTags({
      root: this.#root,
      specs: this.#specs ?? configured.specs,
      changesFolder: configured.changesFolder,
      version: this.#version,
    });
    known.catch(() => undefined);
    return known;
  }

  #digests(files: readonly string[]): Map<string, string> {
    const digests = new Map<string, string>();
    for (const file of new Set(files)) {
      const path = resolve(this.#root, file);
      if (existsSync(path)) digests.set(file, sha256(readFileSync(path)));
    }
    return digests;
  }

  /** A whole run makes results of another division of the suite obsolete; left there they would count beside the new ones. */
  #removeSuperseded(count: number | undefined): void {
    for (const name of readdirSync(this.#results)) {
      const shard = /^vitest(?:\.shard-\d+-of-(\d+))?\.json$/.exec(name);
      if (shard !== null && shard[1] !== count?.toString()) rmSync(join(this.#results, name), { force: true });
    }
  }
}

/** In watch mode the pattern can change; versions before 4 write that into the configuration. */
function namePattern(vitest: Vitest): RegExp | undefined {
  const { getGlobalTestNamePattern } = vitest;
  return typeof getGlobalTestNamePattern === "function"
    ? getGlobalTestNamePattern.call(vitest)
    : vitest.config.testNamePattern;
}

function keyOf(of: TestModule | TestSpecification): string {
  return `${of.project.name}\n${of.moduleId}`;
}

function fileName(shard: { index: number; count: number } | undefined): string {
  return shard ? `vitest.shard-${shard.index}-of-${shard.count}.json` : "vitest.json";
}

/** The nearest folder upwards that is set up for evidence; the given one when none is. */
function judgedFolder(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "evidence.config.json")) || existsSync(join(folder, "openspec"))) return folder;
    if (folder === dirname(folder)) return start;
  }
}

/** As written, without what the schema would fill in: kept results keep their bytes. */
async function readPrevious(path: string): Promise<TestsFileInput | null> {
  if (!existsSync(path)) return null;
  const { testsFileSchema } = await import("../model/tests-file.js");
  try {
    const results: TestsFileInput = JSON.parse(readFileSync(path, "utf8"));
    return testsFileSchema.safeParse(results).success ? results : null;
  } catch {
    return null;
  }
}

/** The two entries of evidence.config.json that matter here, without loading the schema of the rest. */
function readConfig(root: string): { specs: string[]; changesFolder: string | null } {
  const read = { specs: ["openspec/specs/**/spec.md"], changesFolder: "openspec/changes" };
  try {
    const config: unknown = JSON.parse(readFileSync(join(root, "evidence.config.json"), "utf8"));
    if (typeof config !== "object" || config === null) return read;
    const specs: unknown = Reflect.get(config, "specs");
    const folder: unknown = Reflect.get(config, "changesFolder");
    if (Array.isArray(specs) && specs.every((each) => typeof each === "string")) read.specs = specs;
    if (typeof folder === "string") read.changesFolder = folder;
    return Reflect.get(config, "changes") === "ignore" ? { ...read, changesFolder: null } : read;
  } catch {
    return read;
  }
}

function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return version;
}
