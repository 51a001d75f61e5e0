import type { Mode, Tags } from "../../kernel/model.js";
import { originOf } from "../../kernel/origin.js";

/** What a workflow does, as data: it travels in the parameter of its promise. */
export type Program =
  /** Works for so many milliseconds and ends with a number. */
  | { readonly kind: "leaf"; readonly value: number; readonly work: number }
  /** Goes through stages; what is in one stage runs at once. Ends with the sum. */
  | { readonly kind: "tree"; readonly stages: readonly (readonly Node[])[] };

/** One thing that a workflow waits for. */
export type Node =
  /** A step of the workflow's own process. */
  | { readonly kind: "local"; readonly value: number; readonly work: number }
  /** A workflow that whoever serves the group runs. */
  | { readonly kind: "call"; readonly program: Program }
  | { readonly kind: "sleep"; readonly duration: number }
  /** Somebody outside settles it. */
  | { readonly kind: "human"; readonly value: number };

/** What a workflow ends with if nothing times out. */
export function expected(program: Program): number {
  if (program.kind === "leaf") return program.value;
  return program.stages.flat().reduce((sum, node) => sum + worth(node), 0);
}

function worth(node: Node): number {
  if (node.kind === "sleep") return 0;
  return node.kind === "call" ? expected(node.program) : node.value;
}

export function encodeProgram(program: Program): string {
  return JSON.stringify(program);
}

export function decodeProgram(data: string | undefined): Program | null {
  return data === undefined ? null : (JSON.parse(data) as Program);
}

/** Id of a workflow's n-th child, as the published SDK makes them. */
export function childId(id: string, n: number): string {
  return id.includes(":") ? `${id}.${n}` : `${id}:${n}`;
}

/** The tags that the SDK puts on a promise, by what it stands for. */
export function tagsFor(node: Node["kind"] | "root", id: string, parent: string, group: string, mode: Mode): Tags {
  const origin = originOf(id);
  const branch = node === "local" ? parent : id;
  const lineage = { "resonate:origin": origin, "resonate:branch": branch, "resonate:parent": parent };
  switch (node) {
    case "root":
    case "call":
      return { ...lineage, "resonate:scope": "global", "resonate:target": `poll://any@${group}` };
    case "local":
      return { ...lineage, "resonate:scope": "local" };
    case "sleep":
      return mode === "compat"
        ? { ...lineage, "resonate:scope": "global", "resonate:timer": "true", "resonate:target": "poll://any@default" }
        : { ...lineage, "resonate:timer": "true" };
    case "human":
      return mode === "compat"
        ? { ...lineage, "resonate:scope": "global" }
        : { ...lineage, "resonate:external": "true" };
  }
}
