/** What `init` looks at: paths of the project's files and the texts of those that say which tools it uses. */
export interface ProjectFacts {
  files: readonly string[];
  /** Texts by path, of package.json, vitest.config.* and the like at the root. */
  texts: ReadonlyMap<string, string>;
}

export interface Proposal {
  /** The configuration to write, as JSON. */
  config: {
    $schema?: string;
    specs?: string[];
    results?: { path: string }[];
    providers?: { name: string; command: string[]; results: string[] }[];
  };
  /** What was found, one sentence each. */
  detected: string[];
  /** What a person should still do, one sentence each. */
  advice: string[];
}

interface Runner {
  name: string;
  /** Whether the project uses it. */
  present: (facts: ProjectFacts) => boolean;
  propose: (facts: ProjectFacts) => { command: string[]; results: string[]; advice?: string };
}

const REPORTS = ".evidence/results";

/** Test runners we know how to ask for results; adding one is adding a row. */
const RUNNERS: readonly Runner[] = [
  {
    name: "vitest",
    present: (facts) => dependsOn(facts, "vitest"),
    propose: (facts) =>
      usesOurPlugin(facts)
        ? { command: ["npx", "vitest", "run"], results: [`${REPORTS}/vitest*.json`] }
        : {
            command: [
              "npx",
              "vitest",
              "run",
              "--reporter=default",
              "--reporter=junit",
              `--outputFile.junit=${REPORTS}/vitest.xml`,
            ],
            results: [`${REPORTS}/vitest.xml`],
            advice:
              'Add `plugins: [evidence()]` from "spec-evidence/vitest" to vitest.config.ts, and make the provider `["npx", "vitest", "run"]` with results `.evidence/results/vitest*.json`: assertions are counted then, and traceSpec() is checked while tests run.',
          },
  },
  {
    name: "jest",
    present: (facts) => dependsOn(facts, "jest"),
    propose: (facts) => ({
      command: ["npx", "jest", "--ci", "--reporters=default", "--reporters=jest-junit"],
      results: ["junit.xml"],
      ...(dependsOn(facts, "jest-junit") ? {} : { advice: "Install jest-junit: `npm install --save-dev jest-junit`." }),
    }),
  },
  {
    name: "pytest",
    present: (facts) =>
      facts.files.some((path) => /(?:^|\/)(?:pytest\.ini|conftest\.py|test_[^/]*\.py|[^/]*_test\.py)$/u.test(path)),
    propose: () => ({
      command: ["python3", "-m", "pytest", `--junitxml=${REPORTS}/pytest.xml`],
      results: [`${REPORTS}/pytest.xml`],
    }),
  },
  {
    name: "maven",
    present: (facts) => facts.files.includes("pom.xml"),
    propose: () => ({ command: ["mvn", "--batch-mode", "test"], results: ["**/target/surefire-reports/TEST-*.xml"] }),
  },
  {
    name: "gradle",
    present: (facts) => facts.files.some((path) => /^build\.gradle(?:\.kts)?$/u.test(path)),
    propose: (facts) => ({
      command: [facts.files.includes("gradlew") ? "./gradlew" : "gradle", "test"],
      results: ["**/build/test-results/test/*.xml"],
    }),
  },
  {
    name: "go",
    present: (facts) => facts.files.some((path) => /(?:^|\/)go\.mod$/u.test(path)),
    propose: () => ({
      command: ["gotestsum", "--junitfile", `${REPORTS}/go.xml`, "./..."],
      results: [`${REPORTS}/go.xml`],
      advice: "Go reports through gotestsum: `go install gotest.tools/gotestsum@latest`.",
    }),
  },
  {
    name: "nextest",
    present: (facts) => facts.files.includes("Cargo.toml"),
    propose: () => ({
      command: ["cargo", "nextest", "run", "--profile", "ci"],
      results: ["target/nextest/ci/junit.xml"],
      advice:
        'Rust reports through cargo-nextest: put `[profile.ci.junit]` with `path = "junit.xml"` in .config/nextest.toml.',
    }),
  },
];

/** Drafts a configuration from what the folder holds. Everything it names was seen. */
export function proposeConfig(facts: ProjectFacts): Proposal {
  const proposal: Proposal = { config: {}, detected: [], advice: [] };
  if (facts.files.includes("node_modules/spec-evidence/package.json") || dependsOn(facts, "spec-evidence")) {
    proposal.config.$schema = "./node_modules/spec-evidence/schemas/config.schema.json";
  }
  proposeSpecs(facts, proposal);
  const providers = RUNNERS.filter((runner) => runner.present(facts)).map((runner) => {
    const { command, results, advice } = runner.propose(facts);
    proposal.detected.push(`${runner.name}: tests are run with \`${command.join(" ")}\``);
    if (advice !== undefined) proposal.advice.push(advice);
    return { name: runner.name, command, results };
  });
  if (providers.length > 0) proposal.config.providers = providers;
  else
    proposal.advice.push(
      "No test runner was recognised: name its command under `providers` or its report under `results`.",
    );
  return proposal;
}

function proposeSpecs(facts: ProjectFacts, proposal: Proposal): void {
  const folders = new Map<string, number>();
  for (const path of facts.files) {
    const match = /^(?<folder>.*?openspec\/specs)\/.+\/spec\.md$/u.exec(path);
    const folder = match?.groups?.folder;
    if (folder !== undefined) folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  for (const [folder, count] of folders) {
    proposal.detected.push(`${folder}: ${count} specification${count === 1 ? "" : "s"}`);
  }
  if (folders.size === 0)
    proposal.advice.push("No openspec/specs/<capability>/spec.md was found: write one, or set `specs`.");
  const nested = [...folders.keys()].some((folder) => folder !== "openspec/specs");
  if (nested) proposal.config.specs = [...folders.keys()].sort().map((folder) => `${folder}/**/spec.md`);
}

function dependsOn(facts: ProjectFacts, name: string): boolean {
  const text = facts.texts.get("package.json");
  if (text === undefined) return false;
  try {
    const manifest = JSON.parse(text) as Partial<Record<string, unknown>>;
    return ["dependencies", "devDependencies", "peerDependencies"].some((group) => {
      const entries = manifest[group];
      return typeof entries === "object" && entries !== null && Object.hasOwn(entries, name);
    });
  } catch {
    return false;
  }
}

function usesOurPlugin(facts: ProjectFacts): boolean {
  return [...facts.texts].some(
    ([path, text]) => /^(?:vitest|vite)\.config\.[cm]?[jt]s$/u.test(path) && text.includes("spec-evidence/vitest"),
  );
}
