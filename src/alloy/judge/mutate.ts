import type { AlloyEngine, AlloyModule } from "../../model/alloy.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { ModelCommand } from "../../model/models.js";
import type { Span } from "../../model/span.js";
import type { JudgingHooks, ModelsToJudge, ModelToJudge } from "./judge-models.js";
import { pairCommands } from "./pair.js";
import { mapInOrder } from "./work.js";

/** A small change of a module's text; the commands stay what they are. */
export interface Mutant {
  module: AlloyModule;
  /** Of what is replaced. */
  span: Span;
  before: string;
  after: string;
}

export interface MutationScore {
  module: string;
  /** Changes that some command notices. */
  killed: number;
  survived: number;
  /** Changes that Alloy refuses; they say nothing. */
  invalid: number;
  /** Changes that no command noticed, and at least one gave no answer to. */
  undecided: number;
  /** Changes there are, tried or not. */
  possible: number;
}

export interface Mutation {
  scores: MutationScore[];
  findings: Finding[];
}

type Fate = "killed" | "survived" | "invalid" | "undecided";

const PARALLEL = 8;

/**
 * Tries changes of each module and asks its commands, the small questions first, until one is answered otherwise than
 * before. `limit` bounds the changes of one module; those tried are spread evenly over all.
 */
export async function mutateModels(
  input: ModelsToJudge & { limit: number | null; mutantsOf: (model: ModelToJudge) => Mutant[] },
  judged: readonly ModelCommand[],
  engine: AlloyEngine,
  hooks: JudgingHooks = {},
): Promise<Mutation> {
  const trials = input.models.flatMap((model) => {
    const own = judged.filter(({ module }) => module === model.module.root).filter(isAnswered);
    if (own.length === 0) return [];
    const bySize = own.sort((a, b) => (a.clauses ?? 0) - (b.clauses ?? 0) || a.index - b.index);
    const all = input.mutantsOf(model);
    return spread(all, input.limit).map((mutant) => ({ model, mutant, commands: bySize, possible: all.length }));
  });
  let done = 0;
  const fates = await mapInOrder(trials, PARALLEL, async ({ model, mutant, commands }) => {
    const fate = await tryMutant(model, mutant, commands, { input, engine, hooks });
    done += 1;
    hooks.onCommand?.(done, trials.length, `${mutant.span.file}:${mutant.span.line}`);
    return fate;
  });
  const scores = new Map<string, MutationScore>();
  const findings: Finding[] = [];
  for (const [at, { model, mutant, possible }] of trials.entries()) {
    const { root } = model.module;
    const score = scores.get(root) ?? { module: root, killed: 0, survived: 0, invalid: 0, undecided: 0, possible };
    const fate = fates[at] ?? "undecided";
    score[fate] += 1;
    scores.set(root, score);
    if (fate === "survived") findings.push(survivor(mutant));
  }
  return { scores: [...scores.values()], findings };
}

/** At most `limit` of the values, the first among them and the others at even distances. */
export function spread<T>(values: readonly T[], limit: number | null): T[] {
  if (limit === null || values.length <= limit) return [...values];
  return Array.from({ length: limit }, (_, at) => values[Math.floor((at * values.length) / limit)] as T);
}

async function tryMutant(
  model: ModelToJudge,
  mutant: Mutant,
  commands: readonly ModelCommand[],
  { input, engine, hooks }: { input: ModelsToJudge; engine: AlloyEngine; hooks: JudgingHooks },
): Promise<Fate> {
  const reading = await engine.read(mutant.module, hooks.signal);
  if (reading.status !== "read") return reading.status === "error" ? "invalid" : "undecided";
  const pairs = pairCommands(model.commands, reading.outline);
  let undecided = false;
  for (const { index, answer } of commands) {
    const number = pairs.get(index);
    if (number === undefined) return "invalid";
    const { status } = await engine.ask(
      mutant.module,
      { ask: "command", command: number },
      input.options,
      hooks.signal,
    );
    if (status === "error") return "invalid";
    if (status === "satisfiable" || status === "unsatisfiable") {
      if ((status === "satisfiable") !== (answer === "counterexample" || answer === "instance")) return "killed";
    } else undecided = true;
  }
  return undecided ? "undecided" : "survived";
}

function isAnswered({ outcome }: ModelCommand): boolean {
  return outcome === "pass" || outcome === "fail";
}

function survivor({ span, before, after }: Mutant): Finding {
  const change = after === "" ? `\`${shown(before)}\` is left out` : `\`${shown(before)}\` becomes \`${shown(after)}\``;
  return finding({
    code: "ALLOY043",
    message: `Unexpected silence of every command when ${change}, expected one that notices`,
    span,
    subject: change,
  });
}

function shown(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
