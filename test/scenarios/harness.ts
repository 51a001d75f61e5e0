import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Check } from "../../src/model/check.js";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const COMMAND = join(REPOSITORY, "bin/evidence.js");

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A copy of a scenario's project in a folder of its own, to be changed and judged. */
export class Project {
  /** The script behind the command. */
  static readonly command = COMMAND;

  readonly root: string;

  /** `scenario` names a folder beside this file that holds `project/`; without one the folder is empty. */
  constructor(scenario: string | null) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "evidence-scenario-")));
    if (scenario !== null)
      cpSync(join(REPOSITORY, "test/scenarios", scenario, "project"), this.root, { recursive: true });
  }

  /** Makes vitest and this package available to it, as an installation would. */
  async install(): Promise<void> {
    await mkdir(join(this.root, "node_modules"));
    symlinkSync(join(REPOSITORY, "node_modules/vitest"), join(this.root, "node_modules/vitest"));
    symlinkSync(join(REPOSITORY, "node_modules/.bin"), join(this.root, "node_modules/.bin"));
    symlinkSync(REPOSITORY, join(this.root, "node_modules/spec-evidence"));
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  write(path: string, content: string | Uint8Array): void {
    writeFileSync(join(this.root, path), content);
  }

  /** Replaces text that must be there. */
  edit(path: string, before: string, after: string): void {
    const text = this.read(path);
    if (!text.includes(before)) throw new Error(`${path} does not hold ${JSON.stringify(before)}`);
    this.write(path, text.replace(before, after));
  }

  async evidence(...args: string[]): Promise<Run> {
    return execute(process.execPath, [COMMAND, ...args], this.root);
  }

  async evidenceWith(env: Record<string, string>, ...args: string[]): Promise<Run> {
    return execute(process.execPath, [COMMAND, ...args], this.root, env);
  }

  /** Runs `evidence check --format json` with further arguments. */
  async check(...args: string[]): Promise<Run & { report: Check }> {
    const run = await this.evidence("check", "--format", "json", ...args);
    try {
      return { ...run, report: JSON.parse(run.stdout) as Check };
    } catch {
      throw new Error(`exit ${run.code}: no JSON on standard output\n${run.stdout.slice(0, 500)}\n${run.stderr}`);
    }
  }

  async git(...args: string[]): Promise<void> {
    const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
    const run = await execute("git", [...identity, ...args], this.root);
    if (run.code !== 0) throw new Error(`git ${args.join(" ")}: ${run.stderr}`);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Verdict by tag, as the report says. */
export function verdicts(report: Check): Record<string, string> {
  return Object.fromEntries(report.tags.map((tag) => [tag.tag, tag.verdict]));
}

export function execute(command: string, args: string[], cwd: string, env: Record<string, string> = {}): Promise<Run> {
  // A scenario is a project of its own: what the surrounding test run sets for its workers must not reach it.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|EVIDENCE)/.test(name) && !["NODE_ENV", "TEST", "CI"].includes(name),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...Object.fromEntries(inherited), ...env } });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
