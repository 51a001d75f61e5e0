import { basename, resolve } from "node:path";
import { loadRenderer } from "../../report/format.js";
import { visible } from "../../report/text/visible.js";
import type { ChangeOptions } from "../change-options.js";
import { chooseBase, chooseMode } from "../change-options.js";
import type { GlobalOptions } from "../context.js";
import { appearanceOf, emit, emitText, note, requireFormat, rootOf } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import type { Judgement, JudgeOptions } from "../judge.js";
import { judge } from "../judge.js";
import { writeManifest } from "../manifest-file.js";
import { refuseForeignOutput } from "../output.js";
import { chooseParts } from "../parts.js";

export interface CheckOptions extends ChangeOptions {
  /** False with `--no-run`. */
  run: boolean;
  skip?: string;
  only?: string;
  /** Further reports, each `format=file`. */
  report?: string[];
  /** Patterns of results files beside the configured ones. */
  results?: string[];
  /** Judge again whenever something changes. */
  watch?: boolean;
}

/** `evidence check [paths]`: judges, writes the manifest, prints the report; the exit code is the gate's answer. */
export async function check(paths: string[], own: CheckOptions, options: GlobalOptions): Promise<number> {
  requireFormat("check", options);
  const parts = chooseParts(own.skip, own.only);
  const reports = (own.report ?? []).map(readReport);
  const how: JudgeOptions = {
    providers: own.run && parts.has("providers") ? "run" : "read",
    text: parts.has("text"),
    logic: parts.has("logic"),
    links: parts.has("links"),
    examples: !parts.has("examples") ? "none" : own.run ? "run" : "known",
    alloy: parts.has("alloy") ? "run" : "none",
    paths,
    mode: chooseMode(own),
    base: chooseBase(own),
    results: own.results ?? [],
  };
  const judgeOnce = async () => {
    const judgement = await judge(options, how);
    if (paths.length > 0) note(options, "no manifest written: only part of the specifications was judged");
    else writeManifest(judgement, options);
    for (const { format, file } of reports)
      await emitCheck(judgement, { ...options, format, output: file, quiet: true });
    return judgement;
  };
  if (own.watch === true) return watchCheck(judgeOnce, reports, options);
  const judgement = await judgeOnce();
  await emitCheck(judgement, options);
  return (judgement.kept.gate ?? judgement.predicate.gate) === "pass" ? EXIT.clean : EXIT.findings;
}

const CLEAR_SCREEN = "\u001b[2J\u001b[3J\u001b[H";

/** The whole report first, then what each change did to it. */
async function watchCheck(
  judgeOnce: () => Promise<Judgement>,
  reports: readonly { file: string }[],
  options: GlobalOptions,
): Promise<number> {
  if (options.format !== "text" || options.output !== undefined) {
    throw new UsageError("Unexpected --format or --output with --watch, expected --report FORMAT=FILE");
  }
  const { watchFolder } = await import("../watch.js");
  const root = rootOf(options).path;
  return watchFolder({
    root,
    judge: judgeOnce,
    show: async ({ predicate }, earlier) => {
      if (process.stdout.isTTY === true) process.stdout.write(CLEAR_SCREEN);
      if (earlier === null) await emit("check", predicate, options);
      else await emit("watch", { before: earlier.predicate, after: predicate }, options);
    },
    judgingAgain: ([first = "", ...others]) =>
      note(options, `changed: ${visible(first)}${others.length === 0 ? "" : ` and ${others.length} more`}`),
    waiting: () => note(options, "watching for changes; Ctrl-C ends"),
    outputs: reports.map(({ file }) => resolve(file)),
  });
}

/** One `--report format=file`. Throws UsageError for another form or an unknown format. */
function readReport(text: string): { format: string; file: string } {
  const at = text.indexOf("=");
  const [format, file] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (at <= 0 || file === "" || file === "-") {
    throw new UsageError(`Unexpected report "${text}", expected FORMAT=FILE such as html=report.html`);
  }
  requireFormat("check", { format });
  refuseForeignOutput(file);
  return { format, file };
}

async function emitCheck(judgement: Judgement, options: GlobalOptions): Promise<void> {
  if (options.format === "html") await emitText(await page(judgement, options), options);
  else await emitText(await reportOf(judgement, options), options);
}

/** Only the page shows digests of sources; every other report is the same as long as the facts are. */
async function reportOf(judgement: Judgement, options: GlobalOptions): Promise<string | Uint8Array> {
  const appearance = await appearanceOf(options);
  const form = [options.format, JSON.stringify(appearance)];
  const known = judgement.kept.report(form);
  if (known !== null) return known;
  const render = await loadRenderer("check", options.format);
  if (render === null) throw new UsageError(`Unexpected format "${options.format}", expected one of check`);
  const text = render(judgement.predicate, appearance);
  judgement.kept.keepReport(form, text);
  return text;
}

async function page({ root, predicate }: Judgement, options: GlobalOptions): Promise<string> {
  const { linksOf, renderPage } = await import("../page.js");
  const links = await linksOf(root, predicate, options.output ?? "-", null);
  return renderPage(predicate, root, { title: basename(root.path), links, traces: [] });
}
