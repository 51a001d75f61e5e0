import fc from "fast-check";
import { SaxesParser } from "saxes";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { alloyInstance, hostileInstance } from "../../../test/builders/alloy-instance.js";
import type { AlloyInstance } from "../../model/alloy.js";
import { drawInstance } from "./graph.js";
import { layOut } from "./layout.js";
import { scenesOf } from "./scene.js";

const TREE = alloyInstance([
  {
    signatures: { "Int!": "0 7", Node: "Node$0 Node$1", "Leaf in Node": "Leaf$0", "Seen sub Node": "Node$1" },
    fields: {
      "Node.left": "Node$0>Node$1",
      "Node.right": "Node$0>Leaf$0",
      "Node.up": "Node$1>Node$0",
      "Node.size": "Node$0>7 Node$1>0",
      "Node.route": "Node$0>Node$1>Leaf$0 Node$0>Node$0>Leaf$0",
      "Node.weight": "Node$0>7>Node$1",
    },
    skolems: { $show_n: "Node$1", $show_r: "Leaf$0>Node$0" },
  },
]);

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** All elements of an SVG, which has to be well-formed. */
function elementsOf(svg: string): Element[] {
  const found: Element[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) =>
    found.push({ name, attributes: attributes as Record<string, string>, text: "" }),
  );
  parser.on("text", (text) => {
    const last = found.at(-1);
    if (last !== undefined) last.text += text.trim();
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return found;
}

async function pictures(
  instance: AlloyInstance,
  project: string[] = [],
): Promise<{ title: string; elements: Element[] }[]> {
  const drawn = await drawInstance(instance, { project });
  return (drawn ?? []).map(({ title, svg }) => ({ title, elements: elementsOf(svg) }));
}

function textsOf(elements: readonly Element[]): string[] {
  return elements.filter(({ name }) => name === "text").map(({ text }) => text);
}

/** Where the name of an atom is written. */
function placeOf(elements: readonly Element[], atom: string): string | null {
  const found = elements.find(({ name, text }) => name === "text" && text === atom);
  return found === undefined ? null : `${found.attributes.x} ${found.attributes.y}`;
}

describe("a picture", () => {
  test("has a box for each atom and an arrow for each pair", async () => {
    traceSpec("ALLOY-PICTURE", "ALLOY-PICTURE-WIDE", "ALLOY-PICTURE-SETS");
    const [scene] = scenesOf(TREE);
    expect(scene?.nodes).toEqual([
      { atom: "Leaf$0", family: "Node", lines: [] },
      { atom: "Node$0", family: "Node", lines: ["size: 7"] },
      { atom: "Node$1", family: "Node", lines: ["Seen", "size: 0", "$show_n"] },
    ]);
    expect(scene?.edges.map(({ from, to, labels }) => [from, to, labels.map(({ text }) => text)])).toEqual([
      ["Leaf$0", "Node$0", ["$show_r"]],
      ["Node$0", "Leaf$0", ["right", "route [Node$0]", "route [Node$1]"]],
      ["Node$0", "Node$1", ["left", "weight [7]"]],
      ["Node$1", "Node$0", ["up"]],
    ]);
    const [picture, ...more] = await pictures(TREE);
    expect([picture?.title, more.length]).toEqual(["", 0]);
    const elements = picture?.elements ?? [];
    expect(elements.filter(({ name }) => name === "rect")).toHaveLength(3);
    const lines = elements.filter(({ name, attributes }) => name === "path" && attributes.fill === undefined);
    expect(lines).toHaveLength(4);
    expect(lines.filter(({ attributes }) => attributes["stroke-dasharray"] !== undefined)).toHaveLength(1);
    expect(textsOf(elements).sort()).toEqual(
      [
        ...["$show_n", "$show_r", "Leaf$0", "Node$0", "Node$1", "Seen", "left", "right", "route [Node$0]"],
        ...["route [Node$1]", "size: 0", "size: 7", "up", "weight [7]"],
      ].sort(),
    );
  });

  test("takes its colour from the text around it", async () => {
    traceSpec("ALLOY-PICTURE");
    const svg = (await drawInstance(TREE))?.[0]?.svg ?? "";
    const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map((match) => match[1] ?? "");
    expect([...new Set(colours.filter((each) => !each.startsWith("hsl(")))].sort()).toEqual(["currentColor", "none"]);
  });

  test("of a state stands in one layout with the others", async () => {
    traceSpec("ALLOY-PICTURE-PLACE", "ALLOY-PICTURE-CHANGE", "ALLOY-PICTURE-LOOP");
    const state = (sent: string, nodes = "A$0 A$1") => ({ signatures: { A: nodes }, fields: { "A.to": sent } });
    const trace = alloyInstance([state("A$0>A$1"), state("A$0>A$1 A$1>A$0"), state("A$0>A$0", "A$0 A$1 A$2")], 1);
    const drawn = await pictures(trace);
    expect(drawn.map(({ title }) => title)).toEqual([
      "State 0",
      "State 1  ↻ the loop starts here",
      "State 2  ↻ then again from state 1",
    ]);
    expect(new Set(drawn.map(({ elements }) => placeOf(elements, "A$1"))).size).toBe(1);
    expect(drawn.map(({ elements }) => placeOf(elements, "A$2") === null)).toEqual([true, true, false]);
    const bold = ({ elements }: { elements: Element[] }) =>
      elements.filter(({ attributes }) => attributes["stroke-width"] !== undefined).map(({ name }) => name);
    expect(drawn.map(bold)).toEqual([[], ["path"], ["path", "rect"]]);
  });

  test("shows one choice of the atoms that are projected over", async () => {
    traceSpec("ALLOY-PICTURE-PROJECT");
    const instance = alloyInstance([
      {
        signatures: { Time: "Time$0 Time$1", "Late in Time": "Late$0", Key: "Key$0", Room: "Room$0" },
        fields: { "Room.key": "Room$0>Key$0>Time$0 Room$0>Key$0>Late$0", "Key.used": "Key$0>Time$1" },
      },
    ]);
    const scenes = scenesOf(instance, ["Time", "None"]);
    expect(
      scenes.map(({ title, nodes, edges }) => [title, nodes.map(({ atom, lines }) => [atom, ...lines]), edges.length]),
    ).toEqual([
      ["Time = Late$0", [["Key$0"], ["Room$0"]], 1],
      ["Time = Time$0", [["Key$0"], ["Room$0"]], 1],
      ["Time = Time$1", [["Key$0", "used"], ["Room$0"]], 0],
    ]);
    expect(await pictures(instance, ["Time"])).toHaveLength(3);
  });

  test("is not made of what nobody could see", async () => {
    traceSpec("ALLOY-PICTURE-LARGE");
    const atoms = Array.from({ length: 121 }, (_, at) => `A$${at}`).join(" ");
    expect(await drawInstance(alloyInstance([{ signatures: { A: atoms } }]))).toBeNull();
    expect(await pictures(alloyInstance([{ signatures: { A: "" } }]))).toHaveLength(1);
  });

  test("is the same bytes each time, and safe, whatever the names", async () => {
    traceSpec("ALLOY-PICTURE-HOSTILE", "ALLOY-PICTURE-BYTES");
    await fc.assert(
      fc.asyncProperty(hostileInstance(), async (instance) => {
        const drawn = await drawInstance(instance);
        expect(await drawInstance(instance)).toEqual(drawn);
        for (const { svg } of drawn ?? []) {
          const names = new Set(elementsOf(svg).map(({ name }) => name));
          expect([...names].filter((name) => !["svg", "title", "g", "rect", "path", "text"].includes(name))).toEqual(
            [],
          );
          expect(svg.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\u202e|NaN|undefined/u);
        }
      }),
      { numRuns: 15 },
    );
  });

  test("is laid out without a word of the model", async () => {
    traceSpec("ALLOY-PICTURE-HOSTILE");
    const named = (name: string) =>
      alloyInstance([{ signatures: { A: `${name}0 ${name}1` }, fields: { "A.f": `${name}0>${name}1` } }]);
    const [plain, hostile] = await Promise.all([
      layOut(scenesOf(named("abcdefghi"))),
      layOut(scenesOf(named('"];\\N<B&='))),
    ]);
    expect([...hostile.nodes.values()]).toEqual([...plain.nodes.values()]);
    expect([...hostile.edges.values()]).toEqual([...plain.edges.values()]);
  });
});
