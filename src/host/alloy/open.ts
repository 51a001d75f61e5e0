import { mkdirSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { AlloyEngine } from "../../model/alloy.js";
import { sha256 } from "../../model/digest.js";
import type { Cache } from "../cache.js";
import { userCacheFolder } from "../user-cache.js";
import { alloyEngine } from "./engine.js";
import type { AlloyJar } from "./jar.js";
import { ALLOY_DIGESTS, ALLOY_VERSION } from "./jar.js";
import type { Launch } from "./machine.js";
import { mostMachines, Pool } from "./pool.js";
import { askingDigest, engineDigest, engineProgram } from "./program.js";
import { javaProgram } from "./programs.js";

export interface OpenOptions {
  jar: AlloyJar;
  cache: Cache;
  /** Bound of one process's heap. */
  memoryMb: number;
  /** Processes at once; as many as the machine is good for when left out. */
  workers?: number | undefined;
  /** Milliseconds that reading one module may take. */
  readMs?: number;
  /** Why no process is to be started; what the cache does not hold has no answer then. */
  idle?: string | undefined;
  env?: NodeJS.ProcessEnv;
}

const START_MS = 60_000;

const READ_MS = 60_000;

/** An engine on a jar that has been found. Nothing is started before the first question that the cache has no answer to. */
export function openAlloy(options: OpenOptions): AlloyEngine {
  const { jar, cache, readMs = READ_MS, env = process.env } = options;
  const identity = {
    name: "alloy",
    version: Object.hasOwn(ALLOY_DIGESTS, jar.digest) ? ALLOY_VERSION : `of digest ${jar.digest.slice(0, 12)}`,
    digest: sha256(`${jar.digest}\n${engineDigest()}`),
  };
  let archive: Archive | null = null;
  return alloyEngine({
    identity,
    cache,
    asking: askingDigest(),
    readMs,
    pool: async () => {
      if (options.idle !== undefined) return unavailablePool(options.idle);
      const program = javaProgram("java", env);
      const engine = await engineProgram(jar.path, env);
      if (program === null)
        return unavailablePool("Unexpected absence of Java, expected version 17 or later on the PATH");
      if ("why" in engine) return unavailablePool(`Unexpected absence of the engine: ${engine.why}`);
      const kept = archiveFor(program, jar, engine.path, env);
      archive = kept;
      return new Pool({
        launch: (number) => launch(program, jar.path, engine.path, options.memoryMb, kept, number === 0),
        most: options.workers ?? mostMachines(options.memoryMb),
        memoryMb: options.memoryMb,
      });
    },
    closed: (solved) => archive?.settle(solved),
  });
}

function unavailablePool(reason: string): Pool {
  return new Pool({ launch: () => ({ program: "", args: [], startMs: 0 }), most: 0, memoryMb: 0, unavailable: reason });
}

function launch(
  program: string,
  alloy: string,
  engine: string,
  memoryMb: number,
  archive: Archive,
  writes: boolean,
): Launch {
  return {
    program,
    args: [
      "-XX:+IgnoreUnrecognizedVMOptions",
      // Warnings about the archive would stand among the answers.
      "-Xlog:disable",
      ...archive.flags(writes),
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-XX:-UsePerfData",
      "-XX:+ExitOnOutOfMemoryError",
      `-Xmx${memoryMb}m`,
      "-Djava.awt.headless=true",
      "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
      "-cp",
      [engine, alloy].join(process.platform === "win32" ? ";" : ":"),
      "evidence.alloy.Engine",
    ],
    startMs: START_MS,
  };
}

/** Classes as the virtual machine has loaded them once, which halves its start (AppCDS). */
interface Archive {
  flags(writes: boolean): string[];
  /** Puts an archive that was written into its place, or throws it away when it is not `worth` keeping. */
  settle(worth: boolean): void;
}

/**
 * The archive for this Java, this jar and this engine. The virtual machine itself holds it against its own version and
 * the jars, and goes without one that is damaged or does not fit. Without one, the first process writes it at its end.
 */
function archiveFor(program: string, jar: AlloyJar, engine: string, env: NodeJS.ProcessEnv): Archive {
  const stamps = [realpathSync(program), jar.path, engine].map((path) => {
    const { size, mtimeMs } = statSync(path);
    return [path, size, mtimeMs];
  });
  const folder = join(userCacheFolder(env), "alloy", "archives");
  const path = join(folder, `${sha256(JSON.stringify([jar.digest, stamps])).slice(0, 32)}.jsa`);
  const written = `${path}.${process.pid}`;
  const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return {
    flags: (writes) => {
      if (isThere) return [`-XX:SharedArchiveFile=${path}`];
      if (!writes || !made(folder)) return [];
      return [`-XX:ArchiveClassesAtExit=${written}`];
    },
    settle: (worth) => {
      if (isThere) return;
      try {
        if (worth) renameSync(written, path);
      } catch {
        // The process did not come to its end by itself, and wrote none.
      }
      rmSync(written, { force: true });
    },
  };
}

function made(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}
