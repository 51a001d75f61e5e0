import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import { compareText } from "../../model/span.js";
import type { AlloyModel } from "../collect.js";
import { commandsOf } from "../collect.js";
import { labelOf } from "../declared.js";
import { opensOf } from "../library.js";
import { isLibrary } from "../open.js";
import type { Expression } from "../text/expression.js";
import { walk } from "../text/expression.js";
import type { AlloyText, Callable, Command } from "../text/paragraph.js";
import { Places } from "../text/places.js";
import { lastPart } from "../text/uses.js";
import { holdsByForm } from "./form.js";
import type { TooSmall } from "./scope.js";
import { mostAtoms, tooSmallForParameters, tooSmallToFail, tooSmallToHold } from "./scope.js";

interface AuditedCommands {
  findings: Finding[];
  /** Why a command could not have failed, by index. */
  hollow: Map<number, string>;
}

/** ALLOY004, ALLOY006, ALLOY008 to ALLOY012 for the commands of one model. */
export function auditCommands(model: AlloyModel): AuditedCommands {
  const [root] = model.texts;
  if (root === undefined) return { findings: [], hollow: new Map() };
  const places = new Places(root.file, root.text);
  const commands = commandsOf(root);
  if (commands.length === 0) return { findings: emptyModel(root, places), hollow: new Map() };
  const scoped = auditScopes(model, root, places, commands);
  const findings = [
    ...commands.flatMap((command) => withoutExpect(command, places)),
    ...commands.flatMap((command) => unknownTarget(command, model, places)),
    ...sharedLabels(commands, places),
    ...onlyRuns(root, commands, places),
    ...scoped.findings,
  ];
  return { findings, hollow: scoped.hollow };
}

function emptyModel(root: AlloyText, places: Places): Finding[] {
  const first = root.paragraphs.find(({ kind }) => kind !== "module" && kind !== "open");
  if (first === undefined) return [];
  return [
    finding({
      code: "ALLOY004",
      message: "Unexpected model without a command, expected at least one check or run",
      span: places.span(root.paragraphs[0] ?? first),
      subject: "",
    }),
  ];
}

function describe(command: Command): string {
  const label = labelOf(command);
  return label === null ? `\`${command.kind}\` of a block` : `\`${command.kind} ${label}\``;
}

/** What a finding about a command is about, without its place. */
function subjectOf(command: Command): string {
  return `${command.kind} ${labelOf(command) ?? ""}`;
}

function withoutExpect(command: Command, places: Places): Finding[] {
  if (command.expect === 0 || command.expect === 1) return [];
  const found = command.expect === null ? "without `expect`" : `with \`expect ${command.expect}\``;
  const usual = command.kind === "check" ? 0 : 1;
  return [
    finding({
      code: "ALLOY006",
      message: `Unexpected ${describe(command)} ${found}, expected \`expect 0\` or \`expect 1\``,
      span: places.span(command),
      subject: subjectOf(command),
      suggestion: `Add \`expect ${usual}\` behind it if ${usual === 0 ? "no counterexample" : "an instance"} is meant to be found.`,
    }),
  ];
}

function unknownTarget(command: Command, model: AlloyModel, places: Places): Finding[] {
  const { kind, target } = command;
  if (target === null || !model.whole || target.text.includes("/")) return [];
  // What Alloy brings along declares predicates and functions, but no assertion.
  const mayBeLibrary = model.texts.some((text) => opensOf(text).some(({ path }) => isLibrary(path.text)));
  if (kind === "run" && mayBeLibrary) return [];
  const wanted = kind === "check" ? "an assertion" : "a predicate or function";
  const declared = model.texts.some(({ paragraphs }) =>
    paragraphs.some((each) =>
      kind === "check"
        ? each.kind === "assert" && each.name?.text === target.text
        : (each.kind === "pred" || each.kind === "fun") && lastPart(each.name.text) === target.text,
    ),
  );
  if (declared) return [];
  return [
    finding({
      code: "ALLOY011",
      message: `Unexpected \`${kind} ${target.text}\`, expected the name of ${wanted} of this model`,
      span: places.span(target),
      subject: subjectOf(command),
    }),
  ];
}

function sharedLabels(commands: readonly Command[], places: Places): Finding[] {
  const byLabel = new Map<string, Command[]>();
  for (const command of commands) {
    const label = labelOf(command);
    if (label === null) continue;
    const known = byLabel.get(label);
    if (known === undefined) byLabel.set(label, [command]);
    else known.push(command);
  }
  return [...byLabel]
    .filter(([, sharing]) => sharing.length > 1)
    .sort(([a], [b]) => compareText(a, b))
    .map(([label, [first, second, ...more]]) =>
      finding({
        code: "ALLOY010",
        message: `Unexpected ${more.length + 2} commands labelled ${label}, expected one`,
        span: places.span(second ?? { start: 0, end: 0 }),
        related: first === undefined ? [] : [{ span: places.span(first), message: "the first one" }],
        subject: label,
      }),
    );
}

function onlyRuns(root: AlloyText, commands: readonly Command[], places: Places): Finding[] {
  const [first] = commands;
  // A run that expects no instance asserts that there is none.
  if (first === undefined || commands.some(({ kind, expect }) => kind === "check" || expect === 0)) return [];
  return [
    finding({
      code: "ALLOY012",
      message: "Unexpected model whose commands all look for instances, expected one that checks an assertion",
      span: places.span(root.paragraphs[0] ?? first),
      subject: "",
    }),
  ];
}

/** ALLOY008, and ALLOY009 for blocks; what is true by form or by scope is hollow. */
function auditScopes(
  model: AlloyModel,
  root: AlloyText,
  places: Places,
  commands: readonly Command[],
): AuditedCommands {
  const found: AuditedCommands = { findings: [], hollow: new Map() };
  const small = commands.map((command) => tooSmall(command, model.texts));
  for (const [index, command] of commands.entries()) {
    const body = formulaOf(command, model.texts);
    if (command.kind === "check" && body !== null && holdsByForm(body)) {
      found.hollow.set(index, "what it checks is true by its form");
      if (command.block !== null) found.findings.push(blockFinding(command, places));
      continue;
    }
    if (
      command.kind === "run" &&
      command.expect !== 0 &&
      body !== null &&
      holdsByForm(body) &&
      !hasParameters(command, model)
    ) {
      found.hollow.set(index, "it asks for nothing but an instance of the facts");
      continue;
    }
    const [short] = small[index] ?? [];
    if (short !== undefined) {
      const needed = short.needed === 1 ? "an atom" : `${short.needed} atoms`;
      const why = `it speaks of ${needed} of ${short.signature} and its scope has ${short.given}`;
      found.hollow.set(index, why);
      if (!hasLarger(command, commands, small)) found.findings.push(scopeFinding(command, why, root, places));
    } else if (command.kind === "check" && body !== null && standsStill(command, body)) {
      const why = "it speaks of what changes, and in a trace of one state nothing does";
      found.findings.push(scopeFinding(command, why, root, places));
    }
  }
  return found;
}

/** Whether a run calls for atoms of its own: each parameter of what it names is one. */
function hasParameters(command: Command, { texts }: AlloyModel): boolean {
  return command.block === null && calledBy(command, texts)?.parameters?.length !== 0;
}

/** One step, and a formula over two states. */
function standsStill(command: Command, body: Expression): boolean {
  if (command.scope?.entries.some(({ name, to }) => name.text === "steps" && to === 1) !== true) return false;
  for (const each of walk(body)) {
    if (each.kind === "unary" && (each.operator === "'" || each.operator === "after")) return true;
  }
  return false;
}

/** A small scope beside a larger one for the same target is a deliberate corner case. */
function hasLarger(command: Command, commands: readonly Command[], small: readonly TooSmall[][]): boolean {
  const { kind, target } = command;
  if (target === null) return false;
  return commands.some(
    (other, index) =>
      other !== command && other.kind === kind && other.target?.text === target.text && small[index]?.length === 0,
  );
}

function tooSmall(command: Command, texts: readonly AlloyText[]): TooSmall[] {
  const most = mostAtoms(texts, command);
  const body = formulaOf(command, texts);
  if (command.kind === "check") return body === null ? [] : tooSmallToFail(body, most);
  if (command.expect !== 0) return [];
  const called = calledBy(command, texts);
  return [
    ...(called === null ? [] : tooSmallForParameters(called, most)),
    ...(body === null ? [] : tooSmallToHold(body, most)),
  ];
}

/** What a command checks or runs, where that can be read and its name is declared once. */
function formulaOf(command: Command, texts: readonly AlloyText[]): Expression | null {
  if (command.block !== null) return command.block.body;
  if (command.kind === "run") return calledBy(command, texts)?.body ?? null;
  const name = command.target === null ? null : lastPart(command.target.text);
  const named = texts.flatMap(({ paragraphs }) =>
    paragraphs.flatMap((each) => (each.kind === "assert" && each.name?.text === name ? [each] : [])),
  );
  return named.length === 1 ? (named[0]?.body ?? null) : null;
}

function calledBy({ target }: Command, texts: readonly AlloyText[]): Callable | null {
  const name = target === null ? null : lastPart(target.text);
  const named = texts.flatMap(({ paragraphs }) =>
    paragraphs.flatMap((each) =>
      (each.kind === "pred" || each.kind === "fun") && each.name.text === name ? [each] : [],
    ),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}

function blockFinding(command: Command, places: Places): Finding {
  return finding({
    code: "ALLOY009",
    message: `Unexpected ${describe(command)} that is true by its form, expected something that a model could break`,
    span: places.span(command),
    subject: subjectOf(command),
  });
}

function scopeFinding(command: Command, why: string, root: AlloyText, places: Places): Finding {
  const { scope } = command;
  const written =
    scope === null ? "the default scope" : `\`${root.text.slice(scope.start, scope.end).replace(/\s+/g, " ")}\``;
  return finding({
    code: "ALLOY008",
    message: `Unexpected scope of ${describe(command)}: ${why}, expected a larger one than ${written}`,
    span: places.span(scope ?? command),
    subject: subjectOf(command),
  });
}
