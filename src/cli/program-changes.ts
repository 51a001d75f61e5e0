import type { Command } from "commander";
import type { BaselineOptions } from "./commands/baseline.js";
import type { ConfirmOptions } from "./commands/confirm.js";
import type { GlobalOptions } from "./context.js";

/** The options of `check` that hold the tree against a base, and how the gate decides. */
export function addChangeOptions(check: Command): Command {
  return addBaseOptions(check).option(
    "--mode <mode>",
    "strict, ratchet (only what is worse fails) or report (nothing fails)",
  );
}

/** The options that hold the tree against a base. */
export function addBaseOptions(command: Command): Command {
  return command
    .option("--base <ref>", "judge what changed since the commit where this tree and that revision parted")
    .option("--base-manifest <file>", "manifest of the base, where it is not committed there")
    .option("--accept-confirmations", "with --base: count confirmations that the change itself makes");
}

/** The commands around a change: what a person says about evidence that was there before. */
export function addChangeCommands(program: Command, done: (exitCode: number) => void): void {
  program
    .command("confirm")
    .description("say that the evidence of a tag still holds for its changed text")
    .argument("<tag>")
    .requiredOption("--reason <text>", "why it still holds")
    .option("--owner <name>", "who says so (default: user.name of git)")
    .option("--date <date>", "YYYY-MM-DD (default: today)")
    .action(async (tag: string, options: ConfirmOptions, command: Command) => {
      const { confirm } = await import("./commands/confirm.js");
      done(await confirm(tag, options, command.optsWithGlobals<GlobalOptions>()));
    });
  program
    .command("baseline")
    .description("write down what is not verified today, so that only what is new or worse fails the gate")
    .option("--write", "draw it anew where there is one")
    .option("--update", "only take out what is mended")
    .action(async (options: BaselineOptions, command: Command) => {
      const { baseline } = await import("./commands/baseline.js");
      done(await baseline(options, command.optsWithGlobals<GlobalOptions>()));
    });
  program
    .command("exceptions")
    .description("everything that is excused: waivers, confirmations and the baseline in one table")
    .action(async (_options: unknown, command: Command) => {
      const { exceptions } = await import("./commands/exceptions.js");
      done(await exceptions(command.optsWithGlobals<GlobalOptions>()));
    });
  program
    .command("diff")
    .description("what differs between two manifests or revisions: tags, verdicts, evidence, findings")
    .argument("<before>", "manifest file or revision")
    .argument("<after>", "manifest file or revision")
    .action(async (before: string, after: string, _options: unknown, command: Command) => {
      const { diff } = await import("./commands/diff.js");
      done(await diff(before, after, command.optsWithGlobals<GlobalOptions>()));
    });
}
