import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { env } from "node:process";

const folders = new Set();

/** Writes a file and the folders on the way to it. */
export function writeAt(path, text) {
  const folder = dirname(path);
  if (!folders.has(folder)) {
    mkdirSync(folder, { recursive: true });
    folders.add(folder);
  }
  writeFileSync(path, text);
}

/** Commits everything without compressing it; the same tree gives the same commit. */
export function commitAll(folder) {
  const date = "2026-01-01T00:00:00Z";
  const options = {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...env,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    },
  };
  const fast = ["core.compression=0", "core.looseCompression=0", "core.fsync=none", "gc.auto=0", "core.autocrlf=false"];
  const who = ["user.name=bench", "user.email=bench@example.invalid"];
  const settings = [...fast, ...who].flatMap((each) => ["-c", each]);
  const git = (...args) => execFileSync("git", [...settings, ...args], options).trim();
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=Generated");
  return git("rev-parse", "HEAD");
}

/** SHA-256 over the files of a folder, by name. */
export function digestOf(folder) {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}
