import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it, vi } from "vitest";
import { commitAll, git, put, scratch } from "../../test/builders/scratch.js";
import type { Config } from "../model/config.js";
import { configSchema } from "../model/config.js";
import type { ProviderOptions } from "./providers.js";
import { errorBesideResults, runProviders } from "./providers.js";

/** Counts its runs in runs.txt and writes out/r.json, or does what `script` says. */
const WRITES = "mkdir -p out; echo {} > out/r.json;";

function configured(script = WRITES, more: object = {}): Config {
  const count = "printf x >> .evidence/runs.txt;";
  const provider = { name: "p", command: ["sh", "-c", count + script], results: ["out/*.json"], ...more };
  return configSchema.parse({ providers: [provider] });
}

async function provide(root: string, config: Config, more: Partial<ProviderOptions> = {}) {
  const [outcome, ...others] = await runProviders(root, config, { mode: "run", specs: ["spec.md"], ...more });
  if (outcome === undefined || others.length > 0) throw new Error("expected one outcome");
  return outcome;
}

const runs = (root: string) => readFileSync(join(root, ".evidence/runs.txt"), "utf8").length;

describe("running a provider", () => {
  it("runs it once as long as nothing it depends on changes", async () => {
    traceSpec("HOST-PROVIDERS", "HOST-PROVIDERS-UNCHANGED");
    const root = scratch({ "spec.md": "", "a.ts": "" });
    const first = await provide(root, configured());
    const ran = { name: "p", exitCode: 0, results: ["out/r.json"], findings: [] };
    expect(first).toMatchObject({ ...ran, status: "ran" });
    expect(existsSync(join(root, first.log))).toBe(true);
    expect(await provide(root, configured())).toMatchObject({ ...ran, status: "unchanged" });
    expect(runs(root)).toBe(1);
  });

  it.each<[string, (root: string) => void]>([
    ["an input", (root) => put(root, { "a.ts": "changed" })],
    ["a new input", (root) => put(root, { "b.ts": "" })],
    ["a specification", (root) => put(root, { "spec.md": "changed" })],
    ["its results", (root) => put(root, { "out/r.json": "[]" })],
    ["its results' absence", (root) => rmSync(join(root, "out"), { recursive: true })],
    ["its record", (root) => put(root, { ".evidence/providers/p/state.json": "{" })],
  ])("runs it again after a change of %s", async (_, change) => {
    traceSpec("HOST-PROVIDERS-CHANGED");
    const root = scratch({ "spec.md": "", "a.ts": "" });
    const config = configured(WRITES, { inputs: ["*.ts"] });
    await provide(root, config);
    change(root);
    expect(await provide(root, config)).toMatchObject({ status: "ran", results: ["out/r.json"] });
    expect(runs(root)).toBe(2);
  });

  it("runs it again after a change of its command, and whenever told to", async () => {
    traceSpec("HOST-PROVIDERS-CHANGED");
    const root = scratch({ "spec.md": "" });
    await provide(root, configured());
    expect(await provide(root, configured(`${WRITES} true`))).toMatchObject({ status: "ran" });
    expect(await provide(root, configured(`${WRITES} true`), { mode: "force" })).toMatchObject({ status: "ran" });
    expect(runs(root)).toBe(3);
  });

  it.each<[string, Record<string, string>]>([
    ["files that are no input of it", { "notes.txt": "x" }],
    ["what the tool writes", { "evidence-manifest.json": "{}", ".evidence/cache/x": "" }],
    ["results of others", { "reports/other.xml": "" }],
  ])("does not run it again for %s", async (_, change) => {
    traceSpec("HOST-PROVIDERS-UNCHANGED");
    const root = scratch({ "spec.md": "", "a.ts": "" });
    const config: Config = {
      ...configured(WRITES, { inputs: ["*.ts", "*.json", ".evidence/**", "reports/**"] }),
      results: [{ path: "reports/*.xml" }],
    };
    await provide(root, config);
    put(root, change);
    expect(await provide(root, config)).toMatchObject({ status: "unchanged" });
  });

  it("does not run it again because git came to ignore what others left in the evidence folder", async () => {
    traceSpec("HOST-PROVIDERS-UNCHANGED");
    const root = scratch({ "spec.md": "", ".evidence/results/other.json": "{}" });
    git(root, "init", "--quiet");
    await provide(root, configured());
    expect(await provide(root, configured())).toMatchObject({ status: "unchanged" });
  });

  it("does not believe a record that came with the tree", async () => {
    traceSpec("HOST-PROVIDERS-TRACKED");
    const root = scratch({ "spec.md": "" });
    await provide(root, configured());
    git(root, "init", "--quiet");
    git(root, "add", "--force", ".evidence/providers");
    expect(await provide(root, configured())).toMatchObject({ status: "ran" });
    expect(runs(root)).toBe(2);
  });
});

describe("results of a provider", () => {
  it("are moved away before it runs, so that old ones never pass for new", async () => {
    traceSpec("HOST-PROVIDERS-OLD");
    const root = scratch({ "spec.md": "", "out/old.json": "{}", "out/r.json": "old" });
    expect(await provide(root, configured())).toMatchObject({ results: ["out/r.json"] });
    expect(readdirSync(join(root, "out"))).toEqual(["r.json"]);
    expect(readFileSync(join(root, ".evidence/providers/p/previous/out/r.json"), "utf8")).toBe("old");
    expect(await provide(root, configured(""))).toMatchObject({ status: "failed", results: [] });
    expect(existsSync(join(root, "out/r.json"))).toBe(false);
  });

  it("stay when git tracks them, and count only when written anew", async () => {
    traceSpec("HOST-PROVIDERS-KEPT");
    const root = scratch({ "spec.md": "", "out/r.json": "{}", "out/kept.json": "{}" });
    commitAll(root);
    expect(await provide(root, configured())).toMatchObject({ status: "ran", results: ["out/r.json"] });
    expect(readdirSync(join(root, "out"))).toEqual(["kept.json", "r.json"]);
  });

  it("never include what specifies, whatever the pattern", async () => {
    traceSpec("HOST-PROVIDERS-KEPT");
    const root = scratch({ "spec.md": "", "evidence.config.json": "{}", "evidence.waivers.yaml": "" });
    await provide(root, configured(WRITES, { results: ["*", "out/*.json"] }));
    expect(readdirSync(root).sort()).toEqual([
      ".evidence",
      "evidence.config.json",
      "evidence.waivers.yaml",
      "out",
      "spec.md",
    ]);
  });

  it("belong to the first of two providers with one pattern", async () => {
    traceSpec("HOST-PROVIDERS-OLD");
    const root = scratch({ "spec.md": "" });
    const script = (name: string) => WRITES.replace("r.json", `${name}.json`);
    const one = configured(script("one")).providers;
    const two = configured(script("two"), { name: "q" }).providers;
    const outcomes = await runProviders(
      root,
      { ...configured(), providers: [...one, ...two] },
      { mode: "run", specs: [] },
    );
    expect(outcomes.map(({ name, results }) => [name, results])).toEqual([
      ["p", ["out/one.json"]],
      ["q", ["out/two.json"]],
    ]);
  });

  it("are taken as they are when nothing shall run", async () => {
    traceSpec("HOST-PROVIDERS-READ");
    const root = scratch({ "spec.md": "", "out/a.json": "" });
    expect(await provide(root, configured(), { mode: "read" })).toMatchObject({
      status: "not run",
      results: ["out/a.json"],
    });
    expect(existsSync(join(root, ".evidence"))).toBe(false);
    rmSync(join(root, "out"), { recursive: true });
    expect(await provide(root, configured(), { mode: "read" })).toMatchObject({ findings: [{ code: "RES001" }] });
  });
});

describe("a provider that fails", () => {
  it.each([
    ["ends with an error", "exit 2", {}, "RES006", "failed", "exit code 2 without results"],
    ["is killed", `${WRITES} kill -9 $$`, {}, "RES006", "failed", "end by SIGKILL"],
    ["leaves nothing", "", {}, "RES001", "failed", 'files that match "out/*.json"'],
    ["takes too long", "sleep 60", { timeoutSeconds: 1 }, "RES007", "timed out", "run of more than 1 s,"],
    ["cannot be started", "", { command: ["/no/such"] }, "RES006", "failed", '"/no/such" (ENOENT)'],
  ])("is a finding, and runs again the next time, when it %s", async (_, script, more, code, status, message) => {
    traceSpec("HOST-PROVIDERS-FAIL");
    const root = scratch({ "spec.md": "" });
    for (let time = 0; time < 2; time += 1) {
      const outcome = await provide(root, configured(script, more), { configPath: "c.json" });
      expect(outcome).toMatchObject({ status, findings: [{ code, span: { file: "c.json" } }] });
      expect(outcome.findings[0]?.message).toContain(message);
      expect(outcome.findings[0]?.related[0]?.span.file).toBe(outcome.log);
    }
  });

  it("keeps its exit code for as long as it need not run again", async () => {
    traceSpec("HOST-PROVIDERS-BESIDE");
    const root = scratch({ "spec.md": "" });
    const config = configured(`${WRITES} exit 1`);
    const ran = await provide(root, config);
    const again = await provide(root, config);
    expect([ran.status, again.status]).toEqual(["ran", "unchanged"]);
    for (const outcome of [ran, again]) {
      expect(outcome.findings).toEqual([]);
      expect(errorBesideResults(outcome)).toMatchObject({
        code: "RES010",
        message: expect.stringContaining("exit code 1"),
      });
    }
    expect(errorBesideResults(await provide(root, configured()))).toBeNull();
  });

  it("runs again after an interruption, even when its inputs are back to what they were", async () => {
    traceSpec("HOST-PROVIDERS-ABORT");
    const root = scratch({ "spec.md": "", "a.ts": "" });
    await provide(root, configured(WRITES, { inputs: ["a.ts"] }));
    put(root, { "a.ts": "changed" });
    const controller = new AbortController();
    const reason = new Error("interrupted");
    const onStart = () => setTimeout(() => controller.abort(reason), 50);
    const slow = configured("sleep 60");
    await expect(provide(root, slow, { signal: controller.signal, onStart })).rejects.toBe(reason);
    put(root, { "a.ts": "" });
    expect(await provide(root, configured(WRITES, { inputs: ["a.ts"] }))).toMatchObject({ status: "ran" });
  });
});

describe("a provider that runs the tool itself", () => {
  it("runs nothing in the same root, and its own providers elsewhere", async () => {
    traceSpec("HOST-PROVIDERS-NESTED");
    // The tests may run under a provider themselves: `evidence check` of this repository starts them.
    vi.stubEnv("EVIDENCE_PROVIDER_ROOTS", undefined);
    const root = scratch({ "spec.md": "" });
    const tell =
      'printf %s "$EVIDENCE_PROVIDER" > out/name.json; printf %s "$EVIDENCE_PROVIDER_ROOTS" > out/roots.json';
    await provide(root, configured(WRITES + tell));
    expect(readFileSync(join(root, "out/name.json"), "utf8")).toBe("p");
    expect(readFileSync(join(root, "out/roots.json"), "utf8")).toBe(root);
    const other = scratch({ "spec.md": "" });
    vi.stubEnv("EVIDENCE_PROVIDER_ROOTS", `/somewhere\n${root}`);
    try {
      expect(await provide(root, configured(WRITES), { mode: "force" })).toMatchObject({ status: "not run" });
      expect(await provide(other, configured(WRITES + tell))).toMatchObject({ status: "ran" });
    } finally {
      vi.unstubAllEnvs();
    }
    expect(readFileSync(join(other, "out/roots.json"), "utf8")).toBe(`/somewhere\n${root}\n${other}`);
  });

  it("says which provider starts", async () => {
    const root = scratch({ "spec.md": "" });
    const started: [string, number, number][] = [];
    const onStart = (...of: [string, number, number]) => started.push(of);
    await provide(root, configured(), { onStart });
    await provide(root, configured(), { onStart });
    expect(started).toEqual([["p", 0, 1]]);
  });

  it("does not write through a link that stands in for the evidence folder", async () => {
    traceSpec("HOST-WRITE-OUTSIDE");
    const outside = scratch();
    const root = scratch({ "spec.md": "" });
    symlinkSync(outside, join(root, ".evidence"));
    writeFileSync(join(outside, "own.txt"), "");
    await expect(provide(root, configured(WRITES))).rejects.toThrow("expected one inside");
    expect(readdirSync(outside)).toEqual(["own.txt"]);
  });
});

it("a pattern written too wide moves no source and no manifest of a package", async () => {
  traceSpec("HOST-PROVIDERS-WIDE");
  const files = { "spec.md": "", "src/new.ts": "export {};", "package.json": "{}" };
  const root = scratch(files);
  const wide = configured("", { results: ["src/**", "*.json"] });
  await provide(root, wide);
  await provide(root, wide);
  expect(readFileSync(join(root, "src/new.ts"), "utf8")).toBe("export {};");
  expect(readFileSync(join(root, "package.json"), "utf8")).toBe("{}");
});
