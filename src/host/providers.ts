import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config, ProviderConfig } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import { fileSpan } from "../model/span.js";
import { CONFIG_FILE } from "./config.js";
import { discoverResults } from "./discover.js";
import { listGitFiles, tracksEvidence } from "./git.js";
import { escapePattern } from "./globs.js";
import type { FileDigests } from "./inputs.js";
import { fileDigests, inputsDigest, listInputs, stampOf } from "./inputs.js";
import type { RunResult } from "./processes.js";
import { run } from "./processes.js";
import { readState, writeState } from "./provider-state.js";
import { evidenceFolder } from "./write.js";

export interface ProviderOutcome {
  name: string;
  /**
   * `ran`: it ended by itself and left results. `unchanged`: nothing it depends on changed since it did. `failed`: it
   * left no results, could not be started, or was killed. `timed out`. `not run`: nobody asked, or it must not.
   */
  status: "ran" | "unchanged" | "failed" | "timed out" | "not run";
  /** Of the last complete run; null when it did not end by itself or did not run. */
  exitCode: number | null;
  /** Results files it left, relative to the root, sorted. */
  results: string[];
  /** File with its output, relative to the root. */
  log: string;
  /** The end of its output; empty unless it ran now. */
  tail: string;
  findings: Finding[];
}

export interface ProviderOptions {
  /** `run`: those whose inputs changed. `force`: all. `read`: none, only take the results that are there. */
  mode: "run" | "force" | "read";
  /** Specifications: inputs of every provider. */
  specs: readonly string[];
  /** Of the configuration, for findings. */
  configPath?: string | null;
  signal?: AbortSignal;
  /** Called before each provider that is going to run. */
  onStart?: (name: string, at: number, of: number) => void;
}

interface Context {
  root: string;
  config: Config;
  options: ProviderOptions;
  digests: FileDigests;
  /** False when records of earlier runs may not be believed. */
  believe: boolean;
  /** Results of providers already dealt with. */
  taken: Set<string>;
}

/** Roots for which providers run at the moment, here and in the processes above: a provider may run the tool itself. */
const ROOTS_VARIABLE = "EVIDENCE_PROVIDER_ROOTS";

/**
 * Brings the results of the configured providers up to date, one after the other in the order of the configuration.
 *
 * A provider runs unless its last complete run had the same inputs (contents of the files its patterns match, command,
 * specifications) and the results it left are untouched. Before, the results of earlier runs are moved into `.evidence`, so
 * that old ones never pass for new ones; files that git tracks stay, and count only when they were written anew. Inside a
 * provider of the same root nothing runs. Rejects with the reason of `signal` when that aborts.
 */
export async function runProviders(root: string, config: Config, options: ProviderOptions): Promise<ProviderOutcome[]> {
  const nested = (process.env[ROOTS_VARIABLE] ?? "").split("\n").includes(root);
  if (options.mode === "read" || nested) {
    return config.providers.map((provider) => existing(root, provider, options.configPath));
  }
  if (config.providers.length === 0) return [];
  const believe = options.mode === "run" && !(await tracksEvidence(root));
  const context: Context = { root, config, options, digests: fileDigests(root), believe, taken: new Set() };
  const outcomes: ProviderOutcome[] = [];
  for (const [at, provider] of config.providers.entries()) {
    options.signal?.throwIfAborted();
    const outcome = await provide(provider, context, () =>
      options.onStart?.(provider.name, at, config.providers.length),
    );
    options.signal?.throwIfAborted();
    for (const path of outcome.results) context.taken.add(path);
    outcomes.push(outcome);
  }
  return outcomes;
}

/** The finding for a provider that ended with an error although, as the caller has seen, every result it left passed. */
export function errorBesideResults(outcome: ProviderOutcome, configPath: string | null = null): Finding | null {
  if (outcome.exitCode === null || outcome.exitCode === 0 || outcome.results.length === 0) return null;
  return problem(
    "RES010",
    outcome,
    `Unexpected exit code ${outcome.exitCode} beside passing results, expected 0`,
    configPath,
  );
}

/** Takes what is there without running anything. */
function existing(root: string, provider: ProviderConfig, configPath: string | null | undefined): ProviderOutcome {
  const outcome = emptyOutcome(provider);
  outcome.results = discoverResults(root, provider.results);
  if (outcome.results.length === 0) outcome.findings.push(absent(provider, outcome, configPath));
  return outcome;
}

async function provide(provider: ProviderConfig, context: Context, onStart: () => void): Promise<ProviderOutcome> {
  const { root, config, digests, options } = context;
  const outcome = emptyOutcome(provider);
  const inputs = await inputsDigest(await listInputs(root), digests, {
    command: provider.command,
    inputs: provider.inputs,
    always: options.specs,
    outputs: outputPatterns(config),
  });
  const state = context.believe ? readState(root, provider.name) : null;
  if (state !== null && state.inputs === inputs && untouched(state.results, digests)) {
    return { ...outcome, status: "unchanged", exitCode: state.exitCode, results: Object.keys(state.results).sort() };
  }
  onStart();
  evidenceFolder(root);
  const kept = await moveAside(provider, context);
  const result = await run(provider.command, {
    cwd: root,
    timeoutMs: provider.timeoutSeconds * 1000,
    log: join(root, outcome.log),
    env: { EVIDENCE_PROVIDER: provider.name, [ROOTS_VARIABLE]: nestedRoots(root) },
    signal: options.signal,
  });
  const left = discoverResults(root, provider.results).filter(
    (path) => !context.taken.has(path) && kept.get(path) !== stampOf(join(root, path)),
  );
  const status = result.timedOut ? "timed out" : "failed";
  const ended: ProviderOutcome = { ...outcome, status, exitCode: result.exitCode, results: left, tail: result.tail };
  const failure = failureOf(provider, ended, result, options.configPath);
  if (failure !== null) return { ...ended, findings: [failure] };
  if (result.exitCode !== null) {
    writeState(root, provider.name, { inputs, exitCode: result.exitCode, results: digestsOf(left, digests) });
  }
  return { ...ended, status: "ran" };
}

function emptyOutcome(provider: ProviderConfig): ProviderOutcome {
  const log = `.evidence/providers/${provider.name}/output.log`;
  return { name: provider.name, status: "not run", exitCode: null, results: [], log, tail: "", findings: [] };
}

/** What tools write is never what they depend on: it would make every run the reason for another. */
/** What the tool and its providers write, and nothing depends on. */
export function outputPatterns(config: Config): string[] {
  return [
    ".evidence/**",
    escapePattern(config.manifest),
    ...config.results.map(({ path }) => path),
    ...config.providers.flatMap(({ results }) => results),
  ];
}

function untouched(results: Readonly<Record<string, string>>, digests: FileDigests): boolean {
  return Object.entries(results).every(([path, digest]) => digests.of(path) === digest);
}

function digestsOf(paths: readonly string[], digests: FileDigests): Record<string, string> {
  return Object.fromEntries(
    paths.flatMap((path) => {
      const digest = digests.of(path);
      return digest === null ? [] : [[path, digest]];
    }),
  );
}

function nestedRoots(root: string): string {
  const outer = process.env[ROOTS_VARIABLE];
  return outer === undefined || outer === "" ? root : `${outer}\n${root}`;
}

/** Endings that reports have, and names that files of other kinds with these endings have. */
const REPORT = /\.(?:xml|json|sarif|ctrf)$/iu;
const NO_REPORT = /(?:^|\/)(?:package(?:-lock)?|[tj]sconfig[^/]*|composer|deno|biome)\.json$|(?:^|\/)pom\.xml$/iu;

/** A pattern written too wide matches sources and manifests as well; those are nobody's results. */
function mayBeReport(path: string): boolean {
  return REPORT.test(path) && !NO_REPORT.test(path);
}

/**
 * Moves old results out of the way, into the provider's folder: a pattern written too wide must not cost anybody a file.
 * What git tracks and what specifies stays; returned are the stamps of those, to tell whether they are written anew.
 */
async function moveAside(provider: ProviderConfig, context: Context): Promise<Map<string, string>> {
  const { root, options, config } = context;
  const tracked = await listGitFiles(root, "tracked");
  const fixed = new Set([
    ...("files" in tracked ? tracked.files : []),
    ...options.specs,
    options.configPath ?? CONFIG_FILE,
    config.waivers,
  ]);
  const previous = join(root, ".evidence", "providers", provider.name, "previous");
  const kept = new Map<string, string>();
  for (const path of discoverResults(root, provider.results)) {
    if (context.taken.has(path)) continue;
    if (fixed.has(path) || !mayBeReport(path)) {
      kept.set(path, stampOf(join(root, path)));
      continue;
    }
    const target = join(previous, path);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(root, path), target);
  }
  return kept;
}

function failureOf(
  provider: ProviderConfig,
  outcome: ProviderOutcome,
  result: RunResult,
  configPath: string | null | undefined,
): Finding | null {
  if (result.timedOut) {
    const message = `Unexpected run of more than ${provider.timeoutSeconds} s, expected an end before`;
    return problem("RES007", outcome, message, configPath);
  }
  if (result.startFailure !== null) {
    const program = JSON.stringify(provider.command[0]);
    const message = `Unexpected failure to start ${program} (${result.startFailure}), expected a program`;
    return problem("RES006", outcome, message, configPath);
  }
  if (result.exitCode === null) {
    return problem("RES006", outcome, `Unexpected end by ${result.signal}, expected an exit code`, configPath);
  }
  if (outcome.results.length > 0) return null;
  if (result.exitCode === 0) return absent(provider, outcome, configPath);
  return problem(
    "RES006",
    outcome,
    `Unexpected exit code ${result.exitCode} without results, expected results`,
    configPath,
  );
}

function absent(provider: ProviderConfig, outcome: ProviderOutcome, configPath: string | null | undefined): Finding {
  const patterns = provider.results.map((each) => JSON.stringify(each)).join(", ");
  return problem("RES001", outcome, `Unexpected absence of results, expected files that match ${patterns}`, configPath);
}

function problem(
  code: "RES001" | "RES006" | "RES007" | "RES010",
  outcome: ProviderOutcome,
  message: string,
  configPath: string | null | undefined,
): Finding {
  return finding({
    code,
    message: `${message} (provider ${outcome.name})`,
    span: fileSpan(configPath ?? CONFIG_FILE),
    related: outcome.status === "not run" ? [] : [{ span: fileSpan(outcome.log), message: "its output" }],
    subject: `provider ${outcome.name}`,
  });
}
