import type { Command } from "commander";
import { loadConfig } from "../../host/config.js";
import { readTextFile } from "../../host/files.js";
import { FINDING_CODES } from "../../model/codes/index.js";
import { isTag } from "../../model/tag.js";
import type { CommandTree, Shell } from "../../report/completion/scripts.js";
import { completionScript, SHELLS } from "../../report/completion/scripts.js";
import type { GlobalOptions } from "../context.js";
import { emitText, rootOf } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import { MANIFEST_LIMITS } from "../manifest-file.js";

/** `evidence completion SHELL`: the script that completes commands, options and tags; `tags` is what it asks back. */
export async function completion(shell: string, program: Command, options: GlobalOptions): Promise<number> {
  if (shell === "tags") {
    const tags = knownTags(options);
    await emitText(tags.map((tag) => `${tag}\n`).join(""), { ...options, quiet: true });
    return EXIT.clean;
  }
  const known: Shell | undefined = SHELLS.find((each) => each === shell);
  if (known === undefined) throw new UsageError(`Unexpected shell "${shell}", expected ${SHELLS.join(", ")}`);
  await emitText(completionScript(known, treeOf(program, "", []), Object.keys(FINDING_CODES)), options);
  return EXIT.clean;
}

type Options = CommandTree["options"];

const ARGUMENTS = ["tag", "code", "shell"] as const;

/** Options of a command hold for those below it as well. */
function treeOf(command: Command, path: string, inherited: Options): CommandTree {
  const own: Options = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ short, long, required, optional, description }) => ({
      flags: [short, long].filter((flag) => flag !== undefined && flag !== null),
      takesValue: required || optional,
      description,
    }));
  const help = path === "" ? [{ flags: ["-h", "--help"], takesValue: false, description: "show help" }] : [];
  const options = [...own, ...inherited, ...help];
  const names = command.registeredArguments.map((each) => each.name());
  return {
    path,
    options,
    commands: command.commands.map((each) => treeOf(each, `${path} ${each.name()}`.trim(), options)),
    argument: ARGUMENTS.find((each) => names.includes(each)) ?? null,
  };
}

/**
 * The tags of the last manifest. A tree from a stranger can hold any text there, and shells expand what they complete: only
 * what is a tag is given. Whatever is wrong gives none, for this runs at a key press.
 */
function knownTags(options: GlobalOptions): string[] {
  try {
    const root = rootOf(options).path;
    const { config } = loadConfig(root, options.config ?? null);
    const read = readTextFile(root, config.manifest, MANIFEST_LIMITS);
    if ("finding" in read) return [];
    const { catalog } = JSON.parse(read.text).predicate;
    return catalog
      .map(({ tag }: { tag: unknown }) => tag)
      .filter((tag: unknown) => typeof tag === "string" && isTag(tag));
  } catch {
    return [];
  }
}
