import type { Graphviz } from "@hpcc-js/wasm-graphviz";
import { visible } from "../text/visible.js";
import { columns, shortenMiddle } from "../text/width.js";
import type { Scene, SceneEdge, SceneNode } from "./scene.js";

/** Points: one is a pixel of the picture. */
export const FONT = 12;
export const LINE = 15;
const CHARACTER = 7.25;
const PADDING = 9;
const MOST_COLUMNS = 48;

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  /** Middle and size of each node. */
  nodes: ReadonlyMap<string, Point & { width: number; height: number }>;
  /** By `from` and `to`: the curve as cubic Bézier points, the tip of the arrow, the middle of the labels. */
  edges: ReadonlyMap<string, { curve: Point[]; tip: Point | null; label: Point | null }>;
}

/** A text as a picture writes it: on one line, safe to show, and of bearable length. */
export function written(text: string): string {
  return shortenMiddle(visible(text), MOST_COLUMNS);
}

export function textWidth(text: string): number {
  return columns(written(text)) * CHARACTER;
}

export function edgeKey({ from, to }: Pick<SceneEdge, "from" | "to">): string {
  return JSON.stringify([from, to]);
}

/**
 * One layout for all scenes, so that an atom stands at the same place in each. Graphviz sees numbers only: sizes of
 * boxes and labels, and which are joined. No text of a model reaches it.
 */
export async function layOut(scenes: readonly Scene[]): Promise<Layout> {
  const nodes = widest(scenes.flatMap((scene) => scene.nodes));
  const edges = unite(scenes.flatMap((scene) => scene.edges));
  const numbers = new Map([...nodes.keys()].map((atom, index) => [atom, index]));
  const dot = [
    'digraph { graph [nodesep=0.3, ranksep=0.35]; node [shape=box, fixedsize=true, label=""];',
    ...[...nodes.values()].map((size, index) => `n${index} [id=n${index}, ${sizeOf(size)}];`),
    ...edges.map(
      (edge, index) =>
        `n${numbers.get(edge.from)} -> n${numbers.get(edge.to)} [id=e${index}, label=${blankLabel(edge)}];`,
    ),
    "}",
  ].join("\n");
  const graphviz = await loadGraphviz();
  return readLayout(graphviz.layout(dot, "json", "dot"), [...nodes.keys()], edges, nodes);
}

let loaded: Promise<Graphviz> | null = null;

/** Two megabytes of WebAssembly: loaded when the first picture is drawn. */
function loadGraphviz(): Promise<Graphviz> {
  loaded ??= import("@hpcc-js/wasm-graphviz").then(({ Graphviz }) => Graphviz.load());
  return loaded;
}

/** Each atom with room for the most that any scene writes into it. */
function widest(nodes: readonly SceneNode[]): Map<string, { width: number; height: number }> {
  const sizes = new Map<string, { width: number; height: number }>();
  for (const { atom, lines } of nodes) {
    const known = sizes.get(atom) ?? { width: 0, height: 0 };
    const width = Math.max(known.width, ...[atom, ...lines].map((line) => textWidth(line) + 2 * PADDING));
    sizes.set(atom, { width, height: Math.max(known.height, (lines.length + 1) * LINE + PADDING) });
  }
  return sizes;
}

/** Each pair of atoms with the most labels that any scene writes between them. */
function unite(edges: readonly SceneEdge[]): SceneEdge[] {
  const united = new Map<string, SceneEdge>();
  for (const { from, to, labels } of edges) {
    const key = edgeKey({ from, to });
    const known = united.get(key);
    const texts = new Set(known?.labels.map(({ text }) => text));
    united.set(key, { from, to, labels: [...(known?.labels ?? []), ...labels.filter(({ text }) => !texts.has(text))] });
  }
  return [...united.values()];
}

function blankLabel({ labels }: SceneEdge): string {
  const width = Math.ceil(Math.max(...labels.map(({ text }) => textWidth(text))) + 6);
  const size = `FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${labels.length * LINE}"`;
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" ${size}><TR><TD></TD></TR></TABLE>>`;
}

function sizeOf({ width, height }: { width: number; height: number }): string {
  return `width=${(width / 72).toFixed(4)}, height=${(height / 72).toFixed(4)}`;
}

function readLayout(
  json: string,
  atoms: readonly string[],
  edges: readonly SceneEdge[],
  sizes: ReadonlyMap<string, { width: number; height: number }>,
): Layout {
  const read: unknown = JSON.parse(json);
  const [, , width = 0, height = 0] = numbersIn(attribute(read, "bb"));
  const place = (x = 0, y = 0): Point => ({ x, y: height - y });
  const drawn = new Map(
    [...listOf(read, "objects"), ...listOf(read, "edges")].map((each) => [attribute(each, "id"), each]),
  );
  return {
    width,
    height,
    nodes: new Map(
      atoms.map((atom, index) => {
        const [x, y] = numbersIn(attribute(drawn.get(`n${index}`), "pos"));
        return [atom, { ...place(x, y), ...(sizes.get(atom) ?? { width: 0, height: 0 }) }];
      }),
    ),
    edges: new Map(
      edges.map((edge, index) => {
        const line = drawn.get(`e${index}`);
        const [lx, ly] = numbersIn(attribute(line, "lp"));
        const label = lx === undefined ? null : place(lx, ly);
        let tip: Point | null = null;
        const curve: Point[] = [];
        for (const word of attribute(line, "pos").split(" ")) {
          const [x, y] = numbersIn(word.replace(/^[es],/, ""));
          if (word.startsWith("e,")) tip = place(x, y);
          else if (!word.startsWith("s,")) curve.push(place(x, y));
        }
        return [edgeKey(edge), { curve, tip, label }];
      }),
    ),
  };
}

function attribute(object: unknown, name: string): string {
  const value = typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
  return typeof value === "string" ? value : "";
}

function listOf(object: unknown, name: string): unknown[] {
  const value: unknown = typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
  return Array.isArray(value) ? value : [];
}

function numbersIn(text: string): number[] {
  return text === "" ? [] : text.split(",").map(Number);
}
