import type { Child } from "./dom.js";
import { el } from "./dom.js";
import { neighbourhood } from "./graph.js";
import { stateOf } from "./matrix.js";
import { href } from "./route.js";
import { facts, list, markedText, OUTCOME_GLYPHS, placeLink, section, tagLink, verdictChip } from "./show.js";
import type { Store } from "./store.js";

/** One requirement's or scenario's whole case. */
export function tagView(store: Store, tag: string): HTMLElement {
  const at = store.find(tag);
  if (at < 0) {
    return el(
      "div",
      {},
      el("h1", {}, "Unknown tag"),
      el("p", {}, "No specification of this report defines ", el("code", {}, tag), "."),
      el("p", {}, el("a", { href: href("matrix", "", { q: tag }) }, "Search for it")),
    );
  }
  const { tags } = store;
  const parent = tags.parent[at] ?? -1;
  return el(
    "article",
    { class: "case" },
    el("p", { class: "crumbs" }, crumbs(store, at, parent)),
    el("h1", {}, verdictChip(store, at), " ", el("code", {}, store.tagName(at)), " ", store.text(tags.title[at] ?? -1)),
    el("p", {}, placeLink(store, store.text(tags.file[at] ?? -1), tags.line[at] ?? 0)),
    markedText(store, at),
    (store.tags.marks[at] ?? []).length > 0 ? legend() : null,
    before(store, at),
    why(store, at),
    evidence(store, at),
    pictures(store, at),
    findings(store, at),
    references(store, at),
    scenarios(store, at),
    related(store, at),
    history(store, at),
  );
}

function crumbs(store: Store, at: number, parent: number): Child[] {
  const capability = store.text(store.tags.capability[at] ?? -1);
  const change = store.text(store.tags.change[at] ?? -1);
  return [
    el(
      "a",
      { href: change === "" ? href("capability", capability) : href("matrix", "", { capability, change }) },
      capability,
    ),
    ...(change === "" ? [] : [" · change ", change]),
    ...(parent < 0 ? [] : [" › ", tagLink(store, parent)]),
  ];
}

function legend(): HTMLElement {
  const names = ["keyword", "condition", "subject", "modal", "response", "timing"];
  return el(
    "p",
    { class: "legend", "aria-hidden": "true" },
    names.map((name) => el("span", { class: `ears-${name}` }, name)),
  );
}

function before(store: Store, at: number): Child {
  const text = store.tags.before[at] ?? -1;
  if (text < 0) return null;
  return el(
    "details",
    {},
    el("summary", {}, "Text before the change"),
    el("pre", { class: "noted" }, store.text(text)),
  );
}

function why(store: Store, at: number): HTMLElement {
  const { tags, head } = store;
  const reasons = (tags.reasons[at] ?? []).map(store.text);
  const close = store.gapOf(at).map(store.text);
  const waiver = store.waivers.tag.findIndex((place) => store.text(place) === store.tagName(at));
  return section(
    "Verdict",
    facts([
      ["verdict", head.verdicts[tags.verdict[at] ?? -1] ?? ""],
      ["priority", head.priorities[tags.priority[at] ?? -1] ?? ""],
      ["needs", (tags.needs[at] ?? []).map(store.text).join(" and ")],
      ["level", head.levels[tags.level[at] ?? -1] ?? ""],
    ]),
    list(reasons),
    waiver < 0 ? null : waiverLine(store, waiver),
    close.length === 0 ? null : el("div", { class: "close" }, el("h3", {}, "What would close it"), list(close)),
  );
}

function waiverLine(store: Store, at: number): HTMLElement {
  const { verdict, owner, expires, reason, state } = store.waivers;
  const said = [verdict, owner, expires, reason, state].map((column) => store.text(column[at] ?? -1));
  return el("p", { class: "note" }, `Waiver for ${said[0]}, ${said[4]}: ${said[3]} (${said[1]}, until ${said[2]})`);
}

function evidence(store: Store, at: number): HTMLElement {
  const items = store.tags.items[at] ?? [];
  const kinds = [...new Set(items.map((item) => store.items.kind[item] ?? 0))].sort((a, b) => a - b);
  const groups = kinds.map((kind) => {
    const own = items.filter((item) => store.items.kind[item] === kind);
    return el(
      "div",
      {},
      el("h3", {}, store.head.kinds[kind] ?? "", ` (${own.length})`),
      list(own.map((item) => itemLine(store, item))),
    );
  });
  return section("Evidence", groups.length === 0 ? el("p", {}, "None.") : groups);
}

function itemLine(store: Store, item: number): Child {
  const { items } = store;
  const state = stateOf(store, [item]);
  const assertions = items.assertions[item] ?? -1;
  const isRun = store.head.kinds[items.kind[item] ?? -1] !== "implementation";
  const said = [
    `by ${store.text(items.producer[item] ?? -1)}`,
    ...(isRun ? [assertions < 0 ? "assertions not observed" : `${assertions} assertions`] : []),
    ...(items.strength[item] ?? []).map(store.text),
  ];
  const hollow = items.cannotFail[item] ?? -1;
  return [
    el("span", { class: `state o-${state}` }, `${OUTCOME_GLYPHS[state] ?? ""} ${state}`),
    " ",
    el("b", {}, store.text(items.name[item] ?? -1)),
    " ",
    placeLink(store, store.text(items.file[item] ?? -1), items.line[item] ?? 0),
    el("p", { class: "faint" }, said.join(", ")),
    hollow < 0 ? null : el("p", { class: "o-hollow" }, `could not have failed: ${store.text(hollow)}`),
    (items.notes[item] ?? []).map((note) => el("pre", { class: "noted" }, store.text(note))),
  ];
}

function pictures(store: Store, at: number): Child {
  const own = store.models.filter((model) => model.tags.includes(store.tagName(at)));
  if (own.length === 0) return null;
  return section(
    "Models",
    own.map((model) => modelFigure(store, model)),
  );
}

/** A command with its facts, and a picture of each state of its instance. */
export function modelFigure(store: Store, model: Store["models"][number]): HTMLElement {
  return el(
    "figure",
    { class: "model" },
    el("figcaption", {}, el("b", {}, model.command), ` ${model.verdict} `, placeLink(store, model.file, model.line)),
    facts(model.facts),
    el(
      "div",
      { class: "states" },
      model.states.map(({ title, svg }) => el("div", {}, el("p", { class: "faint" }, title), picture(svg))),
    ),
  );
}

/** Our own SVG, parsed as a document of its own: nothing in it can run. */
function picture(source: string): Node {
  const parsed = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  return parsed.nodeName === "svg" ? document.importNode(parsed, true) : document.createTextNode("");
}

function findings(store: Store, at: number): Child {
  const own = store.findingsOf(at);
  return own.length === 0 ? null : section("Findings", list(own.map((each) => findingLine(store, each))));
}

function findingLine(store: Store, at: number): Child {
  const { findings } = store;
  const severity = store.head.severities[findings.severity[at] ?? -1] ?? "";
  const id = store.text(findings.id[at] ?? -1);
  return [
    el("span", { class: `chip s-${severity}` }, severity),
    " ",
    el("a", { href: href("finding", id) }, el("code", {}, store.text(findings.code[at] ?? -1))),
    " ",
    store.text(findings.message[at] ?? -1),
    " ",
    placeLink(store, store.text(findings.file[at] ?? -1), findings.line[at] ?? 0),
  ];
}

function references(store: Store, at: number): Child {
  const own = store.referencesOf(at);
  if (own.length === 0) return null;
  const { references: all, head } = store;
  return section(
    "References",
    list(
      own.map((each) => {
        const test = store.text(all.test[each] ?? -1);
        const said = `${head.roles[all.role[each] ?? -1] ?? ""} (${store.text(all.form[each] ?? -1)}) `;
        const place = placeLink(store, store.text(all.file[each] ?? -1), all.line[each] ?? 0);
        return [said, place, test === "" ? null : el("span", { class: "faint" }, ` ${test}`)];
      }),
    ),
  );
}

function scenarios(store: Store, at: number): Child {
  const own = store.childrenOf(at);
  if (own.length === 0) return null;
  const line = (each: number): Child => [
    verdictChip(store, each),
    " ",
    tagLink(store, each),
    " ",
    store.text(store.tags.title[each] ?? -1),
  ];
  return section("Scenarios", list(own.map(line)));
}

function related(store: Store, at: number): Child {
  const edges = [...store.edgesFrom(at), ...store.edgesTo(at)];
  return edges.length === 0
    ? null
    : section(
        "Related requirements",
        el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Graph" }, neighbourhood(store, at)),
      );
}

function history(store: Store, at: number): Child {
  const own = store.tags.history[at] ?? [];
  return own.length === 0 ? null : section("History", list(own.map(store.text)));
}
