import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { git, scratch } from "../../builders/scratch.js";
import { Project } from "../harness.js";

/** Links of specifications, right ones in `right/spec.md` and wrong ones, each with its code behind it, in `wrong/spec.md`. */

const RIGHT = "openspec/specs/right/spec.md";
const WRONG = "openspec/specs/wrong/spec.md";

let project: Project;

beforeEach(async () => {
  project = new Project("links");
  mkdirSync(join(project.root, "dist"));
  project.write("dist/built.js", "export const built = 1;\n");
  project.write(".gitignore", "dist\n");
  symlinkSync(scratch({ hosts: "localhost\n" }), join(project.root, "outside"));
  symlinkSync("nowhere.md", join(project.root, "docs/dangling.md"));
  await project.git("init", "--quiet");
});

afterEach(() => project.remove());

interface Links {
  facts: Record<string, number>;
  links: { file: string; line: number; url: string; state: string; finding: string | null }[];
  missing: { path: string; notes: string[]; links: unknown[] }[];
  findings: {
    id: string;
    code: string;
    severity: string;
    message: string;
    span: Record<string, number> & { file: string };
  }[];
  edits: { line: number; before: string; after: string }[];
  written: boolean;
}

async function links(...args: string[]): Promise<Links & { code: number | null; stderr: string }> {
  const run = await project.evidence("links", "--format", "json", ...args);
  return { ...(JSON.parse(run.stdout) as Links), code: run.code, stderr: run.stderr };
}

it("gives one finding for the links into a folder that is not there", async () => {
  traceSpec("LINK-FILE-GONE");
  const spec = (count: number) =>
    `## Requirements\n\n### Requirement: A thing [BOX-THING]\nTHE box SHALL hold.\n\n##### Evidence\n${Array.from({ length: count }, (_, at) => `- Test: [t${at}.ts](/gone/t${at}.ts)\n`).join("")}`;
  const codes = async () => {
    const { report } = await project.check();
    return report.findings.filter(({ file }) => file === "openspec/specs/gone/spec.md").map(({ code }) => code);
  };
  mkdirSync(join(project.root, "openspec/specs/gone"));
  project.write("openspec/specs/gone/spec.md", spec(4));
  expect(await codes()).toEqual(["LINK001", "LINK001", "LINK001", "LINK001"]);
  project.write("openspec/specs/gone/spec.md", spec(5));
  expect(await codes()).toEqual(["LINK012"]);
  mkdirSync(join(project.root, "gone"));
  expect(await codes()).toHaveLength(5);
});

describe("evidence links", () => {
  it("finds every seeded defect once, with its code and place, and nothing else", async () => {
    traceSpec("LINK-SEEDED", "LINK-FILE", "LINK-TARGET", "LINK-ANCHOR", "LINK-LINE", "LINK-NAME");
    const { findings, links: all, code } = await links();
    const seeded = project
      .read(WRONG)
      .split("\n")
      .flatMap((text, index) => {
        const match = /^(.*?)(!?\[.*|`.*`) <!-- (LINK\d{3}) -->$/.exec(text);
        if (match === null) return [];
        const [, before = "", link = "", expected = ""] = match;
        const column = before.length + 1;
        const end = column + link.replace(/\.$/, "").length;
        return [`${WRONG}:${index + 1}:${column}-${end} ${expected}`];
      });
    expect(seeded.length).toBeGreaterThan(70);
    expect(new Set(seeded.map((each) => each.slice(-7))).size).toBe(11);
    const found = findings.map(
      ({ span, code: each }) => `${span.file}:${span.line}:${span.column}-${span.endColumn} ${each}`,
    );
    expect(found.sort()).toEqual(seeded.sort());
    expect(code).toBe(1);
    const right = all.filter(({ file }) => file !== WRONG);
    expect(right.length).toBeGreaterThan(100);
    expect([...new Set(right.map(({ state }) => state))].sort()).toEqual(["external", "holds", "unchecked"]);
  });

  it("passes where every link holds", async () => {
    traceSpec("LINK-SEEDED");
    const run = await project.evidence("links", RIGHT, "packages");
    expect(run.stdout).toMatch(/^CLEAN {2}\d+ of \d+ links held against files, 0 broken, 0 with a wrong line/);
    expect(run.code).toBe(0);
  });

  it("prints a missing file once, however many links lead to it", async () => {
    traceSpec("LINK-REPORT");
    const many = Array.from(
      { length: 200 },
      (_, line) => `- Test: [gone.ts:${line + 1} x${line}](/src/gone.ts#L${line + 1})`,
    );
    project.write(
      RIGHT,
      `## Requirements\n\n### Requirement: A [RIGHT-A]\n\nTHE box SHALL open.\n\n##### Evidence\n\n${many.join("\n")}\n`,
    );
    const { stdout } = await project.evidence("links", RIGHT);
    expect(stdout).toMatch(/src\/gone\.ts {2}200 links\n/);
    expect(stdout.match(/gone\.ts/g)).toHaveLength(1);
    expect(stdout.split("\n").length).toBeLessThan(20);
    expect((await links(RIGHT)).findings).toHaveLength(200);
  });

  it("reports a specification that it cannot read, and that there is none", async () => {
    traceSpec("LINK-UNREADABLE");
    project.write(RIGHT, `# A\n\n${"x".repeat(100_001)}\n`);
    const { findings, code } = await links(RIGHT);
    expect(findings.map((each) => [each.code, each.span.file])).toEqual([["FILE003", RIGHT]]);
    expect(code).toBe(1);
    expect((await project.evidence("links", RIGHT)).stdout).toContain("FILE003");
    project.write("evidence.config.json", '{ "specs": ["nowhere/**/spec.md"] }');
    expect((await links()).findings).not.toEqual([]);
  });

  it("reads the links of the repository from a folder of it, as of the whole", async () => {
    traceSpec("LINK-FILE-ROOTS", "LINK-INSIDE-FOLDER");
    const run = await project.evidence("-C", "packages/core", "links", "--format", "json");
    const { facts } = JSON.parse(run.stdout) as Links;
    expect(facts).toMatchObject({ links: 4, checked: 4, broken: 0, moved: 0 });
  });
});

describe("evidence links --fix", () => {
  it("corrects what has moved, and what it cannot tell it leaves alone", async () => {
    traceSpec("LINK-FIX", "LINK-FIX-SEVERAL");
    const before = project.read(WRONG);
    const { findings, edits, written } = await links("--fix");
    expect(written).toBe(true);
    expect(findings.filter(({ code }) => code === "LINK004")).toEqual([]);
    expect(findings.filter(({ code }) => code === "LINK006")).toHaveLength(2);
    const changed = before
      .split("\n")
      .flatMap((line, index) => (project.read(WRONG).split("\n")[index] === line ? [] : [line]));
    expect(changed).toHaveLength(9);
    expect(changed.every((line) => /LINK00[47]/.test(line))).toBe(true);
    expect(edits).toHaveLength(19);
    expect(project.read(WRONG)).toContain("[registry.ts:35-37 checkAlias()](/src/registry.ts#L35-L37)");
    const after = project.read(WRONG);
    expect((await links("--fix")).edits).toEqual([]);
    expect(project.read(WRONG)).toBe(after);
  });

  it("keeps line ends, the byte order mark and blanks at line ends", async () => {
    traceSpec("LINK-FIX-ONLY");
    const text = `\uFEFF${project.read(WRONG).replaceAll("\n", "  \r\n")}the end \t`;
    project.write(WRONG, text);
    const { edits } = await links("--fix");
    expect(edits).toHaveLength(19);
    const fixed = project.read(WRONG);
    expect(fixed).not.toBe(text);
    expect(fixed.replace(/\d+/g, "0")).toBe(text.replace(/\d+/g, "0"));
  });

  it("writes nothing while it only shows", async () => {
    traceSpec("LINK-FIX-DRY");
    const before = project.read(WRONG);
    const { stdout } = await project.evidence("links", "--fix", "--dry-run");
    expect(stdout).toContain("Would correct (19)");
    expect(stdout).toMatch(/wrong\/spec\.md:\d+:\d+ {2}33 → 35/);
    expect(project.read(WRONG)).toBe(before);
    const { code, stderr } = await project.evidence("links", "--dry-run");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--fix")]);
  });

  it("says which links share a target and want different lines", async () => {
    traceSpec("LINK-FIX-SHARED");
    const text = `## Requirements\n\n### Requirement: A [RIGHT-A]\n\nTHE box SHALL open.\n\n##### Evidence\n\n- Implementation: [registry.ts:1 Cache][r], [registry.ts:1 Box][r]\n\n[r]: /src/registry.ts#L1\n`;
    project.write(RIGHT, text);
    const { stderr } = await links("--fix", RIGHT);
    expect(stderr).toContain("line 9 has a target that others share");
    expect(project.read(RIGHT)).toBe(text);
  });
});

describe("evidence links --fix on a file with", () => {
  const specify = (...entries: string[]) =>
    project.write(
      RIGHT,
      `## Requirements\n\n### Requirement: A [RIGHT-A]\n\nTHE box SHALL open.\n\n##### Evidence\n\n${entries.map((each) => `- Implementation: ${each}\n`).join("")}`,
    );

  it("a link that cannot be made to hold corrects the others", async () => {
    traceSpec("LINK-FIX-VAIN");
    specify(
      "[registry.ts:1 checkAlias()](/src/registry.ts#L1)",
      "[registry.ts:1-900 checkAlias()](/src/registry.ts#L1-L900)",
      "[registry.ts:2 openRegistry()](/src/registry.ts#L2), [registry.ts:35 checkAlias()](/src/registry.ts#%4C3)",
    );
    const before = project.read(RIGHT);
    const { edits, stderr } = await links("--fix", RIGHT);
    expect(edits.map(({ line, before: from, after }) => [line, from, after])).toEqual([
      [9, "1", "35"],
      [9, "1", "35"],
      [11, "2", "39"],
      [11, "2", "39"],
    ]);
    expect(stderr).toContain("line 11 has a target that others share, or an unusual form");
    const after = project.read(RIGHT);
    expect(after).toBe(
      before
        .replace(
          "[registry.ts:1 checkAlias()](/src/registry.ts#L1)",
          "[registry.ts:35 checkAlias()](/src/registry.ts#L35)",
        )
        .replace(
          "[registry.ts:2 openRegistry()](/src/registry.ts#L2)",
          "[registry.ts:39 openRegistry()](/src/registry.ts#L39)",
        ),
    );
  });

  it("no leave to write to it leaves it as it is", async () => {
    traceSpec("LINK-FIX-READONLY");
    specify("[registry.ts:1 checkAlias()](/src/registry.ts#L1)");
    const before = project.read(RIGHT);
    chmodSync(join(project.root, RIGHT), 0o444);
    const { edits, stderr } = await links("--fix", RIGHT);
    expect(edits).toEqual([]);
    expect(stderr).toContain("it is read-only");
    expect(project.read(RIGHT)).toBe(before);
  });

  it("a range that ends behind the file has the missing line reported, not a line that is right", async () => {
    traceSpec("LINK-LINE");
    specify("[registry.ts:35-900 checkAlias()](/src/registry.ts#L35-L900)");
    const { findings } = await links(RIGHT);
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ["LINK003", expect.stringContaining("Unexpected line 900 of src/registry.ts")],
    ]);
  });
});

describe("what is gone", () => {
  const link = (target: string) =>
    `## Requirements\n\n### Requirement: A [RIGHT-A]\n\nTHE box SHALL open.\n\n##### Evidence\n\n- Test: ${target}\n`;

  it("is named with the commit it was last seen in, and where it is now", async () => {
    traceSpec("LINK-HISTORY", "LINK-HISTORY-RENAMED");
    await project.git("add", "--all");
    await project.git("commit", "--quiet", "--message", "Everything");
    await project.git("mv", "src/registry.ts", "src/store.ts");
    await project.git("commit", "--quiet", "--message", "Call it a store");
    project.edit("test/registry.test.ts", "rejects a long alias", "rejects a tall alias");
    await project.git("commit", "--quiet", "--all", "--message", "Say tall");
    project.write(
      RIGHT,
      link(
        "[registry.ts:9 MAX_ALIAS](/src/registry.ts#L9), [registry.test.ts:7 rejects a long alias](/test/registry.test.ts#L7)",
      ),
    );
    const { stdout } = await project.evidence("links", RIGHT);
    const shown = stdout.replace(/\s+/g, " ");
    expect(shown).toMatch(
      /It was last seen before commit \w+ of [\d-]+ \(Call it a store\)\. Git says it was renamed to src\/store\.ts\./,
    );
    expect(shown).toMatch(/It was last seen in this file before commit \w+ of [\d-]+ \(Say tall\)\./);
  });

  it("is led to the file that it moved to, before the move is committed and after", async () => {
    traceSpec("LINK-FIX-FILE");
    await project.git("add", "--all");
    await project.git("commit", "--quiet", "--message", "Everything");
    const moved = "export function openRegistry(): Registry {}\n";
    project.edit("src/registry.ts", "openRegistry", "openOther");
    project.write("src/my (new) place.ts", `\n\n${moved}`);
    project.edit("test/registry.test.ts", '"rejects a long alias"', '"is gone"');
    project.write("test/alias.test.ts", 'it("rejects a long alias", () => {});\n');
    const before = link(
      "[registry.ts:39 openRegistry()](/src/registry.ts#L39), [src/registry.ts:39-41 `openRegistry()`](../../../src/registry.ts#L39-L41) 🎉, [test/registry.test.ts:7 checkAlias rejects a long alias](/test/registry.test.ts#L7), [registry.test.ts:7 rejects a long alias](/test/registry.test.ts#L7)",
    );
    // The first lines of another file are of no use for the second of these links, which wants three.
    project.edit("src/my (new) place.ts", moved, `${moved}\n\n`);
    const after = link(
      "[my (new) place.ts:3 openRegistry()](/src/my%20%28new%29%20place.ts#L3), [src/my (new) place.ts:3-5 `openRegistry()`](../../../src/my%20%28new%29%20place.ts#L3-L5) 🎉, [test/registry.test.ts:7 checkAlias rejects a long alias](/test/registry.test.ts#L7), [alias.test.ts:1 rejects a long alias](/test/alias.test.ts#L1)",
    );
    for (const commit of [false, true]) {
      if (commit) {
        await project.git("add", "--all");
        await project.git("commit", "--quiet", "--message", "Move it");
      }
      project.write(RIGHT, before);
      expect((await project.evidence("links", RIGHT)).stdout.replace(/\s+/g, " ")).toContain(
        "It has moved to src/my (new) place.ts:3: --fix leads the link there.",
      );
      await links("--fix", RIGHT);
      expect(project.read(RIGHT)).toBe(after);
    }
    // Whoever else uses the label would be led there as well.
    const labelled = `${link("[registry.ts:39 openRegistry()][r]")}\n[r]: /src/registry.ts#L39\n`;
    project.write(RIGHT, labelled);
    const { stdout } = await project.evidence("links", "--fix", RIGHT);
    expect(stdout.replace(/\s+/g, " ")).toContain("It has moved to src/my (new) place.ts:3.");
    expect(project.read(RIGHT)).toBe(labelled);
  });

  it("is led nowhere by a name that stood elsewhere before, or stands at two places", async () => {
    traceSpec("LINK-FIX-FILE-DOUBT", "LINK-HISTORY-ELSEWHERE");
    project.write("src/other.ts", "export function openRegistry(): void {}\n");
    await project.git("add", "--all");
    await project.git("commit", "--quiet", "--message", "Everything");
    project.edit("src/registry.ts", "openRegistry", "openOther");
    project.write("src/registry.ts", project.read("src/registry.ts").replaceAll("checkAlias", "checkOther"));
    for (const name of ["one", "two"]) project.write(`src/${name}.ts`, "export function checkAlias(): void {}\n");
    const text = link(
      "[registry.ts:39 openRegistry()](/src/registry.ts#L39), [registry.ts:35 checkAlias()](/src/registry.ts#L35)",
    );
    project.write(RIGHT, text);
    const { stdout } = await project.evidence("links", "--fix", RIGHT);
    expect(project.read(RIGHT)).toBe(text);
    expect(stdout.replace(/\s+/g, " ")).toContain("It may stand in src/other.ts:1 now.");
    expect(stdout.replace(/\s+/g, " ")).toContain("It may stand in src/one.ts:1 or src/two.ts:1 now.");
  });

  it("is led nowhere by a name that came later than the old one went", async () => {
    traceSpec("LINK-FIX-FILE-LATER");
    project.write("src/box.ts", "export function unpack(): void {}\nexport function keep(): void {}\n");
    await project.git("add", "--all");
    await project.git("commit", "--quiet", "--message", "Everything");
    project.edit("src/box.ts", "export function unpack(): void {}\n", "");
    await project.git("commit", "--quiet", "--all", "--message", "Unpack no more");
    for (const [name, text] of [
      ["lid", "export const lid = 1;\n"],
      ["truck", "export function unpack(truck: string): void {}\n"],
    ]) {
      project.write(`src/${name}.ts`, text ?? "");
      await project.git("add", "--all");
      await project.git("commit", "--quiet", "--message", `Add a ${name}`);
    }
    const text = link("[box.ts:1 unpack()](/src/box.ts#L1)");
    project.write(RIGHT, text);
    const run = await project.evidence("links", "--fix", RIGHT);
    expect(project.read(RIGHT)).toBe(text);
    expect(run.code).toBe(1);
    expect(run.stdout.replace(/\s+/g, " ")).toContain("It may stand in src/truck.ts:1 now.");
  });

  it("is led nowhere when git cannot read what other files held", async () => {
    traceSpec("LINK-FIX-FILE-UNREAD");
    const declared = "export function seal(): void {}\n";
    project.write("src/box.ts", declared);
    project.write("src/lid.ts", `// A lid\n${declared}`);
    await project.git("add", "--all");
    await project.git("commit", "--quiet", "--message", "Everything");
    const lid = git(project.root, "rev-parse", "HEAD:src/lid.ts").trim();
    project.write("src/box.ts", "");
    project.write("src/lid.ts", "");
    project.write("src/seal.ts", `\n${declared}`);
    await project.git("add", "--all");
    await project.git("commit", "--quiet", "--message", "Seal elsewhere");
    rmSync(join(project.root, ".git/objects", lid.slice(0, 2), lid.slice(2)));
    const text = link("[box.ts:1 seal()](/src/box.ts#L1)");
    project.write(RIGHT, text);
    const { stdout } = await project.evidence("links", "--fix", RIGHT);
    expect(project.read(RIGHT)).toBe(text);
    expect(stdout.replace(/\s+/g, " ")).toContain("It may stand in src/seal.ts:2 now.");
  });

  it("is looked for by name where git knows nothing", async () => {
    traceSpec("LINK-HISTORY-ELSEWHERE", "LINK-HISTORY-NONE");
    project.write(RIGHT, link("[core.ts:3 core()](/lib/core.ts#L3), [core.ts:3 other()](/old/core.ts#L3)"));
    const { missing } = await links(RIGHT);
    expect(missing).toMatchObject([
      {
        path: "lib/core.ts",
        notes: ["The repository has no commit yet.", "What it held may stand in packages/core/src/core.ts now."],
      },
      { path: "old/core.ts", notes: ["The repository has no commit yet."] },
    ]);
  });
});

describe("specifications whose files are elsewhere", () => {
  it("have every link reported once, in a report of a few pages, and none whose file is here", async () => {
    traceSpec("LINK-REPORT", "LINK-FILE");
    const corpus = fileURLToPath(new URL("../../fixtures/specs/corpora/spec-check", import.meta.url));
    cpSync(corpus, project.root, { recursive: true });
    const scope = "openspec/specs/catalog-and-parse";
    const { findings, links: all } = await links(scope);
    expect(all.length).toBeGreaterThan(150);
    expect(findings.map(({ span }) => `${span.line}:${span.column}`)).toHaveLength(all.length);
    expect(new Set(findings.map(({ span }) => `${span.line}:${span.column}`)).size).toBe(all.length);
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(["LINK001", "LINK010"]));
    const { stdout } = await project.evidence("links", scope);
    expect(stdout.split("\n").length).toBeLessThan(100);

    const at = (line: number, text: string) => `${"\n".repeat(line - 1)}${text}\n`;
    mkdirSync(join(project.root, "src/cli"), { recursive: true });
    mkdirSync(join(project.root, "test/contract"), { recursive: true });
    project.write("src/cli/run-cli.ts", at(58, "function formatCatalogEmptyMessage(): void {}"));
    project.write("test/contract/cli.test.ts", at(70, 'it("parses help and version flags", () => {});\n'));
    const some = await links(scope);
    const changed = all.filter((_, index) => some.links[index]?.state !== "broken");
    const here = some.links.filter(({ state }) => state === "holds");
    expect(here.length).toBeGreaterThan(2);
    expect(new Set(here.map(({ url }) => url))).toEqual(new Set(["/src/cli/run-cli.ts#L58"]));
    expect(changed.length).toBe(some.links.filter(({ state }) => state !== "broken").length);
    expect(some.findings.filter(({ code }) => code === "LINK004").map(({ message }) => message)).toContain(
      'Unexpected line 79 of test/contract/cli.test.ts, where "parses help and version flags" does not stand, expected line 70',
    );
  });
});

describe("evidence check", () => {
  it("judges links, and leaves them out when told to", async () => {
    traceSpec("LINK-CHECK", "LINK-CHECK-SKIP");
    const { report } = await project.check();
    const found = (findings: { code: string }[]) => findings.filter(({ code }) => code.startsWith("LINK"));
    expect(report.analyses.links).toMatchObject({ broken: 62, moved: 13, external: 8, unchecked: 1 });
    expect(found(report.findings).length).toBe(75);
    expect(report.gateReasons.join()).toContain("of severity error");
    const skipped = await project.check("--skip", "links");
    expect(skipped.report.analyses.links).toBeUndefined();
    expect(found(skipped.report.findings)).toEqual([]);
  });
});
