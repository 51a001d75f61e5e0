import { obtainAlloyJar } from "../../host/alloy/install.js";
import type { NoJar } from "../../host/alloy/jar.js";
import { findAlloyJar } from "../../host/alloy/jar.js";
import { loadConfig } from "../../host/config.js";
import type { GlobalOptions } from "../context.js";
import { emit, emitText, note, requireFormat, rootOf } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import { inspectModels } from "../inspect-models.js";
import { interruption } from "../interruption.js";

export interface AlloyOptions {
  install?: boolean;
  ablate?: boolean;
  mutate?: boolean;
  limit?: string;
  timeout?: string;
  only?: string;
}

/** `evidence alloy [paths]`: audits and runs models; exit 1 when a finding has severity error. */
export async function alloy(paths: string[], own: AlloyOptions, options: GlobalOptions): Promise<number> {
  requireFormat("alloy", options);
  if (own.install === true) return install(options);
  const report = await inspectModels(
    {
      paths,
      only: own.only ?? null,
      ablate: own.ablate === true,
      mutate: own.mutate === true,
      limit: wholeNumber("--limit", own.limit),
      timeoutSeconds: wholeNumber("--timeout", own.timeout),
    },
    options,
  );
  if (report.models.commands.length === 0) note(options, "there is no Alloy command to run");
  await emit("alloy", report, options);
  return report.findings.some(({ severity }) => severity === "error") ? EXIT.findings : EXIT.clean;
}

/** Obtains the jar unless there is one that may be run. */
async function install(options: GlobalOptions): Promise<number> {
  const root = rootOf(options).path;
  const { config } = loadConfig(root, options.config ?? null);
  const found = findAlloyJar({ root, jar: config.alloy.jar, digest: config.alloy.digest });
  const obtained = "jar" in found ? found : await obtain(found);
  if (!("jar" in obtained)) throw new UsageError(`Alloy cannot be obtained: ${obtained.why}`);
  const { path, digest, origin } = obtained.jar;
  await emitText(`${path}\n`, options);
  note(options, `the jar of Alloy is there (${origin}, SHA-256 ${digest})`);
  return EXIT.clean;
}

/** A jar that is named has to do: a run would take no other in its place. */
async function obtain({ tried, named }: NoJar): ReturnType<typeof obtainAlloyJar> {
  if (!named) return obtainAlloyJar(process.env, interruption());
  const refused = tried.map(({ origin, why }) => `${origin}: ${why}`).join("; ");
  return { why: `${refused}, and no other is run while that one is named` };
}

/** A number of at least one, as typed; null when the option was not given. */
function wholeNumber(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9][0-9]{0,5}$/u.test(text)) return Number(text);
  throw new UsageError(`Unexpected ${option} "${text}", expected a whole number from 1 to 999999`);
}
