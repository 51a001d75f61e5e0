/**
 * Obtains the programs that this repository's own tests need beside Node and git, where Debian's packages have them. What
 * cannot be had is named; the tests that need it are then skipped, except in CI, where nothing may be.
 *
 *     node scripts/tools.mjs
 */
import { spawnSync } from "node:child_process";
import process from "node:process";

/** Program, what prints its version, Debian's package, and what needs it. */
const TOOLS = [
  { program: "chromium", version: ["--version"], package: "chromium", neededFor: "opening the report in a browser" },
  { program: "z3", version: ["--version"], package: "z3", neededFor: "comparing the bundled solver with a stock z3" },
  {
    program: "javac",
    version: ["-version"],
    package: "default-jdk-headless",
    neededFor: "compiling the Alloy engine, and the tests that run it",
  },
  {
    program: "jshell",
    version: ["--version"],
    package: "default-jdk-headless",
    neededFor: "the tests that run Java examples",
  },
  { program: "python3", version: ["--version"], package: "python3", neededFor: "the tests that run Python examples" },
  { program: "mvn", version: ["-version"], package: "maven", neededFor: "obtaining Alloy" },
];

const works = (program, args) => spawnSync(program, args, { stdio: "ignore" }).status === 0;

const missing = TOOLS.filter(({ program, version }) => !works(program, version));

if (missing.length > 0 && works("apt-get", ["--version"])) {
  const root = process.getuid?.() === 0;
  const prefix = root ? [] : works("sudo", ["-n", "true"]) ? ["sudo", "-n"] : null;
  if (prefix !== null) {
    const packages = [...new Set(missing.map((tool) => tool.package))];
    console.log(`Installing ${packages.join(", ")} from Debian's packages`);
    for (const args of [
      ["update", "-qq"],
      ["install", "-y", "-qq", "--no-install-recommends", ...packages],
    ]) {
      const [program, ...rest] = [...prefix, "apt-get", ...args];
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      const run = spawnSync(program, rest, { encoding: "utf8", env });
      if (run.status !== 0) console.error(`${["apt-get", ...args].join(" ")} failed: ${run.stderr ?? run.error}`);
    }
  }
}

const absent = missing.filter(({ program, version }) => !works(program, version));
for (const { program, package: name, neededFor } of absent) {
  console.error(`Skipped for want of ${program} (Debian package ${name}): ${neededFor}`);
}
if (absent.length > 0 && process.env.CI) process.exit(1);
