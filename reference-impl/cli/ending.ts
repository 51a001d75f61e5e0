/** Ends with this when the program itself is at fault: neither "a judge broke" nor "cannot be run". */
const DEFECT = 3;

/**
 * Runs a command and ends the process with the status it gives. Whoever reads the output may have had enough of it; any
 * other failure to write, and any error, is said in one line.
 */
export async function end(work: () => Promise<number>): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    fail(error);
  });
  try {
    process.exitCode = await work();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(DEFECT);
}
