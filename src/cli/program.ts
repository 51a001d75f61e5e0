import { Command } from "commander";
import { toolVersion } from "../host/version.js";
import type { ChangeOptions } from "./change-options.js";
import type { AlloyOptions } from "./commands/alloy.js";
import type { CheckOptions } from "./commands/check.js";
import type { ManifestOptions } from "./commands/manifest.js";
import type { ReportOptions } from "./commands/report.js";
import type { GlobalOptions } from "./context.js";
import { EXIT } from "./errors.js";
import { addBaseOptions, addChangeCommands, addChangeOptions } from "./program-changes.js";

/** Parses the arguments, runs the command they name and gives its exit code. Commands are loaded when they run. */
export async function runProgram(argv: string[]): Promise<number> {
  let exitCode: number = EXIT.clean;
  const program = new Command("evidence");
  const done = (code: number) => {
    exitCode = code;
  };
  describeProgram(program);
  program.hook("preAction", async (_program, command) => {
    const { output } = command.optsWithGlobals<GlobalOptions>();
    if (output === undefined) return;
    const { refuseForeignOutput } = await import("./output.js");
    refuseForeignOutput(output);
  });
  addJudgingCommands(program, done);
  addReportCommand(program, done);
  addChangeCommands(program, done);
  addLookingCommands(program, done);
  addAnalysingCommands(program, done);
  addSetupCommands(program, done);
  if (argv.length === 0) {
    program.outputHelp();
    return EXIT.clean;
  }
  await program.parseAsync(argv, { from: "user" });
  return exitCode;
}

const EXIT_CODES = `
Exit code: 0 the gate passes, 1 it fails, 2 usage or configuration, 3 a defect
of evidence itself.`;

const FIRST_STEPS = `
First steps: evidence init, evidence check, evidence next.
${EXIT_CODES.trimStart()}`;

type Done = (exitCode: number) => void;

function describeProgram(program: Command): void {
  program
    .description("Is this sufficient, direct evidence that the system does what its specification says?")
    .version(toolVersion(), "-V, --version")
    .option("-C, --cwd <dir>", "judge that folder")
    .option("--config <file>", "configuration file (default: evidence.config.json)")
    .option("--format <format>", "text or json; check also has markdown, junit, github, gitlab, sarif and html", "text")
    .option("-o, --output <file>", "write the report to a file")
    .option("-q, --quiet", "print the answer only")
    .option("-v, --verbose", "print everything")
    .option("--no-color", "print without colour")
    .option("--no-cache", "neither read nor write cached work")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", FIRST_STEPS)
    .showHelpAfterError("(evidence --help lists the commands)")
    .exitOverride();
}

function addJudgingCommands(program: Command, done: Done): void {
  const check = program
    .command("check")
    .description("judge every requirement and decide the gate")
    .argument("[paths...]", "only the specifications below these paths")
    .option("--no-run", "run no provider and no example, read only the results that are there")
    .option("--skip <parts>", "leave out parts, comma-separated: text, logic, alloy, links, examples, providers")
    .option("--only <part>", "of these parts run only the named ones")
    .option("--strict", "fail the gate whatever mode is configured")
    .option("--results <patterns...>", "results files to read beside the configured ones")
    .option("--watch", "judge again whenever a specification, source, result or configuration changes")
    .option("--report <format=file...>", "further reports of the same judgement, such as html=report.html");
  check.addHelpText("after", EXIT_CODES);
  addChangeOptions(check).action(async (paths: string[], options: CheckOptions, command: Command) => {
    const { check } = await import("./commands/check.js");
    done(await check(paths, options, command.optsWithGlobals<GlobalOptions>()));
  });
  const manifest = program
    .command("manifest")
    .description("build the manifest from what is there, without running providers")
    .option("--as <form>", "print it as svr, test-result, cyclonedx or summary")
    .option("--manifest <file>", "with --as: print this manifest instead of judging")
    .option("--time <time>", "with --as svr: when it was verified, such as 2026-01-31T12:00:00Z")
    .action(async (options: ManifestOptions, command: Command) => {
      const { buildManifest } = await import("./commands/manifest.js");
      done(await buildManifest(options, command.optsWithGlobals<GlobalOptions>()));
    });
  manifest
    .command("verify")
    .description("hold a manifest against the tree")
    .argument("[file]", "manifest (default: the configured one)")
    .action(async (file: string | undefined, _options: unknown, command: Command) => {
      const { verify } = await import("./commands/manifest.js");
      done(await verify(file, command.optsWithGlobals<GlobalOptions>()));
    });
}

function addReportCommand(program: Command, done: Done): void {
  program
    .command("report")
    .description("write one HTML page that shows everything, from what is there or from a manifest")
    .option("--manifest <file>", "render this manifest instead of judging")
    .option("--links <address>", "where the judged files can be seen, for links to lines")
    .option("--trace <files...>", "traces of runs to show as space-time diagrams")
    .option("--open", "open the page")
    .action(async (options: ReportOptions, command: Command) => {
      const { report } = await import("./commands/report.js");
      done(await report(options, command.optsWithGlobals<GlobalOptions>()));
    });
}

function addLookingCommands(program: Command, done: Done): void {
  const tags = program.command("tags").description("the catalog, and what refers to a tag");
  const tagsAction =
    (view: "list" | "show" | "find") => async (words: string | string[], _options: unknown, command: Command) => {
      const { refuseSlip, showTags } = await import("./commands/tags.js");
      if (Array.isArray(words) && !tags.args.includes("list")) refuseSlip(words);
      const text = Array.isArray(words) ? words.join(" ") : words;
      done(await showTags(view, text, command.optsWithGlobals<GlobalOptions>()));
    };
  tags
    .command("list", { isDefault: true })
    .description("every tag with the place of its definition")
    .argument("[words...]", "only tags whose name, title or capability holds these words")
    .action(tagsAction("list"));
  tags
    .command("show")
    .description("one tag and everything that refers to it")
    .argument("<tag>")
    .action(tagsAction("show"));
  tags
    .command("find")
    .description("tags whose name, title or text holds this")
    .argument("<text>")
    .action(tagsAction("find"));
  addBaseOptions(program.command("why").description("one requirement's whole case").argument("<tag>")).action(
    async (tag: string, options: ChangeOptions, command: Command) => {
      const { why } = await import("./commands/why.js");
      done(await why(tag, options, command.optsWithGlobals<GlobalOptions>()));
    },
  );
  addBaseOptions(program.command("next"))
    .description("the gaps in order of importance, each with what would close it")
    .option("--json", "the same as --format json")
    .action(async (options: ChangeOptions & { json?: boolean }, command: Command) => {
      const { next } = await import("./commands/next.js");
      const globals = command.optsWithGlobals<GlobalOptions>();
      done(await next(options, options.json === true ? { ...globals, format: "json" } : globals));
    });
  program
    .command("explain")
    .description("the documentation of a finding code")
    .argument("<code>")
    .action(async (code: string, _options: unknown, command: Command) => {
      const { explain } = await import("./commands/explain.js");
      done(await explain(code, command.optsWithGlobals<GlobalOptions>()));
    });
}

function addAnalysingCommands(program: Command, done: Done): void {
  program
    .command("lint")
    .description("read every requirement as an EARS sentence and say what makes it hard to judge")
    .argument("[paths...]", "only the specifications below these paths")
    .option("--fix", "mend what can be mended without changing a meaning")
    .action(async (paths: string[], options: { fix?: boolean }, command: Command) => {
      const { lint } = await import("./commands/lint.js");
      done(await lint(paths, options.fix === true, command.optsWithGlobals<GlobalOptions>()));
    });
  program
    .command("logic")
    .description("find requirements that contradict, repeat or never bind, with Z3 over the declared terms")
    .option("--emit-smt2 <dir>", "write the questions behind each finding as SMT-LIB scripts")
    .action(async (options: { emitSmt2?: string }, command: Command) => {
      const { logic } = await import("./commands/logic.js");
      done(await logic(options.emitSmt2 ?? null, command.optsWithGlobals<GlobalOptions>()));
    });
  program
    .command("links")
    .description("hold every link of the specifications against the files, lines, headings and names it leads to")
    .argument("[paths...]", "only the specifications below these paths")
    .option("--fix", "correct the lines and paths of what has moved, and nothing else")
    .option("--dry-run", "show what --fix would correct, and write nothing")
    .action(async (paths: string[], options: { fix?: boolean; dryRun?: boolean }, command: Command) => {
      const { links } = await import("./commands/links.js");
      done(await links(paths, options, command.optsWithGlobals<GlobalOptions>()));
    });
  program
    .command("examples")
    .description("run the examples in Evidence sections, where the configuration allows it")
    .argument("[paths...]", "only the specifications below these paths")
    .action(async (paths: string[], _options: unknown, command: Command) => {
      const { examples } = await import("./commands/examples.js");
      done(await examples(paths, command.optsWithGlobals<GlobalOptions>()));
    });
  addAlloyCommand(program, done);
  const glossary = program.command("glossary").description("the declared terms that contradictions are proved over");
  glossary
    .command("suggest")
    .description("draft terms that the specifications use and the glossary does not declare")
    .action(async (_options: unknown, command: Command) => {
      const { suggest } = await import("./commands/glossary.js");
      done(await suggest(command.optsWithGlobals<GlobalOptions>()));
    });
  glossary
    .command("check")
    .description("terms that are unused, undefined or nearly the same")
    .action(async (_options: unknown, command: Command) => {
      const { checkTerms } = await import("./commands/glossary.js");
      done(await checkTerms(command.optsWithGlobals<GlobalOptions>()));
    });
}

function addAlloyCommand(program: Command, done: Done): void {
  program
    .command("alloy")
    .description("audit and run Alloy models: what every command shows, and whether it could have shown anything else")
    .argument("[paths...]", "only the models below these paths")
    .option("--only <label>", "run only the commands of this label")
    .option("--timeout <seconds>", "time one command may take")
    .option("--ablate", "find the facts that each command needs, and those that none needs")
    .option("--mutate", "find small changes of the models that no command notices")
    .option("--limit <count>", "with --mutate: changes of each model at most")
    .option("--install", "obtain Alloy through Maven, and run nothing")
    .action(async (paths: string[], options: AlloyOptions, command: Command) => {
      const { alloy } = await import("./commands/alloy.js");
      done(await alloy(paths, options, command.optsWithGlobals<GlobalOptions>()));
    });
}

function addSetupCommands(program: Command, done: Done): void {
  program
    .command("init")
    .description("write evidence.config.json from what the folder holds")
    .option("--agents", "write the section of AGENTS.md that tells a coding agent about evidence, and nothing else")
    .action(async (options: { agents?: boolean }, command: Command) => {
      if (options.agents === true) {
        const { initAgents } = await import("./commands/agents.js");
        done(initAgents(command.optsWithGlobals<GlobalOptions>()));
        return;
      }
      const { init } = await import("./commands/init.js");
      done(await init(command.optsWithGlobals<GlobalOptions>()));
    });
  program
    .command("doctor")
    .description("what is installed, and what needs it")
    .action(async (_options: unknown, command: Command) => {
      const { doctor } = await import("./commands/doctor.js");
      done(await doctor(command.optsWithGlobals<GlobalOptions>()));
    });
  program
    .command("completion")
    .description("print the script that completes commands, options and tags in a shell")
    .argument("<shell>", "bash, zsh or fish")
    .action(async (shell: string, _options: unknown, command: Command) => {
      const { completion } = await import("./commands/completion.js");
      done(await completion(shell, program, command.optsWithGlobals<GlobalOptions>()));
    });
}
