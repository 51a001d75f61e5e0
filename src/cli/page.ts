import { dirname, relative, resolve } from "node:path";
import { forgeBase } from "../host/forge.js";
import { checkoutOf, lineOrigins, placeInRepository, remoteOf } from "../host/git.js";
import { compressText, policyDigest } from "../host/pack.js";
import type { Root } from "../host/root.js";
import type { Predicate } from "../model/manifest.js";
import { loadRenderer } from "../report/format.js";
import type { ReportContext } from "../report/html/describe.js";
import type { LineOrigin } from "../report/html/history.js";
import { historyOf } from "../report/html/history.js";
import { UsageError } from "./errors.js";

/** The HTML report of a predicate. */
export async function renderPage(
  predicate: Predicate,
  root: Root,
  context: Omit<ReportContext, "models" | "history">,
): Promise<string> {
  const render = await loadRenderer("check", "html");
  if (render === null) throw new Error("no html renderer");
  const { describeModels } = await import("../report/html/pictures.js");
  const models = await describeModels(predicate);
  const history = historyOf(predicate.catalog, await originsOf(root, predicate));
  const page = { ...context, models, history, compress: compressText, digest: policyDigest };
  return render(predicate, { width: 80, colour: false, detail: "normal", page });
}

/** More files than this are not asked about: each takes a process. */
const MOST_FILES = 200;

async function originsOf(root: Root, { catalog }: Predicate): Promise<Map<string, LineOrigin[]>> {
  const origins = new Map<string, LineOrigin[]>();
  const files = [...new Set(catalog.map((each) => each.file))];
  if (files.length > MOST_FILES || (await checkoutOf(root.path)).head === null) return origins;
  for (const file of files) origins.set(file, await lineOrigins(root.path, file));
  return origins;
}

/**
 * Where the page's links to places lead: to the given address, to the forge where the judged commit has one, to the tree
 * beside the page otherwise. `output` is the page's file, `-` for standard output.
 */
export async function linksOf(
  root: Root,
  predicate: Predicate,
  output: string,
  given: string | null,
): Promise<ReportContext["links"]> {
  if (given !== null) {
    if (!/^https?:\/\/[^\s"'<>]+$/.test(given)) {
      throw new UsageError(`Unexpected address "${given}", expected one that starts with https://`);
    }
    return { base: given.endsWith("/") ? given : `${given}/`, kind: "forge" };
  }
  const { commit } = predicate.source;
  const remote = commit === null ? null : await remoteOf(root.path);
  const base = remote === null || commit === null ? null : forgeBase(remote, commit);
  if (base !== null) return { base: `${base}${encodeURI(await placeInRepository(root.path))}`, kind: "forge" };
  if (output === "-") return null;
  const up = relative(dirname(resolve(output)), root.path)
    .split("\\")
    .join("/");
  return { base: up === "" ? "./" : `${up.split("/").map(encodeURIComponent).join("/")}/`, kind: "local" };
}
