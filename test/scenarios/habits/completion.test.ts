import { existsSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { execute, Project } from "../harness.js";

let project: Project;

beforeEach(async () => {
  project = new Project("commands");
  project.write("evidence", `#!/bin/sh\nexec "${process.execPath}" "${Project.command}" "$@"\n`);
  await execute("chmod", ["+x", "evidence"], project.root);
});

afterEach(() => project.remove());

/** What bash offers for each line, of which the last word is being typed. */
async function offered(...lines: string[][]): Promise<string[][]> {
  const script = `
    PATH="$PWD:$PATH"
    source <(evidence completion bash)
    complete -p evidence
    declare -F _evidence
    offer() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _evidence; echo "\${COMPREPLY[*]}"; }
    ${lines.map((words) => `offer ${words.map((word) => `'${word}'`).join(" ")}`).join("\n")}`;
  const run = await execute("bash", ["--norc", "-c", script], project.root);
  expect(run.stderr).toBe("");
  const [registered, named, ...answers] = run.stdout.trimEnd().split("\n");
  expect(registered).toBe("complete -o default -F _evidence evidence");
  expect(named).toBe("_evidence");
  return answers.map((answer) => answer.split(" ").filter((word) => word !== ""));
}

describe("evidence completion", () => {
  it("offers commands and options in bash, where they fit", async () => {
    traceSpec("HABIT-COMPLETION", "HABIT-COMPLETION-BASH");
    const [commands, nested, option, below, afterValue, codes, value] = await offered(
      ["evidence", "che"],
      ["evidence", "tags", "s"],
      ["evidence", "check", "--wat"],
      ["evidence", "manifest", "verify", "--no-c"],
      ["evidence", "-C", "check", "manifest", "ver"],
      ["evidence", "explain", "TAG00"],
      ["evidence", "check", "--output", ""],
    );
    expect(commands).toEqual(["check"]);
    expect(nested).toEqual(["show"]);
    expect(option).toEqual(["--watch"]);
    expect(below).toEqual(["--no-color", "--no-cache"]);
    expect(afterValue).toEqual(["verify"]);
    expect(codes).toContain("TAG004");
    expect(value ?? []).toEqual([]);
  });

  it("offers the tags of the last manifest", async () => {
    traceSpec("HABIT-COMPLETION-TAGS");
    expect(await offered(["evidence", "why", "BOX-"])).toEqual([]);
    await project.evidence("manifest");
    const [why, show] = await offered(["evidence", "why", "BOX-C"], ["evidence", "tags", "show", "BOX-C"]);
    expect(why).toEqual(["BOX-CAPACITY"]);
    expect(show).toEqual(why);
  });

  it("offers nothing else that a manifest holds, and runs none of it", async () => {
    traceSpec("HABIT-COMPLETION-HOSTILE");
    await project.evidence("manifest");
    const manifest = JSON.parse(project.read("evidence-manifest.json"));
    const [first] = manifest.predicate.catalog;
    const bad = ["BOX-$(touch run)", "BOX-`touch run`", "BOX-A\nBOX-;touch run", "BOX-* x"].map((tag) => ({
      ...first,
      tag,
    }));
    manifest.predicate.catalog.push(...bad);
    project.write("evidence-manifest.json", JSON.stringify(manifest));
    const [tags] = await offered(["evidence", "why", "BOX-"]);
    expect(tags).toContain("BOX-CAPACITY");
    expect(tags?.every((tag) => /^BOX-[A-Z-]+$/u.test(tag))).toBe(true);
    expect(existsSync(join(project.root, "run"))).toBe(false);
    project.write("evidence-manifest.json", "[");
    expect((await project.evidence("completion", "tags")).stdout).toBe("");
  });

  it.each(["bash", "zsh", "fish"])("names every command and option for %s", async (shell) => {
    traceSpec("HABIT-COMPLETION");
    const [help, check, script] = await Promise.all([
      project.evidence("--help"),
      project.evidence("check", "--help"),
      project.evidence("completion", shell),
    ]);
    const commands = [...help.stdout.matchAll(/^ {2}([a-z]+) /gmu)].map(([, name]) => name ?? "");
    const options = [...(help.stdout + check.stdout).matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gmu)].map(
      ([, name]) => name ?? "",
    );
    expect(commands.length).toBeGreaterThan(15);
    expect(options.length).toBeGreaterThan(15);
    for (const each of commands.filter((name) => name !== "help")) expect(script.stdout).toContain(each);
    const flag = shell === "fish" ? "-l " : "--";
    for (const each of options) expect(script.stdout).toContain(`${flag}${each}`);
  });

  it("refuses another shell", async () => {
    traceSpec("HABIT-COMPLETION-UNKNOWN");
    const run = await project.evidence("completion", "tcsh");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("bash, zsh, fish");
  });
});
