import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Folder for what can be made or obtained again and serves every project of this user: XDG_CACHE_HOME is respected. */
export function userCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CACHE_HOME: xdg = "", LOCALAPPDATA: windows = "" } = env;
  if (isAbsolute(xdg)) return join(xdg, "spec-evidence");
  if (process.platform === "win32" && isAbsolute(windows)) return join(windows, "spec-evidence", "cache");
  return join(env.HOME ?? homedir(), ".cache", "spec-evidence");
}
