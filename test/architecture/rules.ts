import { posix } from "node:path";
import type { ScannedSource } from "./scan.js";
import { lineOf } from "./scan.js";

/** A TypeScript file of this repository that is no test. */
export interface SourceFile extends ScannedSource {
  /** From the root of the repository. */
  path: string;
  lines: number;
}

export interface Violation {
  file: string;
  line: number;
  what: string;
}

export interface Rule {
  name: string;
  /** Why the rule is worth its trouble: what goes wrong without it. */
  reason: string;
  check(files: readonly SourceFile[]): Violation[];
}

/** What each folder of src may import besides itself. A folder that is not listed may import nothing. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  specs: ["model"],
  tags: ["model"],
  ears: ["model"],
  alloy: ["model"],
  monitor: ["model"],
  evidence: ["model", "specs", "tags", "ears", "alloy", "monitor"],
  report: ["model", "specs", "tags", "ears", "alloy", "monitor", "evidence"],
  host: ["model", "specs", "tags", "ears", "alloy", "monitor", "evidence"],
  vitest: ["model", "specs", "tags", "ears", "alloy", "monitor", "evidence", "host"],
  cli: ["model", "specs", "tags", "ears", "alloy", "monitor", "evidence", "host", "report"],
};

/** The same for the folders of reference-impl. */
const REFERENCE_LAYERS: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  platform: [],
  properties: ["kernel"],
  algorithm: ["kernel", "platform"],
  simulation: ["kernel", "platform", "properties", "algorithm"],
  cli: ["kernel", "platform", "properties", "algorithm", "simulation"],
};

/** Layers that may touch the world. */
const WORLDLY = ["host", "cli", "vitest"];

/** Parts of the platform through which a function's answer comes to depend on more than its arguments. */
const WORLD = [
  "process",
  "console",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "performance",
  "Date",
  "crypto",
  "Worker",
  "WebSocket",
  "XMLHttpRequest",
  "SharedArrayBuffer",
  "Atomics",
  "globalThis",
  "global",
  "eval",
  "Function",
  "navigator",
  "require",
];

/** Parts of the platform whose answer depends on the locale of the machine. */
const LOCALE = [
  "Intl",
  "localeCompare",
  "toLocaleString",
  "toLocaleUpperCase",
  "toLocaleLowerCase",
  "toLocaleDateString",
];

/** Uses of the above that are argued for. An entry that no file needs any more is a violation itself. */
const EXCEPTIONS: readonly { file: string; name: string; why: string }[] = [
  {
    file: "src/report/text/width.ts",
    name: "Intl",
    why: "graphemes are told apart by Unicode's rules, not by a locale's",
  },
  {
    file: "reference-impl/kernel/calendar.ts",
    name: "Date",
    why: "croner takes and gives instants as objects of this class; the clock is not read",
  },
];

/** A program of its own, which takes what examples print and loads what it is told to. */
const EXAMPLE_PROGRAM = "src/host/examples/node-child.ts";

/** What loads the module that it is told to. */
const COMPUTING = ["src/host/worker.ts", EXAMPLE_PROGRAM, "reference-impl/cli/serving.ts"];

const MOST_LINES = 300;

/** Files over the limit, each with the reason why splitting it would make it worse. */
const LONG: Readonly<Record<string, string>> = {
  "src/tags/languages.ts": "one table with a row per language: two tables would be two places to look",
};

const VAGUE = /^(?:utils?|helpers?|misc|common|stuff|shared)$/;

export const RULES: readonly Rule[] = [
  {
    name: "imports point down",
    reason: "a layer that knows the one above it, or the one beside it, can be neither read nor tested alone",
    check: (files) => files.flatMap(layerViolations),
  },
  {
    name: "the model imports only zod and node:crypto",
    reason: "everything depends on the model, so whatever it drags in, everything drags in",
    check: (files) =>
      packagesIn(
        files,
        "model",
        (specifier) => specifier !== "zod" && specifier !== "node:crypto",
        "expected only zod",
      ),
  },
  {
    name: "only host, cli and vitest import built-in modules of node",
    reason: "what is pure can be tested without a disk, run in any thread and cached by content",
    check: (files) =>
      files.filter(isPure).flatMap((file) =>
        externals(file)
          .filter(
            ({ specifier }) => /^node:/.test(specifier) && !(layerOf(file) === "model" && specifier === "node:crypto"),
          )
          .map(({ specifier, line }) => violation(file, line, `imports ${specifier}`)),
      ),
  },
  {
    name: "only host, cli and vitest name clocks, randomness, processes and the network",
    reason: "two runs on the same tree have to give the same bytes",
    check: (files) => files.filter(isPure).flatMap((file) => [...named(file, WORLD), ...randomness(file)]),
  },
  {
    name: "only host/clock.ts looks at the calendar",
    reason: "a verdict that depends on the day has to get the day as an argument",
    check: (files) =>
      within(files, ["host", "cli", "vitest"], "src/host/clock.ts").flatMap((file) => named(file, ["Date"])),
  },
  {
    name: "nothing depends on the locale",
    reason: "output has to be the same bytes on every machine",
    check: (files) => files.filter(isOurs).flatMap((file) => named(file, LOCALE, /[\w$]/)),
  },
  {
    name: "only cli prints and exits",
    reason: "whoever prints decides the format, and whoever exits leaves children and half files behind",
    check: (files) =>
      within(files, ["host", "vitest"], EXAMPLE_PROGRAM).flatMap((file) => [
        ...named(file, ["console"]),
        ...matches(file, /(?<![.\w$])process\s*\.\s*(?:stdout|stderr|exit|exitCode|abort|reallyExit)\b/g),
      ]),
  },
  {
    name: "exceptions and long files are still what they were excepted for",
    reason: "a list that nobody prunes ends up allowing everything",
    check: staleExceptions,
  },
  {
    name: "src and reference-impl never import each other",
    reason: "they meet in files; evidence about an implementation is worth nothing when both share code",
    check: (files) => files.flatMap(crossings),
  },
  {
    name: "no file imports itself through others",
    reason: "a cycle has no part that can be understood, or loaded, first",
    check: cycles,
  },
  {
    name: "every import names its module",
    reason:
      "a computed import hides from these rules; only threads and runners of examples and mutants load the module they are told to",
    check: (files) =>
      files
        .filter(({ path }) => !COMPUTING.includes(path))
        .flatMap((file) =>
          file.imports
            .filter(({ specifier }) => specifier === null)
            .map(({ line }) => violation(file, line, "computes what it imports")),
        ),
  },
  {
    name: "files have telling names",
    reason: "a drawer for everything grows until everything is in it",
    check: (files) =>
      files
        .filter(({ path }) => path.split("/").some((step) => VAGUE.test(step.replace(/\.ts$/, ""))))
        .map((file) => violation(file, 1, "has a name that says nothing")),
  },
  {
    name: `files have at most ${MOST_LINES} lines`,
    reason: "a longer one does more than one thing; if not, argue for it in LONG",
    check: (files) =>
      files
        .filter(({ path, lines }) => lines > MOST_LINES && LONG[path] === undefined)
        .map((file) => violation(file, file.lines, `has ${file.lines} lines`)),
  },
];

/** `cli` of `src/cli/commands/check.ts`; empty for a file that stands in no layer. */
function layerOf({ path }: { path: string }): string {
  return folderIn("src", path);
}

function folderIn(top: string, path: string): string {
  const [first = "", folder = "", ...rest] = path.split("/");
  return first === top && rest.length > 0 ? folder : "";
}

function isOurs(file: SourceFile): boolean {
  return file.path.startsWith("src/");
}

function isPure(file: SourceFile): boolean {
  return isOurs(file) ? !WORLDLY.includes(layerOf(file)) : folderIn("reference-impl", file.path) !== "cli";
}

function within(files: readonly SourceFile[], layers: readonly string[], except = ""): SourceFile[] {
  return files.filter((file) => layers.includes(layerOf(file)) && file.path !== except);
}

function violation(file: SourceFile, line: number, what: string): Violation {
  return { file: file.path, line, what };
}

function layerViolations(file: SourceFile): Violation[] {
  const [top, layers] = isOurs(file) ? (["src", LAYERS] as const) : (["reference-impl", REFERENCE_LAYERS] as const);
  const layer = folderIn(top, file.path);
  const allowed = layers[layer];
  if (allowed === undefined) return [violation(file, 1, "stands in no known layer")];
  return internals(file)
    .filter(({ target }) => {
      const other = folderIn(top, target);
      if (target.startsWith(`${top}/`)) return other !== layer && !allowed.includes(other);
      // The rule about crossings speaks of these.
      return !target.startsWith("src/") && !target.startsWith("reference-impl/");
    })
    .map(({ target, line }) => violation(file, line, `imports ${target}`));
}

function crossings(file: SourceFile): Violation[] {
  const other = isOurs(file) ? "reference-impl/" : "src/";
  const byPackage = (specifier: string) =>
    (isOurs(file) ? /^reference-impl\b/ : /^(?:spec-evidence|#src)\b/).test(specifier);
  return [
    ...internals(file)
      .filter(({ target }) => target.startsWith(other))
      .map(({ target, line }) => violation(file, line, `imports ${target}`)),
    ...externals(file)
      .filter(({ specifier }) => byPackage(specifier))
      .map(({ specifier, line }) => violation(file, line, `imports ${specifier}`)),
  ];
}

function packagesIn(
  files: readonly SourceFile[],
  layer: string,
  isWrong: (specifier: string) => boolean,
  expected: string,
): Violation[] {
  return within(files, [layer]).flatMap((file) =>
    externals(file)
      .filter(({ specifier }) => isWrong(specifier))
      .map(({ specifier, line }) => violation(file, line, `imports ${specifier}, ${expected}`)),
  );
}

/** Imports by relative path, with the file they mean. */
function internals(file: SourceFile): { target: string; line: number; typeOnly: boolean }[] {
  return file.imports.flatMap(({ specifier, line, typeOnly }) => {
    if (specifier === null || !specifier.startsWith(".")) return [];
    const target = posix.normalize(posix.join(posix.dirname(file.path), specifier));
    return [{ target: target.replace(/\.js$/, ".ts"), line, typeOnly }];
  });
}

function externals(file: SourceFile): { specifier: string; line: number }[] {
  return file.imports.flatMap(({ specifier, line }) =>
    specifier === null || specifier.startsWith(".") ? [] : [{ specifier, line }],
  );
}

/** Uses of free names; members of other things that are called alike do not count, unless `before` lets them. */
function named(file: SourceFile, names: readonly string[], before = /[\w$.]/): Violation[] {
  const pattern = new RegExp(`(?<!${before.source})(?:${names.join("|")})(?![\\w$])(?!\\s*\\??:)`, "g");
  return matches(file, pattern).filter(
    ({ what }) => !EXCEPTIONS.some((exception) => exception.file === file.path && what === `names ${exception.name}`),
  );
}

/** `Math.random`, and `Math` taken apart or passed on. */
function randomness(file: SourceFile): Violation[] {
  return matches(file, /(?<![.\w$])Math(?:\s*\.\s*random\b|(?!\s*\.))/g);
}

function matches(file: SourceFile, pattern: RegExp): Violation[] {
  return [...file.code.matchAll(pattern)].map((match) =>
    violation(file, lineOf(file.code, match.index), `names ${match[0].replace(/\s+/g, "")}`),
  );
}

function staleExceptions(files: readonly SourceFile[]): Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const stale: Violation[] = [];
  for (const { file, name } of EXCEPTIONS) {
    const used = byPath.get(file)?.code.match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`));
    if (byPath.has(file) && !used) stale.push({ file, line: 1, what: `names no ${name} any more` });
  }
  for (const path of Object.keys(LONG)) {
    const file = byPath.get(path);
    if (file !== undefined && file.lines <= MOST_LINES) stale.push(violation(file, 1, "is no longer long"));
  }
  return stale;
}

/** Each cycle once, at the import that closes it. Imports of types are left out: they order nothing at run time. */
function cycles(files: readonly SourceFile[]): Violation[] {
  const graph = new Map(files.map((file) => [file.path, internals(file).filter(({ typeOnly }) => !typeOnly)]));
  const done = new Set<string>();
  const found: Violation[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    if (done.has(path)) return;
    for (const { target, line } of graph.get(path) ?? []) {
      const at = trail.indexOf(target);
      if (at >= 0) found.push({ file: path, line, what: [...trail.slice(at), target].join(" → ") });
      else if (graph.has(target)) visit(target, [...trail, target]);
    }
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, [path]);
  return found;
}
