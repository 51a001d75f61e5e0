import type { AlloyInstance } from "../../model/alloy.js";
import { visible } from "../text/visible.js";
import { xml } from "../text/xml.js";
import type { Layout, Point } from "./layout.js";
import { edgeKey, FONT, LINE, layOut, textWidth, written } from "./layout.js";
import type { Scene, SceneEdge, SceneNode } from "./scene.js";
import { keyOf, scenesOf } from "./scene.js";

/** One drawn state. `svg` is a whole SVG element that needs no style sheet and takes its colour from the text around it. */
export interface Picture {
  title: string;
  svg: string;
}

export interface DrawOptions {
  /** Signatures to project over: one picture for each of their atoms. */
  project?: readonly string[];
}

/** Beyond this a picture shows nothing any more, and laying it out takes long. */
const MOST_NODES = 120;
const MOST_EDGES = 300;
const MOST_PICTURES = 60;

/**
 * Pictures of an instance: atoms as boxes with the sets they are in, binary fields as arrows, wider ones as arrows from
 * first to last atom that name those between. Equal instances give equal bytes. Null where there is too much to draw.
 */
export async function drawInstance(instance: AlloyInstance, options: DrawOptions = {}): Promise<Picture[] | null> {
  const scenes = scenesOf(instance, options.project).slice(0, MOST_PICTURES);
  const nodes = new Set(scenes.flatMap((scene) => scene.nodes.map(({ atom }) => atom)));
  const edges = new Set(scenes.flatMap((scene) => scene.edges.map(edgeKey)));
  if (nodes.size > MOST_NODES || edges.size > MOST_EDGES) return null;
  const layout = await layOut(scenes);
  const families = [...new Set(scenes.flatMap((scene) => scene.nodes.map(({ family }) => family)))].sort();
  const hues = new Map(families.map((family, index) => [family, HUES[index % HUES.length] ?? 0]));
  return scenes.map((scene) => ({ title: scene.title, svg: draw(scene, layout, hues) }));
}

/** Degrees on the colour wheel, neighbours far apart; light enough for dark text and dark enough for light text. */
const HUES = [210, 30, 120, 280, 0, 170, 60, 320];
const MARGIN = 8;

function draw(scene: Scene, layout: Layout, hues: ReadonlyMap<string, number>): string {
  const isEmpty = scene.nodes.length === 0;
  const width = Math.max(layout.width, isEmpty ? 90 : 0) + 2 * MARGIN;
  const height = Math.max(layout.height, isEmpty ? LINE : 0) + 2 * MARGIN;
  const label = scene.title === "" ? "Instance" : scene.title;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${safe(label)}" width="${number(width)}" height="${number(height)}" viewBox="${number(-MARGIN)} ${number(-MARGIN)} ${number(width)} ${number(height)}" style="max-width:100%;height:auto" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="${FONT}" fill="none" stroke="currentColor">`,
    `<title>${safe(label)}</title>`,
    ...(isEmpty ? [write("no atoms", { x: 30, y: 4 + LINE / 2 }, "")] : []),
    ...scene.edges.map((edge) => drawEdge(edge, scene, layout)),
    ...scene.nodes.map((node) => drawNode(node, scene, layout, hues)),
    "</svg>",
    "",
  ].join("\n");
}

function drawNode(node: SceneNode, scene: Scene, layout: Layout, hues: ReadonlyMap<string, number>): string {
  const place = layout.nodes.get(node.atom);
  if (place === undefined) return "";
  const { x, y, width, height } = place;
  const isFresh = scene.fresh.has(keyOf(node));
  const lines = [node.atom, ...node.lines];
  const top = y - ((lines.length - 1) * LINE) / 2;
  const texts = lines.map((line, index) => {
    const isNew = index > 0 && scene.fresh.has(JSON.stringify([node.atom, line]));
    return write(line, { x, y: top + index * LINE }, index === 0 || isNew ? ' font-weight="bold"' : "");
  });
  const box = `x="${number(x - width / 2)}" y="${number(y - height / 2)}" width="${number(width)}" height="${number(height)}"`;
  const fill = `fill="hsl(${hues.get(node.family) ?? 0} 70% 50% / 0.18)"`;
  return `<g><rect ${box} rx="4" ${fill}${isFresh ? ' stroke-width="2.5"' : ""}/>${texts.join("")}</g>`;
}

function drawEdge(edge: SceneEdge, scene: Scene, layout: Layout): string {
  const place = layout.edges.get(edgeKey(edge));
  const [first, ...rest] = place?.curve ?? [];
  if (place === undefined || first === undefined) return "";
  const isFresh = edge.labels.some(({ text }) => scene.fresh.has(keyOf({ edge, label: text })));
  const isWitness = edge.labels.every(({ kind }) => kind === "skolem");
  const style = (isFresh ? ' stroke-width="2.5"' : "") + (isWitness ? ' stroke-dasharray="5 3"' : "");
  const path = `<path d="M${at(first)}C${rest.map(at).join(" ")}"${style}/>`;
  const { label } = place;
  const from = (label?.y ?? 0) - ((edge.labels.length - 1) * LINE) / 2;
  const texts = edge.labels.map(({ text }, index) => {
    const isNew = scene.fresh.has(keyOf({ edge, label: text }));
    return label === null
      ? ""
      : write(text, { x: label.x, y: from + index * LINE }, isNew ? ' font-weight="bold"' : "");
  });
  return `<g>${path}${arrow(rest.at(-1) ?? first, place.tip)}${texts.join("")}</g>`;
}

/** A filled head from where the curve ends to the tip. */
function arrow(end: Point, tip: Point | null): string {
  if (tip === null) return "";
  const [dx, dy] = [tip.x - end.x, tip.y - end.y];
  const length = Math.hypot(dx, dy) || 1;
  const side = { x: (-dy / length) * 3.5, y: (dx / length) * 3.5 };
  const points = [tip, { x: end.x + side.x, y: end.y + side.y }, { x: end.x - side.x, y: end.y - side.y }];
  return `<path d="M${points.map(at).join("L")}Z" fill="currentColor"/>`;
}

/** Text in the middle of a point; `textLength` holds it in its room whatever font is there. */
function write(text: string, { x, y }: Point, style: string): string {
  return `<text x="${number(x)}" y="${number(y + FONT / 3)}" text-anchor="middle" textLength="${number(textWidth(text))}" lengthAdjust="spacingAndGlyphs" fill="currentColor" stroke="none"${style}>${xml(written(text))}</text>`;
}

function safe(text: string): string {
  return xml(visible(text));
}

function at({ x, y }: Point): string {
  return `${number(x)},${number(y)}`;
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
