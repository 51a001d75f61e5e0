import { visible } from "../report/text/visible.js";
import type { GlobalOptions } from "./context.js";
import { isDumb } from "./context.js";

/** Says on standard error what is going on: one line that is overwritten on a terminal, a line per phase elsewhere. */
export interface Progress {
  phase(text: string): void;
  /** How far a long phase is: shown on a terminal only, with the seconds since the phase began. */
  step(text: string): void;
  done(): void;
}

const CLEAR_LINE = "\r\u001b[2K";

export function progressFor(options: GlobalOptions): Progress {
  if (options.quiet === true) return { phase: () => undefined, step: () => undefined, done: () => undefined };
  if (process.stderr.isTTY !== true || isDumb()) {
    return {
      phase: (text) => void process.stderr.write(`evidence: ${text}\n`),
      step: () => undefined,
      done: () => undefined,
    };
  }
  let begun = performance.now();
  const show = (text: string) => void process.stderr.write(`${CLEAR_LINE}evidence: ${visible(text)} …`);
  return {
    phase: (text) => {
      begun = performance.now();
      show(text);
    },
    step: (text) => show(`${text}, ${Math.round((performance.now() - begun) / 1000)} s`),
    done: () => void process.stderr.write(CLEAR_LINE),
  };
}
