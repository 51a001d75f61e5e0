import { toolVersion } from "../host/version.js";
import { EXIT } from "./errors.js";

/**
 * Runs the command with these arguments (without node and script) and gives the exit code. Never throws and never
 * prints a stack trace, except when EVIDENCE_DEBUG is set.
 */
export async function run(argv: string[]): Promise<number> {
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    // Asked for by scripts and editors all the time: answered before anything else is loaded.
    process.stdout.write(`${toolVersion()}\n`);
    return EXIT.clean;
  }
  endQuietlyOnClosedPipe();
  try {
    const { runProgram } = await import("./program.js");
    return await runProgram(argv);
  } catch (error) {
    const { reportFailure } = await import("./failure.js");
    return reportFailure(error);
  }
}

/** `evidence … | head` closes our output early; that is no error of ours. */
function endQuietlyOnClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.clean);
    process.stderr.write(`evidence: standard output cannot be written: ${error.message}\n`);
    process.exit(EXIT.internal);
  });
}
