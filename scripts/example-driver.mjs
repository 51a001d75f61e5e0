/**
 * Puts the Java program that runs Java examples into dist/ as one source file, which is what `java` runs without anything
 * having been compiled: the classes of src/host/examples/java/ one behind the other, below the imports of all.
 *
 *     node scripts/example-driver.mjs
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const IN_ORDER = ["ExampleDriver", "Plan", "Run", "Session", "Values"];

const folder = new URL("../src/host/examples/java/", import.meta.url);
const target = new URL("../dist/host/examples/java/", import.meta.url);

const imports = new Set();
const classes = IN_ORDER.map((name) => {
  const lines = readFileSync(new URL(`${name}.java`, folder), "utf8").split("\n");
  for (const line of lines) if (line.startsWith("import ")) imports.add(line);
  return lines.filter((line) => !line.startsWith("import ")).join("\n");
});
mkdirSync(fileURLToPath(target), { recursive: true });
writeFileSync(new URL("ExampleDriver.java", target), `${[...imports].sort().join("\n")}\n${classes.join("")}`);
