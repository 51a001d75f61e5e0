import { CommanderError } from "commander";
import { ConfigurationError } from "../host/config.js";
import { EXIT, UsageError } from "./errors.js";

/** Says what went wrong in one paragraph and gives the exit code for it. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  }
  if (error instanceof UsageError || error instanceof ConfigurationError) {
    process.stderr.write(`evidence: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("evidence: interrupted\n");
    return EXIT.interrupted;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`evidence: internal error: ${message}\n`);
  process.stderr.write("This is a defect of evidence. Set EVIDENCE_DEBUG=1 to see where it happened.\n");
  if (process.env.EVIDENCE_DEBUG !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ""}\n`);
  }
  return EXIT.internal;
}
