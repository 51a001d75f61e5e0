import { nextSteps } from "../../evidence/next.js";
import type { Predicate } from "../../model/manifest.js";
import type { NextStep } from "../../model/next-report.js";
import type { Verdict } from "../../model/verdict.js";
import { VERDICTS } from "../../model/verdict.js";
import { capabilityRows, counted, gateWord, knownSentence, readSentence } from "../check/summary.js";
import { againstBase } from "./base.js";
import { byName } from "./describe.js";
import type { Markup } from "./markup.js";
import { html, joined, NOTHING, urlPart } from "./markup.js";

const MOST_GAPS = 12;
const MOST_REASON = 240;

/** The order in which a bar shows verdicts: what is well first. */
const BAR: readonly Verdict[] = ["verified", "waived", "missing", "suspect", "hollow", "failing"];

/** The first screen, readable without a script: the gate's answer, totals, the worst gaps, capabilities. */
export function overview(predicate: Predicate): Markup {
  const gaps = nextSteps(predicate);
  return joined([
    answer(predicate),
    totals(predicate),
    againstBase(predicate.base),
    changes(predicate),
    worst(gaps),
    capabilities(predicate),
    examined(predicate),
  ]);
}

function answer(predicate: Predicate): Markup {
  const { word, style } = gateWord(predicate);
  const passed = word === "PASS";
  return html`<section class="answer ${style}" aria-labelledby="answer"><h1 id="answer"><span class="badge">${passed ? "✓ Pass" : "✗ Fail"}</span> ${sentence(predicate)}</h1>${reasons(predicate)}${knownBefore(predicate)}</section>`;
}

function sentence({ totals, gate }: Predicate): string {
  if (totals.tags === 0) return "Nothing was judged: no requirement carries a tag.";
  if (totals.verified === totals.tags)
    return gate === "pass"
      ? `All ${counted(totals.tags, "tag")} have evidence that could have failed, and did not.`
      : `All ${counted(totals.tags, "tag")} are verified, and still something is wrong.`;
  const open = totals.tags - totals.verified - totals.waived;
  if (gate === "pass" && open === 0)
    return `${totals.verified} of ${counted(totals.tags, "tag")} verified, the rest waived.`;
  return `${totals.verified} of ${counted(totals.tags, "tag")} verified; ${open} ${open === 1 ? "lacks" : "lack"} evidence that holds.`;
}

function reasons({ gate, gateReasons, mode }: Predicate): Markup {
  if (gateReasons.length === 0) return NOTHING;
  const lead = gate === "fail" ? "The gate fails because" : `The mode is ${mode}; strict mode would fail because`;
  return html`<p class="lead">${lead} ${gateReasons.join(", ")}.</p>`;
}

function knownBefore(predicate: Predicate): Markup {
  const sentence = knownSentence(predicate);
  return sentence === null ? NOTHING : html`<p class="lead">${sentence}</p>`;
}

function totals({ totals: all }: Predicate): Markup {
  const cards = BAR.filter((verdict) => verdict === "verified" || all[verdict] > 0).map(
    (verdict) =>
      html`<li><a class="card v-${verdict}" href="#/matrix?verdict=${verdict}"><b>${all[verdict]}</b> <span>${verdict}</span></a></li>`,
  );
  const slices = BAR.filter((verdict) => all[verdict] > 0).map(
    (verdict) =>
      html`<rect class="f-${verdict}" x="${offsetOf(all, verdict)}" y="0" width="${all[verdict]}" height="1"/>`,
  );
  const bar =
    all.tags === 0
      ? NOTHING
      : html`<svg class="bar" viewBox="0 0 ${all.tags} 1" preserveAspectRatio="none" aria-hidden="true">${joined(slices)}</svg>`;
  return html`<section aria-label="Totals by verdict">${bar}<ul class="cards">${joined(cards)}</ul></section>`;
}

function offsetOf(all: Predicate["totals"], verdict: Verdict): number {
  return BAR.slice(0, BAR.indexOf(verdict)).reduce((sum, each) => sum + all[each], 0);
}

function changes(predicate: Predicate): Markup {
  if (predicate.changes.length === 0) return NOTHING;
  const rows = predicate.changes.map(({ change, gates, definitions, removed, verdicts }) => {
    const verified = verdicts.filter(({ verdict }) => verdict === "verified").length;
    const taken = removed.length === 0 ? "" : `, removes ${removed.length}`;
    return html`<li><a href="#/matrix?change=${urlPart(change)}">${change}</a>: ${counted(definitions.length, "tag")}${taken}, ${verified} verified${gates ? "" : " (shown, does not gate)"}</li>`;
  });
  return html`<section aria-labelledby="changes"><h2 id="changes">Active changes</h2><ul>${joined(rows)}</ul></section>`;
}

function worst(gaps: readonly NextStep[]): Markup {
  if (gaps.length === 0) return html`<section aria-labelledby="gaps"><h2 id="gaps">Gaps</h2><p>None.</p></section>`;
  const rows = gaps.slice(0, MOST_GAPS).map(gapRow);
  const more = gaps.length > MOST_GAPS ? html`<p><a href="#/gaps">All ${gaps.length} gaps</a></p>` : NOTHING;
  return html`<section aria-labelledby="gaps"><h2 id="gaps">The worst gaps</h2><ol class="gaps">${joined(rows)}</ol>${more}</section>`;
}

function gapRow(step: NextStep): Markup {
  const place = html`<span class="place">${step.file}:${step.line}</span>`;
  const close = html`<p class="close">${cut(step.close[0] ?? "")}</p>`;
  if (step.subject === "finding") {
    return html`<li><a href="#/findings?code=${urlPart(step.code ?? "")}"><code>${step.code ?? ""}</code></a> ${cut(step.title)} ${place}${close}</li>`;
  }
  return html`<li><span class="chip v-${step.verdict ?? "missing"}">${step.verdict ?? "missing"}</span> <a href="#/tag/${urlPart(step.tag ?? "")}"><code>${step.tag ?? ""}</code></a> ${step.title} ${place}<p>${cut(step.reasons[0] ?? "")}</p>${close}</li>`;
}

function cut(text: string): string {
  return text.length <= MOST_REASON ? text : `${text.slice(0, MOST_REASON)}…`;
}

function capabilities(predicate: Predicate): Markup {
  const shown = VERDICTS.filter((verdict) => verdict === "verified" || predicate.totals[verdict] > 0).toReversed();
  const head = shown.map((verdict) => html`<th scope="col" class="number">${verdict}</th>`);
  const rows = capabilityRows(predicate).map(
    ({ capability, tags, counts }) =>
      html`<tr><th scope="row"><a href="#/capability/${urlPart(capability)}">${capability}</a></th><td class="number">${tags}</td>${joined(shown.map((verdict) => html`<td class="number${counts[verdict] === 0 ? " zero" : ` t-${verdict}`}">${counts[verdict]}</td>`))}</tr>`,
  );
  return html`<section aria-labelledby="capabilities"><h2 id="capabilities">Capabilities</h2><div class="scroll" tabindex="0" role="region" aria-labelledby="capabilities"><table><thead><tr><th scope="col">capability</th><th scope="col" class="number">tags</th>${joined(head)}</tr></thead><tbody>${joined(rows)}</tbody></table></div></section>`;
}

/** What the judgement rests on. */
function examined(predicate: Predicate): Markup {
  const { policy, tool, source, configuration } = predicate;
  const facts = byName(predicate.analyses).map(
    ([name, each]) =>
      html`<li><b>${name}</b>: ${byName(each)
        .map(([fact, value]) => `${fact} ${value}`)
        .join(", ")}</li>`,
  );
  return html`<section aria-labelledby="examined"><h2 id="examined">What was examined</h2><p>${readSentence(predicate)}</p><ul><li><b>needs</b>: must ${policy.must.join(" and ")}; should ${policy.should.join(" and ")}; could ${policy.could.join(" and ")}</li>${joined(facts)}<li><b>tool</b>: evidence ${tool.version}</li><li><b>commit</b>: <code>${source.commit ?? "none"}</code></li><li><b>sources</b>: <code>sha256:${source.digest}</code></li><li><b>configuration</b>: ${configuration.path ?? "none"} <code>sha256:${configuration.digest}</code></li></ul></section>`;
}
