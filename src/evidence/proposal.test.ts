import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { configSchema } from "../model/config.js";
import type { ProjectFacts } from "./packages.js";
import { proposeConfig } from "./proposal.js";

const manifest = (dependencies: Record<string, string>) => JSON.stringify({ devDependencies: dependencies });

const facts = (over: Partial<ProjectFacts>): ProjectFacts => ({
  files: [],
  texts: new Map(),
  reports: [],
  programs: new Set(),
  ...over,
});

describe("proposeConfig", () => {
  it.each([
    ["vitest", ["package.json"], manifest({ vitest: "4" }), ".evidence/results/vitest.xml"],
    ["jest", ["package.json"], manifest({ jest: "30" }), "junit.xml"],
    ["pytest", ["tests/test_box.py"], "", ".evidence/results/pytest.xml"],
    ["maven", ["pom.xml"], "", "**/target/{surefire,failsafe}-reports/TEST-*.xml"],
    ["gradle", ["build.gradle.kts", "gradlew"], "", "**/build/test-results/**/*.xml"],
    ["go", ["go.mod"], "", ".evidence/results/go.xml"],
    ["nextest", ["Cargo.toml"], "", "target/nextest/ci/junit.xml"],
  ])("names the results of %s", (name, files, text, results) => {
    traceSpec("CLI-INIT");
    const { config } = proposeConfig(facts({ files, texts: new Map([["package.json", text]]) }));
    expect(config.providers).toMatchObject([{ name, results: [results] }]);
    expect(configSchema.safeParse(config).success).toBe(true);
  });

  it("uses our results file where the vitest plugin is configured", () => {
    const texts = new Map([
      ["package.json", manifest({ vitest: "4", "spec-evidence": "0" })],
      ["vitest.config.ts", 'import { evidence } from "spec-evidence/vitest";'],
    ]);
    const { config, advice } = proposeConfig(facts({ files: ["openspec/specs/box/spec.md"], texts }));
    expect(config.providers).toEqual([
      { name: "vitest", command: ["npx", "vitest", "run"], results: [".evidence/results/vitest*.json"] },
    ]);
    expect(config.$schema).toBe("./node_modules/spec-evidence/schemas/config.schema.json");
    expect(advice).toEqual([]);
  });

  it("names the specification folders of a monorepo", () => {
    const files = ["packages/a/openspec/specs/x/spec.md", "packages/b/openspec/specs/y/spec.md"];
    expect(proposeConfig(facts({ files })).config.specs).toEqual([
      "packages/a/openspec/specs/**/spec.md",
      "packages/b/openspec/specs/**/spec.md",
    ]);
  });

  it("says what is missing in an empty folder, and survives a broken package.json", () => {
    const { config, advice } = proposeConfig(facts({ texts: new Map([["package.json", "{"]]) }));
    expect(config).toEqual({});
    expect(advice).toHaveLength(2);
  });
});

describe("reports that are there", () => {
  const report = (path: string, head = "<testsuites>") => ({ path, head });

  it("are read in place of running what is not installed", () => {
    traceSpec("BASELINE-UNPREPARED");
    const { config, detected, advice } = proposeConfig(
      facts({
        files: ["build.gradle", "conftest.py", "go.mod"],
        reports: [
          report("app/build/test-results/test/TEST-a.xml"),
          report("app/build/test-results/slow/TEST-b.xml"),
          report("junit.xml", '<testsuites><testsuite name="pytest" tests="1">'),
          report("out/go.xml", '<property name="go.version" value="go1.22"></property>'),
          report("other/[x].xml"),
        ],
      }),
    );
    expect(config.providers).toBeUndefined();
    expect(config.results).toEqual([
      { path: "**/build/test-results/**/*.xml" },
      { path: "junit.xml" },
      { path: "other/[[]x].xml" },
      { path: "out/go.xml" },
    ]);
    expect(configSchema.safeParse(config).success).toBe(true);
    expect([detected.length, advice.length]).toEqual([4, 4]);
  });

  it("give way to a runner that is installed in the project", () => {
    traceSpec("BASELINE-UNPREPARED-PACKAGES");
    const texts = new Map([["package.json", manifest({ vitest: "4" })]]);
    const reports = [report("junit.xml", '<testsuites name="vitest tests">')];
    const programs = new Set(["node_modules/.bin/vitest"]);
    expect(proposeConfig(facts({ texts, reports, programs })).config.results).toBeUndefined();
    expect(proposeConfig(facts({ texts, reports })).config).toEqual({ results: [{ path: "junit.xml" }] });
  });

  it("of many in one folder are read as the folder", () => {
    traceSpec("BASELINE-UNPREPARED");
    const reports = [1, 2, 3, 4].map((at) => report(`reports/${at}.xml`));
    expect(proposeConfig(facts({ reports })).config.results).toEqual([{ path: "reports/*.xml" }]);
  });

  it("are asked for package by package where only packages have a runner", () => {
    traceSpec("BASELINE-UNPREPARED-PACKAGES");
    const texts = new Map([
      ["package.json", manifest({})],
      ["packages/a/package.json", manifest({ vitest: "4" })],
      ["packages/b/package.json", manifest({ jest: "30", "jest-junit": "16" })],
    ]);
    const { config } = proposeConfig(facts({ texts }));
    expect(config.providers).toEqual([
      {
        name: "vitest-packages-a",
        command: [
          "npx",
          "vitest",
          "run",
          "--root",
          "packages/a",
          "--reporter=default",
          "--reporter=junit",
          "--outputFile.junit=../../.evidence/results/packages/a/vitest.xml",
        ],
        results: [".evidence/results/packages/a/vitest.xml"],
      },
      expect.objectContaining({ name: "jest-packages-b", results: ["packages/b/junit.xml"] }),
    ]);
    expect(configSchema.safeParse(config).success).toBe(true);
    const pnpm = proposeConfig(facts({ texts, files: ["pnpm-lock.yaml"] })).config.providers;
    expect(pnpm?.[0]?.command.slice(0, 4)).toEqual(["pnpm", "--dir", "packages/a", "exec"]);
    // pnpm starts programs in the package, so a root would be looked for below it.
    expect(pnpm?.[0]?.command).not.toContain("--root");
    expect(pnpm?.[0]?.command.at(-1)).toBe("--outputFile.junit=../../.evidence/results/packages/a/vitest.xml");
  });

  it("are written by jest-junit where jest is started and its package says", () => {
    traceSpec("BASELINE-UNPREPARED-JEST");
    const jest = { devDependencies: { jest: "30", "jest-junit": "16" } };
    const of = (root: object, more: object = {}, files: string[] = []) => {
      const texts = new Map([
        ["package.json", JSON.stringify(root)],
        ["packages/b/package.json", JSON.stringify({ ...jest, ...more })],
      ]);
      const [provider] = proposeConfig(facts({ texts, files })).config.providers ?? [];
      return [
        provider?.command.join(" ").replace("jest --ci --reporters=default --reporters=jest-junit", "JEST"),
        ...(provider?.results ?? []),
      ];
    };
    const space = "npm exec --workspace packages/b -- JEST";
    const settings = (value: object) => ({ "jest-junit": value });
    expect(of({ workspaces: ["packages/*"] })).toEqual([space, "packages/b/junit.xml"]);
    const reports = settings({ outputDirectory: "<rootDir>/reports/", outputName: "jest.xml" });
    expect(of({ workspaces: ["packages/*"] }, reports)).toEqual([space, "packages/b/reports/jest.xml"]);
    const file = settings({ outputFile: "./out/j.xml" });
    expect(of({ workspaces: ["packages/*"] }, file)).toEqual([space, "packages/b/out/j.xml"]);
    expect(of({}, {}, ["pnpm-lock.yaml"])).toEqual(["pnpm --dir packages/b exec JEST", "packages/b/junit.xml"]);
    expect(of({})).toEqual(["npm exec --call cd packages/b && npx JEST", "packages/b/junit.xml"]);
    const above = settings({ outputDirectory: "../../reports//./x/.." });
    expect(of({ workspaces: ["packages/*"] }, above)).toEqual([space, "reports/junit.xml"]);
    const shell = "npm exec --call cd packages/b && npx JEST";
    for (const listed of [["./packages/b/"], { packages: ["packages/**"] }, ["apps/*", "packages/{a,b}"]]) {
      expect(of({ workspaces: listed })).toEqual([space, "packages/b/junit.xml"]);
    }
    for (const listed of [["apps/*"], ["packages"], ["packages/*", "!packages/b"], [3], "packages/b", {}, null]) {
      expect(of({ workspaces: listed })).toEqual([shell, "packages/b/junit.xml"]);
    }
    const alone = JSON.stringify({ ...jest, ...settings({ outputDirectory: "reports" }) });
    const { config } = proposeConfig(facts({ texts: new Map([["package.json", alone]]) }));
    expect(config.providers?.[0]?.results).toEqual(["reports/junit.xml"]);
  });

  it.each(["a b", "$(touch owned)", "a;b", "a'b", "`x`", "a&b", "a*", "[a]", "a\\b", "-x"])(
    "of a folder called %s are asked of a person",
    (name) => {
      traceSpec("BASELINE-UNPREPARED-FOLDERS");
      const folder = name.startsWith("-") ? name : `packages/${name}`;
      for (const runner of ["vitest", "jest"]) {
        for (const files of [[], ["pnpm-lock.yaml"]]) {
          const texts = new Map([
            ["package.json", JSON.stringify({ workspaces: ["**"] })],
            [`${folder}/package.json`, manifest({ [runner]: "4", "jest-junit": "16" })],
            ["packages/ü-1/@b.c/package.json", manifest({ [runner]: "4", "jest-junit": "16" })],
          ]);
          const { config, advice } = proposeConfig(facts({ texts, files }));
          expect(config.providers?.map((each) => each.name)).toEqual([`${runner}-packages--1-b.c`]);
          expect(advice.filter((each) => each.includes(`"${folder}"`))).toHaveLength(1);
          const left = [report(`${folder}/junit.xml`, `<testsuites name="${runner} tests">`)];
          const programs = new Set([`node_modules/.bin/${runner}`]);
          const read = proposeConfig(facts({ texts, files, reports: left, programs })).config;
          expect([read.providers?.length, read.results?.length]).toEqual([1, 1]);
        }
      }
    },
  );

  it("that jest-junit writes outside the project, or to a strange name, are asked of a person", () => {
    traceSpec("BASELINE-UNPREPARED-FOLDERS");
    for (const outputFile of ["../j.xml", "/tmp/j.xml", "out/../../j.xml", "$(x).xml"]) {
      const text = JSON.stringify({
        devDependencies: { jest: "30", "jest-junit": "16" },
        "jest-junit": { outputFile },
      });
      const { config, advice } = proposeConfig(facts({ texts: new Map([["package.json", text]]) }));
      expect(config.providers).toBeUndefined();
      expect(advice.join("\n")).toContain("No command was written for jest");
    }
  });

  it("come from every module, also behind one that fails, and need no program that is not there", () => {
    traceSpec("BASELINE-UNPREPARED-GRADLE", "BASELINE-UNPREPARED-GO");
    const command = (...found: [string[], string[]]) =>
      proposeConfig(facts({ files: found[0], programs: new Set(found[1]) })).config.providers?.[0]?.command;
    expect(command(["build.gradle", "gradlew"], [])).toEqual(["./gradlew", "test", "--continue"]);
    expect(command(["pom.xml"], [])).toEqual(["mvn", "--batch-mode", "--fail-at-end", "test"]);
    const rest = ["--junitfile", ".evidence/results/go.xml", "./..."];
    expect(command(["go.mod"], ["gotestsum"])).toEqual(["gotestsum", ...rest]);
    expect(command(["go.mod"], [])).toEqual(["go", "run", "gotest.tools/gotestsum@v1.13.0", ...rest]);
  });
});
