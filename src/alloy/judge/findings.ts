import type { AlloyReading } from "../../model/alloy.js";
import type { FindingCode } from "../../model/codes/index.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { ModelCommand } from "../../model/models.js";
import type { Span } from "../../model/span.js";
import { compareText, fileSpan } from "../../model/span.js";
import type { ModelToJudge } from "./judge-models.js";
import { pairCommands } from "./pair.js";

/** Quoted formulas and messages of an engine are cut at so many characters. */
const MOST_QUOTED = 160;

/** What is wrong with one command's answer, and with the question. */
export function commandFindings(command: ModelCommand): Finding[] {
  const own = answerFinding(command);
  return [...(own === null ? [] : [own]), ...vacuityFindings(command)];
}

function answerFinding(command: ModelCommand): Finding | null {
  const { answer, expect, outcome, reason } = command;
  const asked = describe(command);
  switch (answer) {
    case "counterexample":
      if (expect === 1)
        return about(
          command,
          "ALLOY045",
          `Unexpected counterexample to ${asked}, though it is expected: the assertion does not hold`,
        );
      return about(command, "ALLOY030", `Unexpected counterexample to ${asked}, expected none`, see(command));
    case "instance":
      if (outcome !== "fail") return null;
      return about(command, "ALLOY031", `Unexpected instance of ${asked}, expected none`, see(command));
    case "no instance":
      if (outcome === "fail")
        return about(command, "ALLOY031", `Unexpected absence of an instance of ${asked}, expected one`);
      if (outcome === "inconclusive")
        return about(
          command,
          "ALLOY032",
          `Unexpected absence of an instance of ${asked}, expected one or an \`expect 0\``,
        );
      return null;
    case "no counterexample":
      if (outcome !== "fail") return null;
      return about(command, "ALLOY031", `Unexpected absence of a counterexample to ${asked}, expected one`);
    case "timeout":
      return about(
        command,
        "ALLOY035",
        `Unexpected end of the time for ${asked}, expected an answer: ${quote(reason)}`,
      );
    case "unknown":
      return about(
        command,
        "ALLOY037",
        `Unexpected question ${asked}, expected one that can be decided: ${quote(reason)}`,
      );
    default:
      return null;
  }
}

function vacuityFindings(command: ModelCommand): Finding[] {
  const { probes } = command;
  if (probes === null) return [];
  const asked = describe(command);
  if (probes.facts === "impossible") {
    return [
      about(
        command,
        "ALLOY033",
        `Unexpected facts that admit no instance in the scope of ${asked}, expected at least one`,
      ),
    ];
  }
  const found = probes.antecedents.flatMap(({ text, place, holds }) => {
    if (holds !== "impossible") return [];
    const message = `Unexpected condition \`${quote(text)}\` that never holds in the scope of ${asked}, expected one that can`;
    return [
      finding({
        code: "ALLOY034",
        message,
        span: place,
        tags: command.tags,
        related: [{ span: command.place, message: "checked by" }],
      }),
    ];
  });
  const undecided = [probes.facts, ...probes.antecedents.map(({ holds }) => holds)].includes("undecided");
  if (!undecided) return found;
  return [
    ...found,
    about(command, "ALLOY040", `Unexpected doubt whether ${asked} could have failed, expected an answer in time`),
  ];
}

/** What is wrong with a module as a whole: it cannot be read, Alloy warns, or its commands are not those of the text. */
export function moduleFindings(
  model: ModelToJudge,
  reading: AlloyReading,
  commands: readonly ModelCommand[],
): Finding[] {
  const own = commands.filter(({ module }) => module === model.module.root);
  const at = own[0]?.place ?? fileSpan(model.module.root);
  if (reading.status === "timeout") {
    return own.length > 0 ? [] : [unreadable(at, [], `reading it took more than ${reading.afterMs / 1000} s`)];
  }
  if (reading.status === "unavailable") return [];
  if (reading.status === "error") return [unreadable(reading.place ?? at, tagsOf(own), reading.message)];
  const { outline } = reading;
  const pairs = pairCommands(model.commands, outline);
  const known = new Set(pairs.values());
  const warnings = outline.warnings.map(({ message, place }) =>
    finding({
      code: "ALLOY041",
      message: `Unexpected expression, expected none that Alloy warns about: ${quote(message)}`,
      span: place,
    }),
  );
  const strangers = outline.commands.filter(({ index }) => !known.has(index));
  const errors = own.filter(({ answer, index }) => answer === "error" && pairs.has(index));
  return [
    ...warnings,
    ...strangers.map(({ kind, label, place }) =>
      finding({
        code: "ALLOY044",
        message: `Unexpected ${kind} ${label}, expected one that was recognised`,
        span: place,
      }),
    ),
    ...errors.map((each) =>
      about(each, "ALLOY038", `Unexpected error in ${describe(each)}, expected an answer: ${quote(each.reason)}`),
    ),
    ...own
      .filter(({ answer, index }) => answer === "error" && !pairs.has(index))
      .map((each) => about(each, "ALLOY044", `Unexpected ${describe(each)}, expected a command that Alloy finds too`)),
  ];
}

function unreadable(span: Span, tags: string[], why: string): Finding {
  const message = `Unexpected text of an Alloy model, expected one that Alloy reads: ${quote(why)}`;
  return finding({ code: "ALLOY036", message, span, tags, subject: quote(why) });
}

/** One finding for all commands that nothing could run, at the first of them; none when there are none. */
export function notRunFindings(commands: readonly ModelCommand[]): Finding[] {
  const left = commands.filter(({ answer }) => answer === "not run");
  const [first] = left;
  if (first === undefined) return [];
  const modules = new Set(left.map(({ module }) => module)).size;
  const message = `Unexpected Alloy models that were not run (${counted(left.length, "command")} of ${counted(modules, "model")}), expected an engine: ${first.reason}`;
  return [finding({ code: "ALLOY039", message, span: first.place, tags: tagsOf(left), subject: "models not run" })];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function about(command: ModelCommand, code: FindingCode, message: string, suggestion?: string): Finding {
  const { place: span, tags, name } = command;
  return finding({ code, message, span, tags, subject: name, ...(suggestion === undefined ? {} : { suggestion }) });
}

function see({ name }: ModelCommand): string {
  return `\`evidence alloy --only '${name}'\` shows it.`;
}

/** `check closes (for 4)`. */
function describe({ kind, name, scope }: Pick<ModelCommand, "kind" | "name" | "scope">): string {
  const what = name === kind ? kind : `${kind} ${name}`;
  return scope === "" ? what : `${what} (${scope})`;
}

function tagsOf(commands: readonly ModelCommand[]): string[] {
  return [...new Set(commands.flatMap(({ tags }) => tags))].sort(compareText);
}

function quote(text: string | null): string {
  const line = (text ?? "").replace(/\s+/gu, " ").trim();
  return line.length <= MOST_QUOTED ? line : `${line.slice(0, MOST_QUOTED - 1)}…`;
}
