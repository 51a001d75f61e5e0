import { RELATIONS } from "../data.js";
import { svg } from "./dom.js";
import { href } from "./route.js";
import type { Store } from "./store.js";

const MOST_SIDE = 24;
const ROW = 34;
const WIDTH = 230;
const GAP = 130;

interface Node {
  label: string;
  title: string;
  href: string;
  className: string;
}

interface Link {
  from: Node;
  to: Node;
  label: string;
  weight: number;
}

/** The tags that one names (right) and that name it (left). */
export function neighbourhood(store: Store, at: number): SVGElement {
  const { edges } = store;
  const node = (tag: number): Node => ({
    label: store.tagName(tag),
    title: store.text(store.tags.title[tag] ?? -1),
    href: href("tag", store.tagName(tag)),
    className: `n-${store.head.verdicts[store.tags.verdict[tag] ?? -1] ?? ""}`,
  });
  const centre = node(at);
  const into = store.edgesTo(at).slice(0, MOST_SIDE);
  const out = store.edgesFrom(at).slice(0, MOST_SIDE);
  const left = into.map((edge) => node(edges.from[edge] ?? 0));
  const right = out.map((edge) => node(edges.to[edge] ?? 0));
  const label = (edge: number) => RELATIONS[edges.relation[edge] ?? 1] ?? "";
  return layered(
    [left, [centre], right],
    [
      ...left.map((from, index) => ({ from, to: centre, label: label(into[index] ?? 0), weight: 1 })),
      ...right.map((to, index) => ({ from: centre, to, label: label(out[index] ?? 0), weight: 1 })),
    ],
    `Requirements that ${centre.label} names and that name it`,
  );
}

/** Capabilities, with an edge where requirements of one name those of another. Layers by longest path over what is acyclic. */
export function capabilityGraph(store: Store): SVGElement | null {
  const { edges, tags } = store;
  const capability = (tag: number) => store.text(tags.capability[tag] ?? -1);
  const weights = new Map<string, Map<string, { weight: number; refines: boolean }>>();
  edges.from.forEach((from, edge) => {
    const [a, b] = [capability(from), capability(edges.to[edge] ?? 0)];
    if (a === b) return;
    const targets = weights.get(a) ?? new Map();
    weights.set(a, targets);
    const known = targets.get(b) ?? { weight: 0, refines: false };
    targets.set(b, { weight: known.weight + 1, refines: known.refines || edges.relation[edge] === 0 });
  });
  if (weights.size === 0) return null;
  const depth = depths(store.capabilities, weights);
  const nodes = new Map(
    store.capabilities.map((name): [string, Node] => [
      name,
      { label: name, title: name, href: href("capability", name), className: "n-capability" },
    ]),
  );
  const layers: Node[][] = [];
  for (const [name, node] of nodes) {
    const isAlone = !weights.has(name) && ![...weights.values()].some((targets) => targets.has(name));
    if (isAlone) continue;
    const at = depth.get(name) ?? 0;
    layers[at] = [...(layers[at] ?? []), node];
  }
  const links = [...weights].flatMap(([from, targets]) =>
    [...targets].flatMap(([to, { weight, refines }]) => {
      const [a, b] = [nodes.get(from), nodes.get(to)];
      return a === undefined || b === undefined
        ? []
        : [{ from: a, to: b, label: refines ? "refines" : `${weight}`, weight }];
    }),
  );
  return layered(
    layers.filter((layer) => layer !== undefined),
    links,
    "Which capability's requirements name another's",
  );
}

function depths(
  names: readonly string[],
  weights: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
): Map<string, number> {
  const depth = new Map<string, number>();
  const open = new Set<string>();
  const visit = (name: string): number => {
    const known = depth.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) return -1;
    open.add(name);
    const below = [...(weights.get(name)?.keys() ?? [])].map(visit);
    open.delete(name);
    const own = Math.max(0, ...below.map((each) => each + 1));
    depth.set(name, own);
    return own;
  };
  for (const name of names) visit(name);
  const most = Math.max(0, ...depth.values());
  return new Map([...depth].map(([name, own]) => [name, most - own]));
}

function layered(layers: readonly (readonly Node[])[], links: readonly Link[], label: string): SVGElement {
  const tallest = Math.max(1, ...layers.map((layer) => layer.length));
  const [width, height] = [layers.length * (WIDTH + GAP) - GAP + 2, tallest * ROW + 10];
  const place = new Map<Node, { x: number; y: number }>();
  layers.forEach((layer, column) => {
    const top = ((tallest - layer.length) * ROW) / 2 + 5;
    for (const [row, node] of layer.entries()) place.set(node, { x: column * (WIDTH + GAP) + 1, y: top + row * ROW });
  });
  const middle = ROW / 2 - 3;
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "graph", role: "group", "aria-label": label, width, height },
    svg("title", {}, label),
    links.map((link) => curve(link, place, middle)),
    [...place].map(([node, { x, y }]) =>
      svg(
        "a",
        { href: node.href },
        svg("title", {}, node.title),
        svg("rect", { x, y, width: WIDTH, height: ROW - 6, rx: 5, class: `node ${node.className}` }),
        svg("text", { x: x + 9, y: y + middle + 4 }, cut(node.label)),
      ),
    ),
  );
}

function curve(link: Link, place: ReadonlyMap<Node, { x: number; y: number }>, middle: number): SVGElement | null {
  const [from, to] = [place.get(link.from), place.get(link.to)];
  if (from === undefined || to === undefined) return null;
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + middle, to.x, to.y + middle];
  const backwards = x2 <= x1;
  const path = backwards
    ? `M${from.x + WIDTH / 2} ${y1 + middle}C${from.x + WIDTH / 2} ${y1 + 60},${to.x + WIDTH / 2} ${y2 + 60},${to.x + WIDTH / 2} ${y2 + middle}`
    : `M${x1} ${y1}C${x1 + GAP / 2} ${y1},${x2 - GAP / 2} ${y2},${x2} ${y2}`;
  return svg(
    "g",
    { class: link.label === "refines" ? "edge refines" : "edge" },
    svg("path", { d: path, "stroke-width": Math.min(5, 1 + Math.log2(link.weight)) }),
    backwards ? null : svg("path", { d: `M${x2 - 6} ${y2 - 4}L${x2} ${y2}L${x2 - 6} ${y2 + 4}`, class: "tip" }),
    backwards ? null : svg("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 4, class: "edge-label" }, link.label),
  );
}

function cut(text: string): string {
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}
