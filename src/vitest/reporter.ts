import { fileURLToPath } from "node:url";
import type { Reporter, TestModule, TestSpecification, Vitest } from "vitest/node";
import type { Recorder } from "./recorder.js";

export interface EvidenceOptions {
  /** The judged folder; by default the nearest folder upwards that holds evidence.config.json or openspec/. */
  root?: string;
  /** Specifications, as glob patterns relative to the judged folder; by default those of evidence.config.json. */
  specs?: string[];
  /** Folder for the results, relative to the judged folder; `.evidence/results` by default. */
  results?: string;
}

/**
 * Records every test of a run. The plugin adds it by itself; as the default export it can also be named with
 * `--reporter=spec-evidence/vitest`. What it does is loaded when a run starts, so that tests that import this package
 * do not pay for it.
 */
export class EvidenceReporter implements Reporter {
  readonly #options: EvidenceOptions;
  #recorder: Promise<Recorder> | null = null;

  constructor(options: EvidenceOptions = {}) {
    this.#options = options;
  }

  onInit(vitest: Vitest): void {
    for (const project of vitest.projects) observeProject(project);
    this.#recorder = import("./recorder.js").then(({ Recorder }) => new Recorder(vitest, this.#options));
    // A failure to load surfaces where the promise is awaited.
    this.#recorder.catch(() => undefined);
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    await (await this.#recorder)?.start(specifications);
  }

  async onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: string): Promise<void> {
    await (await this.#recorder)?.finish(modules, reason);
  }
}

/** Path of a module of this folder as vite writes paths: in source when this module runs from there, else built. */
export function beside(name: string): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`./${name}.${extension}`, import.meta.url)).replaceAll("\\", "/");
}

/** Adds the reporter to a run that does not name it itself. */
export function attachReporter(vitest: Vitest, options: EvidenceOptions): void {
  const reporters: unknown[] = vitest.config.reporters;
  if (!reporters.some((each) => isOurs(each))) reporters.push(new EvidenceReporter(options));
}

/** An instance, told by name since a configuration file may have loaded a copy of this module, or `[name, options]`. */
function isOurs(reporter: unknown): boolean {
  if (Array.isArray(reporter)) return reporter[0] === "spec-evidence/vitest";
  return reporter instanceof Object && reporter.constructor.name === EvidenceReporter.name;
}

/**
 * Makes a project load the set-up, and before its own so that nothing it imports goes uncounted. A project in a browser
 * is left alone: there is no way to follow asynchronous calls there.
 */
export function observeProject({ config }: Vitest["projects"][number]): void {
  const setup = beside("setup");
  const others = config.setupFiles.filter((each) => each !== setup);
  config.setupFiles = config.browser.enabled ? others : [setup, ...others];
  const inline = config.server.deps?.inline;
  if (Array.isArray(inline) && !inline.includes(setup)) inline.push(setup);
}
