import type { ProjectFacts } from "./packages.js";
import {
  dependsOn,
  foldersUsing,
  hasProgram,
  inPackage,
  isPlainPath,
  manifestOf,
  usesOurPlugin,
  usesPnpm,
} from "./packages.js";

/** One way to get test results: a runner in one folder of the project. */
export interface Runner {
  name: string;
  /** Null where a path in it would not stand for itself; the advice says what to do then. */
  command: string[] | null;
  /** Patterns of what it leaves. */
  results: string[];
  /** Whether a report that is there was written by it; the pattern to read such reports by, null for their own paths. */
  wrote: (report: ProjectFacts["reports"][number]) => boolean;
  reads: string | null;
  /** The program is there, so that running it beats reading what it left. */
  isInstalled: boolean;
  advice?: string;
}

const REPORTS = ".evidence/results";

const GOTESTSUM = "gotest.tools/gotestsum@v1.13.0";

/** Test runners we know how to ask for results; adding one is adding a row. */
const RUNNERS: readonly ((facts: ProjectFacts) => Runner[])[] = [vitest, jest, pytest, maven, gradle, go, nextest];

/** The runners that a project uses, in a fixed order. Everything they name was seen. */
export function runnersOf(facts: ProjectFacts): Runner[] {
  return RUNNERS.flatMap((find) => find(facts));
}

function vitest(facts: ProjectFacts): Runner[] {
  return foldersUsing(facts, "vitest", /^(?:vitest|vite)\.config\.[cm]?[jt]s$/u).map((folder) =>
    withPlainPaths(vitestIn(facts, folder), [folder]),
  );
}

function vitestIn(facts: ProjectFacts, folder: string): Runner {
  const common = {
    name: named("vitest", folder),
    wrote: wroteIn(folder, /name="vitest tests"/u),
    reads: null,
    isInstalled: hasProgram(facts, folder, "vitest"),
  };
  const root = folder === "" || usesPnpm(facts) ? [] : ["--root", folder];
  const start = [...(usesPnpm(facts) ? inPackage(facts, folder) : ["npx"]), "vitest", "run", ...root];
  if (folder === "" && usesOurPlugin(facts)) {
    return { ...common, command: start, results: [`${REPORTS}/vitest*.json`] };
  }
  const report = folder === "" ? `${REPORTS}/vitest.xml` : `${REPORTS}/${folder}/vitest.xml`;
  // vitest takes the place of its report relative to its own root.
  const output = `--outputFile.junit=${"../".repeat(depth(folder))}${report}`;
  return {
    ...common,
    command: [...start, "--reporter=default", "--reporter=junit", output],
    results: [report],
    ...(folder === ""
      ? {
          advice:
            'Add `plugins: [evidence()]` from "spec-evidence/vitest" to vitest.config.ts, and make the provider `["npx", "vitest", "run"]` with results `.evidence/results/vitest*.json`: assertions are counted then, and traceSpec() is checked while tests run.',
        }
      : {}),
  };
}

function jest(facts: ProjectFacts): Runner[] {
  return foldersUsing(facts, "jest", /^jest\.config\.(?:[cm]?[jt]s|json)$/u).map((folder) => {
    const report = jestReport(facts, folder);
    const runner: Runner = {
      name: named("jest", folder),
      command: jestCommand(facts, folder),
      results: [report],
      wrote: wroteIn(folder, /name="jest tests"/u),
      reads: null,
      isInstalled: hasProgram(facts, folder, "jest"),
      ...(dependsOn(facts, folder, "jest-junit") || dependsOn(facts, "", "jest-junit")
        ? {}
        : { advice: "Install jest-junit: `npm install --save-dev jest-junit`." }),
    };
    return withPlainPaths(runner, [folder, report]);
  });
}

/**
 * A runner as it is where its paths stand for themselves; else without a command, because what is proposed here is run:
 * a folder may be named like a command of a shell.
 */
function withPlainPaths(runner: Runner, paths: readonly string[]): Runner {
  const strange = paths.find((path) => !isPlainPath(path));
  if (strange === undefined) return runner;
  const why = `"${strange}" leads out of the project or has characters that shells read`;
  const advice = `No command was written for ${runner.name}, because ${why}: name a command and its report under \`providers\`.`;
  return { ...runner, command: null, advice };
}

/**
 * jest-junit takes the place of its report relative to where jest was started, and its settings from the package there.
 * The folder is one that a shell takes as it is.
 */
function jestCommand(facts: ProjectFacts, folder: string): string[] {
  const jest = ["jest", "--ci", "--reporters=default", "--reporters=jest-junit"];
  const start = inPackage(facts, folder);
  return start.length > 0 ? [...start, ...jest] : ["npm", "exec", "--call", `cd ${folder} && npx ${jest.join(" ")}`];
}

function jestReport(facts: ProjectFacts, folder: string): string {
  const settings = manifestOf(facts, folder)["jest-junit"];
  const setting = (name: string) => {
    const value = typeof settings === "object" && settings !== null ? Reflect.get(settings, name) : undefined;
    return typeof value === "string" ? value.replace("<rootDir>/", "") : undefined;
  };
  const path = setting("outputFile") ?? `${setting("outputDirectory") ?? "."}/${setting("outputName") ?? "junit.xml"}`;
  return path.startsWith("/") ? path : normalised(`${folder}/${path}`);
}

/** A relative path without `.` and empty steps, and with `..` at most in front. */
function normalised(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return steps.join("/");
}

function pytest({ files }: ProjectFacts): Runner[] {
  if (!files.some((path) => /(?:^|\/)(?:pytest\.ini|conftest\.py|test_[^/]*\.py|[^/]*_test\.py)$/u.test(path)))
    return [];
  const report = `${REPORTS}/pytest.xml`;
  return [
    {
      name: "pytest",
      command: ["python3", "-m", "pytest", `--junitxml=${report}`],
      results: [report],
      wrote: ({ head }) => /<testsuite\s[^>]{0,200}\bname="pytest"/u.test(head),
      reads: null,
      isInstalled: false,
    },
  ];
}

function maven({ files }: ProjectFacts): Runner[] {
  if (!files.includes("pom.xml")) return [];
  const pattern = "**/target/{surefire,failsafe}-reports/TEST-*.xml";
  return [
    {
      name: "maven",
      command: [files.includes("mvnw") ? "./mvnw" : "mvn", "--batch-mode", "--fail-at-end", "test"],
      results: [pattern],
      wrote: ({ path }) => /(?:^|\/)target\/(?:surefire|failsafe)-reports\/TEST-[^/]*\.xml$/u.test(path),
      reads: pattern,
      isInstalled: false,
    },
  ];
}

function gradle({ files }: ProjectFacts): Runner[] {
  if (!files.some((path) => /^(?:build|settings)\.gradle(?:\.kts)?$/u.test(path))) return [];
  const pattern = "**/build/test-results/**/*.xml";
  return [
    {
      name: "gradle",
      command: [files.includes("gradlew") ? "./gradlew" : "gradle", "test", "--continue"],
      results: [pattern],
      wrote: ({ path }) => /(?:^|\/)build\/test-results\//u.test(path),
      reads: pattern,
      isInstalled: false,
    },
  ];
}

function go({ files, programs }: ProjectFacts): Runner[] {
  if (!files.some((path) => /(?:^|\/)go\.mod$/u.test(path))) return [];
  const report = `${REPORTS}/go.xml`;
  const isThere = programs.has("gotestsum");
  return [
    {
      name: "go",
      command: [...(isThere ? ["gotestsum"] : ["go", "run", GOTESTSUM]), "--junitfile", report, "./..."],
      results: [report],
      // gotestsum and go-junit-report both record the version of Go.
      wrote: ({ head }) => /<property name="go\.version"/u.test(head),
      reads: null,
      isInstalled: false,
      ...(isThere
        ? {}
        : { advice: `Go writes no report of its own: \`go run\` fetches ${GOTESTSUM} once, or install it.` }),
    },
  ];
}

function nextest({ files }: ProjectFacts): Runner[] {
  if (!files.includes("Cargo.toml")) return [];
  return [
    {
      name: "nextest",
      command: ["cargo", "nextest", "run", "--profile", "ci"],
      results: ["target/nextest/ci/junit.xml"],
      wrote: ({ path }) => /(?:^|\/)target\/nextest\/[^/]+\/junit\.xml$/u.test(path),
      reads: null,
      isInstalled: false,
      advice:
        'Rust reports through cargo-nextest: put `[profile.ci.junit]` with `path = "junit.xml"` in .config/nextest.toml.',
    },
  ];
}

function named(runner: string, folder: string): string {
  return folder === "" ? runner : `${runner}-${folder.replace(/[^A-Za-z0-9._-]+/gu, "-")}`;
}

function depth(folder: string): number {
  return folder === "" ? 0 : folder.split("/").length;
}

function wroteIn(folder: string, by: RegExp): Runner["wrote"] {
  return ({ path, head }) => by.test(head) && (folder === "" || path.startsWith(`${folder}/`));
}
