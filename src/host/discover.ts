import { join } from "node:path";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import { compareFindings, finding } from "../model/finding.js";
import { compareText, fileSpan } from "../model/span.js";
import { unreadable } from "./bytes.js";
import { followLink, linkFinding, unreadableFinding } from "./files.js";
import type { Globs } from "./globs.js";
import { escapePattern, globs, normalisePattern } from "./globs.js";
import type { Entry } from "./walk.js";
import { walk } from "./walk.js";

export interface DiscoveredSpecs {
  /** Main and delta specifications, relative to the root, in code-unit order. */
  files: string[];
  findings: Finding[];
}

/** What stands in for the configuration's own path in findings about a folder that has none. */
const NO_CONFIG = "evidence.config.json";

/** Folders that are never somebody's own text; left out unless a pattern starts inside one. */
const FOREIGN_FOLDERS: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  ".evidence",
  ".gradle",
  ".mypy_cache",
  ".next",
  ".pytest_cache",
  ".tox",
  ".venv",
  "__pycache__",
  "bower_components",
  "build",
  "coverage",
  "dist",
  "node_modules",
  "target",
  "vendor",
  "venv",
]);

/**
 * The specifications of a folder: what `config.specs` matches, and `specs/**\/spec.md` of every active change unless
 * `config.changes` is `ignore`. It walks the file system, not git, so a specification not yet added counts.
 *
 * Links to files are listed (reading them judges them); links to folders, links that lead nowhere and folders named like
 * a specification are findings, as are a pattern that matches nothing and finding no main specification at all.
 */
export function discoverSpecs(root: string, config: Config, configPath: string | null = null): DiscoveredSpecs {
  const main = collect(root, globs(config.specs), (path) => !isForeign(path));
  const delta = config.changes === "ignore" ? { files: [], findings: [] } : collectDeltas(root, config.changesFolder);
  const findings = [...main.findings, ...delta.findings];
  const place = fileSpan(configPath ?? NO_CONFIG);
  for (const pattern of config.specs.length > 1 && main.files.length > 0 ? config.specs : []) {
    const { matches } = globs([pattern]);
    if (main.files.some(matches)) continue;
    findings.push(
      finding({
        code: "CFG002",
        message: `Unexpected pattern ${JSON.stringify(pattern)} that no file matches, expected at least one specification`,
        span: place,
      }),
    );
  }
  if (main.files.length === 0) {
    const patterns = config.specs.map((each) => JSON.stringify(each)).join(", ");
    findings.push(
      finding({
        code: "CFG001",
        message: `Unexpected absence of specifications, expected files that match ${patterns}`,
        span: place,
        subject: "none",
      }),
    );
  }
  return { files: [...new Set([...main.files, ...delta.files])].sort(compareText), findings: distinct(findings) };
}

/** Results are often written into folders of built things, so only those that never hold any are passed over. */
const NO_RESULTS: ReadonlySet<string> = new Set([".git", ".hg", ".svn", "node_modules"]);

/**
 * Results files that the patterns match, in code-unit order. Links are passed over, and so is what the tool keeps for
 * itself in `.evidence`.
 */
export function discoverResults(root: string, patterns: readonly string[]): string[] {
  const wanted = globs(patterns);
  const files = new Set<string>();
  const enter = (path: string) =>
    path !== ".evidence/cache" &&
    path !== ".evidence/providers" &&
    !NO_RESULTS.has(path.slice(path.lastIndexOf("/") + 1));
  for (const base of wanted.bases) {
    for (const entry of walk(root, base, enter)) {
      if (entry.kind === "file" && wanted.matches(entry.path)) files.add(entry.path);
    }
  }
  return [...files].sort(compareText);
}

export function isForeign(path: string): boolean {
  return FOREIGN_FOLDERS.has(path.slice(path.lastIndexOf("/") + 1));
}

/** Only the `specs` folder of each active change is looked into; archived changes are history. */
function collectDeltas(root: string, changesFolder: string): DiscoveredSpecs {
  const folder = normalisePattern(changesFolder).replace(/\/+$/, "");
  const wanted = globs([`${escapePattern(folder)}/*/specs/**/spec.md`]);
  const depth = folder.split("/").length;
  return collect(root, { matches: wanted.matches, bases: [folder] }, (path) => {
    const steps = path.split("/").slice(depth);
    return steps[0] !== "archive" && (steps.length < 2 || steps[1] === "specs");
  });
}

function collect(root: string, wanted: Globs, enter: (path: string) => boolean): DiscoveredSpecs {
  const found: DiscoveredSpecs = { files: [], findings: [] };
  for (const base of wanted.bases) {
    for (const entry of walk(root, base, enter)) {
      if (entry.kind === "closed") found.findings.push(closedFinding(entry));
      else if (entry.kind === "link") judgeLink(root, entry.path, base !== "" && enter(entry.path), wanted, found);
      else if (!wanted.matches(entry.path)) continue;
      else if (entry.kind === "folder") found.findings.push(unreadableFinding(entry.path, unreadable("EISDIR"), 0));
      else found.files.push(entry.path);
    }
  }
  return found;
}

/** `inside`: the link stands in a specification folder, where any folder may hold specifications. */
function judgeLink(root: string, path: string, inside: boolean, wanted: Globs, found: DiscoveredSpecs): void {
  const matches = wanted.matches(path);
  if (!matches && (!inside || isEditorLock(path))) return;
  const target = followLink(root, join(root, path));
  if ("wrong" in target) found.findings.push(linkFinding(path, target.wrong));
  else if (target.folder) found.findings.push(linkFinding(path, "to a folder"));
  else if (matches) found.files.push(path);
}

/** Emacs marks a file being edited by a link beside it that leads nowhere. */
function isEditorLock(path: string): boolean {
  return path.slice(path.lastIndexOf("/") + 1).startsWith(".#");
}

/** A link on the way to both the main specifications and the changes is met twice. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [each.id, each])).values()].sort(compareFindings);
}

function closedFinding(entry: Extract<Entry, { kind: "closed" }>): Finding {
  return finding({
    code: "FILE001",
    message: `Unexpected refusal to list the folder (${entry.code}), expected read permission`,
    span: fileSpan(entry.path),
    subject: "folder",
    ...(entry.path.includes("\uFFFD") ? { suggestion: "Its name is not UTF-8; rename it." } : {}),
  });
}
