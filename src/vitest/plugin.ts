import { createRequire } from "node:module";
import type { Plugin } from "vitest/config";
import { PLUGIN_NAME } from "./plugin-name.js";
import type { EvidenceOptions } from "./reporter.js";
import { attachReporter, beside, observeProject } from "./reporter.js";

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
    load(id) {
      if (id.startsWith(FAST_CHECK)) {
        return fastCheckModule(Buffer.from(id.slice(FAST_CHECK.length), "base64url").toString());
      }
      return id.startsWith(`\0${VIRTUAL}`) ? assertModule(id.slice(VIRTUAL.length + 1)) : null;
    },
  };
}

/** Source of a module that stands in for `node:assert`: the callable default can't be made to count in place. */
function assertModule(name: string): string {
  const names = Object.keys(createRequire(import.meta.url)(`node:${name}`)).filter((each) => each !== "default");
  return [
    'import { createRequire } from "node:module";',
    `const real = createRequire(${JSON.stringify(import.meta.url)})(${JSON.stringify(`node:${name}`)});`,
    `import { countingAssert } from ${JSON.stringify(beside("counting-assert"))};`,
    "const counted = countingAssert(real);",
    "export default counted;",
    `export const { ${names.join(", ")} } = counted;`,
  ].join("\n");
}

function fastCheckModule(path: string): string {
  const source = JSON.stringify(path);
  return [
    `import * as real from ${source};`,
    `import { countProperties } from ${JSON.stringify(beside("properties"))};`,
    "countProperties(real);",
    `export * from ${source};`,
    `export { default } from ${source};`,
  ].join("\n");
}
