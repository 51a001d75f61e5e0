import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareText } from "../../model/span.js";
import { userCacheFolder } from "../user-cache.js";
import { moveFile } from "./move.js";
import { javaProgram } from "./programs.js";

/** Where the engine's Java sources stand, and beside them the jar that a build with a JDK makes of them. */
const FOLDER = fileURLToPath(new URL("../../alloy/engine/", import.meta.url));

const ASKING = fileURLToPath(new URL("./", import.meta.url));

const JAVA_RELEASE = "17";

/** Of the entries of the engine's jar, whose bytes are to depend on its sources only. */
const JAR_DATE = "2020-01-01T00:00:00Z";

const COMPILE_MS = 120_000;

/** Of the sources: what the engine answers depends on them, however they were compiled. */
export function engineDigest(): string {
  return digestOfFiles(FOLDER, sourceNames());
}

/** Of the code of the tool that asks the engine and reads its answers: the same for every build of the same sources. */
export function askingDigest(): string {
  const isCode = (name: string) => /\.[jt]s$/u.test(name) && !/\.(?:test|d)\.ts$/u.test(name);
  return digestOfFiles(ASKING, readdirSync(ASKING).filter(isCode).sort(compareText));
}

/** The engine's jar as it came with the package or was compiled here before; null when it has to be compiled first. */
export function compiledEngine(env: NodeJS.ProcessEnv = process.env): string | null {
  const candidates = [join(FOLDER, "engine.jar"), cachedEngine(env)];
  return candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true) ?? null;
}

/**
 * The engine's jar, compiled against a jar of Alloy by the JDK when the package came without it. Gives the reason when
 * that is impossible.
 */
export async function engineProgram(
  alloyJar: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ path: string } | { why: string }> {
  const compiled = compiledEngine(env);
  if (compiled !== null) return { path: compiled };
  const target = cachedEngine(env);
  const why = await compileEngine(alloyJar, target, env);
  return why === null ? { path: target } : { why };
}

function cachedEngine(env: NodeJS.ProcessEnv): string {
  return join(userCacheFolder(env), "alloy", `engine-${engineDigest().slice(0, 16)}`, "engine.jar");
}

function digestOfFiles(folder: string, names: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of names)
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(folder, name)))
      .update("\0");
  return hash.digest("hex");
}

function sourceNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".java"))
    .sort(compareText);
}

/**
 * Compiles the engine into a jar at `target`, in a folder of its own first: another process may do the same. The same
 * JDK makes the same bytes. Null when it worked, else why not.
 */
export async function compileEngine(
  alloyJar: string,
  target: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  const javac = javaProgram("javac", env);
  const jar = javaProgram("jar", env);
  if (javac === null || jar === null) {
    return "the engine is not compiled and there is no JDK 17 or later (javac, jar) to compile it with";
  }
  let scratch: string | null = null;
  try {
    scratch = mkdtempSync(join(tmpdir(), "spec-evidence-engine-"));
    const classes = join(scratch, "classes");
    const made = join(scratch, "engine.jar");
    const sources = sourceNames().map((name) => join(FOLDER, name));
    const options = ["--release", JAVA_RELEASE, "-proc:none", "-nowarn", "-cp", alloyJar, "-d", classes];
    await execute(javac, [...options, ...sources], scratch);
    const folder = join("evidence", "alloy");
    const names = readdirSync(join(classes, folder)).sort(compareText);
    const files = names.flatMap((name) => ["-C", classes, join(folder, name)]);
    await execute(jar, ["--create", "--no-manifest", `--date=${JAR_DATE}`, "--file", made, ...files], scratch);
    mkdirSync(dirname(target), { recursive: true });
    moveFile(made, target);
    return null;
  } catch (caught) {
    return `the engine cannot be compiled: ${caught instanceof Error ? caught.message : String(caught)}`;
  } finally {
    if (scratch !== null) rmSync(scratch, { recursive: true, force: true });
  }
}

/** A compiler that breaks down writes its arguments into the folder it runs in. */
function execute(program: string, args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, timeout: COMPILE_MS, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(new Error(firstLine(`${stderr}\n${stdout}`) ?? error.message));
    });
  });
}

function firstLine(text: string): string | null {
  return (
    text
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? null
  );
}
