/** A stretch of lines that a link names; `to` is null for a single line. */
export interface Lines {
  from: number;
  to: number | null;
}

/** What a link's target says, before anything was looked at. */
export type Target =
  /** Not ours to open; `problem` says what is wrong with its form. */
  | { kind: "external"; problem: string | null }
  | { kind: "unreadable"; problem: string }
  /** Leads out of the repository; `how` completes "Unexpected …". */
  | { kind: "outside"; how: string }
  | {
      kind: "inside";
      /** Where the file may stand, relative to the judged root (with leading `..` up to the repository), likeliest first. */
      paths: string[];
      lines: Lines | null;
      /** Another fragment than lines; null without. */
      anchor: string | null;
    };

export interface LinkPlace {
  /** The specification that holds the link, relative to the judged root. */
  file: string;
  /** The judged root relative to the repository's; empty when they are one. */
  below: string;
  /** A path in a code span: it counts from the root, or from the folder of the file. */
  fromRoot: boolean;
}

/** Reads the target of a link (RFC 3986, and the line fragments that forges use). Nothing is looked up. */
export function readTarget(url: string, place: LinkPlace): Target {
  if ([...url].some((sign) => sign < " " || sign === "\u007f"))
    return { kind: "unreadable", problem: "a control character in it" };
  if (url.trim() === "") return { kind: "unreadable", problem: "nothing in it" };
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined) return ofScheme(scheme, url);
  if (url.startsWith("//")) return external(`https:${url}`);
  const hash = url.indexOf("#");
  const location = (hash < 0 ? url : url.slice(0, hash)).split("?", 1)[0] ?? "";
  const path = decoded(location);
  const fragment = decoded(hash < 0 ? "" : url.slice(hash + 1));
  if (path === null || fragment === null) return { kind: "unreadable", problem: "a percent sign that encodes nothing" };
  if (path.includes("\0")) return { kind: "unreadable", problem: "an encoded NUL in it" };
  const lines = readLines(fragment);
  if (lines !== null && lines.to !== null && lines.to < lines.from) {
    return { kind: "unreadable", problem: `a range that ends before it starts (${fragment})` };
  }
  const anchor = lines === null && fragment !== "" ? fragment : null;
  if (path === "") return { kind: "inside", paths: [place.file], lines, anchor };
  const paths = resolvePath(path, place);
  return paths.length === 0
    ? { kind: "outside", how: "`..` beyond the root of the repository" }
    : { kind: "inside", paths, lines, anchor };
}

function ofScheme(scheme: string, url: string): Target {
  if (scheme.length === 1) return { kind: "outside", how: "path of one machine" };
  if (scheme === "file") return { kind: "outside", how: "`file:` address of one machine" };
  return external(url);
}

function external(url: string): Target {
  if (/[\s<>"]/.test(url)) return { kind: "external", problem: "a character that no address may hold" };
  if (/%(?![0-9A-Fa-f]{2})/.test(url)) return { kind: "external", problem: "a percent sign that encodes nothing" };
  if (/^https?:/i.test(url)) {
    const host = /^https?:\/\/(?:[^/?#@]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#:[\]]+)(?::\d{1,5})?(?:[/?#]|$)/i.exec(url)?.[1];
    const named = host !== undefined && /^\[|^[^\s.](?:[^\s]*[^\s.])?\.?$/u.test(host) && !host.includes("..");
    return { kind: "external", problem: named ? null : "no valid host name" };
  }
  if (/^mailto:/i.test(url)) {
    const named = /^mailto:[^@\s?]+@[^@\s?]+(?:\?|$)/i.test(url);
    return { kind: "external", problem: named ? null : "no mail address" };
  }
  return { kind: "external", problem: /^[A-Za-z][A-Za-z0-9+.-]*:$/.test(url) ? "nothing behind its scheme" : null };
}

/** `L12`, `L12-L20`, `L12C3-L20C8` (GitHub), `L12-20` (GitLab), `lines-12:20` (Bitbucket). */
function readLines(fragment: string): Lines | null {
  const match =
    /^L(\d{1,9})(?:C\d{1,9})?(?:-L?(\d{1,9})(?:C\d{1,9})?)?$/.exec(fragment) ??
    /^lines-(\d{1,9})(?::(\d{1,9}))?$/.exec(fragment);
  if (match === null) return null;
  return { from: Number(match[1]), to: match[2] === undefined ? null : Number(match[2]) };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The paths a written one may mean; none when each leaves the repository. */
function resolvePath(path: string, { file, below, fromRoot }: LinkPlace): string[] {
  const folders = file.split("/").slice(0, -1);
  const openspec = folders.lastIndexOf("openspec");
  const project = openspec > 0 ? folders.slice(0, openspec) : [];
  const fromRoots = [[], project];
  const own = (bases: string[][]) => bases.map((base) => join(below, base, path));
  // The root of the judged folder, that of the project a specification belongs to, and that of the repository.
  const whole = join("", [], path);
  const roots = [...own(fromRoots), whole];
  const found = path.startsWith("/") ? roots : fromRoot ? [...roots, ...own([folders])] : own([folders]);
  return [...new Set(found.flatMap((each) => (each === null ? [] : [relativeTo(below, each)])))];
}

/** Relative to the repository; null for what leaves it. */
function join(below: string, base: readonly string[], path: string): string | null {
  const segments = below === "" ? [...base] : [...below.split("/"), ...base];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join("/");
}

function relativeTo(below: string, path: string): string {
  if (below === "") return path;
  const from = below.split("/");
  const to = path === "" ? [] : path.split("/");
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}
