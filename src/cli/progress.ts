import type { GlobalOptions } from "./context.js";

/** Says on standard error what is going on: one line that is overwritten on a terminal, a line per phase elsewhere. */
export interface Progress {
  phase(text: string): void;
  done(): void;
}

const CLEAR_LINE = "\r\u001b[2K";

export function progressFor(options: GlobalOptions): Progress {
  if (options.quiet === true) return { phase: () => undefined, done: () => undefined };
  if (process.stderr.isTTY !== true) {
    return { phase: (text) => void process.stderr.write(`evidence: ${text}\n`), done: () => undefined };
  }
  return {
    phase: (text) => void process.stderr.write(`${CLEAR_LINE}evidence: ${text} …`),
    done: () => void process.stderr.write(CLEAR_LINE),
  };
}
