const DRIVE = /^[A-Za-z]:\//u;

/**
 * A path as a report names it, made comparable: forward slashes, no `.` and `..`, relative to the judged root where it
 * lies inside it. An absolute path elsewhere loses its leading slash or drive, so that no machine's own folders count
 * as absolute anywhere behind this point. Null when nothing is left or the path climbs out of the root.
 */
export function reportedPath(reported: string, root: string | null): string | null {
  if (reported.length > 4096) return null;
  const written = reported.startsWith("file://") ? decoded(reported.slice("file://".length)) : reported;
  const slashed = written.replaceAll("\\", "/").replace(/^\/(?=[A-Za-z]:\/)/u, "");
  const inside = root === null ? slashed : relativeTo(slashed, root);
  const segments: string[] = [];
  for (const segment of inside.replace(DRIVE, "").split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.length === 0 ? null : segments.join("/");
}

function relativeTo(path: string, root: string): string {
  const prefix = `${root.replaceAll("\\", "/").replace(/\/+$/u, "")}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

/** A URI path with its percent escapes resolved; as it is when they are malformed. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whether a class or suite name is really the path of a file, as several reporters write it. */
export function looksLikeFile(name: string): boolean {
  if (name.length > 1024 || name.includes("://") || !/^[^\s<>|"]+$/u.test(name)) return false;
  return /\.(?:test|spec)\.[cm]?[jt]sx?$/u.test(name) || /[\\/][^\\/]*[^\\/.]\.[A-Za-z]{1,5}$/u.test(name);
}
