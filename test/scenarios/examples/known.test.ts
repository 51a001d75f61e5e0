import { rmSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project, verdicts } from "../harness.js";

/** What commands that run nothing know of examples: what the last run on the same files saw. */

const WRONG = "openspec/specs/wrong/spec.md";

let project: Project;

beforeEach(() => {
  project = new Project("examples");
  rmSync(join(project.root, "openspec/specs/right"), { recursive: true });
  const example = (at: number, code: string) =>
    `### Requirement: Box ${at} [BOX-${at}]\nTHE box SHALL open.\n\n##### Evidence\n- Example:\n\`\`\`js\n${code}\n\`\`\`\n`;
  const good = example(1, 'import { double } from "boxes";\ndouble(1); //=> 2');
  const bad = example(2, 'import { double } from "boxes";\ndouble(1); //=> 3');
  project.write(WRONG, `# Box\n\n## Purpose\n\nOpen.\n\n## Requirements\n\n${good}\n${bad}`);
});

afterEach(() => project.remove());

async function known(...more: string[]): Promise<Record<string, string>> {
  return verdicts((await project.check("--no-run", ...more)).report);
}

const SEEN = { "BOX-1": "verified", "BOX-2": "failing" };
const UNKNOWN = { "BOX-1": "missing", "BOX-2": "missing" };

describe("a run of examples", () => {
  it.each(["check", "examples"])("by %s is known to commands that run nothing", async (command) => {
    traceSpec("EXAMPLE-KNOWN");
    expect(await known()).toEqual(UNKNOWN);
    await project.evidence(command);
    const { report } = await project.check("--no-run");
    expect(verdicts(report)).toEqual(SEEN);
    expect(report.findings.filter(({ code }) => code === "EX001")).toMatchObject([{ tags: ["BOX-2"] }]);
    expect((await project.evidence("why", "BOX-1")).stdout).toContain("verified");
    expect((await project.evidence("next")).stdout).not.toContain("BOX-1");
    const { stdout } = await project.evidence("manifest");
    const manifest = stdout.startsWith("{") ? stdout : project.read("evidence-manifest.json");
    expect(manifest).toContain("example 1 of BOX-1");
    expect(await known("--skip", "examples")).toEqual(UNKNOWN);
  });

  it("is forgotten when a file it may depend on has changed, and known again on the same files", async () => {
    traceSpec("EXAMPLE-KNOWN-CHANGED");
    await project.evidence("examples");
    for (const path of ["src/box.js", "package.json", WRONG, "notes.txt"]) {
      const before = path === "notes.txt" ? null : project.read(path);
      project.write(path, `${before ?? ""}\n`);
      expect([path, await known()]).toEqual([path, UNKNOWN]);
      if (before === null) rmSync(join(project.root, path));
      else project.write(path, before);
      expect([path, await known()]).toEqual([path, SEEN]);
    }
  });

  it("that changes the files is not kept", async () => {
    traceSpec("EXAMPLE-KNOWN-CHANGED");
    project.edit(
      WRONG,
      "double(1); //=> 2",
      'process.getBuiltinModule("fs").appendFileSync("log.txt", "x");\ndouble(1); //=> 2',
    );
    await project.evidence("examples");
    expect(await known()).toEqual(UNKNOWN);
    rmSync(join(project.root, "log.txt"));
    expect(await known()).toEqual(UNKNOWN);
  });

  it("is not believed when it came with the files", async () => {
    traceSpec("EXAMPLE-KNOWN-TRACKED");
    await project.git("init", "-q");
    await project.evidence("examples");
    expect(await known()).toEqual(SEEN);
    await project.git("add", "-f", ".evidence");
    expect(await known()).toEqual(UNKNOWN);
    await project.git("rm", "-rq", "--cached", ".evidence");
    expect(await known()).toEqual(SEEN);
    expect(await known("--no-cache")).toEqual(UNKNOWN);
  });
});
