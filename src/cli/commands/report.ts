import { basename, relative, resolve } from "node:path";
import { openInBrowser } from "../../host/browser.js";
import { writeFileAtomic } from "../../host/write.js";
import type { GlobalOptions } from "../context.js";
import { emitText, note, rootOf } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import { judge } from "../judge.js";
import { readSavedManifest } from "../manifest-file.js";
import { linksOf, renderPage } from "../page.js";
import { readTraces } from "../traces.js";

export interface ReportOptions {
  /** A manifest to render instead of judging. */
  manifest?: string;
  open?: boolean;
  /** Address of the judged tree, for links to lines. */
  links?: string;
  trace?: string[];
}

const DEFAULT_OUTPUT = ".evidence/report.html";

/** `evidence report`: one HTML file, from a saved manifest or from what is there. */
export async function report(own: ReportOptions, options: GlobalOptions): Promise<number> {
  if (options.format !== "text" && options.format !== "html") {
    throw new UsageError(`Unexpected format "${options.format}", expected html`);
  }
  const root = rootOf(options);
  const predicate =
    own.manifest === undefined
      ? (await judge(options, { providers: "read", alloy: "known" })).predicate
      : readSavedManifest(root, own.manifest).manifest.predicate;
  const output = options.output ?? resolve(root.path, DEFAULT_OUTPUT);
  const text = await renderPage(predicate, root, {
    title: basename(root.path),
    links: await linksOf(root, predicate, output, own.links ?? null),
    traces: readTraces(own.trace ?? []),
  });
  if (output === "-") {
    await emitText(text, options);
    return EXIT.clean;
  }
  writeFileAtomic(resolve(output), text);
  note(options, `wrote ${relative(process.cwd(), resolve(output)) || output}`);
  if (own.open === true) {
    const problem = await openInBrowser(resolve(output));
    if (problem !== null) note(options, problem);
  }
  return EXIT.clean;
}
