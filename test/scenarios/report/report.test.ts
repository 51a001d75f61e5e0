import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/model/digest.js";
import { Project } from "../harness.js";

const TRACE = new URL("../../fixtures/traces/stale-read.ndjson", import.meta.url);

let project: Project;

beforeEach(() => {
  project = new Project("check");
});

afterEach(() => project.remove());

const digest = (file: string) => sha256(project.read(file));

describe("evidence report", () => {
  it("writes one file below .evidence, the same bytes each time", async () => {
    traceSpec("HTML-REPORT-COMMAND");
    traceSpec("HTML-REPORT-FILE-BYTES");
    const run = await project.evidence("report");
    expect(run).toMatchObject({ code: 0, stdout: "" });
    expect(run.stderr).toContain("wrote .evidence/report.html");
    const first = digest(".evidence/report.html");
    await project.evidence("report");
    expect(digest(".evidence/report.html")).toBe(first);
    expect(project.read(".evidence/report.html").includes("tags verified")).toBe(true);
  });

  it("is what check writes as html", async () => {
    traceSpec("HTML-REPORT-COMMAND");
    const checked = await project.evidence("check", "--no-run", "--format", "html", "-o", "checked.html");
    expect(checked.code).toBe(1);
    const run = await project.evidence("report", "-o", "page.html");
    expect(run.code).toBe(0);
    expect(digest("page.html")).toBe(digest("checked.html"));
  });

  it("renders a saved manifest without judging", async () => {
    traceSpec("HTML-REPORT-COMMAND-MANIFEST");
    await project.evidence("manifest");
    const saved = digest("evidence-manifest.json");
    const judged = await project.evidence("report", "-o", "judged.html");
    expect(judged.code).toBe(0);
    project.write("evidence.config.json", "{ broken");
    const run = await project.evidence("report", "--manifest", "evidence-manifest.json", "-o", "page.html");
    expect(run.code).toBe(0);
    expect(digest("page.html")).toBe(digest("judged.html"));
    expect(digest("evidence-manifest.json")).toBe(saved);
  });

  it.each([
    ["package.json", "expected a manifest of this version"],
    ["openspec/specs/box/spec.md", "that is not JSON"],
    ["absent.json", "absent.json"],
  ])("refuses %s as a manifest", async (file, message) => {
    traceSpec("HTML-REPORT-COMMAND-FOREIGN");
    project.write("package.json", "{}");
    const run = await project.evidence("report", "--manifest", file, "-o", "page.html");
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(message);
    expect(existsSync(join(project.root, "page.html"))).toBe(false);
  });

  it("links places to the forge, to a given address, or to the tree", async () => {
    traceSpec("HTML-REPORT-PLACES");
    traceSpec("HTML-REPORT-PLACES-GIVEN");
    traceSpec("HTML-REPORT-PLACES-FORGE");
    expect(await linksOf("report", "-o", "out/page.html")).toEqual({ base: "../", kind: "local" });
    const given = ["report", "-o", "page.html", "--links", "https://forge.example/tree/1"];
    expect(await linksOf(...given)).toEqual({ base: "https://forge.example/tree/1/", kind: "forge" });
    await project.git("init", "-q");
    await project.git("add", ".");
    await project.git("commit", "-qm", "all");
    await project.git("remote", "add", "origin", "git@forge.example:owner/box.git");
    expect(await linksOf("report", "-o", "page.html")).toMatchObject({
      base: expect.stringMatching(/^https:\/\/forge\.example\/owner\/box\/blob\/[0-9a-f]{40}\/$/),
    });
    const refused = await project.evidence("report", "--links", "javascript:alert(1)");
    expect(refused.code).toBe(2);
  });

  it("says in which commit a requirement was last changed", async () => {
    traceSpec("HTML-REPORT-HISTORY");
    await project.git("init", "-q");
    await project.git("add", ".");
    await project.git("commit", "-qm", "Say what a box does");
    const run = await project.evidence("report", "-o", "page.html");
    expect(run.code).toBe(0);
    const { strings, tags } = await dataOf("page.html");
    const said = tags.history.d.length > 0 ? strings.filter((text: string) => text.startsWith("last changed ")) : [];
    expect(said).toEqual([
      expect.stringMatching(/^last changed \d{4}-\d\d-\d\d in [0-9a-f]{12}: Say what a box does$/),
    ]);
  });

  async function linksOf(...args: string[]): Promise<unknown> {
    const run = await project.evidence(...args);
    expect(run.code).toBe(0);
    return (await dataOf(args[2] ?? "")).head.links;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the page's own data, read as the page reads it
  async function dataOf(file: string): Promise<any> {
    const page = project.read(file);
    const data = /<script type="text\/plain" id="data">([^<]*)</.exec(page)?.[1] ?? "";
    const stream = new Response(Buffer.from(data, "base64")).body?.pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream ?? null).text());
  }

  it("draws traces, and names the line of one that cannot be read", async () => {
    traceSpec("HTML-REPORT-TRACE-BROKEN");
    const good = readFileSync(TRACE, "utf8");
    project.write("good.ndjson", good);
    project.write("bad.ndjson", `${good.split("\n").slice(0, 3).join("\n")}\n{ oops\n`);
    expect(await project.evidence("report", "--trace", "good.ndjson")).toMatchObject({ code: 0 });
    const run = await project.evidence("report", "--trace", "bad.ndjson", "-o", "page.html");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("bad.ndjson:4: Unexpected text that is no JSON");
  });
});
