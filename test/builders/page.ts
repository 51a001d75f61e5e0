import { compressText, policyDigest } from "../../src/host/pack.js";
import type { Predicate } from "../../src/model/manifest.js";
import type { ReportContext } from "../../src/report/html/describe.js";
import { checkHtml } from "../../src/report/html/render.js";

/** The HTML report of a predicate, as the command would write it. */
export function htmlPage(predicate: Predicate, context: Partial<ReportContext> = {}): string {
  const page = {
    title: "box",
    links: null,
    traces: [],
    models: [],
    history: new Map<string, string[]>(),
    ...context,
    compress: compressText,
    digest: policyDigest,
  };
  return checkHtml(predicate, { width: 80, colour: false, detail: "normal", page });
}
