import type {
  AlloyAnswer,
  AlloyCommand,
  AlloyEngine,
  AlloyModule,
  AlloyOptions,
  AlloyQuestion,
  AlloyReading,
} from "../../model/alloy.js";
import type { Finding } from "../../model/finding.js";
import type { ModelCommand } from "../../model/models.js";
import { answerOf, outcomeOf } from "./answer.js";
import { boundInstance } from "./bound.js";
import { commandFindings, moduleFindings, notRunFindings } from "./findings.js";
import { pairCommands } from "./pair.js";
import { probeVacuity, whyItCannotFail } from "./vacuity.js";
import { mapInOrder } from "./work.js";

/** One module with what its text alone says about its commands. */
export interface ModelToJudge {
  module: AlloyModule;
  commands: readonly AlloyCommand[];
  /** Why commands could not have come out otherwise, as far as their text shows, by index. */
  cannotFail: ReadonlyMap<number, string>;
}

export interface ModelsToJudge {
  models: readonly ModelToJudge[];
  options: AlloyOptions;
  /** Whether to ask of each command that finds nothing if it could have found something. */
  probes: boolean;
  /** Commands to leave out, by their unique name; none when absent. */
  wanted?: (name: string, command: AlloyCommand) => boolean;
}

export interface JudgingHooks {
  /** Called when a command is done: how many are, of how many, and which. */
  onCommand?: (done: number, of: number, name: string) => void;
  signal?: AbortSignal;
}

export interface JudgedModels {
  /** In order of modules and commands. */
  commands: ModelCommand[];
  findings: Finding[];
}

/** Questions under way at once. More than an engine has hands, so that none is idle; few, so that modules stay warm. */
const PARALLEL = 8;

/** One command with the name that tells it from the others of its module. */
export interface NamedCommand {
  model: ModelToJudge;
  command: AlloyCommand;
  name: string;
}

/** Every wanted command. Of commands with one label the second is called `label #2`, and so on. */
export function namedCommands({ models, wanted }: Pick<ModelsToJudge, "models" | "wanted">): NamedCommand[] {
  return models.flatMap((model) => {
    const seen = new Map<string, number>();
    const named = model.commands.map((command) => {
      const plain = command.label ?? command.target ?? command.kind;
      const count = (seen.get(plain) ?? 0) + 1;
      seen.set(plain, count);
      return { model, command, name: count === 1 ? plain : `${plain} #${count}` };
    });
    return named.filter(({ name, command }) => wanted?.(name, command) ?? true);
  });
}

/**
 * Asks the engine for every command and says what each answer means: never from how a program ended, always from the
 * command's own answer. Commands that found nothing are asked whether they could have. Rejects only when the signal is
 * aborted.
 */
export async function judgeModels(
  input: ModelsToJudge,
  engine: AlloyEngine,
  hooks: JudgingHooks = {},
): Promise<JudgedModels> {
  const named = namedCommands(input);
  const readings = new Map<ModelToJudge, Promise<AlloyReading>>();
  const read = (model: ModelToJudge) => {
    const reading = readings.get(model) ?? engine.read(model.module, hooks.signal);
    readings.set(model, reading);
    return reading;
  };
  let done = 0;
  const commands = await mapInOrder(named, PARALLEL, async (each) => {
    const record = await judgeCommand(each, await read(each.model), { input, engine, hooks });
    done += 1;
    hooks.onCommand?.(done, named.length, each.name);
    return record;
  });
  // A module whose text shows no command is read too: Alloy may find one in it.
  const roots = input.wanted === undefined ? input.models : [...readings.keys()];
  const ofModules = await mapInOrder(roots, PARALLEL, async (model) =>
    moduleFindings(model, await read(model), commands),
  );
  return {
    commands,
    findings: [...ofModules.flat(), ...commands.flatMap(commandFindings), ...notRunFindings(commands)],
  };
}

/** Every command as not run, with one finding that says why. */
export function leaveModels(input: ModelsToJudge, why: string): JudgedModels {
  const commands = namedCommands(input).map((each) => ({ ...record(each), reason: why }));
  return { commands, findings: notRunFindings(commands) };
}

interface Asking {
  input: ModelsToJudge;
  engine: AlloyEngine;
  hooks: JudgingHooks;
}

async function judgeCommand(each: NamedCommand, reading: AlloyReading, asking: Asking): Promise<ModelCommand> {
  const { module, commands } = each.model;
  if (reading.status === "timeout") {
    return {
      ...record(each),
      ...unanswered("timeout", `reading the model took more than ${seconds(reading.afterMs)}`),
    };
  }
  if (reading.status === "error") return { ...record(each), ...unanswered("error", reading.message) };
  if (reading.status === "unavailable") return { ...record(each), reason: reading.reason };
  const number = pairCommands(commands, reading.outline).get(each.command.index);
  const outline = reading.outline.commands[number ?? -1];
  if (number === undefined || outline === undefined) {
    return { ...record(each), ...unanswered("error", "Alloy finds no such command in the text") };
  }
  const ask = (question: AlloyQuestion) =>
    asking.engine.ask(module, question, asking.input.options, asking.hooks.signal);
  const answer = await ask({ ask: "command", command: number });
  const answered = fromAnswer(each, answer);
  if (!asking.input.probes || answer.status !== "unsatisfiable") return answered;
  const probes = await probeVacuity(outline, ask);
  return { ...answered, probes, cannotFail: answered.cannotFail ?? whyItCannotFail(probes) };
}

function record({ model, command, name }: NamedCommand): ModelCommand {
  return {
    module: model.module.root,
    place: command.span,
    index: command.index,
    kind: command.kind,
    name,
    label: command.label,
    target: command.target,
    expect: command.expect,
    tags: command.tags,
    scope: command.scope,
    answer: "not run",
    outcome: null,
    reason: null,
    cannotFail: null,
    resolved: {},
    solver: null,
    variables: null,
    clauses: null,
    probes: null,
    instance: null,
  };
}

function fromAnswer(each: NamedCommand, answer: AlloyAnswer): ModelCommand {
  const { command, model } = each;
  switch (answer.status) {
    case "timeout":
      return { ...record(each), ...unanswered("timeout", `no answer within ${seconds(answer.afterMs)}`) };
    case "unknown":
      return { ...record(each), ...unanswered("unknown", answer.reason) };
    case "error":
      return { ...record(each), ...unanswered("error", answer.message) };
    case "unavailable":
      return { ...record(each), reason: answer.reason };
    default: {
      const said = answerOf(command.kind, answer.status);
      const { scope: resolved, solver, variables, clauses } = answer.facts;
      return {
        ...record(each),
        answer: said,
        outcome: outcomeOf(said, command.expect),
        cannotFail: model.cannotFail.get(command.index) ?? null,
        resolved: { ...resolved },
        solver,
        variables,
        clauses,
        instance: answer.status === "satisfiable" ? boundInstance(answer.instance) : null,
      };
    }
  }
}

function unanswered(answer: "timeout" | "unknown" | "error", reason: string): Partial<ModelCommand> {
  return { answer, outcome: outcomeOf(answer, null), reason };
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
