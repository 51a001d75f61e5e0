import { ConfigurationError, loadConfig } from "../../host/config.js";
import { installedParts } from "../../host/installed.js";
import { providerParts } from "../../host/programs.js";
import type { Config } from "../../model/config.js";
import { defaultConfig } from "../../model/config.js";
import type { GlobalOptions } from "../context.js";
import { emit, note, requireFormat, rootOf } from "../context.js";
import { EXIT } from "../errors.js";

const NODE_MINIMUM = 20;

/** `evidence doctor`: what is installed and what needs it. Absent parts are no error: what needs them says so itself. */
export async function doctor(options: GlobalOptions): Promise<number> {
  requireFormat("doctor", options);
  const root = rootOf(options).path;
  const { alloy, providers } = configured(root, options);
  const { jar, digest } = alloy;
  const installed = await installedParts(process.version, NODE_MINIMUM, { root, jar, digest });
  const parts = [...installed, ...providerParts(root, providers)];
  await emit("doctor", { parts }, options);
  return EXIT.clean;
}

/** What is installed can be told with a broken configuration too. */
function configured(root: string, options: GlobalOptions): Config {
  try {
    return loadConfig(root, options.config ?? null).config;
  } catch (caught) {
    if (!(caught instanceof ConfigurationError)) throw caught;
    note(options, caught.message);
    return defaultConfig();
  }
}
