import type { AlloyReport } from "../model/alloy-report.js";
import type { StateDiff } from "../model/diff.js";
import type { ExamplesReport } from "../model/examples-report.js";
import type { Predicate } from "../model/manifest.js";
import type { AnalysisReport } from "./analysis/report.js";
import type { DoctorReport } from "./doctor/report.js";
import type { Question } from "./explain/lookup.js";
import type { ManifestText } from "./exports/input.js";
import type { ReportContext } from "./html/describe.js";
import type { LinksReport } from "./links/report.js";
import type { Listing } from "./tags/catalog.js";
import type { Verification } from "./verify/report.js";
import type { Rejudgement } from "./watch/text.js";
import type { OneTag } from "./why/case.js";

/** `quiet`: the answer alone. `verbose`: nothing left out. */
export type Detail = "quiet" | "normal" | "verbose";

export interface RenderOptions {
  /** Terminal columns; text formats keep every line within them. */
  width: number;
  colour: boolean;
  detail: Detail;
  /** Of the formats of forges: the judged folder's place in the repository, ending in a slash; empty at its top. */
  below?: string;
  /** Of html: what the page shows besides the input, and how it packs it. */
  page?: PageSupport;
}

export interface PageSupport extends ReportContext {
  /** Raw DEFLATE (RFC 1951) of a text's UTF-8, in base64. */
  compress(text: string): string;
  /** SHA-256 of a text's UTF-8, in base64. */
  digest(text: string): string;
}

/** Input to text, without looking at anything else. Texts end in a newline. */
export type Renderer<Input> = (input: Input, options: RenderOptions) => string;

/** What each view is rendered from: a predicate and at most the question asked of it, so a saved manifest is enough. */
export interface ViewInputs {
  check: Predicate;
  why: OneTag;
  next: Predicate;
  /** The catalog, or the part of it whose tag, title or capability holds the words. */
  "tags-list": Listing;
  "tags-show": OneTag;
  /** Everything whose text holds the words. */
  "tags-find": Listing;
  explain: Question;
  verify: Verification;
  diff: StateDiff;
  /** Waivers, confirmations and baseline together. */
  exceptions: Predicate;
  doctor: DoctorReport;
  /** One analysis alone: lint, logic, glossary. */
  analysis: AnalysisReport;
  links: LinksReport;
  examples: ExamplesReport;
  alloy: AlloyReport;
  watch: Rejudgement;
  /** A manifest in a form that other tools know. */
  export: ManifestText;
}

export type View = keyof ViewInputs;

type Formats<Input> = ReadonlyMap<string, () => Promise<Renderer<Input>>>;

/** Every format of every view, the usual one first. A format is loaded when it is asked for. */
const FORMATS: { readonly [V in View]: Formats<ViewInputs[V]> } = {
  check: new Map([
    ["text", async () => (await import("./check/text.js")).checkText],
    ["json", async () => (await import("./check/json.js")).checkJson],
    ["markdown", async () => (await import("./check/markdown.js")).checkMarkdown],
    ["junit", async () => (await import("./check/junit.js")).checkJunit],
    ["github", async () => (await import("./forge/github.js")).checkGithub],
    ["gitlab", async () => (await import("./forge/gitlab.js")).checkGitlab],
    ["sarif", async () => (await import("./forge/sarif.js")).checkSarif],
    ["html", async () => (await import("./html/render.js")).checkHtml],
  ]),
  why: new Map([
    ["text", async () => (await import("./why/text.js")).whyText],
    ["json", async () => (await import("./why/json.js")).whyJson],
    ["markdown", async () => (await import("./why/markdown.js")).whyMarkdown],
  ]),
  next: new Map([
    ["text", async () => (await import("./next/text.js")).nextText],
    ["json", async () => (await import("./next/json.js")).nextJson],
  ]),
  "tags-list": new Map([
    ["text", async () => (await import("./tags/text.js")).listText],
    ["json", async () => (await import("./tags/json.js")).listJson],
  ]),
  "tags-show": new Map([
    ["text", async () => (await import("./tags/text.js")).showText],
    ["json", async () => (await import("./tags/json.js")).showJson],
  ]),
  "tags-find": new Map([
    ["text", async () => (await import("./tags/text.js")).findText],
    ["json", async () => (await import("./tags/json.js")).findJson],
  ]),
  explain: new Map([
    ["text", async () => (await import("./explain/text.js")).explainText],
    ["json", async () => (await import("./explain/json.js")).explainJson],
    ["markdown", async () => (await import("./explain/markdown.js")).explainMarkdown],
  ]),
  verify: new Map([
    ["text", async () => (await import("./verify/text.js")).verifyText],
    ["json", async () => (await import("./verify/json.js")).verifyJson],
  ]),
  diff: new Map([
    ["text", async () => (await import("./diff/text.js")).diffText],
    ["json", async () => (await import("./diff/json.js")).diffJson],
    ["markdown", async () => (await import("./diff/markdown.js")).diffMarkdown],
  ]),
  exceptions: new Map([
    ["text", async () => (await import("./exceptions/text.js")).exceptionsText],
    ["json", async () => (await import("./exceptions/json.js")).exceptionsJson],
    ["markdown", async () => (await import("./exceptions/markdown.js")).exceptionsMarkdown],
  ]),
  doctor: new Map([
    ["text", async () => (await import("./doctor/text.js")).doctorText],
    ["json", async () => (await import("./doctor/json.js")).doctorJson],
  ]),
  analysis: new Map([
    ["text", async () => (await import("./analysis/text.js")).analysisText],
    ["json", async () => (await import("./analysis/json.js")).analysisJson],
  ]),
  links: new Map([
    ["text", async () => (await import("./links/text.js")).linksText],
    ["json", async () => (await import("./links/json.js")).linksJson],
  ]),
  examples: new Map([
    ["text", async () => (await import("./examples/text.js")).examplesText],
    ["json", async () => (await import("./examples/json.js")).examplesJson],
  ]),
  alloy: new Map([
    ["text", async () => (await import("./models/text.js")).modelsText],
    ["json", async () => (await import("./models/json.js")).modelsJson],
  ]),
  watch: new Map([["text", async () => (await import("./watch/text.js")).watchText]]),
  export: new Map([
    ["svr", async () => (await import("./exports/svr.js")).svrJson],
    ["test-result", async () => (await import("./exports/test-result.js")).testResultJson],
    ["cyclonedx", async () => (await import("./exports/cyclonedx.js")).cyclonedxJson],
    ["summary", async () => (await import("./exports/summary.js")).summaryJson],
  ]),
};

/** Names of a view's formats, the usual one first. */
export function formatsOf(view: View): string[] {
  return [...FORMATS[view].keys()];
}

/** Loads the renderer of a view's format; null when the view has no format of that name. */
export async function loadRenderer<V extends View>(view: V, format: string): Promise<Renderer<ViewInputs[V]> | null> {
  const formats: Formats<ViewInputs[V]> = FORMATS[view];
  return (await formats.get(format)?.()) ?? null;
}
