import { type Guards, guardsOf } from "../simulation/campaign/guards.js";
import type { Part } from "../simulation/campaign/plan.js";
import { rangeOf } from "../simulation/campaign/report.js";
import type { PartTally, Tally } from "../simulation/campaign/tally.js";
import { totalOf } from "../simulation/campaign/tally.js";
import { sitesOf } from "../simulation/profiles.js";
import { FAULT_SITES } from "../simulation/run.js";

const WIDTH = 78;

/** What is about to be run, by the name of its plan or null; `wordsOf`: the options that a part is run with. */
export function headOf(plan: string | null, parts: readonly Part[], wordsOf: (part: Part) => string): string[] {
  const sites = [...new Set(parts.flatMap(({ profile }) => sitesOf(profile)))];
  const faults = wrapped(`faults: ${sites.join(", ") || "none"}`, "");
  if (plan === null) return [...parts.map((part) => `seeds ${rangeOf(part)}, ${wordsOf(part)}`), ...faults];
  const seeds = parts.reduce((sum, { seeds: { first, last } }) => sum + last - first + 1, 0);
  const each = parts.map((part) => `  seeds ${rangeOf(part).padEnd(10)}${wordsOf(part)}`);
  return [`plan ${plan}, ${seeds} seeds`, ...each, ...faults];
}

/** What a campaign found, for people, in lines of at most 80 characters. `replay`: the command that replays a seed. */
export function tableOf(parts: readonly PartTally[], replay: (seed: number) => string): string {
  const total = totalOf(parts);
  const { runs, steps, operations, workflows, faults, undecided } = total;
  return [
    `${runs} runs, ${thousands(steps)} steps, ${thousands(operations)} platform operations`,
    `${workflows.ended} of ${workflows.started} workflows ended with their result`,
    "",
    "Faults that took effect",
    ...columns(FAULT_SITES.map((site) => [site, thousands(faults[site] ?? 0)])),
    "",
    ...guards(guardsOf(parts)),
    ...(undecided === 0 ? [] : wrapped(`histories that linearizability gave up on: ${undecided}`)),
    "",
    ...verdict(total, replay),
    "",
  ].join("\n");
}

function guards({ judges, unmet, argued, refuted }: Guards): string[] {
  const met = judges.length - unmet.length - argued.length;
  return [
    `Judges: ${met} of ${judges.length} had their guard met`,
    ...(unmet.length === 0 ? [] : wrapped(`never met: ${unmet.join(", ")}`)),
    ...(argued.length === 0 ? [] : wrapped(`cannot be met, as argued: ${argued.join(", ")}`)),
    ...(refuted.length === 0 ? [] : wrapped(`met, although argued not to be: ${refuted.join(", ")}`)),
  ];
}

function verdict({ broken }: Tally, replay: (seed: number) => string): string[] {
  const found = Object.entries(broken).sort(([a], [b]) => (a < b ? -1 : 1));
  if (found.length === 0) return ["No violation"];
  return [
    `${found.length} judges broken`,
    ...found.flatMap(([judge, { seed, violation }]) => [
      `  ${judge}, seed ${seed}`,
      ...wrapped(violation.message, "    "),
      `    ${replay(seed)}`,
    ]),
  ];
}

function columns(cells: readonly (readonly [string, string])[]): string[] {
  const half = Math.ceil(cells.length / 2);
  const cell = ([name, count]: readonly [string, string] = ["", ""]) => `${name.padEnd(22)}${count.padStart(12)}`;
  return Array.from({ length: half }, (_, at) => `  ${cell(cells[at])}    ${cell(cells[at + half])}`.trimEnd());
}

/** Broken between words, indented. A word that is longer than a line stands on its own. */
export function wrapped(text: string, indent = "  "): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}

/** `1234567` as `1 234 567`. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, " ");
}
