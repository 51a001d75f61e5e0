import type { Tally } from "../simulation/campaign/tally.js";
import { FAULT_SITES } from "../simulation/run.js";

const WIDTH = 78;

/** What a campaign found, for people, in lines of at most 80 characters. */
export function tableOf(tally: Tally, judges: readonly string[], replay: (seed: number) => string): string {
  const { runs, steps, operations, workflows } = tally;
  const unmet = judges.filter((judge) => (tally.met[judge] ?? 0) === 0);
  const met = judges.length - unmet.length;
  return [
    `${runs} runs, ${thousands(steps)} steps, ${thousands(operations)} platform operations`,
    `${workflows.ended} of ${workflows.started} workflows ended`,
    "",
    "Faults that took effect",
    ...columns(FAULT_SITES.map((site) => [site, thousands(tally.faults[site] ?? 0)])),
    "",
    `Judges: ${met} of ${judges.length} had their guard met`,
    ...(unmet.length === 0 ? [] : wrapped(`never met: ${unmet.join(", ")}`)),
    "",
    ...verdict(tally, replay),
    "",
  ].join("\n");
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
