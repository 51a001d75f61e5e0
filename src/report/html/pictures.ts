import type { Predicate } from "../../model/manifest.js";
import type { ModelCommand } from "../../model/models.js";
import { drawInstance } from "../alloy/graph.js";
import { commandTitle, verdictOf } from "../models/command.js";
import { visibleLines } from "../text/visible.js";
import type { ModelPicture } from "./data.js";

/** So much is drawn: counterexamples first, the rest as long as there is room. */
const MOST_COMMANDS = 40;
const MOST_BYTES = 600_000;

/** Every command of the models that were run, with pictures of what was found. */
export async function describeModels({ models }: Pick<Predicate, "models">): Promise<ModelPicture[]> {
  const commands = [...(models?.commands ?? [])];
  const found = commands.filter((command) => command.instance !== null);
  const drawn = new Map<ModelCommand, ModelPicture["states"]>();
  let room = MOST_BYTES;
  const urgent = [...found].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_COMMANDS);
  for (const command of urgent) {
    const states = command.instance === null ? null : await drawInstance(command.instance);
    if (states === null) continue;
    const bytes = states.reduce((sum, state) => sum + state.svg.length, 0);
    if (bytes > room) continue;
    room -= bytes;
    drawn.set(
      command,
      states.map(({ title, svg }) => ({ title, svg: withoutStyle(svg) })),
    );
  }
  return commands.map((command) => describe(command, drawn.get(command) ?? []));
}

function rank({ outcome }: ModelCommand): number {
  return outcome === "fail" || outcome === "error" ? 0 : 1;
}

function describe(command: ModelCommand, states: ModelPicture["states"]): ModelPicture {
  const { place, tags, scope, answer, reason, cannotFail, resolved, solver, variables, clauses, expect } = command;
  const facts: [string, string | null][] = [
    ["answer", reason === null ? answer : `${answer}: ${reason}`],
    ["expected", expect === null ? null : `${expect}`],
    ["scope", scope === "" ? null : scope],
    [
      "resolved",
      Object.entries(resolved)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, size]) => `${name} ${size}`)
        .join(", ") || null,
    ],
    ["solver", solver === null ? null : `${solver}, ${variables} variables, ${clauses} clauses`],
    ["could not have failed", cannotFail],
  ];
  return {
    command: visibleLines(commandTitle(command)),
    file: place.file,
    line: place.line,
    tags,
    verdict: verdictOf(command).word,
    facts: facts.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, visibleLines(value)]])),
    states,
  };
}

/** The page's policy refuses styles in attributes; its style sheet says the same of pictures. */
function withoutStyle(svg: string): string {
  return svg.replace(/^(<svg[^>]*?) style="[^"]*"/, "$1");
}
