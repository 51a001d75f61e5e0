import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { readBytes } from "../bytes.js";
import { userCacheFolder } from "../user-cache.js";
import { programOnPath } from "./programs.js";

/** The release that is run; its Maven coordinates name it too. */
export const ALLOY_VERSION = "6.2.0";

/** SHA-256 of the jars of that release: as Maven has it, and as the project's own download page does. */
export const ALLOY_DIGESTS: Readonly<Record<string, string>> = {
  "6037cbeee0e8423c1c468447ed10f5fcf2f2743a2ffc39cb1c81f2905c0fdb9d": "Maven",
  "6b8c1cb5bc93bedfc7c61435c4e1ab6e688a242dc702a394628d9a9801edb78d": "release",
};

const JAR_MAX_BYTES = 256 * 1024 * 1024;
const SCRIPT_MAX_BYTES = 64 * 1024;

export interface AlloyJar {
  /** Absolute. */
  path: string;
  /** SHA-256, hex. */
  digest: string;
  /** Where it was found, as a person would say it. */
  origin: string;
}

/** Why there is no jar to run: each place that was looked at, and what was wrong there. */
export interface NoJar {
  tried: { origin: string; why: string }[];
  /** The first jar whose digest is neither known nor allowed; null when none was found at all. */
  refused: AlloyJar | null;
  /** Whether a jar was named, so that no other may take its place. */
  named: boolean;
}

export interface JarSettings {
  /** Judged folder, which a configured path is relative to. */
  root: string;
  /** `alloy.jar` of the configuration. */
  jar?: string | undefined;
  /** `alloy.digest` of the configuration: SHA-256 of a jar that is allowed besides the known ones. */
  digest?: string | undefined;
  env?: NodeJS.ProcessEnv;
}

/**
 * Finds a jar of Alloy without fetching anything: the configured one, that of ALLOY_JAR, that of an `alloy` on the PATH,
 * the one obtained before, and the local Maven repository's. One that is named must do: when it does not, no other is
 * taken in its place.
 */
export function findAlloyJar(settings: JarSettings): { jar: AlloyJar } | NoJar {
  const env = settings.env ?? process.env;
  const none: NoJar = { tried: [], refused: null, named: false };
  for (const { origin, path, why, named } of places(settings, env)) {
    const look = path === null ? { why } : digestOf(path);
    if ("why" in look) {
      none.tried.push({ origin, why: look.why });
    } else if (isAllowed(look.digest, settings.digest)) {
      return { jar: { path: path ?? "", digest: look.digest, origin } };
    } else {
      none.tried.push({ origin, why: `${path} has the unknown digest ${look.digest}` });
      none.refused ??= { path: path ?? "", digest: look.digest, origin };
    }
    if (named) return { ...none, named };
  }
  return none;
}

/** Whether a jar may be run: it is known, or the configuration names its digest. */
export function isAllowed(digest: string, configured: string | undefined): boolean {
  return Object.hasOwn(ALLOY_DIGESTS, digest) || digest === configured?.toLowerCase();
}

/** Where an obtained jar is kept. */
export function cachedJarPath(env: NodeJS.ProcessEnv = process.env): string {
  return join(userCacheFolder(env), "alloy", ALLOY_VERSION, "alloy.jar");
}

export function digestOf(path: string): { digest: string } | { why: string } {
  try {
    const { size } = statSync(path);
    if (size > JAR_MAX_BYTES) return { why: `${path} has ${size} bytes, more than a jar of Alloy` };
    return { digest: createHash("sha256").update(readFileSync(path)).digest("hex") };
  } catch {
    return { why: `${path} cannot be read` };
  }
}

interface Place {
  origin: string;
  /** Null when there is none, for the reason in `why`. */
  path: string | null;
  why: string;
  named: boolean;
}

function* places(settings: JarSettings, env: NodeJS.ProcessEnv): Generator<Place> {
  const { ALLOY_JAR: variable = "" } = env;
  if (settings.jar !== undefined) {
    yield { origin: "alloy.jar", path: resolve(settings.root, settings.jar), why: "", named: true };
  } else if (variable !== "") {
    yield { origin: "ALLOY_JAR", path: resolve(variable), why: "", named: true };
  }
  const command = programOnPath("alloy", env);
  const behind = command === null ? null : jarBehind(command);
  const why = command === null ? "there is none" : `${command} names no jar that is there`;
  yield { origin: "alloy on the PATH", path: behind, why, named: false };
  for (const [origin, path] of [
    ["the cache", cachedJarPath(env)],
    ["the local Maven repository", mavenJarPath(env)],
  ] as const) {
    const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    yield { origin, path: isThere ? path : null, why: `no ${path}`, named: false };
  }
}

/** The jar that a command runs: itself, or one that the text of a wrapper script names. */
function jarBehind(command: string): string | null {
  const program = quietRealPath(command);
  if (program === null || program.endsWith(".jar")) return program;
  const read = readBytes(program, { maxBytes: SCRIPT_MAX_BYTES, followLink: false });
  if (!("bytes" in read)) return null;
  const text = read.bytes.toString("latin1");
  if (text.startsWith("PK")) return program;
  const folder = dirname(program);
  for (const word of text.split(/[\s"'=;()]+/u)) {
    if (!word.endsWith(".jar")) continue;
    const beside = [folder, join(folder, ".."), join(folder, "..", "lib"), join(folder, "..", "libexec")];
    // What follows a variable in a path looks absolute too.
    const candidates = [...(isAbsolute(word) ? [word] : []), ...beside.map((each) => join(each, basename(word)))];
    const found = candidates.find((each) => statSync(each, { throwIfNoEntry: false })?.isFile() === true);
    if (found !== undefined) return found;
  }
  return null;
}

function quietRealPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function mavenJarPath(env: NodeJS.ProcessEnv): string {
  const home = env.HOME ?? homedir();
  const repository = configuredRepository(join(home, ".m2", "settings.xml"), home) ?? join(home, ".m2", "repository");
  const artifact = "org.alloytools.alloy.dist";
  return join(repository, "org", "alloytools", artifact, ALLOY_VERSION, `${artifact}-${ALLOY_VERSION}.jar`);
}

/** `localRepository` of the user's Maven settings, when they have one that can be understood without Maven. */
function configuredRepository(settings: string, home: string): string | null {
  const read = readBytes(settings, { maxBytes: 1024 * 1024, followLink: true });
  if (!("bytes" in read)) return null;
  const text = read.bytes
    .toString("utf8")
    .split("<!--")
    .map((part, at) => (at === 0 ? part : after(part, "-->")))
    .join("");
  const open = text.indexOf("<localRepository>");
  const close = text.indexOf("</localRepository>", open);
  if (open < 0 || close < 0) return null;
  const named = text
    .slice(open + "<localRepository>".length, close)
    .trim()
    .replace(/\$\{user\.home\}/gu, () => home);
  return isAbsolute(named) && !named.includes("${") ? named : null;
}

function after(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? "" : text.slice(at + mark.length);
}
