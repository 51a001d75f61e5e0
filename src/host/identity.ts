import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../model/digest.js";
import { compareText } from "../model/span.js";
import { toolVersion } from "./version.js";

/**
 * Names this build of the tool, for the keys of its cache: the version alone stays the same while the tool is being worked
 * on. Taken from size and time of its files, which is enough to tell builds apart on one machine.
 */
export function toolIdentity(): string {
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort(compareText);
  const stamps = files.map((file) => {
    const { size, mtimeMs } = statSync(join(folder, file));
    return [file, size, mtimeMs];
  });
  return sha256(JSON.stringify([toolVersion(), stamps]));
}
