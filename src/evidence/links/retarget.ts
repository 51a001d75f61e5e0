/** The folders and name of a path as a link's target has to write them: what markdown or an address reads otherwise, encoded. */
function encoded(path: string): string {
  return path.replace(/[\s%#?()<>[\]\\]/gu, (sign) =>
    encodeURIComponent(sign).replace(/[()]/g, (each) => `%${each.charCodeAt(0).toString(16)}`),
  );
}

/**
 * A link's target with another path in it, written as the old one was: from the root, or from the folder of the file that
 * holds the link. Paths are relative to the judged root. Null where the new path cannot be written so.
 */
export function targetPath(written: string, next: string, file: string): string | null {
  if (next.startsWith("..")) return null;
  if (written.startsWith("/")) return `/${encoded(next)}`;
  const from = file.split("/").slice(0, -1);
  const to = next.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  const up = from.length - shared;
  const lead = up === 0 && written.startsWith("./") ? "./" : "../".repeat(up);
  return `${lead}${encoded(to.slice(shared).join("/"))}`;
}

/** The file's name in a link's text with as many folders as it had; null where it was not the end of the old path. */
export function textPath(written: string, old: string, next: string): string | null {
  const lead = /^(?:\.?\/)?/u.exec(written)?.[0] ?? "";
  const name = written.slice(lead.length);
  if (name === old) return `${lead}${next}`;
  if (!`/${old}`.endsWith(`/${name}`)) return null;
  const segments = next.split("/");
  return `${lead}${segments.slice(-name.split("/").length).join("/")}`;
}
