import { capabilityView } from "./capability.js";
import type { Child } from "./dom.js";
import { el, replace } from "./dom.js";
import { findingsView, findingView } from "./findings.js";
import { capabilityGraph } from "./graph.js";
import { matrixView } from "./matrix.js";
import type { Route } from "./route.js";
import { href, readRoute } from "./route.js";
import { list, tagLink, verdictChip } from "./show.js";
import type { Store } from "./store.js";
import { loadStore } from "./store.js";
import { modelFigure, tagView } from "./tag.js";
import { tracesView } from "./trace.js";

const THEMES = ["auto", "light", "dark"] as const;

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found;
}

function viewOf(store: Store, route: Route): HTMLElement | null {
  const { view, subject, query } = route;
  if (view === "matrix") return matrixView(store, query, say);
  if (view === "tag") return tagView(store, subject);
  if (view === "findings") return findingsView(store, query);
  if (view === "finding") return findingView(store, subject);
  if (view === "gaps") return gapsView(store);
  if (view === "capability") return capabilityView(store, subject);
  if (view === "graph") return graphView(store);
  if (view === "models")
    return el(
      "div",
      {},
      el("h1", {}, "Models"),
      store.models.map((model) => modelFigure(store, model)),
    );
  if (view === "traces") return tracesView(store, subject);
  return null;
}

function gapsView(store: Store): HTMLElement {
  const { gaps, tags } = store;
  const line = (at: number, index: number): Child => [
    verdictChip(store, at),
    " ",
    tagLink(store, at),
    " ",
    store.text(tags.title[at] ?? -1),
    el("p", { class: "close" }, store.text(gaps.close[index]?.[0] ?? -1)),
  ];
  const most = 500;
  return el(
    "div",
    {},
    el("h1", {}, `${gaps.tag.length} gaps, most important first`),
    list(gaps.tag.slice(0, most).map(line), "ol"),
    gaps.tag.length > most ? el("p", {}, `The first ${most}; the matrix shows all.`) : null,
  );
}

function graphView(store: Store): HTMLElement {
  const graph = capabilityGraph(store);
  return el(
    "div",
    {},
    el("h1", {}, "How capabilities depend on each other"),
    el(
      "p",
      { class: "faint" },
      "An arrow leads from a capability to one whose requirements it names or refines; the number says how often.",
    ),
    graph === null
      ? el("p", {}, "No requirement names one of another capability.")
      : el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Graph" }, graph),
  );
}

function say(text: string): void {
  byId("status").textContent = text;
}

function navigation(store: Store): void {
  const links: [string, string, number | null][] = [
    ["", "Overview", null],
    ["matrix", "Matrix", store.tags.change.filter((change) => change < 0).length],
    ["gaps", "Gaps", store.gaps.tag.length],
    ["findings", "Findings", store.findings.id.length],
    ["graph", "Graph", null],
    ...(store.models.length > 0 ? [["models", "Models", store.models.length] as [string, string, number]] : []),
    ...(store.traces.length > 0 ? [["traces", "Traces", store.traces.length] as [string, string, number]] : []),
  ];
  replace(
    byId("nav"),
    links.map(([view, name, count]) =>
      el(
        "a",
        { href: href(view), "data-view": view },
        name,
        count === null ? null : el("span", { class: "number" }, ` ${count}`),
      ),
    ),
  );
}

function tools(): void {
  const find = el("button", { type: "button", click: focusSearch, title: "Search (/)" }, "Search");
  const theme = el("button", { type: "button", click: nextTheme, title: "Colours (t)" }, "Theme: auto");
  theme.id = "theme";
  replace(byId("tools"), find, theme);
}

function nextTheme(): void {
  const root = document.documentElement;
  const now = THEMES.findIndex((theme) => theme === (root.dataset.theme ?? "auto"));
  const theme = THEMES[(now + 1) % THEMES.length] ?? "auto";
  root.dataset.theme = theme;
  byId("theme").textContent = `Theme: ${theme}`;
}

/** Where the focus goes once the next view is there. */
let focusNext = "main";

function focusSearch(): void {
  const search = document.getElementById("search");
  if (search !== null) {
    search.focus();
    return;
  }
  focusNext = "search";
  location.assign(href("matrix"));
}

function render(store: Store): void {
  const route = readRoute(location.hash);
  const view = viewOf(store, route);
  byId("overview").hidden = view !== null;
  byId("view").hidden = view === null;
  replace(byId("view"), view);
  for (const link of document.querySelectorAll<HTMLElement>("#nav a")) {
    const isHere = link.dataset.view === (view === null ? "" : route.view);
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
}

function listen(store: Store): void {
  addEventListener("hashchange", () => {
    render(store);
    byId(focusNext).focus({ preventScroll: true });
    focusNext = "main";
  });
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === "Escape" && typing) (event.target as HTMLElement).blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      focusSearch();
    } else if (event.key === "t") nextTheme();
    else if (event.key === "Escape") history.back();
  });
}

loadStore(byId("data").textContent ?? "").then(
  (store) => {
    navigation(store);
    tools();
    listen(store);
    render(store);
    document.documentElement.dataset.ready = "yes";
  },
  () => {
    byId("view").hidden = false;
    replace(
      byId("view"),
      el(
        "p",
        { class: "note" },
        "The data of this report could not be read: the file is damaged, or this browser is too old.",
      ),
    );
  },
);
