import { spawn } from "node:child_process";
import { gitEnvironment, NO_PROGRAMS } from "./git.js";

/** What was asked for by id. */
export interface Blobs {
  /** Content; what is missing, no blob or larger than the limit has no entry. */
  blobs: ReadonlyMap<string, Buffer>;
  /** Ids of objects that git could not give: they are not in the repository, or not readable. */
  missing: ReadonlySet<string>;
}

/** Ids asked for at once: with small files few processes, with large ones bounded memory for one answer. */
const AT_ONCE = 2000;

/**
 * Reads blobs of a repository by their ids (hex), through `git cat-file`, without a checkout: no link is followed and no
 * filter runs. `maxBytes` bounds one blob; a larger one is skipped while it streams by.
 */
export async function readBlobs(root: string, ids: readonly string[], maxBytes: number): Promise<Blobs> {
  const answers: Answers = { blobs: new Map(), missing: new Set() };
  const distinct = [...new Set(ids)].filter((id) => /^[0-9a-f]{40,64}$/.test(id));
  for (let at = 0; at < distinct.length; at += AT_ONCE) {
    const asked = distinct.slice(at, at + AT_ONCE);
    // Taken out when git answers: it ends early where an object is damaged or cannot be fetched.
    for (const id of asked) answers.missing.add(id);
    await readSome(root, asked, maxBytes, answers);
  }
  return answers;
}

interface Answers {
  blobs: Map<string, Buffer>;
  missing: Set<string>;
}

function readSome(root: string, ids: readonly string[], maxBytes: number, into: Answers): Promise<void> {
  return new Promise((resolve) => {
    const env = gitEnvironment();
    const args = [...NO_PROGRAMS, "cat-file", "--batch"];
    const child = spawn("git", args, { cwd: root, env, stdio: ["pipe", "pipe", "ignore"] });
    const reader = batchReader(maxBytes, into);
    child.stdout.on("data", reader);
    child.stdin.on("error", () => undefined);
    child.on("error", () => resolve());
    child.on("close", () => resolve());
    child.stdin.end(`${ids.join("\n")}\n`);
  });
}

const NEWLINE = 10;

/** Takes `<id> blob <size>` lines, each followed by the content and a newline; other answers are one line. */
function batchReader(maxBytes: number, into: Answers): (chunk: Buffer) => void {
  let head = "";
  let current: { id: string; left: number; kept: Buffer[] | null } | null = null;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (current === null) {
        const end = chunk.indexOf(NEWLINE, at);
        head += chunk.toString("latin1", at, end < 0 ? chunk.length : end);
        at = end < 0 ? chunk.length : end + 1;
        if (end < 0) continue;
        const [id = "", type = "", size = ""] = head.split(" ");
        head = "";
        // An object that is not there is answered by its id and a word, without a size.
        if (!/^\d+$/.test(size)) continue;
        if (type !== "blob" || Number(size) > maxBytes) into.missing.delete(id);
        const wanted = type === "blob" && Number(size) <= maxBytes;
        current = { id, left: Number(size) + 1, kept: wanted ? [] : null };
      }
      const part = chunk.subarray(at, at + current.left);
      current.kept?.push(part);
      current.left -= part.length;
      at += part.length;
      if (current.left > 0) continue;
      if (current.kept !== null) {
        into.blobs.set(current.id, Buffer.concat(current.kept).subarray(0, -1));
        into.missing.delete(current.id);
      }
      current = null;
    }
  };
}
