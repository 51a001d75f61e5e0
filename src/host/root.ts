import { accessSync, constants, readdirSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { errorCode } from "./bytes.js";
import { ConfigurationError } from "./configuration-error.js";

export interface Root {
  /** Absolute, without links. */
  path: string;
  /** False on a read-only disk or without permission: then there is no cache, and nothing runs that writes results. */
  writable: boolean;
}

/**
 * The folder to judge: `folder` (as given with `--cwd`) below `from`, or `from` itself. Throws ConfigurationError when it
 * is absent, not a folder, or cannot be listed.
 */
export function resolveRoot(from: string, folder: string | null = null): Root {
  const given = resolve(from, folder ?? ".");
  const shown = folder ?? given;
  try {
    const path = realpathSync(given);
    if (!statSync(path).isDirectory()) {
      throw new ConfigurationError(`Unexpected file ${JSON.stringify(shown)}, expected a folder to judge`);
    }
    readdirSync(path);
    return { path, writable: mayWrite(path) };
  } catch (caught) {
    if (caught instanceof ConfigurationError) throw caught;
    throw new ConfigurationError(
      `Unexpected failure to open ${JSON.stringify(shown)} (${errorCode(caught)}), expected a folder to judge`,
    );
  }
}

/** A folder without a single write bit is not to be written, although the superuser could. */
function mayWrite(path: string): boolean {
  try {
    if (process.platform !== "win32" && (statSync(path).mode & 0o222) === 0) return false;
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
