import { globs } from "../host/globs.js";
import type { DiscoveredSources } from "../host/sources.js";
import { discoverSources } from "../host/sources.js";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import { languageOf } from "../tags/languages.js";

export interface DiscoveredFiles {
  /** Source files that may refer to tags. */
  sources: string[];
  /** Alloy files that the configuration selects. */
  models: string[];
  /** What listing told of each source file. */
  stats: DiscoveredSources["stats"];
  findings: Finding[];
}

/** Source files and Alloy files of the judged folder, listed once. What `source.exclude` leaves out is neither. */
export async function discoverFiles(root: string, config: Config, specs: readonly string[]): Promise<DiscoveredFiles> {
  const included = globs(config.source.include);
  const selected = globs(config.alloy.enabled ? config.alloy.models : []);
  const include = [...config.source.include, ...(config.alloy.enabled ? config.alloy.models : [])];
  const both = { ...config, source: { ...config.source, include } };
  const listed = await discoverSources(root, both, specs, (path) => languageOf(path) !== null);
  return {
    sources: listed.files.filter((path) => included.matches(path)),
    models: listed.files.filter((path) => path.endsWith(".als") && selected.matches(path)),
    stats: listed.stats,
    findings: listed.findings,
  };
}
