import { execFile } from "node:child_process";
import type { JarSettings, NoJar } from "./alloy/jar.js";
import { ALLOY_DIGESTS, ALLOY_VERSION, findAlloyJar } from "./alloy/jar.js";
import { compiledEngine } from "./alloy/program.js";

/** An external program and what it is good for. */
export interface InstalledPart {
  part: string;
  status: "ok" | "absent" | "broken";
  version: string | null;
  /** What does not work without it. */
  neededFor: string;
  /** How to get or mend it; null when it is fine. */
  hint: string | null;
}

interface Probe {
  part: string;
  command: readonly string[];
  /** Where the version stands in what it prints. */
  version: RegExp;
  neededFor: string;
  hint: string;
  /** Least first number of the version. */
  minimum?: number;
}

const TIMEOUT_MS = 20_000;

const PROBES: readonly Probe[] = [
  {
    part: "git",
    command: ["git", "--version"],
    version: /git version (\S+)/u,
    neededFor: "leaving out ignored files and recording the commit; without it every file is read",
    hint: "Install git, for example `apt-get install git`.",
  },
  {
    part: "java",
    command: ["java", "-version"],
    version: /version "([^"]+)"/u,
    neededFor: "Alloy models; without it they are not run",
    hint: "Install Java 17 or later, for example `apt-get install default-jre-headless`.",
    minimum: 17,
  },
  {
    part: "python3",
    command: ["python3", "--version"],
    version: /Python (\S+)/u,
    neededFor: "examples in Python; without it they are not run",
    hint: "Install Python 3.8 or later, for example `apt-get install python3`.",
    minimum: 3,
  },
  {
    part: "jshell",
    command: ["jshell", "--version"],
    version: /jshell (\S+)/u,
    neededFor: "examples in Java; without it they are not run",
    hint: "Install a JDK 17 or later, for example `apt-get install default-jdk-headless`.",
    minimum: 17,
  },
  {
    part: "z3",
    command: ["z3", "--version"],
    version: /Z3 version (\S+)/iu,
    neededFor: "`logic.solver: native`; the bundled solver needs nothing",
    hint: "Install z3, for example `apt-get install z3`.",
  },
];

/**
 * Looks for every external program, in a fixed order. `nodeVersion` is that of this process, `minimum` what is required;
 * `alloy` says which jar of Alloy is meant.
 */
export async function installedParts(
  nodeVersion: string,
  minimum: number,
  alloy: JarSettings,
): Promise<InstalledPart[]> {
  const major = Number.parseInt(nodeVersion.replace(/^v/u, ""), 10);
  const node: InstalledPart = {
    part: "node",
    status: major >= minimum ? "ok" : "broken",
    version: nodeVersion.replace(/^v/u, ""),
    neededFor: "everything",
    hint: major >= minimum ? null : `Install Node.js ${minimum} or later.`,
  };
  return [node, ...(await Promise.all(PROBES.map(look))), alloyPart(alloy), enginePart()];
}

function alloyPart(settings: JarSettings): InstalledPart {
  const part = "alloy";
  const neededFor = "Alloy models; without it they are not run";
  const found = findAlloyJar(settings);
  if ("jar" in found) {
    const { path, digest, origin } = found.jar;
    const release = Object.hasOwn(ALLOY_DIGESTS, digest) ? ALLOY_VERSION : "allowed by alloy.digest";
    const version = `${release}, SHA-256 ${digest.slice(0, 16)}…`;
    return { part, status: "ok", version, neededFor: `Alloy models; from ${origin}: ${path}`, hint: null };
  }
  const { refused } = found;
  const status = refused === null && !found.named ? "absent" : "broken";
  return { part, status, version: null, neededFor, hint: alloyHint(found) };
}

/** Nothing is proposed in the place of a jar that is named: no other would be run. */
function alloyHint({ refused, named, tried }: NoJar): string {
  if (refused !== null) {
    const unknown = `Unknown jar from ${refused.origin}: ${refused.path}.`;
    const allow = `allow this one by \`alloy.digest\`: ${refused.digest}`;
    return named
      ? `${unknown} Name a jar of Alloy ${ALLOY_VERSION} in its place, or ${allow}`
      : `${unknown} Run \`evidence alloy --install\` for a known one, or ${allow}`;
  }
  const [first] = tried;
  if (named && first !== undefined) {
    return `The jar that ${first.origin} names: ${first.why}. Correct the path, or name none.`;
  }
  return `Run \`evidence alloy --install\`, or name a jar of Alloy ${ALLOY_VERSION} under \`alloy.jar\` or in ALLOY_JAR.`;
}

function enginePart(): InstalledPart {
  const path = compiledEngine();
  const shared = { part: "alloy engine", neededFor: "asking Alloy; it comes compiled with the package" };
  if (path !== null) return { ...shared, status: "ok", version: "compiled", hint: null };
  const hint = "It is compiled when it is first used, for which a JDK 17 or later has to be there.";
  return { ...shared, status: "absent", version: null, hint };
}

function look(probe: Probe): Promise<InstalledPart> {
  const { part, neededFor, hint } = probe;
  const [program = "", ...args] = probe.command;
  return new Promise((resolve) => {
    execFile(program, args, { timeout: TIMEOUT_MS, encoding: "utf8" }, (error, stdout, stderr) => {
      const version = probe.version.exec(`${stdout}\n${stderr}`)?.[1] ?? null;
      const isOld = version !== null && Number.parseInt(version, 10) < (probe.minimum ?? 0);
      if (isOld) {
        resolve({ part, status: "broken", version, neededFor, hint });
      } else if (error === null && version !== null) {
        resolve({ part, status: "ok", version, neededFor, hint: null });
      } else {
        const absent = error !== null && "code" in error && error.code === "ENOENT";
        resolve({ part, status: absent ? "absent" : "broken", version: null, neededFor, hint });
      }
    });
  });
}
