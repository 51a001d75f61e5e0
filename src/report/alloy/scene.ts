import type { AlloyInstance } from "../../model/alloy.js";
import { compareText } from "../../model/span.js";
import type { ShownRelation } from "./relations.js";
import { builtinAtoms, compareAtoms, relationsOf } from "./relations.js";
import { loopNote } from "./text.js";

export interface SceneNode {
  atom: string;
  /** Top-level signature, for the colour; empty when it has none. */
  family: string;
  /** Subset signatures, witnesses and numbers, one a line. */
  lines: string[];
}

export interface SceneEdge {
  from: string;
  to: string;
  /** Names of the relations that hold between the two, each with what else its tuple holds. */
  labels: { text: string; kind: "field" | "skolem" }[];
}

/** What one picture shows. */
export interface Scene {
  title: string;
  nodes: SceneNode[];
  edges: SceneEdge[];
  /** Labels and atoms that the picture before this one had not, by `keyOf`; empty for the first. */
  fresh: ReadonlySet<string>;
}

/** At most so many pictures are made of one state: a projection over several signatures multiplies. */
const MOST_PROJECTIONS = 24;

/**
 * One scene for each state, or for each state and choice of one atom of every signature in `project`: its tuples then
 * hold the others, and the atom itself is not shown.
 */
export function scenesOf(instance: AlloyInstance, project: readonly string[] = []): Scene[] {
  const builtin = builtinAtoms(instance);
  const scenes: Scene[] = [];
  for (const [index, state] of instance.states.entries()) {
    const relations = relationsOf(state);
    const parents = new Map(state.signatures.map(({ name, parent }) => [name, parent]));
    for (const choice of choices(relations, parents, project)) {
      const drawing = new Drawing(projected(relations, choice), builtin, familyOf(parents));
      const { nodes, edges } = drawing.scene();
      const keys = keysOf(nodes, edges);
      const previous = scenes.at(-1);
      const known = previous === undefined ? null : keysOf(previous.nodes, previous.edges);
      const fresh = known === null ? new Set<string>() : new Set([...keys].filter((key) => !known.has(key)));
      scenes.push({ title: titleOf(instance, index, choice), nodes, edges, fresh });
    }
  }
  return scenes;
}

/** Identity of a node or of one label of an edge, over all pictures. */
export function keyOf(part: SceneNode | { edge: SceneEdge; label: string }): string {
  return "edge" in part ? JSON.stringify([part.edge.from, part.edge.to, part.label]) : JSON.stringify([part.atom]);
}

function keysOf(nodes: readonly SceneNode[], edges: readonly SceneEdge[]): Set<string> {
  return new Set([
    ...nodes.map(keyOf),
    ...nodes.flatMap(({ atom, lines }) => lines.map((line) => JSON.stringify([atom, line]))),
    ...edges.flatMap((edge) => edge.labels.map(({ text }) => keyOf({ edge, label: text }))),
  ]);
}

function titleOf({ states, loop }: AlloyInstance, index: number, choice: ReadonlyMap<string, Projected>): string {
  const state = loop === null && states.length === 1 ? [] : [`State ${index}${loopNote(index, states.length, loop)}`];
  return [...state, ...[...choice.values()].map(({ signature, atom }) => `${signature} = ${atom}`)].join(", ");
}

interface Projected {
  signature: string;
  atom: string;
  /** All atoms of the signature. */
  atoms: readonly string[];
}

/** Every choice of one atom per projected signature, by signature. */
function choices(
  relations: readonly ShownRelation[],
  parents: ReadonlyMap<string, string | null>,
  project: readonly string[],
): ReadonlyMap<string, Projected>[] {
  let all: Map<string, Projected>[] = [new Map()];
  for (const signature of [...new Set(project)].sort(compareText)) {
    const atoms = atomsOf(signature, relations, parents);
    if (atoms.length === 0 || all.length * atoms.length > MOST_PROJECTIONS) continue;
    all = all.flatMap((choice) => atoms.map((atom) => new Map([...choice, [signature, { signature, atom, atoms }]])));
  }
  return all;
}

/** Atoms of a signature and of all that extend it. */
function atomsOf(
  signature: string,
  relations: readonly ShownRelation[],
  parents: ReadonlyMap<string, string | null>,
): string[] {
  const family = familyOf(new Map([...parents].map(([name, parent]) => [name, name === signature ? null : parent])));
  const atoms = relations.flatMap(({ name, kind, subset, tuples }) =>
    kind === "signature" && !subset && family(name) === signature ? tuples.flat() : [],
  );
  return [...new Set(atoms)].sort(compareAtoms);
}

/** The signature at the top of what one extends. */
function familyOf(parents: ReadonlyMap<string, string | null>): (name: string) => string {
  return (name) => {
    let top = name;
    for (let steps = 0; steps < 100; steps++) {
      const parent = parents.get(top);
      if (parent === null || parent === undefined) break;
      top = parent;
    }
    return top;
  };
}

/** Tuples that hold the chosen atoms without them; those that hold another atom of a projected signature fall away. */
function projected(relations: readonly ShownRelation[], choice: ReadonlyMap<string, Projected>): ShownRelation[] {
  if (choice.size === 0) return [...relations];
  const chosen = new Set([...choice.values()].map(({ atom }) => atom));
  const hidden = new Set([...choice.values()].flatMap(({ atoms }) => atoms));
  return relations.map((each) => {
    const kept = each.tuples.filter((tuple) => tuple.every((atom) => !hidden.has(atom) || chosen.has(atom)));
    return {
      ...each,
      tuples: kept.map((tuple) => tuple.filter((atom) => !chosen.has(atom))).filter(({ length }) => length > 0),
    };
  });
}

/** Nodes and edges as relations are gone through. */
class Drawing {
  readonly #relations: readonly ShownRelation[];
  readonly #builtin: ReadonlySet<string>;
  readonly #family: (name: string) => string;
  readonly #nodes = new Map<string, SceneNode>();
  readonly #edges = new Map<string, SceneEdge>();

  constructor(relations: readonly ShownRelation[], builtin: ReadonlySet<string>, family: (name: string) => string) {
    this.#relations = relations;
    this.#builtin = builtin;
    this.#family = family;
  }

  scene(): Pick<Scene, "nodes" | "edges"> {
    for (const relation of this.#relations) {
      for (const tuple of relation.tuples) this.#add(relation, tuple);
    }
    const nodes = [...this.#nodes.values()].sort((a, b) => compareAtoms(a.atom, b.atom));
    const edges = [...this.#edges.values()].sort((a, b) => compareAtoms(a.from, b.from) || compareAtoms(a.to, b.to));
    return { nodes, edges };
  }

  #add({ name, kind, subset }: ShownRelation, tuple: readonly string[]): void {
    const ends = tuple.filter((atom) => !this.#builtin.has(atom));
    const [from, to] = [ends[0], ends.at(-1)];
    if (from === undefined || to === undefined) return;
    if (kind === "signature" && tuple.length === 1) {
      const node = this.#node(from);
      // The name of an atom tells the signature it is of, and nothing tells the subsets it is in.
      if (subset) node.lines.push(name);
      else node.family = this.#family(name);
      return;
    }
    if (ends.length === 1) {
      const others = tuple.filter((atom) => atom !== from);
      this.#node(from).lines.push(others.length === 0 ? name : `${name}: ${others.join(" → ")}`);
      return;
    }
    const middle = [...tuple];
    middle.splice(middle.indexOf(from), 1);
    middle.splice(middle.lastIndexOf(to), 1);
    const text = middle.length === 0 ? name : `${name} [${middle.join(", ")}]`;
    this.#node(from);
    this.#node(to);
    this.#edge(from, to).labels.push({ text, kind: kind === "skolem" ? "skolem" : "field" });
  }

  #node(atom: string): SceneNode {
    const known = this.#nodes.get(atom);
    if (known !== undefined) return known;
    const made: SceneNode = { atom, family: "", lines: [] };
    this.#nodes.set(atom, made);
    return made;
  }

  #edge(from: string, to: string): SceneEdge {
    const key = JSON.stringify([from, to]);
    const known = this.#edges.get(key);
    if (known !== undefined) return known;
    const made: SceneEdge = { from, to, labels: [] };
    this.#edges.set(key, made);
    return made;
  }
}
