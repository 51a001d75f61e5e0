import type { Span } from "../../model/span.js";
import type { Expression, Sign } from "../text/expression.js";
import { bare, walk } from "../text/expression.js";
import type { AlloyText, Paragraph } from "../text/paragraph.js";
import { Places } from "../text/places.js";
import { BINARY_SWAPS, MULTIPLICITY_SWAPS, QUANTIFIER_SWAPS, UNARY_SWAPS } from "./swaps.js";

/** A replacement at offsets of a text, the end exclusive. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A text with one small change to what it takes for granted. */
export interface Mutant {
  file: string;
  /** Of what is changed. */
  span: Span;
  /** Name of the fact, predicate or signature that is changed; null for a fact without. */
  within: string | null;
  /** What is done: `and to or`, `conjunct dropped`. */
  change: string;
  before: string;
  /** Empty for what is dropped. */
  after: string;
  /** In order of place, apart from each other. */
  edits: Edit[];
}

/**
 * Small changes to the facts, predicates, signature facts and multiplicities of fields of a text, in order of place, then
 * of change. Assertions, commands, functions and macros stay as they are: what is asked stays the same.
 */
export function mutantsOf(text: AlloyText): Mutant[] {
  const places = new Places(text.file, text.text);
  const mutants = text.paragraphs.flatMap((paragraph) => {
    const changes = new Changes(text.text, nameOf(paragraph));
    if (paragraph.kind === "sig") for (const { bound } of paragraph.fields ?? []) changes.multiplicity(bound);
    const isRule = paragraph.kind === "fact" || paragraph.kind === "pred" || paragraph.kind === "sig";
    if (isRule && paragraph.body !== null) changes.formula(paragraph.body);
    return changes.found.map(({ at, ...mutant }) => ({ file: text.file, span: places.span(at), ...mutant, at }));
  });
  return mutants.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end).map(({ at: _, ...mutant }) => mutant);
}

/** The text with the change made. */
export function mutate(text: string, { edits }: Pick<Mutant, "edits">): string {
  let mutated = "";
  let from = 0;
  for (const edit of edits) {
    mutated += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return mutated + text.slice(from);
}

function nameOf(paragraph: Paragraph): string | null {
  switch (paragraph.kind) {
    case "fact":
    case "pred":
      return paragraph.name?.text ?? null;
    case "sig":
      return paragraph.names[0]?.text ?? null;
    default:
      return null;
  }
}

interface Change extends Omit<Mutant, "file" | "span"> {
  at: { start: number; end: number };
}

type Swap = (typeof BINARY_SWAPS)[string];

class Changes {
  readonly found: Change[] = [];
  readonly #text: string;
  readonly #within: string | null;
  /** Multiplicities of declarations: they look like formulas and are none. */
  readonly #bounds = new Set<Expression>();

  constructor(text: string, within: string | null) {
    this.#text = text;
    this.#within = within;
  }

  /** Every change to a formula and to what it consists of. */
  formula(body: Expression): void {
    this.#conjuncts(body);
    for (const expression of walk(body)) {
      switch (expression.kind) {
        case "unary":
          this.#unary(expression);
          break;
        case "binary":
          this.#binary(expression);
          break;
        case "quantified":
          this.#swap(expression.sign, QUANTIFIER_SWAPS);
          for (const { bound } of expression.declarations) this.#bounds.add(bare(bound));
          break;
        case "comprehension":
          for (const { bound } of expression.declarations) this.#bounds.add(bare(bound));
          break;
      }
    }
  }

  /** `f: lone A`. */
  multiplicity(bound: Expression): void {
    const inner = bare(bound);
    if (inner.kind === "unary") this.#swap(inner.sign, MULTIPLICITY_SWAPS);
  }

  /** Drops and negates each formula that has to hold, down through conjunctions, quantifiers and implications. */
  #conjuncts(formula: Expression): void {
    const pending = [formula];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const inner = bareGroup(next);
      if (inner.kind === "block") {
        for (const each of inner.formulas) {
          this.#drop(each, each);
          if (bareGroup(each).kind !== "block") this.#negate(each);
          pending.push(each);
        }
      } else if (inner.kind === "binary" && (inner.operator === "and" || inner.operator === ";")) {
        this.#operand(inner, inner.left, { start: inner.left.start, end: inner.right.start });
        this.#operand(inner, inner.right, { start: inner.left.end, end: inner.right.end });
        pending.push(inner.left, inner.right);
      } else if (inner.kind === "quantified" || inner.kind === "let") {
        pending.push(inner.body);
      } else if (inner.kind === "unary" && TEMPORAL.has(inner.operator)) {
        pending.push(inner.operand);
      } else if (inner.kind === "binary" && inner.operator === "=>") {
        pending.push(inner.right);
      }
    }
  }

  #operand(
    whole: Extract<Expression, { kind: "binary" }>,
    part: Expression,
    cut: { start: number; end: number },
  ): void {
    // Behind `;` a formula is about the next state: without the one before it, it would be about this one.
    if (whole.operator === "and") this.#drop(part, cut);
    const inner = bareGroup(part);
    if (inner.kind !== "binary" || inner.operator !== "and") this.#negate(part);
  }

  /** Blanks a stretch, so that everything behind it keeps its place. */
  #drop(part: Expression, { start, end }: { start: number; end: number }): void {
    const blank = this.#text.slice(start, end).replace(/[^\n]/g, " ");
    this.#add("conjunct dropped", part, "", [{ start, end, text: blank }]);
  }

  #negate(part: Expression): void {
    // The opposite of a negation is another change.
    if (part.kind === "unary" && part.operator === "!") return;
    const edits = [insert(part.start, "(not ("), insert(part.end, "))")];
    this.#add("conjunct negated", part, `(not (${this.#text.slice(part.start, part.end)}))`, edits);
  }

  #unary(expression: Extract<Expression, { kind: "unary" }>): void {
    const { operator, sign } = expression;
    if (this.#bounds.has(expression)) this.#swap(sign, MULTIPLICITY_SWAPS);
    else this.#swap({ ...sign, text: operator }, UNARY_SWAPS);
  }

  #binary({ operator, sign, left, right }: Extract<Expression, { kind: "binary" }>): void {
    if ((operator === "in" || operator === "!in") && isMultiplicity(right)) return;
    const swap = Object.hasOwn(BINARY_SWAPS, operator) ? BINARY_SWAPS[operator] : undefined;
    if (swap?.wraps !== true) {
      this.#swap({ ...sign, text: operator }, BINARY_SWAPS);
      return;
    }
    const edits = [
      insert(left.start, "(("),
      insert(left.end, ")"),
      { start: sign.start, end: sign.end, text: swap.to },
      insert(right.start, "("),
      insert(right.end, "))"),
    ];
    this.#add(swap.change, sign, swap.to, edits);
  }

  #swap(sign: Sign, swaps: Readonly<Record<string, Swap>>): void {
    const swap = Object.hasOwn(swaps, sign.text) ? swaps[sign.text] : undefined;
    if (swap === undefined) return;
    // What is dropped leaves a blank: what stands around it must not grow together.
    const text = swap.to === "" ? " ".repeat(sign.end - sign.start) : this.#apart(sign, swap.to);
    this.#add(swap.change, sign, swap.to, [{ start: sign.start, end: sign.end, text }]);
  }

  /** The replacement, kept apart by blanks from words that it would grow together with. */
  #apart(sign: Sign, to: string): string {
    const isWord = /^\w/.test(to);
    const before = isWord && /[\w"$]/.test(this.#text[sign.start - 1] ?? "") ? " " : "";
    const behind = isWord && /[\w"$]/.test(this.#text[sign.end] ?? "") ? " " : "";
    return before + to + behind;
  }

  #add(change: string, at: { start: number; end: number }, after: string, edits: Edit[]): void {
    const before = this.#text.slice(at.start, at.end);
    this.found.push({ at: { start: at.start, end: at.end }, within: this.#within, change, before, after, edits });
  }
}

const TEMPORAL: ReadonlySet<string> = new Set(["always", "eventually", "after", "before", "historically", "once"]);

function insert(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function bareGroup(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === "group") inner = inner.inner;
  return inner;
}

/** `x in one A` and `r in A one -> B` constrain, and only stand behind `in`. */
function isMultiplicity(expression: Expression): boolean {
  const inner = bare(expression);
  if (inner.kind === "unary") return Object.hasOwn(MULTIPLICITY_SWAPS, inner.operator);
  if (inner.kind !== "binary" || inner.operator !== "->") return false;
  return inner.sign.end - inner.sign.start > "->".length || isMultiplicity(inner.left) || isMultiplicity(inner.right);
}
