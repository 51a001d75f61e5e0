import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project, verdicts } from "../harness.js";

/** Every command on a small project whose test report is already there. */

let project: Project;

beforeEach(() => {
  project = new Project("commands");
});

afterEach(() => project.remove());

const SPEC = "openspec/specs/box/spec.md";
const ESCAPE = "\u001b";

describe("evidence", () => {
  it("exits with 0, 1 and 2 for pass, fail and misuse", async () => {
    traceSpec("CLI-EXIT", "CLI-EXIT-PASS", "CLI-EXIT-FAIL");
    const passed = await project.evidence("check");
    expect(passed.stdout).toMatch(/^PASS/u);
    expect(passed.code).toBe(0);
    project.edit(
      "reports/junit.xml",
      'name="keeps at most three things" time="0.001">',
      'name="keeps at most three things"><failure message="too many"/>',
    );
    const failed = await project.evidence("check");
    expect(failed.stdout).toMatch(/^FAIL/u);
    expect(failed.stdout).toContain("too many");
    expect(failed.code).toBe(1);
    expect((await project.evidence("check", "--format", "pdf")).code).toBe(2);
  });

  it.each([
    [["chekc"], "check"],
    [["check", "--formt", "json"], "--format"],
    [["check", "--format", "jsno"], "json"],
  ])("names the nearest known word for %s", async (args, near) => {
    traceSpec("CLI-EXIT-USAGE", "CLI-NO-TRACE");
    const { code, stdout, stderr } = await project.evidence(...args);
    expect(stderr).toContain(near);
    expect(stderr).not.toMatch(/^\s+at /mu);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it.each([
    ['{ "results": [', "evidence.config.json:1:"],
    ['{\n  "reslts": []\n}\n', "evidence.config.json:2:3"],
    ['{ "mode": "loose" }', "strict"],
  ])("says where the configuration %j is broken", async (text, place) => {
    traceSpec("CLI-EXIT-CONFIG", "CLI-NO-TRACE");
    project.write("evidence.config.json", text);
    const { code, stderr } = await project.evidence("check");
    expect(stderr).toContain(place);
    expect(stderr).not.toMatch(/^\s+at /mu);
    expect(code).toBe(2);
  });

  it("prints JSON that the published schema accepts", async () => {
    traceSpec("CLI-FORMAT", "CLI-FORMAT-JSON");
    const { report } = await project.check();
    const schema = JSON.parse(readFileSync(new URL("../../../schemas/check.schema.json", import.meta.url), "utf8"));
    const validate = new Ajv2020({ strict: false, logger: false }).compile(schema);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...report, gate: "maybe" })).toBe(false);
    expect(verdicts(report)).toEqual({
      "BOX-CAPACITY": "verified",
      "BOX-OPEN": "verified",
      "BOX-OPEN-LOCKED": "waived",
    });
  });

  it.each([
    ["text", /^PASS {2}/u],
    ["markdown", /^## /u],
    ["junit", /^<\?xml/u],
  ])("prints %s", async (format, start) => {
    traceSpec("CLI-FORMAT");
    const { code, stdout } = await project.evidence("check", "--format", format);
    expect(stdout).toMatch(start);
    expect(code).toBe(0);
  });

  it("writes the report where --output says", async () => {
    traceSpec("CLI-OUTPUT");
    const { stdout } = await project.evidence("check", "--format", "json", "--output", "out/report.json");
    expect(stdout).toBe("");
    expect(JSON.parse(project.read("out/report.json"))).toMatchObject({ gate: "pass" });
  });

  it("prints no colour into a pipe", async () => {
    traceSpec("CLI-COLOUR");
    const { stdout, stderr } = await project.evidence("check");
    expect(stdout + stderr).not.toContain(ESCAPE);
  });

  it("keeps every line within 80 columns", async () => {
    traceSpec("CLI-FORMAT");
    for (const args of [["check"], ["next"], ["why", "BOX-OPEN"], ["tags"], ["doctor"], ["explain", "TAG004"]]) {
      const { stdout } = await project.evidence(...args);
      expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
  });
});

describe("evidence why, next, tags and explain", () => {
  it("shows one requirement's whole case", async () => {
    traceSpec("CLI-WHY");
    const { code, stdout } = await project.evidence("why", "BOX-CAPACITY");
    for (const part of [
      "keep at most 3 things",
      "verified",
      "keeps at most three things",
      "test/box.test.ts:9",
      "src/box.ts:11",
    ]) {
      expect(stdout).toContain(part);
    }
    expect(code).toBe(0);
  });

  it("names the nearest tag for an unknown one", async () => {
    traceSpec("CLI-WHY-UNKNOWN");
    const { code, stdout, stderr } = await project.evidence("why", "BOX-CAPACTY");
    expect(stdout + stderr).toContain("BOX-CAPACITY");
    expect(code).toBe(2);
  });

  it("lists what is missing with what would close it", async () => {
    traceSpec("CLI-NEXT");
    rmSync(join(project.root, "evidence.waivers.yaml"));
    const { stdout } = await project.evidence("next", "--json");
    const { steps } = JSON.parse(stdout) as { steps: { tag?: string; tags?: string[] }[] };
    expect(JSON.stringify(steps[0])).toContain("BOX-OPEN-LOCKED");
    expect((await project.evidence("next")).stdout).toContain("BOX-OPEN-LOCKED");
  });

  it("lists the catalog, one tag, and what a word is found in", async () => {
    traceSpec("CLI-TAGS", "CLI-TAGS-SHOW");
    expect((await project.evidence("tags")).stdout).toMatch(/spec\.md\n +7:1 +BOX-OPEN +must/u);
    const shown = (await project.evidence("tags", "show", "BOX-OPEN")).stdout;
    for (const place of [`${SPEC}:7`, "src/box.ts:5", "test/box.test.ts:4"]) expect(shown).toContain(place);
    expect((await project.evidence("tags", "find", "lifted")).stdout).toContain("BOX-OPEN");
  });

  it("explains a code, and knows the nearest for an unknown one", async () => {
    traceSpec("CLI-EXPLAIN");
    const known = await project.evidence("explain", "TAG004");
    expect(known.stdout).toContain("Reference to an unknown tag");
    expect(known.code).toBe(0);
    const unknown = await project.evidence("explain", "TGA004");
    expect(unknown.stdout + unknown.stderr).toContain("TAG004");
    expect(unknown.code).toBe(2);
  });
});

describe("evidence init and doctor", () => {
  it("writes a configuration for what it finds, which then works", async () => {
    traceSpec("CLI-INIT");
    rmSync(join(project.root, "evidence.config.json"));
    project.write("package.json", '{ "devDependencies": { "vitest": "*" } }');
    await project.install();
    const { code, stdout } = await project.evidence("init");
    expect(stdout).toContain("vitest");
    expect(code).toBe(0);
    expect(JSON.parse(project.read("evidence.config.json"))).toMatchObject({
      providers: [{ name: "vitest", results: [".evidence/results/vitest.xml"] }],
    });
    expect((await project.check("--no-run")).report.totals.tags).toBe(3);
  });

  it("leaves an existing configuration alone", async () => {
    traceSpec("CLI-INIT-EXISTS");
    const before = project.read("evidence.config.json");
    expect((await project.evidence("init")).code).toBe(2);
    expect(project.read("evidence.config.json")).toBe(before);
  });

  it("says what is installed", async () => {
    traceSpec("CLI-DOCTOR");
    const { stdout } = await project.evidence("doctor", "--format", "json");
    const { parts } = JSON.parse(stdout) as { parts: { part: string; status: string; version: string }[] };
    const wanted = ["node", "git", "java", "python3", "jshell", "z3", "alloy", "alloy engine"];
    expect(parts.map((each) => each.part)).toEqual(wanted);
    expect(parts[0]).toMatchObject({ status: "ok", version: process.version.slice(1) });
    const bare = await project.evidenceWith({ PATH: project.root }, "doctor");
    expect(bare.stdout).toMatch(/absent +python3\s+needed for examples in Python/u);
    expect(bare.stdout).toMatch(/absent +jshell\s+needed for examples in Java/u);
  });

  it("says which Alloy is run, also with a broken configuration", async () => {
    traceSpec("ALLOYENG-DOCTOR");
    const alloy = async (env: Record<string, string>) => {
      const { stdout, code } = await project.evidenceWith(env, "doctor", "--format", "json");
      expect(code).toBe(0);
      const { parts } = JSON.parse(stdout) as { parts: { part: string; status: string; neededFor: string }[] };
      return parts.filter(({ part }) => part.startsWith("alloy"));
    };
    project.write("other.jar", "no jar of Alloy");
    const digest = createHash("sha256").update("no jar of Alloy").digest("hex");
    const where = { ALLOY_JAR: join(project.root, "other.jar") };
    expect((await alloy(where))[0]).toMatchObject({ status: "broken", hint: expect.stringContaining(digest) });
    project.write("evidence.config.json", JSON.stringify({ alloy: { digest } }));
    const [jar, engine] = await alloy(where);
    expect(jar).toMatchObject({ status: "ok", neededFor: expect.stringContaining(`ALLOY_JAR: ${where.ALLOY_JAR}`) });
    expect(engine?.part).toBe("alloy engine");
    const empty = { HOME: project.root, XDG_CACHE_HOME: project.root, PATH: project.root };
    expect((await alloy(empty))[0]).toMatchObject({ status: "absent", version: null });
    project.write("evidence.config.json", "{");
    expect((await alloy(where))[0]).toMatchObject({ status: "broken" });
  });
});

it("proposes no other Alloy in the place of a named one", async () => {
  traceSpec("ALLOYENG-DOCTOR-NAMED");
  const hint = async (env: Record<string, string>) => {
    const { stdout } = await project.evidenceWith({ PATH: project.root, ...env }, "doctor", "--format", "json");
    const { parts } = JSON.parse(stdout) as { parts: { part: string; hint: string | null }[] };
    return parts.find(({ part }) => part === "alloy")?.hint ?? "";
  };
  const nowhere = { HOME: project.root, XDG_CACHE_HOME: project.root };
  expect(await hint(nowhere)).toContain("--install");
  project.write("other.jar", "no jar of Alloy");
  project.write("evidence.config.json", JSON.stringify({ alloy: { jar: "other.jar" } }));
  expect(await hint(nowhere)).toMatch(/^Unknown jar from alloy\.jar: .*alloy\.digest/u);
  expect(await hint(nowhere)).not.toContain("--install");
  project.write("evidence.config.json", JSON.stringify({ alloy: { jar: "gone.jar" } }));
  expect(await hint(nowhere)).toMatch(/^The jar that alloy\.jar names: .*gone\.jar cannot be read/u);
  expect(await hint(nowhere)).not.toContain("--install");
});

describe("the manifest", () => {
  const MANIFEST = "evidence-manifest.json";

  it("is written by check, and holds until something changes", async () => {
    traceSpec("CLI-MANIFEST", "CLI-MANIFEST-VERIFY");
    await project.check();
    expect((await project.evidence("manifest", "verify")).code).toBe(0);
    project.edit(SPEC, "at most 3 things", "at most 4 things");
    const { code, stdout } = await project.evidence("manifest", "verify");
    expect(stdout).toContain("BOX-CAPACITY");
    expect(code).toBe(1);
  });

  it("is read outside of the folder only where a person names it", async () => {
    traceSpec("MANIFEST-VERIFY-OUTSIDE");
    await project.check();
    const outside = `${basename(project.root)}-manifest.json`;
    renameSync(join(project.root, MANIFEST), join(project.root, "..", outside));
    try {
      symlinkSync("..", join(project.root, "out"));
      project.edit("evidence.config.json", "{", `{ "manifest": "out/${outside}",`);
      const { code, stdout } = await project.evidence("manifest", "verify");
      expect([code, stdout]).toEqual([2, ""]);
      expect((await project.evidence("manifest", "verify", join("..", outside))).code).toBe(0);
    } finally {
      rmSync(join(project.root, "..", outside));
    }
  });

  it("replaces no file that is none", async () => {
    traceSpec("CLI-MANIFEST-FOREIGN");
    const before = project.read(SPEC);
    project.write("evidence.config.json", JSON.stringify({ manifest: SPEC }));
    const { code, stderr } = await project.evidence("check");
    expect(stderr).toContain(SPEC);
    expect(code).toBe(2);
    expect(project.read(SPEC)).toBe(before);
  });

  it("is not written when only part was judged", async () => {
    traceSpec("CLI-MANIFEST");
    await project.check(SPEC);
    expect(existsSync(join(project.root, MANIFEST))).toBe(false);
  });

  it("has the same bytes in two runs and in two clones", async () => {
    traceSpec("MANIFEST-DETERMINISTIC", "MANIFEST-RELOCATABLE");
    await project.git("init", "--quiet");
    await project.git("add", ".");
    await project.git("commit", "--quiet", "-m", "box");
    await project.check();
    const first = project.read(MANIFEST);
    await project.check("--no-cache");
    expect(project.read(MANIFEST)).toBe(first);
    const clone = new Project(null);
    await project.git("clone", "--quiet", project.root, join(clone.root, "deeper", "clone"));
    await clone.evidence("-C", "deeper/clone", "check");
    expect(clone.read(`deeper/clone/${MANIFEST}`)).toBe(first);
    clone.remove();
  });

  it("is left out of a folder that cannot be written, which is judged all the same", async () => {
    traceSpec("CLI-CHECK-READONLY");
    chmodSync(project.root, 0o555);
    const { code, report, stderr } = await project.check();
    chmodSync(project.root, 0o755);
    expect(report.totals.verified).toBe(2);
    expect(stderr).toContain("no manifest written");
    expect(existsSync(join(project.root, MANIFEST))).toBe(false);
    expect(existsSync(join(project.root, ".evidence"))).toBe(false);
    expect(code).toBe(0);
  });
});

describe("evidence check without its surroundings", () => {
  it("works without git", async () => {
    mkdirSync(join(project.root, "empty-path"));
    const { code, stdout } = await project.evidenceWith({ PATH: join(project.root, "empty-path") }, "check");
    expect(stdout).toMatch(/^PASS/u);
    expect(code).toBe(0);
  });

  it("reports results that are configured and absent or empty", async () => {
    rmSync(join(project.root, "reports/junit.xml"));
    const absent = await project.check();
    expect(absent.report.findings.map((each) => [each.code, each.severity])).toContainEqual(["RES001", "error"]);
    project.write("reports/junit.xml", "<testsuites></testsuites>");
    const empty = await project.check();
    expect(empty.report.findings.map((each) => [each.code, each.severity])).toContainEqual(["RES002", "error"]);
    expect([absent.code, empty.code]).toEqual([1, 1]);
  });

  it("takes an empty report beside a full one as it is written", async () => {
    project.write("evidence.config.json", '{ "results": [{ "path": "reports/*.xml" }] }');
    project.write("reports/empty.xml", "<testsuites></testsuites>");
    const { code, report } = await project.check();
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  });
});
