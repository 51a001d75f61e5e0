import type { Child } from "./dom.js";
import { el, replace, svg } from "./dom.js";
import { facts } from "./show.js";
import type { Store } from "./store.js";

const LANE = 130;
const LABEL = 520;
const STEP = 30;
const LEFT = 90;
const TOP = 34;

type Trace = Store["traces"][number];

/** Runs as space-time diagrams; what really was is shown on demand. */
export function tracesView(store: Store, name: string): HTMLElement {
  const trace = store.traces.find((each) => each.name === name) ?? store.traces[0];
  if (trace === undefined) return el("p", {}, "This report holds no trace.");
  const detail = el(
    "div",
    { class: "trace-detail", "aria-live": "polite" },
    el("p", { class: "faint" }, "Choose an event."),
  );
  const figure = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Space-time diagram" });
  const draw = (truth: boolean) =>
    replace(
      figure,
      diagram(trace, truth, (index) => replace(detail, eventDetail(trace, index, truth))),
    );
  draw(false);
  const others = store.traces.filter((each) => each !== trace);
  return el(
    "div",
    { class: "trace" },
    el("h1", {}, trace.name),
    facts(trace.facts),
    el(
      "label",
      { class: "switch" },
      el("input", { type: "checkbox", change: (event: Event) => draw((event.target as HTMLInputElement).checked) }),
      " Show what really was",
    ),
    el("div", { class: "trace-panes" }, figure, detail),
    others.length === 0
      ? null
      : el(
          "p",
          {},
          "Other traces: ",
          others.map((each) => [el("a", { href: `#/traces/${encodeURIComponent(each.name)}` }, each.name), " "]),
        ),
  );
}

function diagram(trace: Trace, truth: boolean, choose: (index: number) => void): SVGElement {
  const x = (lane: number) => LEFT + lane * LANE + LANE / 2;
  const y = (index: number) => TOP + index * STEP + STEP / 2;
  const labels = LEFT + trace.lanes.length * LANE + 16;
  const [width, height] = [labels + LABEL, TOP + trace.events.length * STEP + 10];
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, class: "spacetime", role: "group", "aria-label": trace.name },
    trace.lanes.map((lane, index) => [
      svg("text", { x: x(index), y: 18, class: "lane" }, lane),
      svg("line", { x1: x(index), x2: x(index), y1: TOP - 8, y2: height, class: "lane-line" }),
    ]),
    trace.events.map((event, to) =>
      event.causes.map((from) => {
        const cause = trace.events[from];
        if (cause === undefined || cause.lane === event.lane) return null;
        return svg("line", { x1: x(cause.lane), y1: y(from), x2: x(event.lane), y2: y(to), class: "message" });
      }),
    ),
    trace.events.map((event, index) => {
      const kind = event.violations.length > 0 ? "broken" : truth && event.hidden !== null ? event.hidden : "plain";
      const label = `${event.label}${kind === "plain" ? "" : ` · ${kind}`}`;
      const said = `${event.time} ${label} in ${trace.lanes[event.lane] ?? ""}`;
      return svg(
        "g",
        {
          class: `event e-${kind}`,
          tabindex: 0,
          role: "button",
          click: () => choose(index),
          keydown: (pressed: KeyboardEvent) => {
            if (pressed.key !== "Enter" && pressed.key !== " ") return;
            pressed.preventDefault();
            choose(index);
          },
        },
        svg("title", {}, said),
        svg("text", { x: 6, y: y(index) + 4, class: "time" }, event.time),
        svg("circle", { cx: x(event.lane), cy: y(index), r: kind === "plain" ? 5 : 7 }),
        svg("line", { x1: x(event.lane), x2: labels - 6, y1: y(index), y2: y(index), class: "leader" }),
        svg("text", { x: labels, y: y(index) + 4 }, label),
      );
    }),
  );
}

function eventDetail(trace: Trace, index: number, truth: boolean): Child {
  const event = trace.events[index];
  if (event === undefined) return null;
  return [
    el("h2", {}, event.label),
    facts([
      ["event", event.id],
      ["time", event.time],
      ["process", trace.lanes[event.lane] ?? ""],
      ["follows from", event.causes.map((cause) => trace.events[cause]?.id ?? "").join(", ") || "nothing before"],
      ...event.violations.map((name): [string, Child] => ["breaks", el("span", { class: "o-fail" }, name)]),
    ]),
    truth && event.truth.length > 0 ? [el("h3", {}, "What really was"), facts(event.truth)] : null,
  ];
}
