import type { Outcome } from "../../model/evidence.js";
import type { ExamplesReport } from "../../model/examples-report.js";
import { writeFindings } from "../check/findings.js";
import { counted } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import type { Style } from "../text/page.js";
import { Page } from "../text/page.js";
import type { Cell } from "../text/table.js";
import { writeTable } from "../text/table.js";

type Shown = ExamplesReport["examples"][number];

/** The answer, a row per specification, the findings; `verbose` adds every example with what it printed. */
export function examplesText(report: ExamplesReport, options: RenderOptions): string {
  const page = new Page(options);
  const [style, answer, sentence] = answerOf(report);
  page.text([[style, answer], `  ${sentence}`], { hang: answer.length + 2 });
  if (options.detail === "quiet") return page.toString();
  if (report.examples.length > 0) {
    page.blank();
    writeSpecifications(page, report);
  }
  if (options.detail === "verbose") writeExamples(page, report.examples);
  writeFindings(page, report.findings, options.detail === "verbose");
  const notes = report.findings.filter(({ severity }) => severity === "info");
  if (options.detail !== "verbose") {
    page.blank();
    for (const { message } of notes) page.text([["faint", message]]);
  }
  return page.toString();
}

function answerOf({ facts, findings }: ExamplesReport): [Style, string, string] {
  const { examples, run, passed, failed, errors, assertions } = facts;
  const all = counted(examples, "example");
  if (examples === 0) return ["faint", "NONE", "no example in an Evidence section"];
  if (run === 0) return ["doubtful", "NOT RUN", all];
  const bad = failed + errors > 0 || findings.some(({ severity }) => severity === "error");
  const sums = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(errors > 0 ? [`${errors} in error`] : []),
  ];
  const rest = run < examples ? `, ${examples - run} not run` : "";
  return [
    bad ? "bad" : "good",
    bad ? "FAIL" : "PASS",
    `${all}: ${sums.join(", ")}${rest}; ${counted(assertions, "expectation")} evaluated`,
  ];
}

const COLUMNS: readonly { heading: string; outcomes: readonly Outcome[]; style: Style }[] = [
  { heading: "passed", outcomes: ["pass"], style: "good" },
  { heading: "failed", outcomes: ["fail"], style: "bad" },
  { heading: "error", outcomes: ["error"], style: "bad" },
  { heading: "not run", outcomes: ["inconclusive", "skipped"], style: "doubtful" },
];

function writeSpecifications(page: Page, { examples }: ExamplesReport): void {
  const used = COLUMNS.filter(({ outcomes }) => examples.some(({ outcome }) => outcomes.includes(outcome)));
  const row = (name: string, own: readonly Shown[]): Cell[] => [
    { text: name },
    { text: String(own.length) },
    ...used.map(({ outcomes, style }): Cell => {
      const count = own.filter(({ outcome }) => outcomes.includes(outcome)).length;
      return count === 0 ? { text: "", style: "faint" } : { text: String(count), style };
    }),
  ];
  const files = [...new Set(examples.map(({ file }) => file))];
  writeTable(page, {
    headings: ["specification", "examples", ...used.map(({ heading }) => heading)],
    rows: files.map((file) =>
      row(
        file,
        examples.filter((each) => each.file === file),
      ),
    ),
    totals: row("total", examples),
  });
}

const STYLES: Readonly<Record<Outcome, Style>> = {
  pass: "good",
  fail: "bad",
  error: "bad",
  skipped: "doubtful",
  inconclusive: "doubtful",
};

function writeExamples(page: Page, examples: readonly Shown[]): void {
  page.heading(`Examples (${examples.length})`);
  for (const each of examples) {
    page.place(each.file, each.line, 2);
    const asserted = each.assertions === null ? "" : `, ${counted(each.assertions, "expectation")} evaluated`;
    page.text([[STYLES[each.outcome], each.outcome], `  ${each.name}${asserted}`], { indent: 4 });
    const reasons = each.cannotFail === null ? each.notes : [`no evidence: ${each.cannotFail}`, ...each.notes];
    for (const note of reasons) page.text([["faint", note]], { indent: 6 });
    if (each.output === "") continue;
    page.line([["faint", "printed:"]], 6);
    for (const line of each.output.trimEnd().split("\n").slice(0, 20)) page.line([["faint", line]], 8);
  }
}
