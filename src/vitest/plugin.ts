import { fileURLToPath } from "node:url";
import type { Plugin } from "vitest/config";
import type { Reporter, TestModule, TestSpecification, Vitest } from "vitest/node";
import type { EvidenceOptions } from "./options.js";
import type { Recorder } from "./recorder.js";

/** What vite calls the plugin. */
const PLUGIN_NAME = "spec-evidence";
/** Built-in modules never reach `resolveId`; an alias does. */
const NODE_ASSERT = [
  { find: /^(?:node:)?assert$/, replacement: "virtual:spec-evidence/assert" },
  { find: /^(?:node:)?assert\/strict$/, replacement: "virtual:spec-evidence/assert/strict" },
];
const VIRTUAL = "virtual:spec-evidence/";
const FAST_CHECK = `\0${VIRTUAL}fast-check/`;

/**
 * The plugin for vitest: `plugins: [evidence()]` in vitest.config.ts. It lets `traceSpec` know the defined tags, counts the
 * assertions of each test and writes `.evidence/results/vitest.json` at the end of a run.
 */
export function evidence(options: EvidenceOptions = {}): Plugin {
  return {
    name: PLUGIN_NAME,
    enforce: "pre",
    // A configuration shared with an application is also read to build and to serve that.
    apply: () => "VITEST" in process.env,
    config: () => ({ resolve: { alias: NODE_ASSERT }, test: { setupFiles: [beside("setup")] } }),
    configureVitest({ vitest, project }) {
      observeProject(project);
      attachReporter(vitest, options);
    },
    async resolveId(source, importer) {
      if (source.startsWith(VIRTUAL)) return `\0${source}`;
      if (source !== "fast-check" || importer?.startsWith("\0")) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      // Encoded, because a path below node_modules would be loaded without asking plugins.
      return resolved === null ? null : FAST_CHECK + Buffer.from(resolved.id).toString("base64url");
    },
    async load(id) {
      if (!id.startsWith(`\0${VIRTUAL}`)) return null;
      const { assertModule, fastCheckModule } = await import("./virtual-modules.js");
      if (!id.startsWith(FAST_CHECK)) return assertModule(id.slice(VIRTUAL.length + 1), beside("counting-assert"));
      const path = Buffer.from(id.slice(FAST_CHECK.length), "base64url").toString();
      return fastCheckModule(path, beside("properties"));
    },
  };
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
    this.#recorder = import("./recorder.js").then(({ Recorder }) => new Recorder(vitest, this.#options, PLUGIN_NAME));
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
function beside(name: string): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`./${name}.${extension}`, import.meta.url)).replaceAll("\\", "/");
}

/** Adds the reporter to a run that does not name it itself. */
function attachReporter(vitest: Vitest, options: EvidenceOptions): void {
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
function observeProject({ config }: Vitest["projects"][number]): void {
  const setup = beside("setup");
  const others = config.setupFiles.filter((each) => each !== setup);
  config.setupFiles = config.browser.enabled ? others : [setup, ...others];
  const inline = config.server.deps?.inline;
  if (Array.isArray(inline) && !inline.includes(setup)) inline.push(setup);
}
