import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { configSchema } from "../model/config.js";
import { proposeConfig } from "./proposal.js";

const manifest = (dependencies: Record<string, string>) => JSON.stringify({ devDependencies: dependencies });

describe("proposeConfig", () => {
  it.each([
    ["vitest", ["package.json"], manifest({ vitest: "4" }), ".evidence/results/vitest.xml"],
    ["jest", ["package.json"], manifest({ jest: "30" }), "junit.xml"],
    ["pytest", ["tests/test_box.py"], "", ".evidence/results/pytest.xml"],
    ["maven", ["pom.xml"], "", "**/target/surefire-reports/TEST-*.xml"],
    ["gradle", ["build.gradle.kts", "gradlew"], "", "**/build/test-results/test/*.xml"],
    ["go", ["go.mod"], "", ".evidence/results/go.xml"],
    ["nextest", ["Cargo.toml"], "", "target/nextest/ci/junit.xml"],
  ])("names the results of %s", (name, files, text, results) => {
    traceSpec("CLI-INIT");
    const { config } = proposeConfig({ files, texts: new Map([["package.json", text]]) });
    expect(config.providers).toMatchObject([{ name, results: [results] }]);
    expect(configSchema.safeParse(config).success).toBe(true);
  });

  it("uses our results file where the vitest plugin is configured", () => {
    const texts = new Map([
      ["package.json", manifest({ vitest: "4", "spec-evidence": "0" })],
      ["vitest.config.ts", 'import { evidence } from "spec-evidence/vitest";'],
    ]);
    const { config, advice } = proposeConfig({ files: ["openspec/specs/box/spec.md"], texts });
    expect(config.providers).toEqual([
      { name: "vitest", command: ["npx", "vitest", "run"], results: [".evidence/results/vitest*.json"] },
    ]);
    expect(config.$schema).toBe("./node_modules/spec-evidence/schemas/config.schema.json");
    expect(advice).toEqual([]);
  });

  it("names the specification folders of a monorepo", () => {
    const files = ["packages/a/openspec/specs/x/spec.md", "packages/b/openspec/specs/y/spec.md"];
    expect(proposeConfig({ files, texts: new Map() }).config.specs).toEqual([
      "packages/a/openspec/specs/**/spec.md",
      "packages/b/openspec/specs/**/spec.md",
    ]);
  });

  it("says what is missing in an empty folder, and survives a broken package.json", () => {
    const { config, advice } = proposeConfig({ files: [], texts: new Map([["package.json", "{"]]) });
    expect(config).toEqual({});
    expect(advice).toHaveLength(2);
  });
});
