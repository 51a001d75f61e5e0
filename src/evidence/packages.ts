import picomatch from "picomatch";

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

/** Folders whose own package depends on a runner: the root alone where it does and is set up for it, else each package. */
export function foldersUsing(facts: ProjectFacts, program: string, setUp: RegExp): string[] {
  const using = [...facts.texts.keys()]
    .filter((path) => /(?:^|\/)package\.json$/u.test(path))
    .map((path) => path.slice(0, -"package.json".length).replace(/\/$/u, ""))
    .filter((folder) => dependsOn(facts, folder, program))
    .sort();
  if (!using.includes("")) return using;
  const packages = using.filter((folder) => folder !== "");
  return packages.length === 0 || facts.files.some((path) => setUp.test(path)) ? [""] : packages;
}

/** How a program of a package is started in the folder of the package; empty where nothing but a shell does that. */
export function inPackage(facts: ProjectFacts, folder: string): string[] {
  if (folder === "") return ["npx"];
  if (usesPnpm(facts)) return ["pnpm", "--dir", folder, "exec"];
  return isWorkspace(facts, folder) ? ["npm", "exec", "--workspace", folder, "--"] : [];
}

/**
 * Whether the root's package.json lists a folder among its workspaces. A folder that one pattern takes out counts as taken
 * out, also where npm lets a later pattern put it back.
 */
function isWorkspace(facts: ProjectFacts, folder: string): boolean {
  const { workspaces } = manifestOf(facts, "");
  const listed: unknown = isRecord(workspaces) ? workspaces.packages : workspaces;
  const patterns = (Array.isArray(listed) ? listed : [])
    .filter((each) => typeof each === "string")
    .map((each) => ({
      takesOut: each.startsWith("!"),
      plain: each.replace(/^!?(?:\.?\/+)?/u, "").replace(/\/+$/u, ""),
    }))
    .filter(({ plain }) => plain !== "");
  const matches = (takesOut: boolean) =>
    patterns.some((each) => each.takesOut === takesOut && picomatch.isMatch(folder, each.plain));
  return matches(false) && !matches(true);
}

/**
 * Whether a path in the project stands for itself in commands and patterns, whatever reads it: npm hands the arguments of
 * programs to a shell.
 */
export function isPlainPath(path: string): boolean {
  return /^[\p{L}\p{N}_@./-]*$/u.test(path) && !/^(?:-|\/|\.\.(?:\/|$))/u.test(path);
}

export function usesPnpm({ files }: ProjectFacts): boolean {
  return files.includes("pnpm-lock.yaml");
}

export function hasProgram({ programs }: ProjectFacts, folder: string, program: string): boolean {
  const own = folder === "" ? "" : `${folder}/`;
  return ["", own].some((at) => programs.has(`${at}node_modules/.bin/${program}`));
}

export function dependsOn(facts: ProjectFacts, folder: string, name: string): boolean {
  const manifest = manifestOf(facts, folder);
  return ["dependencies", "devDependencies", "peerDependencies"].some((group) => {
    const entries = manifest[group];
    return isRecord(entries) && Object.hasOwn(entries, name);
  });
}

/** The package.json of a folder; empty where there is none that can be read. */
export function manifestOf(facts: ProjectFacts, folder: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(
      facts.texts.get(folder === "" ? "package.json" : `${folder}/package.json`) ?? "",
    );
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

export function usesOurPlugin(facts: ProjectFacts): boolean {
  return [...facts.texts].some(
    ([path, text]) => /^(?:vitest|vite)\.config\.[cm]?[jt]s$/u.test(path) && text.includes("spec-evidence/vitest"),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
