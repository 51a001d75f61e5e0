import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it, onTestFinished } from "vitest";
import { ALLOY_ENV, alloyJar, alloyModule, testAlloy } from "../../../test/builders/alloy-engine.js";
import { put, scratch } from "../../../test/builders/scratch.js";
import type { AlloyEngine } from "../../model/alloy.js";
import { ALLOY_OPTIONS } from "../../model/alloy.js";
import type { Config } from "../../model/config.js";
import { defaultConfig } from "../../model/config.js";
import { fileSpan } from "../../model/span.js";
import { NO_CACHE, openCache } from "../cache.js";
import { acquireAlloy } from "./acquire.js";
import { cachedJarPath, digestOf, findAlloyJar } from "./jar.js";
import { compileEngine, engineProgram } from "./program.js";
import { javaProgram } from "./programs.js";

const JAR = alloyJar?.path ?? "";
const EASY = alloyModule("sig A {}\nrun { some A } for 2");
const MAVEN = ".m2/repository/org/alloytools/org.alloytools.alloy.dist/6.2.0/org.alloytools.alloy.dist-6.2.0.jar";

/** An empty machine: a home, a cache and a PATH of its own, with a Java when `java` is not false. */
function machine({ java = true } = {}) {
  const home = scratch({ "bin/.keep": "" });
  const env: NodeJS.ProcessEnv = { HOME: home, PATH: join(home, "bin"), XDG_CACHE_HOME: join(home, "cache") };
  if (java) symlinkSync(javaProgram("java", { PATH: process.env.PATH }) ?? "", join(home, "bin/java"));
  return { home, env };
}

function copyTo(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(JAR, path);
  return path;
}

function program(path: string, text: string): void {
  put(dirname(path), { [path.slice(dirname(path).length + 1)]: text });
  chmodSync(path, 0o755);
}

async function acquire(root: string, env: NodeJS.ProcessEnv, config: Partial<Config["alloy"]> = {}) {
  const settings = { ...defaultConfig().alloy, ...config };
  const got = await acquireAlloy({ root, env, config: settings, cache: NO_CACHE, span: fileSpan("a.als") });
  if ("engine" in got) onTestFinished(() => got.engine.close());
  return got;
}

function solve(engine: AlloyEngine) {
  return engine.ask(EASY, { ask: "command", command: 0 }, ALLOY_OPTIONS);
}

describe.skipIf(alloyJar === null)("the jar of Alloy", () => {
  it("is looked for in order", () => {
    traceSpec("ALLOYENG-LOCATE");
    const { home, env } = machine();
    const found = (jar?: string) => {
      const result = findAlloyJar({ root: home, jar, env });
      return "jar" in result ? [result.jar.origin, result.jar.path] : null;
    };
    expect(found()).toBeNull();
    copyTo(join(home, MAVEN));
    expect(found()).toEqual(["the local Maven repository", join(home, MAVEN)]);
    const cached = copyTo(cachedJarPath(env));
    expect(found()).toEqual(["the cache", cached]);
    copyTo(join(home, "bin/alloy"));
    chmodSync(join(home, "bin/alloy"), 0o755);
    // Too large for a script, and no name of a jar: what it runs cannot be told.
    expect(found()).toEqual(["the cache", cached]);
    const behind = copyTo(join(home, "opt/alloy.jar"));
    program(join(home, "bin/alloy"), `#!/bin/sh\nexec java -jar ${behind} "$@"\n`);
    expect(found()).toEqual(["alloy on the PATH", behind]);
    env.ALLOY_JAR = copyTo(join(home, "variable.jar"));
    expect(found()).toEqual(["ALLOY_JAR", env.ALLOY_JAR]);
    copyTo(join(home, "tools/configured.jar"));
    expect(found("tools/configured.jar")).toEqual(["alloy.jar", join(home, "tools/configured.jar")]);
  });

  it("that is named takes no other's place", async () => {
    traceSpec("ALLOYENG-LOCATE-NAMED");
    const { home, env } = machine();
    copyTo(cachedJarPath(env));
    const got = await acquire(home, env, { jar: "absent.jar" });
    expect(got).toMatchObject({ finding: { code: "ALLOY101", suggestion: null } });
    expect("finding" in got ? got.finding.message : "").toContain(
      `alloy.jar: ${join(home, "absent.jar")} cannot be read`,
    );
    env.ALLOY_JAR = join(home, "elsewhere.jar");
    const other = await acquire(home, env);
    expect("finding" in other ? other.finding.message : "").toContain("ALLOY_JAR");
  });

  it.each([
    ["beside it", 'exec java -jar "$(dirname "$0")/alloy.jar"', "bin/alloy.jar"],
    ["in a lib folder", 'java -cp "$HERE/../lib/alloy.jar" Main', "lib/alloy.jar"],
  ])("is found behind a script that names it %s", (_, line, place) => {
    traceSpec("ALLOYENG-LOCATE-WRAPPER");
    const { home, env } = machine();
    program(join(home, "bin/alloy"), `#!/bin/sh\n${line}\n`);
    const without = findAlloyJar({ root: home, env });
    expect("tried" in without ? without.tried.map(({ why }) => why) : []).toContain(
      `${join(home, "bin/alloy")} names no jar that is there`,
    );
    copyTo(join(home, place));
    const found = findAlloyJar({ root: home, env });
    expect("jar" in found ? readFileSync(found.jar.path).length : 0).toBe(readFileSync(JAR).length);
  });

  it("is found in the repository that Maven's settings name", () => {
    traceSpec("ALLOYENG-LOCATE-MAVEN");
    const { home, env } = machine();
    const jar = copyTo(join(home, MAVEN.replace(".m2/repository", "shelf")));
    const settings = (content: string) => put(home, { ".m2/settings.xml": `<settings>${content}</settings>` });
    const shelf = ["$", "{user.home}/shelf"].join("");
    settings(`<!-- <localRepository>${shelf}</localRepository> -->`);
    expect(findAlloyJar({ root: home, env })).toHaveProperty("tried");
    settings(`<localRepository> ${shelf} </localRepository>`);
    expect(findAlloyJar({ root: home, env })).toMatchObject({ jar: { path: jar } });
  });

  it("is obtained through Maven when it is nowhere, and kept", async () => {
    traceSpec("ALLOYENG-LOCATE-FETCH");
    const { home, env } = machine();
    // As Maven's own copy goal does, from a repository that this test may use.
    const mvn = (source: string) =>
      `#!/bin/sh\nPATH=${process.env.PATH}\nfor each in "$@"; do case "$each" in -DoutputDirectory=*) folder="\${each#*=}";; esac; done\ncp ${source} "$folder/"\necho "$@" >${home}/asked\n`;
    program(join(home, "bin/mvn"), mvn(JAR));
    const got = await acquire(home, env);
    expect(got).toHaveProperty("engine");
    expect(readFileSync(join(home, "asked"), "utf8")).toContain(
      "-Dartifact=org.alloytools:org.alloytools.alloy.dist:6.2.0",
    );
    expect(digestOf(cachedJarPath(env))).toEqual({ digest: alloyJar?.digest });

    const other = machine();
    put(other.home, { "other.jar": "no jar" });
    program(join(other.home, "bin/mvn"), mvn(join(other.home, "other.jar")).replaceAll(`${home}/`, `${other.home}/`));
    const refused = await acquire(other.home, other.env);
    expect("finding" in refused ? refused.finding.message : "").toContain("has the unknown digest");
    expect(existsSync(cachedJarPath(other.env))).toBe(false);

    program(join(other.home, "bin/mvn"), '#!/bin/sh\necho "[ERROR] no network"\nexit 1\n');
    const failed = await acquire(other.home, other.env);
    expect("finding" in failed ? failed.finding.message : "").toContain("no network");
  });

  it("that cannot be had is a finding that says what to do", async () => {
    traceSpec("ALLOYENG-LOCATE-NONE");
    const { home, env } = machine();
    const got = await acquire(home, env);
    if (!("finding" in got)) throw new Error("an engine");
    expect(got.finding).toMatchObject({ code: "ALLOY101", suggestion: "evidence alloy --install" });
    for (const place of ["alloy on the PATH", cachedJarPath(env), join(home, MAVEN), "there is no mvn on the PATH"]) {
      expect(got.finding.message).toContain(place);
    }
  });

  it("is not run when its digest is neither known nor allowed", async () => {
    traceSpec("ALLOYENG-DIGEST");
    const { home, env } = machine();
    const other = copyTo(join(home, "other.jar"));
    writeFileSync(other, Buffer.concat([readFileSync(other), Buffer.from("\n")]));
    const look = digestOf(other);
    const digest = "digest" in look ? look.digest : "";
    const got = await acquire(home, env, { jar: "other.jar" });
    if (!("finding" in got)) throw new Error("an engine");
    expect(got.finding.code).toBe("ALLOY102");
    expect(got.finding.message).toContain(digest);
    const wrong = await acquire(home, env, { jar: "other.jar", digest: alloyJar?.digest });
    expect("finding" in wrong ? wrong.finding.code : "").toBe("ALLOY102");
  });

  it("is run when the configuration allows its digest", async () => {
    traceSpec("ALLOYENG-DIGEST-ALLOWED");
    const home = scratch();
    await engineProgram(JAR, ALLOY_ENV);
    const other = copyTo(join(home, "other.jar"));
    writeFileSync(other, Buffer.concat([readFileSync(other), Buffer.from("\n")]));
    const look = digestOf(other);
    const digest = "digest" in look ? look.digest.toUpperCase() : "";
    const got = await acquire(home, ALLOY_ENV, { jar: other, digest });
    if (!("engine" in got)) throw new Error(got.finding.message);
    expect(await solve(got.engine)).toMatchObject({ status: "satisfiable" });
    expect(got.engine.identity.version).not.toBe("6.2.0");
  });

  it("needs a Java", async () => {
    traceSpec("ALLOYENG-JAVA");
    const { home, env } = machine({ java: false });
    copyTo(cachedJarPath(env));
    const got = await acquire(home, env);
    if (!("engine" in got)) throw new Error(got.finding.message);
    expect(got.absence).toEqual(await solve(got.engine));
    const without = await acquire(home, machine({ java: false }).env);
    expect("finding" in without ? without.finding.code : "").toBe("ALLOY103");
    const engine = testAlloy({ env });
    onTestFinished(() => engine.close());
    expect(await solve(engine)).toMatchObject({ status: "unavailable", reason: expect.stringContaining("Java") });
  });

  it("that is none makes every question unavailable", async () => {
    traceSpec("ALLOYENG-JAVA-BROKEN");
    const home = scratch({ "broken.jar": "this is no archive" });
    await engineProgram(JAR, ALLOY_ENV);
    const look = digestOf(join(home, "broken.jar"));
    const got = await acquire(home, ALLOY_ENV, { jar: "broken.jar", digest: "digest" in look ? look.digest : "" });
    if (!("engine" in got)) throw new Error(got.finding.message);
    expect(await solve(got.engine)).toMatchObject({
      status: "unavailable",
      reason: expect.stringMatching(/NoClassDefFoundError|ClassNotFoundException/),
    });
  });
});

describe.skipIf(alloyJar === null)("the engine's program and its archive", () => {
  it("are made once and used again, and the archive only when it is whole", async () => {
    traceSpec("ALLOYENG-COMPILE");
    traceSpec("ALLOYENG-ARCHIVE");
    traceSpec("ALLOYENG-ARCHIVE-DAMAGED");
    const cache = scratch();
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    const made = () =>
      readdirSync(cache, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.jar$|\.jsa$/.test(name))
        .map((name) => name.replace(/[0-9a-f]{16,}/u, "…"))
        .sort();
    const reading = testAlloy({ env });
    expect(await reading.read(EASY)).toMatchObject({ status: "read" });
    await reading.close();
    const engine = "spec-evidence/alloy/engine-…/engine.jar";
    expect(made()).toEqual([engine]);
    const first = testAlloy({ env });
    const answer = await solve(first);
    await first.close();
    const archive = "spec-evidence/alloy/archives/….jsa";
    expect(made()).toEqual([archive, engine]);
    const second = testAlloy({ env });
    expect(await solve(second)).toEqual(answer);
    await second.close();
    const name = readdirSync(join(cache, "spec-evidence/alloy/archives"))[0] ?? "";
    writeFileSync(join(cache, "spec-evidence/alloy/archives", name), "damaged");
    const third = testAlloy({ env });
    expect(await solve(third)).toEqual(answer);
    await third.close();
  });

  it("have the same bytes whenever they are compiled", async () => {
    traceSpec("ALLOYENG-COMPILE-REPEAT");
    const folder = scratch();
    const compiled = async (name: string) => {
      expect(await compileEngine(JAR, join(folder, name))).toBeNull();
      return digestOf(join(folder, name));
    };
    const first = await compiled("first.jar");
    expect(first).toHaveProperty("digest");
    // The times in an archive have a grain of two seconds.
    await pause(2100);
    expect(await compiled("second.jar")).toEqual(first);
  });

  it("are unavailable without a JDK", async () => {
    traceSpec("ALLOYENG-COMPILE-NONE");
    const { env } = machine();
    const engine = testAlloy({ env });
    onTestFinished(() => engine.close());
    expect(await solve(engine)).toMatchObject({
      status: "unavailable",
      reason: expect.stringContaining("there is no JDK 17 or later (javac, jar)"),
    });
  });
});

describe.skipIf(alloyJar === null)("kept answers", () => {
  it("are given again without a process, and only to the same question", async () => {
    traceSpec("ALLOYENG-CACHE");
    traceSpec("ALLOYENG-CACHE-KEY");
    const cache = openCache(scratch(), "1");
    const first = testAlloy({ cache });
    const read = await first.read(EASY);
    const answer = await solve(first);
    await first.close();
    const { env } = machine({ java: false });
    const second = testAlloy({ cache, env });
    expect(await second.read({ root: EASY.root, files: { ...EASY.files } })).toEqual(read);
    expect(await solve(second)).toEqual(answer);
    const command = { ask: "command", command: 0 } as const;
    const [path = ""] = Object.keys(EASY.files);
    const others = [
      second.ask({ ...EASY, files: { [path]: `${EASY.files[path]} ` } }, command, ALLOY_OPTIONS),
      second.ask({ ...EASY, files: { ...EASY.files, "b.als": "" } }, command, ALLOY_OPTIONS),
      second.ask(EASY, { ask: "facts", command: 0 }, ALLOY_OPTIONS),
      second.ask(EASY, command, { ...ALLOY_OPTIONS, skolemDepth: 2 }),
      testAlloy({ cache, env, jar: { path: JAR, digest: "0".repeat(64), origin: "" } }).ask(
        EASY,
        command,
        ALLOY_OPTIONS,
      ),
    ];
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual(Array(5).fill("unavailable"));
    expect((await second.ask(EASY, command, { ...ALLOY_OPTIONS, timeoutMs: 5 })).status).toBe("satisfiable");
  });

  it("are not what the surroundings did", async () => {
    traceSpec("ALLOYENG-CACHE-NOT");
    const cache = openCache(scratch(), "1");
    const { env } = machine({ java: false });
    const without = testAlloy({ cache, env });
    expect((await solve(without)).status).toBe("unavailable");
    const engine = testAlloy({ cache });
    onTestFinished(() => engine.close());
    expect((await engine.ask(EASY, { ask: "command", command: 0 }, { ...ALLOY_OPTIONS, timeoutMs: 1 })).status).toBe(
      "timeout",
    );
    expect((await solve(engine)).status).toBe("satisfiable");
  });
});
