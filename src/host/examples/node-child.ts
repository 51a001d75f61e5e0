/**
 * Runs the JavaScript and TypeScript examples of one specification, one after the other. A program of its own: it is told
 * what to run on standard input, and writes records (evidence/examples/record.ts) to a descriptor of their own.
 */
import { readFileSync, writeSync } from "node:fs";
import { createRequire, register } from "node:module";
import { fileURLToPath } from "node:url";
import type { ExampleRecord } from "../../evidence/examples/record.js";
import type { NodeExample, NodeJob } from "./job.js";
import { RECORDS_FD } from "./job.js";
import { allSeen, describeError, observe } from "./observer.js";

/** Characters of output kept of one example. */
const MOST_OUTPUT = 16_384;

const job = JSON.parse(readFileSync(0, "utf8")) as NodeJob;
const folder = process.cwd();
let printed = 0;

function say(record: ExampleRecord): void {
  let bytes = Buffer.from(`${job.nonce} ${JSON.stringify(record)}\n`);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(RECORDS_FD, bytes));
    } catch (caught) {
      // A full pipe is emptied by the other side.
      if (!(caught instanceof Error && "code" in caught && caught.code === "EAGAIN")) throw caught;
    }
  }
}

/** Takes what the example prints, so that it is known which example printed it. */
function capture(stream: NodeJS.WriteStream): void {
  stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString("utf8");
    const kept = text.slice(0, MOST_OUTPUT - printed);
    printed += kept.length;
    if (kept !== "") say({ say: "printed", text: kept });
    const done = rest.find((each) => typeof each === "function");
    if (typeof done === "function") queueMicrotask(() => done());
    return true;
  };
}

function tellError(error: unknown, example: NodeExample, unhandled: boolean): void {
  const { name, message } = describeError(error);
  const missing = missingImport(error, message, example);
  const stack = error instanceof Error && typeof error.stack === "string" ? error.stack : "";
  say({
    say: "threw",
    name,
    message: readable(message, example).slice(0, 1000),
    line: missing?.line ?? lineFrom(stack, example.url),
    missing: missing?.specifier ?? null,
    unhandled,
  });
}

function readable(message: string, { url }: NodeExample): string {
  return message
    .replaceAll(url, "the example")
    .replaceAll(fileURLToPath(url), "the example")
    .replaceAll(fileURLToPath(job.root), "");
}

/** The import of the example itself that leads nowhere, if that is what the error says. */
function missingImport(error: unknown, message: string, example: NodeExample): NodeExample["imports"][number] | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/NOT_FOUND|UNSUPPORTED_DIR_IMPORT|PATH_NOT_EXPORTED/u.test(code)) return null;
  const fromHere = message.includes(fileURLToPath(example.url)) || !message.includes("imported from");
  const leadsThere = ({ specifier }: { specifier: string }) =>
    [specifier, packageOf(specifier), pathOf(specifier, example.url)].some((name) => message.includes(`'${name}'`));
  return fromHere ? (example.imports.find(leadsThere) ?? null) : null;
}

/** `@scope/name` of `@scope/name/part`: a package that is missing is named alone. */
function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/u.exec(specifier)?.[0] ?? specifier;
}

function pathOf(specifier: string, from: string): string {
  try {
    return fileURLToPath(new URL(specifier, from));
  } catch {
    return specifier;
  }
}

function lineFrom(stack: string, url: string): number | null {
  const at = stack.indexOf(`${url}:`);
  const line = at < 0 ? Number.NaN : Number.parseInt(stack.slice(at + url.length + 1), 10);
  return Number.isNaN(line) ? null : line;
}

let onIdle: () => void = () => undefined;

/** Resolves when nothing is left that could still happen. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    onIdle = resolve;
  });
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What keeps the process going, counted by kind. */
function resources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function isSoiled(before: ReadonlyMap<string, number>): boolean {
  return [...resources()].some(([kind, count]) => count > (before.get(kind) ?? 0));
}

/** False when it left something behind: the next example wants a new process. */
async function runOne(example: NodeExample): Promise<boolean> {
  printed = 0;
  const before = resources();
  say({ say: "begin", example: example.index });
  observe(example.base, example.expectations, {
    at: (line) => say({ say: "at", line }),
    seen: (sighting) => say({ say: "seen", ...sighting }),
  });
  let how: "finished" | "threw" | "stuck" = "finished";
  const fail = (error: unknown, unhandled: boolean) => {
    how = "threw";
    tellError(error, example, unhandled);
  };
  const onRejection = (error: unknown) => fail(error, true);
  const onException = (error: unknown) => fail(error, false);
  process.on("unhandledRejection", onRejection);
  process.on("uncaughtException", onException);
  const settled = import(example.url).then(
    () => true,
    (error: unknown) => {
      fail(error, false);
      return true;
    },
  );
  const ended = await Promise.race([settled, idle().then(() => false)]);
  if (!ended) how = "stuck";
  // A rejection that nobody looked at is told of once the microtasks are through.
  await turn();
  await turn();
  if (how === "finished" && !allSeen() && isSoiled(before)) await idle();
  process.off("unhandledRejection", onRejection);
  process.off("uncaughtException", onException);
  const dirty = isSoiled(before);
  process.chdir(folder);
  say({ say: "end", how, dirty });
  return !dirty;
}

process.on("beforeExit", () => onIdle());
capture(process.stdout);
capture(process.stderr);
register("./node-hooks.js", import.meta.url, { data: job.examples.map(({ url, program }) => ({ url, program })) });
Object.defineProperty(globalThis, "require", { value: createRequire(job.root), configurable: true, writable: true });
say({ say: "ready", version: process.version });
for (const example of job.examples) if (!(await runOne(example))) break;
