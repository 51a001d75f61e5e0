import { z } from "zod";
import { OUTCOMES } from "./evidence.js";

const count = z.int().min(0);
const text = z.string();

export const placeSchema = z.strictObject({
  file: text,
  line: z.int().min(1),
  column: z.int().min(1),
  endLine: z.int().min(1),
  endColumn: z.int().min(1),
});

const relation = { name: text, of: text.nullable(), tuples: z.array(z.array(text)) };

const stateSchema = z.strictObject({
  signatures: z.array(
    z.strictObject({ ...relation, parent: text.nullable(), subsetOf: z.array(text), builtin: z.boolean() }),
  ),
  fields: z.array(z.strictObject(relation)),
  skolems: z.array(z.strictObject(relation)),
});

/** What a command answered: what was found, or why it is not known. */
export const ANSWERS = [
  "counterexample",
  "no counterexample",
  "instance",
  "no instance",
  "timeout",
  "unknown",
  "error",
  "not run",
] as const;

export type CommandAnswer = (typeof ANSWERS)[number];

/** Whether something can hold in a command's scope; `undecided` when the engine did not say. */
export const POSSIBILITIES = ["possible", "impossible", "undecided"] as const;

export type Possibility = (typeof POSSIBILITIES)[number];

export const modelCommandSchema = z.strictObject({
  module: text.describe("File whose commands these are"),
  place: placeSchema,
  index: count.describe("Position among the commands of the module, from 0"),
  kind: z.enum(["check", "run"]),
  name: text.describe("Label, else what is checked or run, else the kind; unique within the module"),
  label: text.nullable(),
  target: text.nullable().describe("Assertion or predicate; null for a block"),
  expect: z.union([z.literal(0), z.literal(1), z.null()]),
  tags: z.array(text),
  scope: text.describe("As written"),
  answer: z.enum(ANSWERS),
  outcome: z.enum(OUTCOMES).nullable().describe("What the answer means as evidence; null when it was not run"),
  reason: text.nullable().describe("Why there is no answer"),
  cannotFail: text.nullable().describe("Why the command could not have come out otherwise"),
  resolved: z.record(text, z.union([text, z.number()])).describe("Scope by signature, with int, seq and steps"),
  solver: text.nullable(),
  variables: count.nullable(),
  clauses: count.nullable(),
  probes: z
    .strictObject({
      facts: z.enum(POSSIBILITIES).describe("Whether the facts have an instance in the scope"),
      antecedents: z.array(
        z.strictObject({ text, place: placeSchema, holds: z.enum(POSSIBILITIES).describe("In any instance") }),
      ),
    })
    .nullable()
    .describe("Asked of commands that found nothing; null when they were not asked"),
  instance: z
    .strictObject({
      states: z.array(stateSchema),
      loop: count.nullable().describe("State that follows the last one; null for a static model"),
      omitted: z.strictObject({ states: count, tuples: count }).describe("What was left out for size"),
    })
    .nullable()
    .describe("Counterexample or instance"),
});

/** What Alloy models showed, without times. */
export const modelsSchema = z.strictObject({
  engine: z
    .strictObject({ name: text, version: text, digest: text })
    .nullable()
    .describe("Who answered; null when nothing was run"),
  options: z.strictObject({
    solver: text,
    noOverflow: z.boolean(),
    skolemDepth: z.int(),
    symmetry: z.int(),
  }),
  commands: z.array(modelCommandSchema),
});

export type ModelCommand = z.infer<typeof modelCommandSchema>;
export type ModelInstance = NonNullable<ModelCommand["instance"]>;
export type ModelProbes = NonNullable<ModelCommand["probes"]>;
export type Models = z.infer<typeof modelsSchema>;
