import { basename, relative, resolve } from "node:path";
import { openInBrowser } from "../../host/browser.js";
import { readTextFile } from "../../host/files.js";
import type { Root } from "../../host/root.js";
import { writeFileAtomic } from "../../host/write.js";
import type { Predicate } from "../../model/manifest.js";
import { manifestSchema } from "../../model/manifest.js";
import type { GlobalOptions } from "../context.js";
import { emitText, note, rootOf } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import { judge } from "../judge.js";
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
const MANIFEST_LIMITS = { maxBytes: 512 * 1024 * 1024, maxLine: 64 * 1024 * 1024 };

/** `evidence report`: one HTML file, from a saved manifest or from what is there. */
export async function report(own: ReportOptions, options: GlobalOptions): Promise<number> {
  if (options.format !== "text" && options.format !== "html") {
    throw new UsageError(`Unexpected format "${options.format}", expected html`);
  }
  const root = rootOf(options);
  const predicate =
    own.manifest === undefined
      ? (await judge(options, { providers: "read", alloy: "known" })).predicate
      : savedPredicate(root, own.manifest);
  const output = options.output ?? resolve(root.path, DEFAULT_OUTPUT);
  const text = await renderPage(predicate, {
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

function savedPredicate(root: Root, file: string): Predicate {
  const path = relative(root.path, resolve(file));
  const read = readTextFile(root.path, path, MANIFEST_LIMITS);
  if ("finding" in read) throw new UsageError(`${file}: ${read.finding.message}`);
  let value: unknown;
  try {
    value = JSON.parse(read.text);
  } catch {
    throw new UsageError(`${file}: Unexpected text that is no JSON, expected a manifest`);
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data.predicate;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `${file}: Unexpected ${issue?.path.join(".") || "content"}, expected a manifest of this version`,
  );
}
