import { killProcessGroups } from "../host/processes.js";
import { removeTemporaryFiles } from "../host/write.js";
import { EXIT } from "./errors.js";

let controller: AbortController | null = null;

/**
 * The signal that Ctrl-C and SIGTERM abort. The first asks everything under way to stop; a second one ends the process at
 * once. Either way no child stays behind and no half file.
 */
export function interruption(): AbortSignal {
  if (controller !== null) return controller.signal;
  const aborting = new AbortController();
  controller = aborting;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (!aborting.signal.aborted) {
        aborting.abort();
        return;
      }
      killProcessGroups();
      removeTemporaryFiles();
      process.exit(EXIT.interrupted);
    });
  }
  return aborting.signal;
}
