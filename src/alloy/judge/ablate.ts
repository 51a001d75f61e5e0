import type { AlloyEngine, AlloyModule, AlloyOutline } from "../../model/alloy.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { ModelCommand } from "../../model/models.js";
import { compareSpans, formatSpan } from "../../model/span.js";
import type { JudgingHooks, ModelsToJudge } from "./judge-models.js";
import { pairCommands } from "./pair.js";
import { mapInOrder } from "./work.js";

type Fact = AlloyOutline["facts"][number];

/** A command that found nothing, and facts that are enough for that. */
export interface AblatedCommand {
  module: string;
  name: string;
  /** A smallest set: without any one of them, and without those left out before it, the command finds something. */
  needs: Fact[];
  /** Facts whose removal had no answer in time; they are counted as needed. */
  undecided: number;
}

export interface Ablation {
  commands: AblatedCommand[];
  /** Facts that none of the commands needs, all left out together. */
  unneeded: Fact[];
  findings: Finding[];
}

const PARALLEL = 8;

/**
 * Which facts each passed command that found nothing needs for that: facts are left out one after the other, as long as
 * the command still finds nothing. `judged` are the commands' records; vacuous ones are not asked again.
 */
export async function ablateModels(
  input: ModelsToJudge,
  judged: readonly ModelCommand[],
  engine: AlloyEngine,
  hooks: JudgingHooks = {},
): Promise<Ablation> {
  const modelOf = new Map(input.models.map((model) => [model.module.root, model]));
  const passed = judged.filter(foundNothing);
  const facts = new Map<string, Fact>();
  const needed = new Set<string>();
  let done = 0;
  const commands = await mapInOrder(passed, PARALLEL, async (command): Promise<AblatedCommand | null> => {
    const model = modelOf.get(command.module);
    const outline = model === undefined ? null : await outlineOf(model, engine, hooks.signal);
    const number =
      model === undefined || outline === null ? undefined : pairCommands(model.commands, outline).get(command.index);
    if (model === undefined || outline === null || number === undefined) return null;
    const { kept, undecided } = await reduce(outline.facts, async (without) => {
      const question = { ask: "without", command: number, facts: without } as const;
      return (await engine.ask(model.module, question, input.options, hooks.signal)).status;
    });
    for (const fact of outline.facts) facts.set(formatSpan(fact.place), fact);
    for (const fact of kept) needed.add(formatSpan(fact.place));
    done += 1;
    hooks.onCommand?.(done, passed.length, command.name);
    return { module: command.module, name: command.name, needs: kept, undecided };
  });
  const unneeded = [...facts]
    .filter(([key]) => !needed.has(key))
    .map(([, fact]) => fact)
    .sort((a, b) => compareSpans(a.place, b.place));
  return { commands: commands.filter((each) => each !== null), unneeded, findings: unneeded.map(unneededFinding) };
}

function foundNothing({ answer, outcome, cannotFail }: ModelCommand): boolean {
  return (answer === "no counterexample" || answer === "no instance") && outcome === "pass" && cannotFail === null;
}

async function outlineOf(
  { module }: { module: AlloyModule },
  engine: AlloyEngine,
  signal: AbortSignal | undefined,
): Promise<AlloyOutline | null> {
  const reading = await engine.read(module, signal);
  return reading.status === "read" ? reading.outline : null;
}

async function reduce(
  facts: readonly Fact[],
  ask: (without: number[]) => Promise<string>,
): Promise<{ kept: Fact[]; undecided: number }> {
  const all = facts.map(({ index }) => index);
  if (all.length === 0 || (await ask(all)) === "unsatisfiable") return { kept: [], undecided: 0 };
  const left: number[] = [];
  const kept: Fact[] = [];
  let undecided = 0;
  for (const fact of facts) {
    const status = await ask([...left, fact.index]);
    if (status === "unsatisfiable") left.push(fact.index);
    else kept.push(fact);
    if (status !== "unsatisfiable" && status !== "satisfiable") undecided += 1;
  }
  return { kept, undecided };
}

function unneededFinding({ name, of, text, place }: Fact): Finding {
  const what = name !== null ? `fact ${name}` : of !== null ? `fact of ${of}` : "fact";
  return finding({
    code: "ALLOY042",
    message: `Unexpected ${what} that no check needs, expected an assertion that depends on it`,
    span: place,
    subject: `${what} ${text.replace(/\s+/gu, " ")}`,
  });
}
