import { installedParts } from "../../host/installed.js";
import type { GlobalOptions } from "../context.js";
import { emit, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";

const NODE_MINIMUM = 20;

/** `evidence doctor`: what is installed and what needs it. Absent parts are no error: what needs them says so itself. */
export async function doctor(options: GlobalOptions): Promise<number> {
  requireFormat("doctor", options);
  await emit("doctor", { parts: await installedParts(process.version, NODE_MINIMUM) }, options);
  return EXIT.clean;
}
