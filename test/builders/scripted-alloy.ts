import type { ModelToJudge } from "../../src/alloy/judge/judge-models.js";
import type {
  AlloyAnswer,
  AlloyCommand,
  AlloyEngine,
  AlloyModule,
  AlloyOutline,
  AlloyQuestion,
  AlloyReading,
} from "../../src/model/alloy.js";
import { lineSpan } from "../../src/model/span.js";

const FILE = "models/box.als";

/** A command as it would stand on its own line of models/box.als, the first on line 10. */
export function aCommand(over: Partial<AlloyCommand> = {}): AlloyCommand {
  const index = over.index ?? 0;
  return {
    index,
    kind: "check",
    label: "closes",
    target: "closes",
    expect: 0,
    scope: "for 3",
    span: lineSpan(FILE, 10 + index),
    tags: ["BOX-CLOSE"],
    ...over,
  };
}

export function aModel(...commands: AlloyCommand[]): ModelToJudge {
  return { module: { root: FILE, files: { [FILE]: "" } }, commands, cannotFail: new Map() };
}

/** What an engine would say of the commands' text. */
export function anOutline(commands: readonly AlloyCommand[], over: Partial<AlloyOutline> = {}): AlloyOutline {
  return {
    commands: commands.map(({ index, kind, label, expect, span }) => ({
      index,
      kind,
      label: label ?? "",
      expect,
      place: span,
      antecedents: [],
    })),
    facts: [],
    warnings: [],
    ...over,
  };
}

export const FOUND: AlloyAnswer = {
  status: "satisfiable",
  instance: {
    states: [
      {
        signatures: [{ name: "Box", of: null, tuples: [["Box$0"]], parent: null, subsetOf: [], builtin: false }],
        fields: [{ name: "lid", of: "Box", tuples: [["Box$0", "Lid$0"]] }],
        skolems: [],
      },
    ],
    loop: null,
  },
  facts: { variables: 12, clauses: 34, scope: { Box: 3, int: 4 }, solver: "sat4j" },
};

export const NOTHING_FOUND: AlloyAnswer = {
  status: "unsatisfiable",
  facts: { variables: 5, clauses: 6, scope: { Box: 3, int: 4 }, solver: "sat4j" },
};

/** An engine that reads every module as said and answers each question as said, and what it was asked. */
export class ScriptedEngine implements AlloyEngine {
  readonly identity = { name: "alloy", version: "6.2.0", digest: "0".repeat(64) };
  readonly asked: AlloyQuestion[] = [];

  readonly #reading: AlloyReading | ((module: AlloyModule) => AlloyReading);
  readonly #answer: (question: AlloyQuestion, module: AlloyModule) => AlloyAnswer;

  constructor(
    reading: AlloyReading | ((module: AlloyModule) => AlloyReading),
    answer: (question: AlloyQuestion, module: AlloyModule) => AlloyAnswer,
  ) {
    this.#reading = reading;
    this.#answer = answer;
  }

  async read(module: AlloyModule): Promise<AlloyReading> {
    return typeof this.#reading === "function" ? this.#reading(module) : this.#reading;
  }

  async ask(module: AlloyModule, question: AlloyQuestion): Promise<AlloyAnswer> {
    this.asked.push(question);
    return this.#answer(question, module);
  }

  async close(): Promise<void> {}
}
