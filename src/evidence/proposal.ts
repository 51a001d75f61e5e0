import { compareText } from "../model/span.js";
import type { ProjectFacts } from "./packages.js";
import { dependsOn } from "./packages.js";
import type { Runner } from "./runners.js";
import { runnersOf } from "./runners.js";

export interface Proposal {
  /** The configuration to write, as JSON. */
  config: {
    $schema?: string;
    specs?: string[];
    results?: { path: string }[];
    providers?: { name: string; command: string[]; results: string[] }[];
  };
  /** What was found, one sentence each. */
  detected: string[];
  /** What a person should still do, one sentence each. */
  advice: string[];
}

/**
 * Drafts a configuration from what the folder holds. Everything it names was seen. Where a runner has left reports they are
 * read, so that the first look needs nothing installed; else, or where its program is installed in the project, it is
 * run.
 */
export function proposeConfig(facts: ProjectFacts): Proposal {
  const proposal: Proposal = { config: {}, detected: [], advice: [] };
  if (facts.files.includes("node_modules/spec-evidence/package.json") || dependsOn(facts, "", "spec-evidence")) {
    proposal.config.$schema = "./node_modules/spec-evidence/schemas/config.schema.json";
  }
  proposeSpecs(facts, proposal);
  const runners = runnersOf(facts);
  const providers: NonNullable<Proposal["config"]["providers"]> = [];
  const results = new Set<string>();
  const left = new Set(facts.reports);
  for (const runner of runners) {
    const own = [...left].filter(runner.wrote);
    for (const report of own) left.delete(report);
    const { command } = runner;
    if (own.length > 0 && (command === null || !runner.isInstalled)) {
      for (const pattern of runner.reads === null ? places(own) : [runner.reads]) results.add(pattern);
      readReports(runner, own.length, proposal);
      continue;
    }
    if (command !== null) {
      providers.push({ name: runner.name, command, results: runner.results });
      proposal.detected.push(`${runner.name}: tests are run with \`${command.join(" ")}\``);
    }
    if (runner.advice !== undefined) proposal.advice.push(runner.advice);
  }
  for (const pattern of places([...left])) {
    results.add(pattern);
    proposal.detected.push(`${pattern}: a test report`);
  }
  if (providers.length > 0) proposal.config.providers = providers;
  if (results.size > 0) proposal.config.results = [...results].sort(compareText).map((path) => ({ path }));
  if (providers.length + results.size === 0) {
    proposal.advice.push(
      "No test runner was recognised: name its command under `providers` or its report under `results`.",
    );
  }
  return proposal;
}

function readReports({ name, command }: Runner, count: number, proposal: Proposal): void {
  proposal.detected.push(
    `${name}: ${count} test report${count === 1 ? "" : "s"}, read as ${count === 1 ? "it is" : "they are"}`,
  );
  proposal.advice.push(
    `Run the tests of ${name} before each check, or name a command for it under \`providers\`${command === null ? "" : `, such as \`${command.join(" ")}\``}.`,
  );
}

const MANY = 4;

/** The paths of reports as patterns: a folder that holds many of them is read as a whole. */
function places(reports: ProjectFacts["reports"]): string[] {
  const folders = new Map<string, string[]>();
  for (const { path } of reports) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return [...folders]
    .flatMap(([folder, paths]) => (paths.length < MANY ? paths.map(escapeGlob) : [`${escapeGlob(folder)}*.xml`]))
    .sort(compareText);
}

/** A class of one character stands for that character: patterns are written without backslashes. */
function escapeGlob(path: string): string {
  return path.replace(/[*?[{(!+@|]/gu, (character) => `[${character}]`);
}

function proposeSpecs(facts: ProjectFacts, proposal: Proposal): void {
  const folders = new Map<string, number>();
  for (const path of facts.files) {
    const match = /^(?<folder>.*?openspec\/specs)\/.+\/spec\.md$/u.exec(path);
    const folder = match?.groups?.folder;
    if (folder !== undefined) folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  for (const [folder, count] of folders) {
    proposal.detected.push(`${folder}: ${count} specification${count === 1 ? "" : "s"}`);
  }
  if (folders.size === 0) {
    proposal.advice.push("No openspec/specs/<capability>/spec.md was found: write one, or set `specs`.");
  }
  const nested = [...folders.keys()].some((folder) => folder !== "openspec/specs");
  if (nested) proposal.config.specs = [...folders.keys()].sort().map((folder) => `${folder}/**/spec.md`);
}
