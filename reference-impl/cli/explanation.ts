import type { Investigation } from "../simulation/investigate.js";
import type { EventLine } from "../simulation/trace-line.js";
import { wrapped } from "./table.js";

/** Most events of the causal slice that are shown; the trace has all of them. */
const MOST_EVENTS = 24;

const WIDTH = 80;

/** An investigation in words, in lines of at most 80 columns. `replay`: the command that shows it again. */
export function explanationText({ explanation, shrunk, whole }: Investigation, replay: string): string[] {
  const { judge, message, event, slice, faults, butFor } = explanation;
  const found = shrunk.exhausted ? "The smallest run found before the limit" : "The smallest run that breaks it";
  return [
    ...wrapped(`Broken: ${judge}`, ""),
    ...wrapped(shortened(message), "  "),
    "",
    ...wrapped(
      `${found} has ${faults.length} of ${whole.faults} faults, ${shrunk.roots.length} of ${whole.roots} roots and ${shrunk.reduction.maxSteps} steps (${shrunk.runs} runs).`,
      "",
    ),
    "",
    "But for a fault",
    ...(faults.length === 0 ? ["  It takes none: it breaks without any."] : []),
    ...faults.flatMap((fault) =>
      wrapped(`without ${fault}: ${butFor.get(fault) === true ? "breaks all the same" : "does not break"}`, "  "),
    ),
    "",
    event === null ? "No single event breaks it: it shows at the end of the run." : `First broken at ${event.id}`,
    ...shownSlice(slice),
    "",
    "Replay",
    ...wrapped(replay, "  "),
  ];
}

/** The last events that the broken one follows from, and every fault among all of them. */
function shownSlice(slice: readonly EventLine[]): string[] {
  if (slice.length === 0) return [];
  const last = new Set(slice.slice(-MOST_EVENTS));
  const shown = slice.filter((each) => last.has(each) || each.truth?.fault !== undefined);
  const left = slice.length - shown.length;
  return [
    `Follows from ${slice.length - 1} events${left > 0 ? `; the last ones and all faults` : ""}:`,
    ...shown.map(shownEvent),
  ];
}

function shownEvent({ id, time, process: host, op, truth, rule, args }: EventLine): string {
  const key = typeof args?.key === "string" ? ` ${args.key}` : "";
  const fault = truth?.fault === undefined ? "" : ` FAULT ${truth.fault.id}`;
  const stale = truth?.read !== undefined && truth.read.observed < truth.read.latest ? " stale" : "";
  const write = truth?.write === undefined ? "" : ` ${truth.write.outcome}`;
  const line = `  ${id.padEnd(7)} ${String(time % 100_000_000).padStart(8)} ${host.padEnd(9)} ${op}${key}${stale}${write}${fault}`;
  const full = rule === undefined ? line : `${line} [${rule}]`;
  return full.length > WIDTH ? `${full.slice(0, WIDTH - 1)}…` : full;
}

/** Not longer than a screen, and with places to break lines at. */
function shortened(text: string): string {
  const short = text.length > 600 ? `${text.slice(0, 599)}…` : text;
  return short.replaceAll(/\S{72}/g, "$& ");
}
