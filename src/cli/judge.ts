import type { AssessmentInput } from "../evidence/assess.js";
import { assess } from "../evidence/assess.js";
import type { ChangeView, SpecText } from "../evidence/changes.js";
import { treeDigest } from "../evidence/manifest.js";
import { NO_CACHE } from "../host/cache.js";
import { today } from "../host/clock.js";
import type { LoadedConfig } from "../host/config.js";
import { loadConfig } from "../host/config.js";
import { discoverSpecs } from "../host/discover.js";
import { readTextFile } from "../host/files.js";
import { checkoutOf } from "../host/git.js";
import { runProviders } from "../host/providers.js";
import type { Reading } from "../host/reading.js";
import { openReading } from "../host/reading.js";
import type { Root } from "../host/root.js";
import { listSubmodules, submoduleFindings } from "../host/submodules.js";
import { toolVersion } from "../host/version.js";
import type { Config, Mode } from "../model/config.js";
import type { Predicate } from "../model/manifest.js";
import type { Catalog } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import { buildCatalog } from "../tags/catalog.js";
import { analyseText } from "./analyses.js";
import type { BaseOptions, OpenBase } from "./base.js";
import type { GlobalOptions } from "./context.js";
import { rootOf } from "./context.js";
import type { ExamplesMode } from "./examples.js";
import { checkExamples } from "./examples.js";
import { interruption } from "./interruption.js";
import type { KeptJudgement } from "./kept-judgement.js";
import { factsOf, NOTHING_KEPT, openKept } from "./kept-judgement.js";
import { analyseLinks } from "./links.js";
import type { judgeModelsOf, ModelsOfJudgement } from "./models.js";
import type { Progress } from "./progress.js";
import { progressFor } from "./progress.js";
import { readAllResults } from "./results.js";
import { readRules } from "./rules.js";
import { chooseSpecs } from "./scope.js";
import { discoverFiles } from "./sources.js";

export interface JudgeOptions {
  /** `run`: bring results up to date first. `read`: take what is there. */
  providers: "run" | "read";
  /** False to leave statements unread, or contradictions unlooked for. */
  text?: boolean;
  logic?: boolean;
  /** False to leave links unchecked. */
  links?: boolean;
  /** What to do with the examples of specifications, where the configuration allows them; `known` when absent. */
  examples?: ExamplesMode;
  /** `run` models, take what is `known` of them from before (when left out), or run and read `none`. */
  alloy?: "run" | "known" | "none";
  /** Only specifications below these paths, as typed; all when empty. */
  paths?: readonly string[];
  /** Patterns of results files beside the configured ones. */
  results?: readonly string[];
  /** Overrides the configured mode. */
  mode?: Mode | undefined;
  /** A revision that the tree is held against. */
  base?: BaseOptions | undefined;
  /** False to judge as if there were no baseline. */
  baseline?: boolean;
}

/** One judged folder. */
export interface Judgement {
  root: Root;
  config: Config;
  catalog: Catalog;
  /** SHA-256 (hex) of each specification, by path. */
  specifications: ReadonlyMap<string, string>;
  /** Made when it is first looked at. */
  readonly predicate: Predicate;
  /** What an earlier run left of the same facts. */
  kept: KeptJudgement;
}

/** The main job: reads a folder's specifications, references and results, and judges every tag. */
export async function judge(options: GlobalOptions, how: JudgeOptions): Promise<Judgement> {
  const root = rootOf(options);
  const loaded = loadConfig(root.path, options.config ?? null);
  const base = how.base && (await (await import("./base.js")).openBase(root.path, how.base, loaded));
  const judged = base?.config ?? loaded.config;
  const results = [...judged.results, ...(how.results ?? []).map((path) => ({ path }))];
  const config: Config = { ...judged, results, mode: how.mode ?? judged.mode };
  const progress = progressFor(options);
  const reading = await openReading(root, { cache: options.cache, signal: interruption() });
  try {
    return await judgeRoot({ root, config, loaded, base, how, progress, reading });
  } finally {
    progress.done();
    await reading.close();
  }
}

interface Session {
  root: Root;
  config: Config;
  loaded: LoadedConfig;
  base: OpenBase | undefined;
  how: JudgeOptions;
  progress: Progress;
  reading: Reading;
}

async function judgeRoot({ root, config, loaded, base, how, progress, reading }: Session): Promise<Judgement> {
  progress.phase("reading specifications");
  const checkout = checkoutOf(root.path);
  const found = discoverSpecs(root.path, config, loaded.path);
  const scope = chooseSpecs(root.path, found.files, how.paths ?? []);
  const running = root.writable && how.providers === "run" && config.providers.length > 0;
  // What providers make has to be found too; otherwise git lists while specifications are read.
  const early = running ? null : discoverFiles(root.path, config, found.files);
  early?.catch(() => undefined);
  const specs = await reading.parseSpecs(found.files, how.text !== false);
  const { catalog, findings: catalogFindings } = buildCatalog(specs.documents);

  const providers = await runProviders(root.path, config, {
    mode: root.writable ? how.providers : "read",
    specs: found.files,
    configPath: loaded.path,
    signal: interruption(),
    onStart: (name, at, of) => progress.phase(`running provider ${name} (${at + 1} of ${of})`),
  });

  progress.phase("reading references");
  const sources = await (early ?? discoverFiles(root.path, config, found.files));
  // Threads read the sources meanwhile.
  const scanning = reading.scanSources(sources.sources, catalog, config.source.tests, sources.stats);
  scanning.catch(() => undefined);

  progress.phase("reading results");
  const results = await readAllResults(root.path, config, loaded.path, providers, reading.cache);
  const rules = base?.rules ?? readRules(root.path, config);
  const scanned = await scanning;
  const around = await checkout;
  const commit = around.head;
  const submodules = await listSubmodules(root.path, around);

  const mains = specs.documents.filter((document) => document.kind === "main");
  const models = await modelsOf({
    sources: { root: root.path, config, documents: mains, catalog, files: sources.models },
    mode: how.alloy ?? "known",
    scope,
    cache: reading.lasting,
    progress,
  });

  progress.phase("judging");
  const present = { sources: scanned.digests, results: results.sets, documents: mains };
  const analysed = [
    await analyseText(root.path, config, mains, { ...how, counts: specs.statements }),
    await analyseLinks(root.path, specs.documents, { wanted: how.links !== false, severities: config.severity }),
    await checkExamples(
      {
        root: root.path,
        config,
        documents: inScope(mains, scope),
        mode: how.examples === "run" && !root.writable ? "known" : (how.examples ?? "known"),
        cache: reading.cache,
      },
      (file) => progress.phase(`running examples of ${file}`),
    ),
    models,
  ];
  const source = { commit, files: scanned.digests.size, digest: treeDigest(scanned.digests) };
  const texts: string[] = [];
  const textOf = (path: string): SpecText | null => {
    const read = readTextFile(root.path, path);
    if ("finding" in read) return null;
    texts.push(read.digest);
    return { path, text: read.text };
  };
  const input: AssessmentInput = {
    toolVersion: toolVersion(),
    config,
    configuration: { path: loaded.path, digest: loaded.digest },
    source,
    documents: mains,
    changes: await changesOf(specs.documents, textOf),
    catalog,
    references: [...scanned.references, ...models.references],
    results: results.sets,
    ...rules.excuses,
    ...(how.baseline === false ? { baseline: null } : {}),
    base: base === undefined ? null : await (await import("./base.js")).readBase(root.path, base, present),
    digests: scanned.digests,
    findings: [
      ...[found, specs, { findings: catalogFindings }, sources, scanned, results, rules, ...analysed].flatMap(
        (stage) => stage.findings,
      ),
      ...submoduleFindings(submodules, config),
    ],
    items: analysed.flatMap((each) => each.items),
    analyses: Object.assign({}, ...analysed.map((each) => each.analyses)),
    models: models.models,
    today: today(),
    scope,
  };
  const outlines = { sources: scanned.outline, results: results.facts, references: models.references };
  const facts = reading.cache === NO_CACHE ? null : factsOf(input, { ...outlines, documents: specs.documents, texts });
  const tree = { tree: source.digest, files: scanned.digests };
  const kept = facts === null ? NOTHING_KEPT : openKept(reading.cache, facts, tree);
  return judgement({ root, config, catalog, specifications: digestsOf(specs.documents), kept }, input);
}

/** Without a model, what reads and runs them is not even loaded. */
async function modelsOf(work: ModelsOfJudgement): ReturnType<typeof judgeModelsOf> {
  const { config, documents, files } = work.sources;
  const stated = files.length > 0 || documents.some(({ alloyBlocks }) => alloyBlocks.length > 0);
  if (!config.alloy.enabled || !(stated || Object.keys(config.alloy.tags).length > 0)) {
    return { analyses: {}, findings: [], items: [], models: null, references: [] };
  }
  return (await import("./models.js")).judgeModelsOf(work);
}

/** Active changes merged into the main specifications. */
async function changesOf(documents: readonly SpecDocument[], textOf: TextOf): Promise<ChangeView[]> {
  const deltas = deltasOf(documents, textOf);
  if (deltas.length === 0) return [];
  const { viewChanges } = await import("../evidence/changes.js");
  const mains = documents.filter(({ kind }) => kind === "main");
  return viewChanges(mains, textByCapability(mains, textOf), deltas);
}

/** Alone in its scope, so that what reading made can go as soon as it is judged. */
function judgement(known: Omit<Judgement, "predicate">, input: AssessmentInput): Judgement {
  let waiting: AssessmentInput | null = input;
  let predicate: Predicate | null = null;
  return {
    ...known,
    get predicate() {
      if (predicate === null && waiting !== null) predicate = assess(waiting);
      waiting = null;
      if (predicate === null) throw new Error("Unexpected second try of a judgement that failed, expected none");
      return predicate;
    },
  };
}

function inScope(documents: readonly SpecDocument[], scope: ReadonlySet<string> | null): SpecDocument[] {
  return documents.filter(({ path }) => scope?.has(path) ?? true);
}

function digestsOf(documents: readonly SpecDocument[]): Map<string, string> {
  return new Map(documents.map((document) => [document.path, document.digest]));
}

type TextOf = (path: string) => SpecText | null;

function textByCapability(mains: readonly SpecDocument[], textOf: TextOf): (capability: string) => SpecText | null {
  const paths = new Map(mains.map((main) => [main.capability, main.path]));
  return (capability) => {
    const path = paths.get(capability);
    return path === undefined ? null : textOf(path);
  };
}

function deltasOf(documents: readonly SpecDocument[], textOf: TextOf): { document: SpecDocument; text: string }[] {
  return documents.flatMap((document) => {
    const read = document.kind === "delta" ? textOf(document.path) : null;
    return read === null ? [] : [{ document, text: read.text }];
  });
}
