import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../harness.js";

let project: Project;
let child: ChildProcess | null = null;

beforeEach(() => {
  project = new Project("commands");
});

afterEach(() => {
  child?.kill("SIGKILL");
  child = null;
  project.remove();
});

const SPEC = "openspec/specs/box/spec.md";
const PASSED = 'name="keeps at most three things" time="0.001">';
const FAILED = 'name="keeps at most three things"><failure message="too many"/>';

/** A running watch, and what it has printed so far. */
class Watch {
  stdout = "";
  stderr = "";
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(...args: string[]) {
    const command = [Project.command, "check", "--watch", ...args];
    const started = spawn(process.execPath, command, { cwd: project.root, env: { ...process.env, CI: "" } });
    child = started;
    this.#child = started;
    started.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    started.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((done) => started.on("close", done));
  }

  /** How often it has judged and waits again. */
  get waits(): number {
    return this.stderr.split("watching for changes").length - 1;
  }

  async waited(times: number): Promise<void> {
    while (this.waits < times && this.#child.exitCode === null) await pause(20);
    expect(this.waits, this.stderr).toBe(times);
  }

  /** Changes a file while nothing is judged, and gives what was printed about it. */
  async after(change: () => void): Promise<string> {
    const [before, times] = [this.stdout.length, this.waits];
    change();
    await this.waited(times + 1);
    return this.stdout.slice(before);
  }

  interrupt(): Promise<number | null> {
    this.#child.kill("SIGINT");
    return this.ended;
  }
}

describe("evidence check --watch", () => {
  it("judges again when something changes, says what that did, and ends with 0", async () => {
    traceSpec("WATCH-AGAIN", "WATCH-CHANGES", "WATCH-END", "WATCH-SCREEN");
    const watch = new Watch();
    await watch.waited(1);
    expect(watch.stdout).toMatch(/^PASS {2}2 of 3/u);
    const failing = await watch.after(() => project.edit("reports/junit.xml", PASSED, FAILED));
    expect(failing).toMatch(/^FAIL.*\n\n {2}failing {2}BOX-CAPACITY .*\(was verified\)/u);
    const verified = await watch.after(() => project.edit("reports/junit.xml", FAILED, PASSED));
    expect(verified).toMatch(/^PASS.*\n\n {2}verified {2}BOX-CAPACITY .*\(was failing\)/u);
    const renamed = await watch.after(() => project.edit(SPEC, "[BOX-CAPACITY]", "[BOX-VOLUME]"));
    expect(renamed).toContain("BOX-VOLUME");
    expect(renamed).toContain("TAG004");
    expect(watch.stdout).not.toContain("\u001b");
    expect(await watch.interrupt()).toBe(0);
    expect(watch.waits).toBe(4);
  });

  it("sees new folders, and goes on after a broken configuration", async () => {
    traceSpec("WATCH-AGAIN-FOLDER", "WATCH-AGAIN-BROKEN");
    const watch = new Watch();
    await watch.waited(1);
    const spec = "## Requirements\n\n### Requirement: Lid [LID-SHUT]\nTHE lid SHALL be shut.\n";
    const added = await watch.after(() => {
      mkdirSync(join(project.root, "openspec/specs/lid"));
      project.write("openspec/specs/lid/spec.md", spec);
    });
    expect(added).toContain("missing  LID-SHUT");
    const gone = await watch.after(() => rmSync(join(project.root, "openspec/specs/lid"), { recursive: true }));
    expect(gone).toContain("removed  LID-SHUT");
    const config = project.read("evidence.config.json");
    expect(await watch.after(() => project.write("evidence.config.json", "{"))).toBe("");
    expect(watch.stderr).toContain("evidence.config.json:1:");
    expect(await watch.after(() => project.write("evidence.config.json", config))).toContain("No verdict");
    expect(await watch.interrupt()).toBe(0);
  });

  it("stays quiet about what it writes itself and what git ignores", async () => {
    traceSpec("WATCH-QUIET");
    await project.git("init", "--quiet");
    project.write(".gitignore", "scratch.ts\n");
    const watch = new Watch("--report", "json=check.json");
    await watch.waited(1);
    project.write("scratch.ts", "// @verifies BOX-CAPACITY\n");
    project.write("evidence-manifest.json", project.read("evidence-manifest.json"));
    project.write("check.json", project.read("check.json"));
    project.write(".evidence/note.json", "{}");
    project.write("notes.log", "x");
    await pause(1000);
    expect(watch.waits).toBe(1);
    await watch.after(() => project.edit(SPEC, "# ", "#  "));
    expect(watch.waits, watch.stderr).toBe(2);
    expect(await watch.interrupt()).toBe(0);
  });

  it("takes results that a provider wrote for read", async () => {
    traceSpec("WATCH-QUIET-PROVIDERS");
    const script = "fs.copyFileSync('reports/junit.xml', 'made.xml')";
    const provider = {
      name: "copy",
      command: [process.execPath, "-e", script],
      results: ["made.xml"],
      inputs: ["reports/**"],
    };
    project.write("evidence.config.json", JSON.stringify({ providers: [provider], results: [{ path: "made.xml" }] }));
    const watch = new Watch();
    await watch.waited(1);
    expect(existsSync(join(project.root, "made.xml"))).toBe(true);
    await pause(1000);
    expect(watch.waits).toBe(1);
    const failing = await watch.after(() =>
      project.write("made.xml", project.read("made.xml").replace(PASSED, FAILED)),
    );
    expect(failing).not.toBe("");
    await pause(1000);
    expect(watch.waits, watch.stderr).toBe(2);
    expect(await watch.interrupt()).toBe(0);
  });

  it("stops a provider when interrupted within a judgement, and exits with 130", async () => {
    traceSpec("WATCH-END-JUDGING");
    const script = "fs.writeFileSync('started', String(process.pid)); setInterval(() => {}, 1000)";
    const provider = { name: "endless", command: [process.execPath, "-e", script], results: ["never.xml"] };
    project.write("evidence.config.json", JSON.stringify({ providers: [provider] }));
    const watch = new Watch();
    while (!existsSync(join(project.root, "started")) || project.read("started") === "") await pause(20);
    const pid = Number(project.read("started"));
    expect(await watch.interrupt()).toBe(130);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it.each([
    ["--format", "json"],
    ["--output", "out.txt"],
  ])("refuses %s %s", async (...args) => {
    traceSpec("WATCH-FORMAT");
    const run = await project.evidence("check", "--watch", ...args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("--report");
  });
});
