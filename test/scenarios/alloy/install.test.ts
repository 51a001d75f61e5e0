import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cachedJarPath, digestOf } from "../../../src/host/alloy/jar.js";
import { alloyJar } from "../../builders/alloy-engine.js";
import type { Run } from "../harness.js";
import { Project } from "../harness.js";

/** `evidence alloy --install` on a machine that has no jar of Alloy: its home, cache and PATH are the project's own. */

const ARTIFACT = "org.alloytools:org.alloytools.alloy.dist:6.2.0";

let project: Project;

beforeEach(() => {
  project = new Project(null);
  mkdirSync(join(project.root, "bin"));
});

afterEach(() => project.remove());

function env(): Record<string, string> {
  const { root } = project;
  return { HOME: root, PATH: join(root, "bin"), XDG_CACHE_HOME: join(root, "cache"), ALLOY_JAR: "" };
}

function install(own: Record<string, string> = {}): Promise<Run> {
  return project.evidenceWith({ ...env(), ...own }, "alloy", "--install");
}

/** A Maven that copies `source` where its copy goal was told to, and notes down what it was asked. */
function maven(source: string): void {
  const folder = `for each in "$@"; do case "$each" in -DoutputDirectory=*) folder="\${each#*=}";; esac; done`;
  const asked = `echo "$@" >>${join(project.root, "asked")}`;
  const lines = ["#!/bin/sh", `PATH=${process.env.PATH}`, asked, folder, `cp ${source} "$folder/"`];
  project.write("bin/mvn", `${lines.join("\n")}\n`);
  chmodSync(join(project.root, "bin/mvn"), 0o755);
}

const asked = () => (existsSync(join(project.root, "asked")) ? project.read("asked").trimEnd().split("\n") : []);

describe.skipIf(alloyJar === null)("evidence alloy --install", () => {
  it("prints the path of the jar that it obtained, and obtains it once", async () => {
    traceSpec("ALLOYENG-LOCATE-FETCH");
    maven(alloyJar?.path ?? "");
    const jar = cachedJarPath(env());
    const first = await install();
    expect(first).toMatchObject({ code: 0, stdout: `${jar}\n` });
    expect(first.stderr).toContain(`(Maven, SHA-256 ${alloyJar?.digest})`);
    expect(digestOf(jar)).toEqual({ digest: alloyJar?.digest });
    expect(asked()).toEqual([expect.stringContaining(`-Dartifact=${ARTIFACT} `)]);
    const again = await install();
    expect(again).toMatchObject({ code: 0, stdout: `${jar}\n` });
    expect(again.stderr).toContain("(the cache, ");
    expect(asked()).toHaveLength(1);
  });

  it("says that there is no Maven to obtain it with", async () => {
    traceSpec("ALLOYENG-LOCATE-FETCH");
    const { code, stdout, stderr } = await install();
    expect(stderr).toContain("Alloy cannot be obtained: there is no mvn on the PATH");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("keeps no jar with an unknown digest", async () => {
    traceSpec("ALLOYENG-LOCATE-FETCH");
    project.write("other.jar", Buffer.concat([readFileSync(alloyJar?.path ?? ""), Buffer.from("\n")]));
    const other = digestOf(join(project.root, "other.jar"));
    maven(join(project.root, "other.jar"));
    const { code, stdout, stderr } = await install();
    expect(stderr).toContain(`${ARTIFACT} has the unknown digest ${"digest" in other ? other.digest : ""}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(existsSync(cachedJarPath(env()))).toBe(false);
  });

  it("obtains none in the place of one that is named", async () => {
    traceSpec("ALLOYENG-LOCATE-NAMED");
    maven(alloyJar?.path ?? "");
    const absent = join(project.root, "absent.jar");
    const { code, stdout, stderr } = await install({ ALLOY_JAR: absent });
    expect(stderr).toContain(`ALLOY_JAR: ${absent} cannot be read`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(asked()).toEqual([]);
    copyFileSync(alloyJar?.path ?? "", absent);
    expect(await install({ ALLOY_JAR: absent })).toMatchObject({ code: 0, stdout: `${absent}\n` });
  });
});
