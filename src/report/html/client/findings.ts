import { el, replace } from "./dom.js";
import { href } from "./route.js";
import { virtualRows } from "./rows.js";
import { facts, list, placeLink, section, tagLink } from "./show.js";
import type { Store } from "./store.js";

/** Every finding, worst first, narrowed by severity, code and words. */
export function findingsView(store: Store, query: URLSearchParams): HTMLElement {
  const { findings, head } = store;
  let shown: number[] = [];
  const rows = virtualRows(
    "Findings",
    (index) => findingRow(store, shown[index] ?? 0),
    (index) => location.assign(href("finding", store.text(findings.id[shown[index] ?? -1] ?? -1))),
    el(
      "div",
      { class: "row head", role: "row", "aria-rowindex": 1 },
      ["severity", "code", "message", "place"].map((name) =>
        el("span", { role: "columnheader", class: `c-${name}` }, name),
      ),
    ),
  );
  const count = el("p", { class: "count", "aria-live": "polite" });
  const apply = () => {
    const [severity, code, words] = ["severity", "code", "q"].map((name) => query.get(name) ?? "");
    const sought = (words ?? "").toLowerCase();
    shown = findings.id
      .map((_, at) => at)
      .filter(
        (at) =>
          (severity === "" || head.severities[findings.severity[at] ?? -1] === severity) &&
          (code === "" || store.text(findings.code[at] ?? -1) === code) &&
          (sought === "" ||
            `${store.text(findings.message[at] ?? -1)} ${store.text(findings.file[at] ?? -1)}`
              .toLowerCase()
              .includes(sought)),
      );
    replace(count, `${shown.length} of ${findings.id.length} findings`);
    rows.reset(shown.length);
  };
  const changed = (name: string) => (event: Event) => {
    const { value } = event.target as HTMLInputElement;
    if (value === "") query.delete(name);
    else query.set(name, value);
    history.replaceState(null, "", href("findings", "", Object.fromEntries(query)));
    apply();
  };
  const codes = [...new Set(findings.code.map(store.text))].sort();
  const choice = (name: string, label: string, values: readonly string[]) =>
    el(
      "label",
      {},
      `${label} `,
      el(
        "select",
        { name, change: changed(name) },
        ["", ...values].map((value) =>
          el("option", { value, selected: (query.get(name) ?? "") === value }, value === "" ? "every" : value),
        ),
      ),
    );
  requestAnimationFrame(apply);
  return el(
    "div",
    { class: "findings" },
    el("h1", {}, "Findings"),
    el(
      "form",
      { class: "filters", role: "search", submit: (event: Event) => event.preventDefault() },
      el(
        "label",
        {},
        "Search ",
        el("input", { type: "search", id: "search", value: query.get("q") ?? "", input: changed("q") }),
      ),
      choice("severity", "Severity", head.severities),
      choice("code", "Code", codes),
    ),
    count,
    rows.element,
  );
}

function findingRow(store: Store, at: number): HTMLElement {
  const { findings, head } = store;
  const severity = head.severities[findings.severity[at] ?? -1] ?? "";
  const id = store.text(findings.id[at] ?? -1);
  return el(
    "div",
    { class: "row", click: () => location.assign(href("finding", id)) },
    el("span", { role: "gridcell", class: "c-severity" }, el("span", { class: `chip s-${severity}` }, severity)),
    el(
      "span",
      { role: "gridcell", class: "c-code" },
      el("a", { href: href("finding", id), tabindex: -1 }, el("code", {}, store.text(findings.code[at] ?? -1))),
    ),
    el("span", { role: "gridcell", class: "c-message" }, store.text(findings.message[at] ?? -1)),
    el(
      "span",
      { role: "gridcell", class: "c-place" },
      `${store.text(findings.file[at] ?? -1)}:${findings.line[at] ?? 0}`,
    ),
  );
}

/** One finding: what is wrong, where, and what would mend it. */
export function findingView(store: Store, id: string): HTMLElement {
  const { findings, head } = store;
  const at = findings.id.findIndex((place) => store.text(place) === id);
  if (at < 0) return el("div", {}, el("h1", {}, "Unknown finding"), el("p", {}, `This report holds no finding ${id}.`));
  const severity = head.severities[findings.severity[at] ?? -1] ?? "";
  const [check, tier, suggestion] = [findings.check, findings.tier, findings.suggestion].map((column) =>
    store.text(column[at] ?? -1),
  );
  const related = findings.related[at] ?? [];
  const tags = findings.tags[at] ?? [];
  return el(
    "article",
    { class: "case" },
    el("p", { class: "crumbs" }, el("a", { href: href("findings") }, "Findings")),
    el(
      "h1",
      {},
      el("span", { class: `chip s-${severity}` }, severity),
      " ",
      el("code", {}, store.text(findings.code[at] ?? -1)),
      " ",
      store.text(findings.title[at] ?? -1),
    ),
    el("p", {}, placeLink(store, store.text(findings.file[at] ?? -1), findings.line[at] ?? 0)),
    el("pre", { class: "noted" }, store.text(findings.message[at] ?? -1)),
    timeline(store, at),
    suggestion === "" ? null : el("p", { class: "close" }, suggestion ?? ""),
    facts([
      ...(check === "" ? [] : [["check", check ?? ""] as const]),
      ...(tier === "" ? [] : [["tier", tier ?? ""] as const]),
      ["id", el("code", {}, id)],
      ["documentation", el("code", {}, `evidence explain ${store.text(findings.code[at] ?? -1)}`)],
    ]),
    tags.length === 0
      ? null
      : section(
          "Requirements",
          list(tags.map((tag) => [tagLink(store, tag), " ", store.text(store.tags.title[tag] ?? -1)])),
        ),
    related.length === 0
      ? null
      : section(
          "Other places",
          list(
            related.map(({ file, line, message }) => [
              placeLink(store, store.text(file), line),
              " ",
              store.text(message),
            ]),
          ),
        ),
  );
}

/** The situation of a finding as a small timeline: what holds, what is then asked for, and that it cannot be met. */
function timeline(store: Store, at: number): HTMLElement | null {
  const situation = store.findings.situation[at] ?? null;
  if (situation === null) return null;
  const check = store.text(store.findings.check[at] ?? -1);
  const demand = ({ statement, text }: { statement: number; text: number }) => {
    const name = store.text(statement);
    const tag = store.find(name);
    return el("li", {}, tag < 0 ? el("b", {}, name) : tagLink(store, tag), " ", store.text(text));
  };
  const step = (title: string, items: readonly HTMLElement[]) =>
    el("li", { class: "moment" }, el("h3", {}, title), el("ul", {}, items));
  return el(
    "ol",
    { class: "timeline", "aria-label": "The situation" },
    step(
      "It can happen that",
      situation.conditions.map((place) => el("li", {}, store.text(place))),
    ),
    step("Then", situation.demands.map(demand)),
    el("li", { class: "moment clash" }, el("h3", {}, check === "conflict" ? "Both cannot be met" : check)),
  );
}
