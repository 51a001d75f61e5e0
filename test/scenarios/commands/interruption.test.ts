import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { execute, Project } from "../harness.js";

let project: Project;

beforeEach(() => {
  project = new Project("commands");
});

afterEach(() => project.remove());

/** A provider that says which process it is and never ends. */
const ENDLESS = `
  require("node:fs").writeFileSync("started", String(process.pid));
  setInterval(() => {}, 1000);
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(20);
}

describe("an interrupted check", () => {
  it("stops the provider, leaves no half file and exits with 130", async () => {
    traceSpec("CLI-INTERRUPT");
    const provider = { name: "endless", command: [process.execPath, "-e", ENDLESS], results: ["never.xml"] };
    project.write("evidence.config.json", JSON.stringify({ providers: [provider] }));
    const command = spawn(process.execPath, [Project.command, "check"], { cwd: project.root });
    let stderr = "";
    command.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const started = join(project.root, "started");
    await until(() => existsSync(started) && project.read("started") !== "");
    const pid = Number(project.read("started"));
    command.kill("SIGINT");
    const code = await new Promise((resolve) => command.on("close", resolve));
    expect(code).toBe(130);
    expect(stderr).toContain("interrupted");
    expect(stderr).not.toMatch(/^\s+at /mu);
    await until(() => !isAlive(pid));
    const left = readdirSync(project.root, { recursive: true, encoding: "utf8" });
    expect(left.filter((path) => path.endsWith(".tmp") || path.endsWith("evidence-manifest.json"))).toEqual([]);
  });

  it("takes a reader that closes early as no error", async () => {
    traceSpec("CLI-CLOSED-PIPE");
    const pipe = `"${process.execPath}" "${Project.command}" explain TAG004 --format json; echo "exit $?" >&2`;
    const run = await execute("sh", ["-c", `{ ${pipe}; } | true`], project.root);
    expect(run.stderr).toContain("exit 0");
    expect(run.stderr).not.toContain("EPIPE");
  });
});
