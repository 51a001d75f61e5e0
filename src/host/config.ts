import { isAbsolute, join, relative, resolve } from "node:path";
import { schemaIssues } from "../evidence/schema-issues.js";
import { compactCanonicalJson } from "../model/canonical.js";
import type { Config } from "../model/config.js";
import { configSchema, defaultConfig } from "../model/config.js";
import { sha256 } from "../model/digest.js";
import { fileSpan } from "../model/span.js";
import type { Unreadable } from "./bytes.js";
import { readBytes } from "./bytes.js";
import type { ConfigurationIssue } from "./configuration-error.js";
import { ConfigurationError } from "./configuration-error.js";
import type { JsonSource } from "./json-source.js";
import { readJson } from "./json-source.js";

export { ConfigurationError };

export const CONFIG_FILE = "evidence.config.json";

const CONFIG_MAX_BYTES = 1024 * 1024;

export interface LoadedConfig {
  config: Config;
  /** As shown to a person: relative to the root; null when the folder has no configuration. */
  path: string | null;
  /** SHA-256 (hex) of what is configured, defaults included: the same whatever the file's layout or key order. */
  digest: string;
}

/**
 * Reads `evidence.config.json` of a root, or the file at `explicitPath` (relative to the working directory). A folder
 * without one has the default configuration; an explicit file must be there. Throws ConfigurationError with every issue at
 * its line and column.
 */
export function loadConfig(root: string, explicitPath: string | null = null): LoadedConfig {
  const absolute = explicitPath === null ? join(root, CONFIG_FILE) : resolve(explicitPath);
  const shown = explicitPath === null ? CONFIG_FILE : shownPath(root, absolute);
  const read = readBytes(absolute, { maxBytes: CONFIG_MAX_BYTES, followLink: true });
  if (!("bytes" in read)) {
    if (read.why === "absent" && explicitPath === null) return loaded(defaultConfig(), null);
    throw new ConfigurationError([{ span: fileSpan(shown), message: unreadableMessage(read) }]);
  }
  return loaded(parseConfig(shown, textOf(shown, read.bytes)), shown);
}

/** Parses the text of a configuration; `file` is what issues call it. Throws ConfigurationError. */
export function parseConfig(file: string, text: string): Config {
  const source = readJson(file, text);
  if ("message" in source) throw new ConfigurationError([source]);
  const parsed = configSchema.safeParse(source.value);
  if (!parsed.success) {
    throw new ConfigurationError(
      schemaIssues(configSchema, source.value, parsed.error).map(({ path, onKey, message }) => ({
        span: onKey ? source.keySpanOf(path) : source.spanOf(path),
        message,
      })),
    );
  }
  const issues = [...pathIssues(parsed.data, source), ...repeatedNames(parsed.data, source)];
  if (issues.length > 0) throw new ConfigurationError(issues);
  return parsed.data;
}

function loaded(config: Config, path: string | null): LoadedConfig {
  const { $schema: _, ...effective } = config;
  return { config, path, digest: sha256(compactCanonicalJson(effective)) };
}

function textOf(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ConfigurationError([
      { span: fileSpan(file), message: "Unexpected bytes that are not UTF-8, expected JSON" },
    ]);
  }
}

function unreadableMessage(problem: Unreadable): string {
  switch (problem.why) {
    case "absent":
      return "Unexpected absence of the file, expected a configuration";
    case "folder":
      return "Unexpected folder, expected a configuration file";
    case "large":
      return `Unexpected size of ${problem.size} bytes, expected at most ${CONFIG_MAX_BYTES}`;
    default:
      return `Unexpected failure to read the file (${problem.code}), expected a configuration`;
  }
}

/** Everything the tool reads and writes lies in the judged folder; a leading `!` would turn a pattern into its opposite. */
function pathIssues(config: Config, source: JsonSource): ConfigurationIssue[] {
  return paths(config).flatMap(({ at, text }) => {
    const problem = patternProblem(text);
    if (problem === null) return [];
    return [{ span: source.spanOf(at), message: `Unexpected ${JSON.stringify(text)}, expected ${problem}` }];
  });
}

interface ConfiguredPath {
  at: readonly PropertyKey[];
  text: string;
}

function paths(config: Config): ConfiguredPath[] {
  const { source, policy } = config;
  return [
    ...listed(["specs"], config.specs),
    { at: ["changesFolder"], text: config.changesFolder },
    ...listed(["source", "include"], source.include),
    ...listed(["source", "exclude"], source.exclude),
    ...listed(["source", "tests"], source.tests),
    ...config.results.map(({ path }, at) => ({ at: ["results", at, "path"], text: path })),
    ...config.providers.flatMap((provider, at) => [
      ...listed(["providers", at, "inputs"], provider.inputs),
      ...listed(["providers", at, "results"], provider.results),
    ]),
    ...policy.rules.flatMap((rule, at) => listed(["policy", "rules", at, "specs"], rule.specs ?? [])),
    { at: ["waivers"], text: config.waivers },
    { at: ["confirmations"], text: config.confirmations },
    { at: ["baseline"], text: config.baseline },
    { at: ["manifest"], text: config.manifest },
  ];
}

function listed(path: readonly PropertyKey[], texts: readonly string[]): ConfiguredPath[] {
  return texts.map((text, at) => ({ at: [...path, at], text }));
}

function patternProblem(text: string): string | null {
  if (isAbsolute(text)) return "a path relative to the judged folder";
  if (text.split("/").includes("..")) return "a path inside the judged folder";
  if (text.startsWith("!")) return "a pattern without negation; what to leave out belongs under exclude";
  if (text.includes("\\")) return "forward slashes";
  return null;
}

function repeatedNames(config: Config, source: JsonSource): ConfigurationIssue[] {
  const seen = new Set<string>();
  const issues: ConfigurationIssue[] = [];
  config.providers.forEach(({ name }, at) => {
    const key = name.toLowerCase();
    if (seen.has(key)) {
      issues.push({
        span: source.spanOf(["providers", at, "name"]),
        message: `Unexpected second provider ${JSON.stringify(name)}, expected names that differ, in more than case`,
      });
    }
    seen.add(key);
  });
  return issues;
}

function shownPath(root: string, absolute: string): string {
  const inside = relative(root, absolute);
  return inside.startsWith("..") ? absolute : inside;
}
