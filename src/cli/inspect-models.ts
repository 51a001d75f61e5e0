import type { Ablation } from "../alloy/judge/ablate.js";
import { ablateModels } from "../alloy/judge/ablate.js";
import type { JudgingHooks, ModelToJudge } from "../alloy/judge/judge-models.js";
import { namedCommands } from "../alloy/judge/judge-models.js";
import type { Mutant, Mutation } from "../alloy/judge/mutate.js";
import { mutateModels } from "../alloy/judge/mutate.js";
import { mutantsOf, mutate } from "../alloy/mutate/mutants.js";
import { applySeverities } from "../evidence/gate.js";
import type { Cache } from "../host/cache.js";
import { loadConfig } from "../host/config.js";
import { discoverSpecs } from "../host/discover.js";
import { openReading } from "../host/reading.js";
import type { AlloyReport } from "../model/alloy-report.js";
import type { Config } from "../model/config.js";
import { arrangeFindings } from "../model/finding.js";
import { nearest } from "../report/text/near.js";
import { buildCatalog } from "../tags/catalog.js";
import type { GlobalOptions } from "./context.js";
import { rootOf } from "./context.js";
import { UsageError } from "./errors.js";
import { interruption } from "./interruption.js";
import type { FoundModels, RanModels, RunOptions } from "./models.js";
import { findModels, modelFacts, NO_MODELS, runModels } from "./models.js";
import type { Progress } from "./progress.js";
import { progressFor } from "./progress.js";
import { chooseBelow } from "./scope.js";
import { discoverFiles } from "./sources.js";

export interface Inspection {
  /** Only models below these paths, as typed; all when empty. */
  paths: readonly string[];
  /** Only commands of this label; null for all. */
  only: string | null;
  ablate: boolean;
  mutate: boolean;
  /** Changes of one module that are tried; null for all. */
  limit: number | null;
  /** Overrides the configured time of a command. */
  timeoutSeconds: number | null;
}

/** Reads, audits and runs the models of the judged folder, and asks of them what was wished for. */
export async function inspectModels(wish: Inspection, options: GlobalOptions): Promise<AlloyReport> {
  const root = rootOf(options);
  const { config: configured, path } = loadConfig(root.path, options.config ?? null);
  const config = withTimeout(configured, wish.timeoutSeconds);
  const progress = progressFor(options);
  const reading = await openReading(root, { cache: options.cache, signal: interruption() });
  try {
    progress.phase("reading models");
    const specs = discoverSpecs(root.path, config, path);
    const { documents } = await reading.parseSpecs(specs.files);
    const { catalog } = buildCatalog(documents);
    const files = await discoverFiles(root.path, config, specs.files);
    const found = findModels({
      root: root.path,
      config,
      documents: documents.filter(({ kind }) => kind === "main"),
      catalog,
      files: files.models,
    });
    const chosen = chooseModels(root.path, found, wish);
    return await runChosen(chosen, wish, {
      root: root.path,
      config,
      cache: reading.lasting,
      progress,
      wanted: wish.only === null ? undefined : (name, label) => name === wish.only || label === wish.only,
    });
  } finally {
    progress.done();
    await reading.close();
  }
}

interface Setting {
  root: string;
  config: Config;
  cache: Cache;
  progress: Progress;
  wanted: ((name: string, label: string | null) => boolean) | undefined;
}

async function runChosen(found: FoundModels, wish: Inspection, setting: Setting): Promise<AlloyReport> {
  const { root, config, cache, progress, wanted } = setting;
  const hooks = (phase: string): JudgingHooks => {
    progress.phase(phase);
    return {
      signal: interruption(),
      onCommand: (done, of, name) => progress.step(`${phase} (${done} of ${of}: ${name})`),
    };
  };
  const asked: { ablation: Ablation | null; mutation: Mutation | null } = { ablation: null, mutation: null };
  if (found.models.length === 0) return reportOf(found, null, config, asked);
  const options: RunOptions = {
    root,
    config,
    cache,
    mode: "run",
    hooks: hooks("running Alloy models"),
    ...(wanted === undefined ? {} : { wanted: (name, { label }) => wanted(name, label) }),
  };
  const ran = await runModels(found.models, found.audit, options, async ({ input, commands }, engine) => {
    if (wish.ablate) asked.ablation = await ablateModels(input, commands, engine, hooks("leaving facts out"));
    if (wish.mutate) {
      const mutating = { ...input, limit: wish.limit, mutantsOf: mutantsIn(found) };
      asked.mutation = await mutateModels(mutating, commands, engine, hooks("changing models"));
    }
  });
  return reportOf(found, ran, config, asked);
}

/** The changes of each model's own text; what it opens is changed where it is a model itself. */
function mutantsIn(found: FoundModels): (model: ModelToJudge) => Mutant[] {
  const models = new Map(found.models.map((model) => [model.module.root, model]));
  return ({ module }) => {
    const text = models.get(module.root)?.texts[0];
    if (text === undefined) return [];
    return mutantsOf(text).map((mutant) => ({
      module: { root: module.root, files: { ...module.files, [text.file]: mutate(text.text, mutant) } },
      span: mutant.span,
      before: mutant.before,
      after: mutant.after,
    }));
  };
}

function reportOf(
  found: FoundModels,
  ran: RanModels | null,
  config: Config,
  { ablation, mutation }: { ablation: Ablation | null; mutation: Mutation | null },
): AlloyReport {
  const models = ran?.models ?? NO_MODELS;
  const findings = [
    ...found.findings,
    ...(ran?.findings ?? []),
    ...(ablation?.findings ?? []),
    ...(mutation?.findings ?? []),
  ];
  const fact = ({ name, of, text, place }: Ablation["unneeded"][number]) => ({ name, of, text, place });
  return {
    facts: modelFacts(models, found.models.length),
    models,
    findings: arrangeFindings(applySeverities(findings, config.severity)),
    ablation:
      ablation === null
        ? null
        : {
            commands: ablation.commands.map((each) => ({ ...each, needs: each.needs.map(fact) })),
            unneeded: ablation.unneeded.map(fact),
          },
    mutation: mutation?.scores ?? null,
  };
}

function withTimeout(config: Config, seconds: number | null): Config {
  return seconds === null ? config : { ...config, alloy: { ...config.alloy, timeoutSeconds: seconds } };
}

/** The models below the paths that hold a wanted command; of one command only what it shows. Throws UsageError for a path or label that names none. */
function chooseModels(root: string, found: FoundModels, { paths, only }: Inspection): FoundModels {
  const roots = found.models.map(({ module }) => module.root);
  const below = chooseBelow(root, roots, paths, "an Alloy model");
  const chosen = found.models.filter(({ module }) => below?.has(module.root) ?? true);
  if (only === null) {
    const files = new Set(chosen.flatMap(({ module }) => Object.keys(module.files)));
    return {
      ...found,
      models: chosen,
      findings: found.findings.filter(({ span }) => below === null || files.has(span.file)),
    };
  }
  const models = chosen.map((model) => ({ module: model.module, commands: model.commands, cannotFail: new Map() }));
  const named = namedCommands({ models, wanted: (name, { label }) => name === only || label === only });
  if (named.length === 0) {
    const known = [...new Set(namedCommands({ models }).map(({ name }) => name))];
    const near = nearest(only, known);
    throw new UsageError(
      `Unexpected label ${only}, expected that of an Alloy command${near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`}`,
    );
  }
  const holding = new Set(named.map(({ model }) => model.module.root));
  const kept = chosen.filter(({ module }) => holding.has(module.root));
  return { ...found, models: kept, findings: [] };
}
