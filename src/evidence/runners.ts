/** What `init` looks at: paths of the project's files, texts that say which tools it uses, and reports that tools left. */
export interface ProjectFacts {
  files: readonly string[];
  /** Texts by path, of every package.json, vitest.config.* and the like. */
  texts: ReadonlyMap<string, string>;
  /** JUnit reports, each with its first characters. */
  reports: readonly { path: string; head: string }[];
  /** Programs of packages that are installed, as paths: `node_modules/.bin/vitest`; and names of those on the PATH. */
  programs: ReadonlySet<string>;
}

/** One way to get test results: a runner in one folder of the project. */
export interface Runner {
  name: string;
  command: string[];
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
  return foldersUsing(facts, "vitest", /^(?:vitest|vite)\.config\.[cm]?[jt]s$/u).map((folder): Runner => {
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
  });
}

function jest(facts: ProjectFacts): Runner[] {
  return foldersUsing(facts, "jest", /^jest\.config\.(?:[cm]?[jt]s|json)$/u).map(
    (folder): Runner => ({
      name: named("jest", folder),
      command: jestCommand(facts, folder),
      results: [jestReport(facts, folder)],
      wrote: wroteIn(folder, /name="jest tests"/u),
      reads: null,
      isInstalled: hasProgram(facts, folder, "jest"),
      ...(dependsOn(facts, folder, "jest-junit") || dependsOn(facts, "", "jest-junit")
        ? {}
        : { advice: "Install jest-junit: `npm install --save-dev jest-junit`." }),
    }),
  );
}

/** jest-junit takes the place of its report relative to where jest was started, and its settings from the package there. */
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
  return [folder, ...path.split("/")].filter((each) => each !== "" && each !== ".").join("/");
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

/** Folders whose own package depends on a runner: the root alone where it does and is set up for it, else each package. */
function foldersUsing(facts: ProjectFacts, program: string, setUp: RegExp): string[] {
  const using = [...facts.texts.keys()]
    .filter((path) => /(?:^|\/)package\.json$/u.test(path))
    .map((path) => path.slice(0, -"package.json".length).replace(/\/$/u, ""))
    .filter((folder) => dependsOn(facts, folder, program))
    .sort();
  if (!using.includes("")) return using;
  const packages = using.filter((folder) => folder !== "");
  return packages.length === 0 || facts.files.some((path) => setUp.test(path)) ? [""] : packages;
}

function named(runner: string, folder: string): string {
  return folder === "" ? runner : `${runner}-${folder.replace(/[^A-Za-z0-9._-]+/gu, "-")}`;
}

function depth(folder: string): number {
  return folder === "" ? 0 : folder.split("/").length;
}

/** How a program of a package is started in the folder of the package; empty where nothing but a shell does that. */
function inPackage(facts: ProjectFacts, folder: string): string[] {
  if (folder === "") return ["npx"];
  if (usesPnpm(facts)) return ["pnpm", "--dir", folder, "exec"];
  return "workspaces" in manifestOf(facts, "") ? ["npm", "exec", "--workspace", folder, "--"] : [];
}

function usesPnpm({ files }: ProjectFacts): boolean {
  return files.includes("pnpm-lock.yaml");
}

function hasProgram({ programs }: ProjectFacts, folder: string, program: string): boolean {
  const own = folder === "" ? "" : `${folder}/`;
  return ["", own].some((at) => programs.has(`${at}node_modules/.bin/${program}`));
}

function wroteIn(folder: string, by: RegExp): Runner["wrote"] {
  return ({ path, head }) => by.test(head) && (folder === "" || path.startsWith(`${folder}/`));
}

export function dependsOn(facts: ProjectFacts, folder: string, name: string): boolean {
  const manifest = manifestOf(facts, folder);
  return ["dependencies", "devDependencies", "peerDependencies"].some((group) => {
    const entries = manifest[group];
    return typeof entries === "object" && entries !== null && Object.hasOwn(entries, name);
  });
}

/** The package.json of a folder; empty where there is none that can be read. */
function manifestOf(facts: ProjectFacts, folder: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(
      facts.texts.get(folder === "" ? "package.json" : `${folder}/package.json`) ?? "",
    );
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function usesOurPlugin(facts: ProjectFacts): boolean {
  return [...facts.texts].some(
    ([path, text]) => /^(?:vitest|vite)\.config\.[cm]?[jt]s$/u.test(path) && text.includes("spec-evidence/vitest"),
  );
}
