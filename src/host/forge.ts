/** How forges write the address of a file at a commit, by the host's name or the start of it. */
const BLOB: readonly (readonly [RegExp, (commit: string) => string])[] = [
  [/^gitlab\./, (commit) => `-/blob/${commit}`],
  [/^bitbucket\./, (commit) => `src/${commit}`],
  [/^(?:codeberg\.org|gitea\.|forgejo\.)/, (commit) => `src/commit/${commit}`],
];

const SCP = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)([\w./~-]+)$/;

/**
 * Address below which a forge shows the files of a commit, ending in a slash; null for a remote that is no forge. Takes
 * the remote as git has it (https, ssh or `user@host:path`); user names, passwords and ports are left out.
 */
export function forgeBase(remote: string, commit: string): string | null {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return null;
  const found = locate(remote.trim());
  if (found === null) return null;
  const path = found.path
    .replace(/^\/+/, "")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
  if (!/^[\w.~-]+(?:\/[\w.~-]+)+$/.test(path) || path.split("/").includes("..")) return null;
  const blob = BLOB.find(([host]) => host.test(found.host))?.[1] ?? ((at: string) => `blob/${at}`);
  return `https://${found.host}/${path}/${blob(commit)}/`;
}

function locate(remote: string): { host: string; path: string } | null {
  const scp = SCP.exec(remote);
  if (scp !== null) return { host: (scp[1] ?? "").toLowerCase(), path: scp[2] ?? "" };
  if (!/^(?:https?|ssh|git):\/\//.test(remote)) return null;
  try {
    const { hostname, pathname } = new URL(remote);
    return hostname.includes(".") ? { host: hostname.toLowerCase(), path: pathname } : null;
  } catch {
    return null;
  }
}
