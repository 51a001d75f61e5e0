import type { Predicate } from "../../model/manifest.js";
import type { PageSupport } from "../format.js";
import type { ReportContext } from "./describe.js";
import { describeReport } from "./describe.js";
import { html } from "./markup.js";
import { overview } from "./overview.js";
import { packReport } from "./pack.js";

/** What the page is put together with. */
export interface PageParts extends Pick<PageSupport, "compress" | "digest"> {
  /** The page's own script and style, which hold nothing from an input. */
  script: string;
  style: string;
}

/**
 * One self-contained page. Its content security policy allows its own script and style by their digests and nothing else,
 * so that a text that got through as markup could still do nothing.
 */
export function reportPage(predicate: Predicate, context: ReportContext, parts: PageParts): string {
  const data = parts.compress(packReport(describeReport(predicate, context)));
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${parts.digest(parts.script)}'`,
    `style-src 'sha256-${parts.digest(parts.style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const gate = predicate.gate === "pass" ? "pass" : "fail";
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${gate} · evidence for ${context.title}</title>
<style>${{ markup: parts.style }}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header><p class="name"><a class="home" href="#/">evidence <b>${context.title}</b></a></p><nav id="nav" aria-label="Views"></nav><div id="tools"></div></header>
<main id="main" tabindex="-1"><div id="overview">${overview(predicate)}</div><div id="view" hidden></div></main>
<noscript><p class="note">This is the summary. The matrix, each requirement's case and the search need JavaScript, which runs inside this file only.</p></noscript>
<p id="status" class="visually-hidden" role="status"></p>
<script type="text/plain" id="data">${{ markup: data }}</script>
<script>${{ markup: parts.script }}</script>
</body>
</html>
`;
  return page.markup;
}
