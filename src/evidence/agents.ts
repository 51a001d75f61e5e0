const START = "<!-- evidence:start -->";
const END = "<!-- evidence:end -->";

const LINES = [
  "## Requirements and evidence",
  "",
  "Requirements stand in `openspec/specs/*/spec.md`; each has a tag in brackets, such as `[BOX-ALIAS]`. `evidence` judges",
  "whether every tag has evidence that could have failed.",
  "",
  "- Before work: `npx evidence next --json` lists the gaps, most important first; `steps[].close` says what would close each.",
  "- About one tag: `npx evidence why TAG` shows its text, its verdict and every piece of its evidence.",
  '- In a vitest test: `traceSpec("TAG")` from `spec-evidence/vitest` is the first statement of the test\'s body, and the test',
  "  asserts what the requirement says. In other tests: the tag in the title, or a comment `@verifies TAG`.",
  "- A new behaviour gets its requirement first: a heading with a tag, one sentence with SHALL, a scenario with a tag.",
  "- After work: run the tests, then `npx evidence check`; exit 0 means that the gate passes. `npx evidence explain CODE`",
  "  documents a finding. Do not weaken a test, a requirement or a waiver to pass the gate.",
];

/**
 * The text of an AGENTS.md (null: there is none) with the section that tells a coding agent how to work with evidence.
 * What stands outside the two markers stays as it is. A problem instead where the markers are not one pair.
 */
export function withAgentsSection(text: string | null): { text: string } | { problem: string } {
  const newline = /\r?\n/.exec(text ?? "")?.[0] ?? "\n";
  const section = [START, ...LINES, END].join(newline);
  if (text === null || text === "") return { text: `${section}${newline}` };
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 && end < 0) {
    const gap = text.endsWith(`${newline}${newline}`) ? "" : text.endsWith("\n") ? newline : `${newline}${newline}`;
    return { text: `${text}${gap}${section}${newline}` };
  }
  const isPair = start >= 0 && end > start && text.lastIndexOf(START) === start && text.lastIndexOf(END) === end;
  if (!isPair)
    return { problem: `Unexpected markers of evidence's section, expected one "${START}" before one "${END}"` };
  return { text: `${text.slice(0, start)}${section}${text.slice(end + END.length)}` };
}
