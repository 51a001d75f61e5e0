import type { Predicate } from "../../model/manifest.js";
import type { RenderOptions } from "../format.js";
import { reportPage } from "./page.js";
import { SCRIPT, STYLE } from "./shell.js";

/** The whole report as one page. Throws without `options.page`: a page needs what only its caller can make. */
export function checkHtml(predicate: Predicate, options: RenderOptions): string {
  const { page } = options;
  if (page === undefined) throw new Error("no page support given");
  return reportPage(predicate, page, { script: SCRIPT, style: STYLE, compress: page.compress, digest: page.digest });
}
