import { resolve } from "node:path";
import { placeInRepository } from "../host/git.js";
import type { Root } from "../host/root.js";
import { resolveRoot } from "../host/root.js";
import { writeFileAtomic } from "../host/write.js";
import type { RenderOptions, View, ViewInputs } from "../report/format.js";
import { formatsOf, loadRenderer } from "../report/format.js";
import { UsageError } from "./errors.js";

/** Options that every command takes, as commander gives them. */
export interface GlobalOptions {
  cwd?: string;
  config?: string;
  format: string;
  output?: string;
  quiet?: boolean;
  verbose?: boolean;
  color: boolean;
  cache: boolean;
}

export function rootOf(options: GlobalOptions): Root {
  return resolveRoot(process.cwd(), options.cwd ?? null);
}

/**
 * Checks the chosen format before any work is done: a typo should cost a moment, not a run. Throws UsageError for one
 * that the view does not have.
 */
export function requireFormat(view: View, options: Pick<GlobalOptions, "format">): void {
  const formats = formatsOf(view);
  if (formats.includes(options.format)) return;
  throw new UsageError(`Unexpected format "${options.format}", expected ${formats.join(", ")}`);
}

/** For commands that write a file and say so: they have nothing to give to a program. Throws UsageError. */
export function requireText({ format }: Pick<GlobalOptions, "format">): void {
  if (format !== "text") throw new UsageError(`Unexpected format "${format}", expected text`);
}

/** Formats whose paths count from the root of the repository. */
const OF_FORGES: ReadonlySet<string> = new Set(["github", "gitlab", "sarif"]);

/** Renders a view in the chosen format, to standard output or to the file that `--output` names. */
export async function emit<V extends View>(view: V, input: ViewInputs[V], options: GlobalOptions): Promise<void> {
  const render = await loadRenderer(view, options.format);
  if (render === null) requireFormat(view, options);
  else await emitText(render(input, await appearanceOf(options)), options);
}

/** How a report is to look here. */
export async function appearanceOf(options: GlobalOptions): Promise<RenderOptions> {
  const below = OF_FORGES.has(options.format) ? await placeInRepository(rootOf(options).path) : "";
  return { ...appearance(options), below };
}

/** Prints a text that is ready, to standard output or to the file that `--output` names. */
export async function emitText(text: string | Uint8Array, options: GlobalOptions): Promise<void> {
  if (options.output === undefined || options.output === "-") {
    await print(text);
    return;
  }
  writeFileAtomic(resolve(options.output), text);
  note(options, `wrote ${options.output}`);
}

/** A line for the person at the terminal, kept out of the report. */
export function note(options: GlobalOptions, line: string): void {
  if (options.quiet !== true) process.stderr.write(`evidence: ${line}\n`);
}

/** Waits until a pipe has taken everything: exiting earlier would cut a large report off. */
function print(text: string | Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(text, (error) => (error === null || error === undefined ? done() : fail(error)));
  });
}

/** A terminal that knows no control codes would print them. */
export function isDumb(): boolean {
  return process.env.TERM === "dumb";
}

/** Columns of a terminal, at most 100; 80 elsewhere. Colour on a terminal only, unless FORCE_COLOR asks for it. */
export function appearance(options: GlobalOptions): RenderOptions {
  const terminal = process.stdout.isTTY === true && options.output === undefined;
  const { NO_COLOR: refused = "", FORCE_COLOR: forced = "" } = process.env;
  const wanted = (terminal && !isDumb()) || (forced !== "" && forced !== "0");
  return {
    width: terminal ? Math.max(40, Math.min(process.stdout.columns || 80, 100)) : 80,
    colour: wanted && options.color && refused === "",
    detail: options.quiet === true ? "quiet" : options.verbose === true ? "verbose" : "normal",
  };
}
