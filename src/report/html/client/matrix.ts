import type { Child } from "./dom.js";
import { el, replace } from "./dom.js";
import { href } from "./route.js";
import { virtualRows } from "./rows.js";
import { OUTCOME_GLYPHS, verdictChip } from "./show.js";
import type { Store } from "./store.js";

/** What the matrix can be narrowed to; each is a member of the address, so that a view can be linked to. */
const FILTERS = ["q", "capability", "verdict", "kind", "priority", "change"] as const;

const RANK = ["fail", "error", "hollow", "skipped", "inconclusive", "pass"];

/** The traceability matrix: one row a tag, one cell for each kind of evidence. */
export function matrixView(store: Store, query: URLSearchParams, say: (text: string) => void): HTMLElement {
  let shown: number[] = [];
  const header = el(
    "div",
    { class: "row head", role: "row", "aria-rowindex": 1 },
    ["verdict", "tag", "title"].map((name) => el("span", { role: "columnheader", class: `c-${name}` }, name)),
    el(
      "span",
      { class: "cells", role: "presentation" },
      store.kinds.map((kind) => kindHead(store, kind)),
    ),
  );
  const rows = virtualRows(
    "Requirements by kind of evidence",
    (index) => matrixRow(store, shown[index] ?? 0),
    (index) => location.assign(href("tag", store.tagName(shown[index] ?? 0))),
    header,
  );
  const count = el("p", { class: "count", "aria-live": "polite" });
  const apply = () => {
    shown = select(store, query);
    replace(count, `${shown.length} of ${store.tags.tag.length} tags`);
    rows.reset(shown.length);
  };
  const changed = (name: string, value: string) => {
    if (value === "") query.delete(name);
    else query.set(name, value);
    history.replaceState(null, "", href("matrix", "", Object.fromEntries(query)));
    apply();
    say(`${shown.length} tags`);
  };
  const view = el(
    "div",
    { class: "matrix" },
    el("h1", {}, "Traceability matrix"),
    filters(store, query, changed),
    count,
    rows.element,
  );
  addEventListener("beforeprint", () => rows.all(2000));
  requestAnimationFrame(apply);
  return view;
}

function kindHead(store: Store, kind: number): HTMLElement {
  const name = store.head.kinds[kind] ?? "";
  return el("span", { role: "columnheader", class: "cell", title: name }, el("span", {}, name.replace(/^test\./, "")));
}

function matrixRow(store: Store, at: number): HTMLElement {
  const { tags } = store;
  return el(
    "div",
    {
      class: tags.kind[at] === 1 ? "row scenario" : "row",
      click: () => location.assign(href("tag", store.tagName(at))),
    },
    el("span", { role: "gridcell", class: "c-verdict" }, verdictChip(store, at)),
    el(
      "span",
      { role: "gridcell", class: "c-tag" },
      el("a", { href: href("tag", store.tagName(at)), tabindex: -1 }, el("code", {}, store.tagName(at))),
    ),
    el("span", { role: "gridcell", class: "c-title" }, store.text(tags.title[at] ?? -1)),
    el(
      "span",
      { class: "cells", role: "presentation" },
      store.kinds.map((kind) => kindCell(store, at, kind)),
    ),
  );
}

function kindCell(store: Store, at: number, kind: number): HTMLElement {
  const items = (store.tags.items[at] ?? []).filter((item) => store.items.kind[item] === kind);
  const name = store.head.kinds[kind] ?? "";
  if (items.length === 0) {
    const isWanted = (store.tags.needs[at] ?? []).some((need) => store.text(need) === name);
    const missing = isWanted && store.head.verdicts[store.tags.verdict[at] ?? -1] !== "verified";
    return el(
      "span",
      { role: "gridcell", class: missing ? "cell o-missing" : "cell", title: missing ? `${name}: needed, none` : null },
      missing ? "needed" : "",
    );
  }
  const state = stateOf(store, items);
  const glyph = OUTCOME_GLYPHS[state] ?? "";
  return el(
    "span",
    { role: "gridcell", class: `cell o-${state}`, title: `${name}: ${items.length}, worst ${state}` },
    `${glyph}${items.length > 1 ? items.length : ""}`,
    el("span", { class: "visually-hidden" }, ` ${name} ${state}`),
  );
}

/** The worst state among items; one that could not have failed is hollow whatever it says. */
export function stateOf(store: Store, items: readonly number[]): string {
  const states = items.map((item) => {
    const outcome = store.head.outcomes[store.items.outcome[item] ?? -1] ?? "";
    return outcome === "pass" && (store.items.cannotFail[item] ?? -1) >= 0 ? "hollow" : outcome;
  });
  return RANK.find((state) => states.includes(state)) ?? "";
}

function select(store: Store, query: URLSearchParams): number[] {
  const { tags, head } = store;
  const [words, capability, verdict, kind, priority, change] = FILTERS.map((name) => query.get(name) ?? "");
  const sought = (words ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const kindNumber = head.kinds.indexOf(kind ?? "");
  const matches = (at: number): boolean => {
    const proposal = store.text(tags.change[at] ?? -1);
    if (change === "only" ? tags.changed[at] === 0 : proposal !== change) return false;
    if (verdict !== "" && head.verdicts[tags.verdict[at] ?? -1] !== verdict) return false;
    if (priority !== "" && head.priorities[tags.priority[at] ?? -1] !== priority) return false;
    if (capability !== "" && store.text(tags.capability[at] ?? -1) !== capability) return false;
    if (kindNumber >= 0 && !(tags.items[at] ?? []).some((item) => store.items.kind[item] === kindNumber)) return false;
    return sought.every((word) => store.searchable(at).includes(word));
  };
  return tags.tag.map((_, at) => at).filter(matches);
}

function filters(store: Store, query: URLSearchParams, changed: (name: string, value: string) => void): HTMLElement {
  const choice = (name: string, label: string, values: readonly (readonly [string, string])[]): Child => {
    const select = el(
      "select",
      { name, change: (event: Event) => changed(name, (event.target as HTMLSelectElement).value) },
      values.map(([value, text]) => el("option", { value, selected: (query.get(name) ?? "") === value }, text)),
    );
    return values.length <= 2 && name !== "change" ? null : el("label", {}, label, " ", select);
  };
  const plain = (all: string, values: readonly string[]): [string, string][] => [
    ["", all],
    ...values.map((value): [string, string] => [value, value]),
  ];
  const search = el("input", {
    type: "search",
    id: "search",
    placeholder: "tag, title or words",
    value: query.get("q") ?? "",
    input: (event: Event) => changed("q", (event.target as HTMLInputElement).value),
  });
  const verdicts = store.head.verdicts.filter((_, at) => store.tags.verdict.includes(at));
  const priorities = store.head.priorities.filter((_, at) => store.tags.priority.includes(at));
  const changes: [string, string][] = [
    ["", "as specified"],
    ...(store.tags.changed.includes(1) ? [["only", "changed only"] as [string, string]] : []),
    ...store.changes.map((name): [string, string] => [name, `change ${name}`]),
  ];
  return el(
    "form",
    { class: "filters", role: "search", submit: (event: Event) => event.preventDefault() },
    el("label", {}, "Search ", search),
    choice("verdict", "Verdict", plain("every", verdicts)),
    choice("capability", "Capability", plain("every", store.capabilities)),
    choice(
      "kind",
      "Evidence",
      plain(
        "any",
        store.kinds.map((kind) => store.head.kinds[kind] ?? ""),
      ),
    ),
    choice("priority", "Priority", plain("every", priorities)),
    changes.length > 1 ? choice("change", "Shown", changes) : null,
  );
}
