import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../harness.js";

let project: Project;

beforeEach(() => {
  project = new Project("commands");
});

afterEach(() => project.remove());

describe("evidence init --agents", () => {
  it("writes the section, keeps the rest, and writes it once", async () => {
    traceSpec("HABIT-AGENTS", "HABIT-AGENTS-KEEP", "HABIT-AGENTS-AGAIN");
    const config = project.read("evidence.config.json");
    expect(await project.evidence("init", "--agents")).toMatchObject({ code: 0 });
    const fresh = project.read("AGENTS.md");
    for (const word of ["next --json", "why TAG", "traceSpec", "evidence check"]) expect(fresh).toContain(word);
    expect(project.read("evidence.config.json")).toBe(config);
    const [before, after] = ["# Ours\r\n\ttabs  \r\n", "\r\n\u00a0last line without an end"];
    project.write("AGENTS.md", before);
    await project.evidence("init", "--agents");
    const appended = project.read("AGENTS.md");
    expect(appended.startsWith(before)).toBe(true);
    project.write("AGENTS.md", appended.replace("Requirements and evidence", "Old") + after);
    await project.evidence("init", "--agents");
    expect(project.read("AGENTS.md")).toBe(appended + after);
    const again = await project.evidence("init", "--agents");
    expect(again.stdout).toContain("up to date");
    expect(project.read("AGENTS.md")).toBe(appended + after);
  });

  it("leaves a file with damaged markers, another coding or a link as it is", async () => {
    traceSpec("HABIT-AGENTS-MARKERS", "HABIT-AGENTS-KEEP");
    const damaged = "<!-- evidence:start -->\nours\n";
    project.write("AGENTS.md", damaged);
    const run = await project.evidence("init", "--agents");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("evidence:end");
    expect(project.read("AGENTS.md")).toBe(damaged);
    const latin = Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a);
    project.write("AGENTS.md", latin);
    expect((await project.evidence("init", "--agents")).code).toBe(2);
    expect(readFileSync(join(project.root, "AGENTS.md"))).toEqual(Buffer.from(latin));
  });

  it("writes through no link", async () => {
    traceSpec("HABIT-AGENTS-KEEP");
    project.write("elsewhere.md", "ours\n");
    symlinkSync("elsewhere.md", join(project.root, "AGENTS.md"));
    expect((await project.evidence("init", "--agents")).code).toBe(2);
    expect(project.read("elsewhere.md")).toBe("ours\n");
  });
});

describe("evidence next --json", () => {
  it("keeps to its schema", async () => {
    traceSpec("HABIT-NEXT");
    const schema = JSON.parse(readFileSync(new URL("../../../schemas/next.schema.json", import.meta.url), "utf8"));
    const isNext = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    project.edit("openspec/specs/box/spec.md", "[BOX-CAPACITY]", "[BOX-VOLUME]");
    const run = await project.evidence("next", "--json");
    const printed = JSON.parse(run.stdout);
    expect(isNext(printed), JSON.stringify(isNext.errors)).toBe(true);
    expect(new Set(printed.steps.map(({ subject }: { subject: string }) => subject))).toEqual(
      new Set(["tag", "finding"]),
    );
    expect(isNext({ ...printed, gate: "maybe" })).toBe(false);
  });
});
