import type { AlloyEngine, AlloyUnavailable } from "../../model/alloy.js";
import type { Config } from "../../model/config.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { Span } from "../../model/span.js";
import type { Cache } from "../cache.js";
import { obtainAlloyJar } from "./install.js";
import type { AlloyJar, NoJar } from "./jar.js";
import { findAlloyJar } from "./jar.js";
import { openAlloy } from "./open.js";
import { javaProgram } from "./programs.js";

export interface AcquireOptions {
  /** Judged folder. */
  root: string;
  config: Config["alloy"];
  cache: Cache;
  /** What a finding points at: the first model, for one. */
  span: Span;
  /** Why nothing is to be started or obtained: only what the cache holds is answered. */
  idle?: string | undefined;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/**
 * An engine that is ready to be asked, or the finding that says why there is none. A jar that is nowhere on this machine
 * is obtained through Maven. No process of Alloy is started yet. Without Java the engine knows what the cache holds;
 * `absence` is its answer to everything else.
 */
export async function acquireAlloy(
  options: AcquireOptions,
): Promise<{ engine: AlloyEngine; absence: AlloyUnavailable | null } | { finding: Finding }> {
  const { root, config, cache, span, idle, env = process.env, signal } = options;
  const absence = idle === undefined && javaProgram("java", env) === null ? NO_JAVA : null;
  const wanted = { root, jar: config.jar, digest: config.digest, env };
  const found = idle === undefined && absence === null ? await jarFor(wanted, signal) : findAlloyJar(wanted);
  if (!("jar" in found))
    return { finding: absence === null ? jarFinding(found, span) : unavailableFinding(absence, span) };
  const { memoryMb, workers } = config;
  const engine = openAlloy({ jar: found.jar, cache, memoryMb, workers, idle: absence?.reason ?? idle, env });
  return { engine, absence };
}

const NO_JAVA: AlloyUnavailable = {
  status: "unavailable",
  reason: "Unexpected absence of Java, expected version 17 or later in JAVA_HOME or on the PATH",
};

/** What an engine's answer "unavailable" is to a person. */
export function unavailableFinding({ reason }: AlloyUnavailable, span: Span): Finding {
  return finding({ code: "ALLOY103", message: reason, span, subject: "java" });
}

async function jarFor(
  settings: Parameters<typeof findAlloyJar>[0],
  signal: AbortSignal | undefined,
): Promise<{ jar: AlloyJar } | NoJar> {
  const found = findAlloyJar(settings);
  if ("jar" in found || found.named) return found;
  const obtained = await obtainAlloyJar(settings.env, signal);
  if ("jar" in obtained) return obtained;
  return { ...found, tried: [...found.tried, { origin: "Maven", why: obtained.why }] };
}

function jarFinding({ tried, refused, named }: NoJar, span: Span): Finding {
  if (refused !== null) {
    const { path, digest } = refused;
    return finding({
      code: "ALLOY102",
      message: `Unexpected jar ${path} with the SHA-256 ${digest}, expected one of Alloy 6.2.0`,
      span,
      subject: digest,
    });
  }
  const looked = tried.map(({ origin, why }) => `${origin}: ${why}`).join("; ");
  return finding({
    code: "ALLOY101",
    message: `Unexpected absence of Alloy, expected its jar (${looked})`,
    span,
    // Nothing is obtained in the place of a jar that is named.
    ...(named ? {} : { suggestion: "evidence alloy --install" }),
    subject: "jar",
  });
}
