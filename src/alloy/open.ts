import { compareText } from "../model/span.js";

/** What Alloy brings along: `open util/ordering[Node]`. */
const LIBRARY: readonly string[] = [
  "boolean",
  "graph",
  "integer",
  "natural",
  "ordering",
  "relation",
  "seqrel",
  "sequence",
  "sequniv",
  "ternary",
  "time",
].map((name) => `util/${name}`);

/** Whether a module comes with Alloy when the judged folder holds none of that name. */
export function isLibrary(name: string): boolean {
  return LIBRARY.includes(name);
}

/**
 * The file that `open name` means, relative to the judged root; null for one outside it. Alloy's rule: it counts from the
 * folder where the opening module's own name begins, so that `a/b` in `x/a/b.als` opens `a/c` as `x/a/c.als`.
 */
export function openedPath(opening: { path: string; module: string | null }, name: string): string | null {
  const own = (opening.module ?? "").split("/");
  const steps = name.split("/");
  while (own.length > 1 && steps.length > 1 && own[0] === steps[0]) {
    own.shift();
    steps.shift();
  }
  const folder = opening.path.split("/").slice(0, -1);
  const up = own.length - 1;
  return up > folder.length ? null : `${[...folder.slice(0, folder.length - up), ...steps].join("/")}.als`;
}

/** Where somebody who does not know that rule would put it: counted from the opening file. */
export function besidePath(opening: { path: string }, name: string): string {
  return [...opening.path.split("/").slice(0, -1), `${name}.als`].join("/");
}

/** One circle of files that open each other, as found on a walk: from the file that closes it to the file it closes on. */
export interface Circle {
  from: string;
  to: string;
}

/** The opens that close a circle, walking the files in order. */
export function circlesOf(opens: ReadonlyMap<string, readonly string[]>): Circle[] {
  const circles: Circle[] = [];
  const state = new Map<string, "open" | "done">();
  for (const start of [...opens.keys()].sort(compareText)) {
    if (state.has(start)) continue;
    const path: { file: string; next: number }[] = [{ file: start, next: 0 }];
    state.set(start, "open");
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = opens.get(top.file)?.[top.next++];
      if (to === undefined) {
        state.set(top.file, "done");
        path.pop();
      } else if (state.get(to) === "open") {
        circles.push({ from: top.file, to });
      } else if (!state.has(to)) {
        state.set(to, "open");
        path.push({ file: to, next: 0 });
      }
    }
  }
  return circles;
}
