import { execFile } from "node:child_process";

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
    neededFor: "Alloy models, which a later version runs; nothing yet",
    hint: "Install Java 17 or later, for example `apt-get install default-jre-headless`.",
  },
  {
    part: "z3",
    command: ["z3", "--version"],
    version: /Z3 version (\S+)/iu,
    neededFor: "`logic.solver: native`; the bundled solver needs nothing",
    hint: "Install z3, for example `apt-get install z3`.",
  },
];

/** Looks for every external program, in a fixed order. `nodeVersion` is that of this process, `minimum` what is required. */
export async function installedParts(nodeVersion: string, minimum: number): Promise<InstalledPart[]> {
  const major = Number.parseInt(nodeVersion.replace(/^v/u, ""), 10);
  const node: InstalledPart = {
    part: "node",
    status: major >= minimum ? "ok" : "broken",
    version: nodeVersion.replace(/^v/u, ""),
    neededFor: "everything",
    hint: major >= minimum ? null : `Install Node.js ${minimum} or later.`,
  };
  return [node, ...(await Promise.all(PROBES.map(look)))];
}

function look(probe: Probe): Promise<InstalledPart> {
  const { part, neededFor, hint } = probe;
  const [program = "", ...args] = probe.command;
  return new Promise((resolve) => {
    execFile(program, args, { timeout: TIMEOUT_MS, encoding: "utf8" }, (error, stdout, stderr) => {
      const version = probe.version.exec(`${stdout}\n${stderr}`)?.[1] ?? null;
      if (error === null && version !== null) {
        resolve({ part, status: "ok", version, neededFor, hint: null });
      } else {
        const absent = error !== null && "code" in error && error.code === "ENOENT";
        resolve({ part, status: absent ? "absent" : "broken", version: null, neededFor, hint });
      }
    });
  });
}
