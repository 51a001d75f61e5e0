import type { BaseRecord } from "../../model/base.js";
import { counted } from "../check/summary.js";
import type { Markup } from "./markup.js";
import { html, joined, NOTHING, urlPart } from "./markup.js";

const MOST = 10;

/** What the judged change did, what it alters in its own rules first. */
export function againstBase(base: BaseRecord | undefined): Markup {
  if (base === undefined) return NOTHING;
  const { files } = base;
  const moved = files.added + files.changed + files.removed + files.renamed;
  const head = html`<h2 id="base">What changed since ${base.ref} <code>${base.commit.slice(0, 12)}</code></h2><p>${counted(moved, "file")}: ${files.added} added, ${files.changed} changed, ${files.removed} removed, ${files.renamed} renamed.</p>`;
  return html`<section aria-labelledby="base">${head}${joined([
    warned(
      "Rules that the change alters; those of the base count",
      base.rules.map(({ kind, subject, change }) => `${kind} ${subject}: ${change}`),
    ),
    tagged(
      "Added",
      base.added.map(({ tag, title }) => [tag, title]),
    ),
    tagged(
      "Changed",
      base.changed.map(({ tag, title }) => [tag, title]),
    ),
    tagged(
      "Renamed",
      base.renamed.map(({ tag, title, from }) => [tag, `${title}, before ${from}`]),
    ),
    warned(
      "Removed",
      base.removed.map(({ tag, title }) => `${tag} ${title}`),
    ),
    tagged(
      "Changed text, unchanged evidence",
      base.untouched.map((tag) => [tag, ""]),
    ),
    tagged(
      "Code changed, tests not run",
      base.unrun.map(({ tag, files: code }) => [tag, code.join(", ")]),
    ),
    warned(
      "Evidence lost",
      base.lost.map(({ tag, kind, name }) => `${tag}: ${kind} ${name}`),
    ),
    warned(
      "Evidence gained",
      base.gained.map(({ tag, kind, name }) => `${tag}: ${kind} ${name}`),
    ),
    warned("What could not be told", base.lacking),
  ])}</section>`;
}

function tagged(title: string, rows: readonly (readonly [string, string])[]): Markup {
  const lines = rows
    .slice(0, MOST)
    .map(([tag, said]) => html`<li><a href="#/tag/${urlPart(tag)}"><code>${tag}</code></a> ${said}</li>`);
  return group(title, rows.length, lines);
}

function warned(title: string, rows: readonly string[]): Markup {
  const lines = rows.slice(0, MOST).map((said) => html`<li>${said}</li>`);
  return group(title, rows.length, lines);
}

function group(title: string, count: number, lines: readonly Markup[]): Markup {
  if (count === 0) return NOTHING;
  const more = count > lines.length ? html`<li class="faint">and ${count - lines.length} more</li>` : NOTHING;
  return html`<h3>${title} (${count})</h3><ul>${joined(lines)}${more}</ul>`;
}
