/**
 * Puts the Alloy engine's Java sources into dist/, and beside them the jar that they compile to, for which a Java runtime
 * is enough. Without a JDK or a jar of Alloy to compile against the package is built all the same, and says so: the engine
 * is then compiled where it is first used.
 *
 *     node scripts/alloy-engine.mjs
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { obtainAlloyJar } from "../dist/host/alloy/install.js";
import { findAlloyJar } from "../dist/host/alloy/jar.js";
import { compileEngine } from "../dist/host/alloy/program.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = join(root, "src/alloy/engine");
const built = join(root, "dist/alloy/engine");
const jar = join(built, "engine.jar");

const javaFiles = (folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".java")) : []);
const textOf = (folder) =>
  JSON.stringify(
    javaFiles(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );

if (!existsSync(jar) || textOf(sources) !== textOf(built)) {
  rmSync(built, { recursive: true, force: true });
  mkdirSync(built, { recursive: true });
  for (const name of javaFiles(sources)) copyFileSync(join(sources, name), join(built, name));
  let found = findAlloyJar({ root });
  if (!("jar" in found)) found = await obtainAlloyJar();
  const why = "jar" in found ? await compileEngine(found.jar.path, jar) : (found.why ?? "there is no jar of Alloy");
  if (why !== null) console.warn(`The Alloy engine is not compiled, and will be where it is first used: ${why}`);
}
