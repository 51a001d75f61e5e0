import type { AlloyInstance, AlloyRelation, AlloySignature, AlloyState } from "../../model/alloy.js";
import { compareText } from "../../model/span.js";

/** One set or relation of a state as it is shown: under a name of its own, with its tuples in order. */
export interface ShownRelation {
  /** As in the model; a field that shares its name with another has its signature in front (`Node.next`). */
  name: string;
  kind: "signature" | "field" | "skolem";
  /** What a signature is part of: what it extends, or the sets it is a subset of. */
  within: string[];
  /** Declared as a subset: its atoms are of other signatures. */
  subset: boolean;
  tuples: string[][];
}

/**
 * What a state shows. Built-in signatures are left out, and so is the single atom through which `util/ordering` keeps an
 * order: its `First` becomes a set and its `Next` a relation of two columns.
 */
export function relationsOf(state: AlloyState): ShownRelation[] {
  const keepers = orderKeepers(state.signatures);
  const ambiguous = repeated(state.fields.map(({ name }) => name));
  const shown: ShownRelation[] = [];
  for (const signature of state.signatures) {
    if (signature.builtin || isKeeper(signature, keepers)) continue;
    const { name, parent, subsetOf } = signature;
    const within = parent === null ? subsetOf : [parent];
    shown.push({ ...relation(signature, name, "signature", keepers), within, subset: subsetOf.length > 0 });
  }
  for (const field of state.fields) {
    const name = ambiguous.has(field.name) && field.of !== null ? qualified(field.of, field.name) : field.name;
    shown.push(relation(field, name, "field", keepers));
  }
  for (const skolem of state.skolems) shown.push(relation(skolem, skolem.name, "skolem", keepers));
  return shown;
}

/** Atoms of built-in signatures: numbers and strings. */
export function builtinAtoms(instance: AlloyInstance): Set<string> {
  const atoms = instance.states.flatMap(({ signatures }) =>
    signatures.flatMap(({ builtin, tuples }) => (builtin ? tuples.flat() : [])),
  );
  return new Set(atoms);
}

/** A tuple as one text: `Node$0 → Node$1`. */
export function tupleText(tuple: readonly string[]): string {
  return tuple.join(" → ");
}

function relation(
  { tuples }: AlloyRelation,
  name: string,
  kind: ShownRelation["kind"],
  keepers: ReadonlySet<string>,
): ShownRelation {
  const plain = tuples.map((tuple) => (tuple.length > 1 ? tuple.filter((atom) => !keepers.has(atom)) : tuple));
  return { name, kind, within: [], subset: false, tuples: plain.sort(compareTuples) };
}

/** Atom by atom, numbers in names by their value: `Node$2` before `Node$10`. */
function compareTuples(a: readonly string[], b: readonly string[]): number {
  for (let column = 0; column < Math.min(a.length, b.length); column++) {
    const order = compareAtoms(a[column] ?? "", b[column] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function compareAtoms(a: string, b: string): number {
  const [left, right] = [numbered(a), numbered(b)];
  return compareText(left.stem, right.stem) || left.number - right.number || compareText(a, b);
}

function numbered(atom: string): { stem: string; number: number } {
  const match = /^(.*?)(-?[0-9]{1,15})$/s.exec(atom.length > 200 ? "" : atom);
  return match === null ? { stem: atom, number: -1 } : { stem: match[1] ?? "", number: Number(match[2]) };
}

/** `Ord$0` of each `…/Ord` that has no other atom. */
function orderKeepers(signatures: readonly AlloySignature[]): Set<string> {
  const keepers = signatures.flatMap(({ name, tuples }) =>
    /\/Ord$/.test(name) && tuples.length === 1 ? tuples.flat() : [],
  );
  return new Set(keepers);
}

/** `Node.next`, and `keys/Next` for what an order holds. */
function qualified(signature: string, field: string): string {
  return signature.endsWith("/Ord") ? `${signature.slice(0, -"Ord".length)}${field}` : `${signature}.${field}`;
}

function isKeeper({ tuples }: AlloyRelation, keepers: ReadonlySet<string>): boolean {
  return tuples.length === 1 && keepers.has(tuples[0]?.[0] ?? "");
}

function repeated(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}
