import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../processes.js";
import type { AlloyJar } from "./jar.js";
import { ALLOY_DIGESTS, ALLOY_VERSION, cachedJarPath, digestOf } from "./jar.js";
import { moveFile } from "./move.js";
import { programOnPath } from "./programs.js";

const ARTIFACT = `org.alloytools:org.alloytools.alloy.dist:${ALLOY_VERSION}`;

/** The goal that copies an artifact, of a fixed version: Maven would look for the newest otherwise. */
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";

const TIMEOUT_MS = 10 * 60_000;

/**
 * Obtains the jar of Alloy into the user's cache, with the user's own Maven and its settings. It is kept only when it has
 * the known digest. Says what went wrong otherwise.
 */
export async function obtainAlloyJar(
  env: NodeJS.ProcessEnv = process.env,
  signal?: AbortSignal,
): Promise<{ jar: AlloyJar } | { why: string }> {
  const mvn = programOnPath("mvn", env);
  if (mvn === null) return { why: "there is no mvn on the PATH to obtain the jar of Alloy with" };
  const scratch = mkdtempSync(join(tmpdir(), "spec-evidence-alloy-"));
  try {
    const command = [mvn, "--batch-mode", "--quiet", COPY, `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${scratch}`];
    const log = join(scratch, "mvn.log");
    const result = await run(command, { cwd: scratch, timeoutMs: TIMEOUT_MS, log, signal, env: definedOnly(env) });
    signal?.throwIfAborted();
    const name = readdirSync(scratch).find((each) => each.endsWith(".jar"));
    if (result.exitCode !== 0 || name === undefined) {
      return { why: `mvn did not get ${ARTIFACT}: ${lastWords(result.tail, result.timedOut)}` };
    }
    return keep(join(scratch, name), cachedJarPath(env));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function keep(fetched: string, target: string): { jar: AlloyJar } | { why: string } {
  const look = digestOf(fetched);
  if ("why" in look) return look;
  if (!Object.hasOwn(ALLOY_DIGESTS, look.digest)) {
    return { why: `what mvn got for ${ARTIFACT} has the unknown digest ${look.digest}` };
  }
  mkdirSync(dirname(target), { recursive: true });
  moveFile(fetched, target);
  return { jar: { path: target, digest: look.digest, origin: "Maven" } };
}

function lastWords(tail: string, timedOut: boolean): string {
  if (timedOut) return `it had not ended after ${TIMEOUT_MS / 60_000} minutes`;
  const lines = tail.split("\n").map((line) => line.trim());
  return (
    lines
      .find((line) => line.startsWith("[ERROR]"))
      ?.slice("[ERROR]".length)
      .trim() ??
    lines.find((line) => line !== "") ??
    "it said nothing"
  );
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
