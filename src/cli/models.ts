import type { AlloyAudit } from "../alloy/audit/audit.js";
import { auditModels } from "../alloy/audit/audit.js";
import type { AlloyModel } from "../alloy/collect.js";
import { collectModels } from "../alloy/collect.js";
import type { JudgedModels, JudgingHooks, ModelsToJudge } from "../alloy/judge/judge-models.js";
import { judgeModels, leaveModels } from "../alloy/judge/judge-models.js";
import type { UncheckedAssertion } from "../alloy/judge/unchecked.js";
import { uncheckedAssertions } from "../alloy/judge/unchecked.js";
import { modelItems } from "../evidence/models.js";
import { acquireAlloy, unavailableFinding } from "../host/alloy/acquire.js";
import type { Cache } from "../host/cache.js";
import { readTextFile } from "../host/files.js";
import type { AlloyCommand, AlloyEngine, AlloyUnavailable } from "../model/alloy.js";
import { ALLOY_OPTIONS } from "../model/alloy.js";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import type { Models } from "../model/models.js";
import type { Catalog, Reference } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import { compareText, fileSpan } from "../model/span.js";
import type { AnalysisResult } from "./analyses.js";
import { interruption } from "./interruption.js";
import type { Progress } from "./progress.js";

/** What models there are, as far as reading tells. */
export interface FoundModels {
  models: AlloyModel[];
  /** Tags that Alloy blocks of specifications name. */
  references: Reference[];
  audit: AlloyAudit;
  unchecked: UncheckedAssertion[];
  findings: Finding[];
  /** SHA-256 (hex) of the files of each module, by its root. */
  digests: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export interface ModelSources {
  root: string;
  config: Config;
  /** Main specifications. */
  documents: readonly SpecDocument[];
  catalog: Catalog;
  /** Alloy files that the configuration selects. */
  files: readonly string[];
}

/** Reads every model of the judged folder and audits its text. Nothing is run. */
export function findModels({ root, config, documents, catalog, files }: ModelSources): FoundModels {
  const digests = new Map<string, string>();
  const unreadable: Finding[] = [];
  const collected = collectModels({
    documents,
    files,
    read: (path) => {
      const read = readTextFile(root, path);
      if ("finding" in read) {
        if (files.includes(path)) unreadable.push(read.finding);
        return null;
      }
      digests.set(path, read.digest);
      return read.text;
    },
    tags: config.alloy.tags,
    known: new Set(catalog.definitions.keys()),
  });
  const audit = auditModels(collected.models);
  const unchecked = uncheckedAssertions(
    collected.models,
    audit.findings,
    documents,
    new Set(catalog.definitions.keys()),
  );
  return {
    models: collected.models,
    references: collected.references,
    audit,
    unchecked: unchecked.assertions,
    findings: [...unreadable, ...collected.findings, ...unchecked.findings],
    digests: new Map(
      collected.models.map(({ module }) => [module.root, digestsOf(Object.keys(module.files), digests)]),
    ),
  };
}

function digestsOf(paths: string[], digests: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    paths.sort(compareText).flatMap((path) => {
      const digest = digests.get(path);
      return digest === undefined ? [] : [[path, digest]];
    }),
  );
}

export interface RunOptions {
  root: string;
  config: Config;
  /** One that outlasts builds of the tool: questions to models are the longest work it does. */
  cache: Cache;
  hooks: JudgingHooks;
  /** `run`: ask the engine. `known`: take what the cache holds. */
  mode: "run" | "known";
  wanted?: (name: string, command: AlloyCommand) => boolean;
}

export interface RanModels extends JudgedModels {
  input: ModelsToJudge;
  models: Models;
}

const ONLY_KNOWN = "only `evidence check` and `evidence alloy` run models, and this one is not known from before";

/**
 * Judges the commands of models. `more` is called while the engine is open, with everything it needs to go on asking.
 * Without an engine nothing is run, and the findings say why.
 */
export async function runModels(
  models: readonly AlloyModel[],
  audit: AlloyAudit,
  options: RunOptions,
  more?: (ran: RanModels, engine: AlloyEngine) => Promise<void>,
): Promise<RanModels> {
  const { root, config, cache, hooks, mode, wanted } = options;
  const input: ModelsToJudge = {
    models: models.map((model) => ({
      module: model.module,
      commands: model.commands,
      cannotFail: audit.hollow.get(model.module.root) ?? new Map(),
    })),
    options: { ...ALLOY_OPTIONS, timeoutMs: config.alloy.timeoutSeconds * 1000 },
    probes: config.alloy.probes,
    ...(wanted === undefined ? {} : { wanted }),
  };
  const first = models[0]?.commands[0]?.span ?? fileSpan(models[0]?.module.root ?? "");
  const acquired = await acquireAlloy({
    root,
    config: config.alloy,
    cache,
    span: first,
    idle: mode === "known" ? ONLY_KNOWN : undefined,
    signal: hooks.signal,
  });
  if ("finding" in acquired) {
    const left = leaveModels(input, acquired.finding.message);
    const tags = left.findings.flatMap((each) => each.tags);
    return ranOf(input, { ...left, findings: [{ ...acquired.finding, tags }] }, null);
  }
  const { engine, absence } = acquired;
  try {
    const judged = await judgeModels(input, engine, hooks);
    const ran = ranOf(input, absence === null ? judged : withAbsence(judged, absence), engine);
    await more?.(ran, engine);
    return ran;
  } finally {
    await engine.close();
  }
}

/** What was not run, said as what is to be installed for it; nothing when everything was known. */
function withAbsence({ commands, findings }: JudgedModels, absence: AlloyUnavailable): JudgedModels {
  return {
    commands,
    findings: findings.map((each) =>
      each.code === "ALLOY039" ? { ...unavailableFinding(absence, each.span), tags: each.tags } : each,
    ),
  };
}

const { timeoutMs: _, ...FIXED_OPTIONS } = ALLOY_OPTIONS;

/** Where there is nothing to run. */
export const NO_MODELS: Models = { engine: null, options: FIXED_OPTIONS, commands: [] };

function ranOf(input: ModelsToJudge, judged: JudgedModels, engine: AlloyEngine | null): RanModels {
  const wasRun = judged.commands.some(({ answer }) => answer !== "not run");
  const models = {
    engine: wasRun && engine !== null ? { ...engine.identity } : null,
    options: FIXED_OPTIONS,
    commands: judged.commands,
  };
  return { ...judged, input, models };
}

export interface ModelsOfJudgement {
  sources: ModelSources;
  mode: RunOptions["mode"] | "none";
  /** Specifications to judge; null for all. */
  scope: ReadonlySet<string> | null;
  cache: Cache;
  progress: Progress;
}

/** The models of a judgement: items, findings and facts, and the commands' records for the manifest. */
export async function judgeModelsOf({
  sources,
  mode,
  scope,
  cache,
  progress,
}: ModelsOfJudgement): Promise<AnalysisResult & { models: Models | null; references: Reference[] }> {
  const nothing = { analyses: {}, findings: [], items: [], models: null, references: [] };
  if (!sources.config.alloy.enabled) return nothing;
  const found = findModels(sources);
  const { references } = found;
  if (mode === "none") return { ...nothing, references };
  const wanted = found.models.filter((model) => scope === null || concerns(model, scope, sources.catalog));
  const files = new Set(wanted.flatMap(({ module }) => Object.keys(module.files)));
  const reading = found.findings.filter(({ span }) => scope === null || files.has(span.file));
  if (wanted.length === 0) return { ...nothing, findings: reading, references };
  if (mode === "run") progress.phase("running Alloy models");
  const ran = await runModels(wanted, found.audit, {
    root: sources.root,
    config: sources.config,
    cache,
    mode,
    hooks: {
      signal: interruption(),
      onCommand: (done, of, name) => progress.step(`running Alloy models (${done} of ${of}: ${name})`),
    },
  });
  return {
    analyses: { alloy: modelFacts(ran.models, wanted.length) },
    findings: [...reading, ...ran.findings],
    items: modelItems(ran.models, found.unchecked, found.digests),
    models: ran.models,
    references,
  };
}

/** Whether a model stands in one of the specifications, or gives evidence for a tag of theirs. */
function concerns({ module, commands }: AlloyModel, scope: ReadonlySet<string>, catalog: Catalog): boolean {
  if (scope.has(module.root)) return true;
  return commands.some(({ tags }) => tags.some((tag) => scope.has(catalog.definitions.get(tag)?.span.file ?? "")));
}

/** Counts over the commands of models. */
export function modelFacts({ commands, engine }: Models, models: number): Record<string, number | string | null> {
  const count = (holds: (command: Models["commands"][number]) => boolean) => commands.filter(holds).length;
  return {
    engine: engine === null ? null : `${engine.name} ${engine.version}`,
    models,
    commands: commands.length,
    passed: count(({ outcome, cannotFail }) => outcome === "pass" && cannotFail === null),
    failed: count(({ outcome }) => outcome === "fail"),
    counterexamples: count(({ answer }) => answer === "counterexample"),
    inconclusive: count(({ outcome }) => outcome === "inconclusive"),
    errors: count(({ outcome }) => outcome === "error"),
    hollow: count(({ cannotFail, outcome }) => outcome === "pass" && cannotFail !== null),
    notRun: count(({ answer }) => answer === "not run"),
  };
}
