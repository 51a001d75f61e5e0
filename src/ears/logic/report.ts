import type { Finding, Situation } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import { fileSpan } from "../../model/span.js";
import type { EarsStatement } from "../statement.js";
import type { Discovery, LogicCheck, Tier } from "./discovery.js";
import { smtScript } from "./smt2.js";
import type { Case, World } from "./world.js";

/** What stands behind a finding, for reports that show more than its message. */
export interface LogicDetail {
  check: LogicCheck;
  tier: Tier;
  /** Labels of the minimal set. */
  statements: readonly string[];
  scenario: readonly string[];
  assumptions: readonly string[];
  /** What each statement was taken to say, and by which rules. */
  readings: readonly { label: string; text: string; rules: readonly string[] }[];
  /** The questions as a script for any SMT-LIB solver, with the answers expected; null when none was asked. */
  smt2: string | null;
}

export function detailOf(discovery: Discovery, { id }: Finding): LogicDetail {
  return {
    check: discovery.check,
    tier: discovery.tier,
    statements: discovery.cases.map((each) => each.formal.label),
    scenario: discovery.scenario,
    assumptions: discovery.assumptions,
    readings: discovery.cases.map(({ formal }) => ({
      label: formal.label,
      text: formal.source.readBack,
      rules: formal.rules.map(({ rule, note }) => `${rule}: ${note}`),
    })),
    smt2: discovery.questions.length === 0 ? null : smtScript(`${id}: ${discovery.message}`, discovery.questions),
  };
}

/** The finding of a discovery; what is only possible is no error. Its place is the first statement's, its id that of the texts and not of their places. */
export function findingOf(world: World, discovery: Discovery): Finding {
  const { code, message, check, tier, cases, others } = discovery;
  const [first, ...rest] = cases;
  const variable = discovery.variable === undefined ? undefined : world.lexicon.variable(discovery.variable);
  const span = first?.formal.source.span ?? variable?.span ?? fileSpan("");
  const assumed = discovery.assumptions.length === 0 ? "" : ` (assuming that ${discovery.assumptions.join("; ")})`;
  const named = [...cases, ...(check === "gap" ? [] : others)];
  const tags = [
    ...new Set(named.flatMap(({ formal }) => (formal.source.origin.tag === null ? [] : [formal.source.origin.tag]))),
  ];
  const made = finding({
    code,
    message: `${message}${assumed}`,
    span,
    tags,
    related: [...rest.map(related), ...others.map(alike)],
    subject: `${check}\n${discovery.variable ?? ""}\n${[...cases].map((each) => each.formal.key).join("\n")}`,
  });
  const severity = tier === "possible" && made.severity === "error" ? "warning" : made.severity;
  const situation = situationOf(discovery);
  return { ...made, severity, check, tier, ...(situation === null ? {} : { situation }) };
}

/** Of discoveries that have a scenario: its conditions, and what each statement of the minimal set asks for. */
function situationOf({ scenario, cases }: Discovery): Situation | null {
  if (scenario.length === 0) return null;
  const demands = cases.map(({ formal }) => {
    const { modal, response, items } = formal.source;
    const text = response?.text ?? items.map((item) => item.text).join("; ");
    return { statement: formal.label, text: `${modal.text} ${text}` };
  });
  return { conditions: [...scenario], demands };
}

function related({ formal }: Case) {
  return { span: formal.source.span, message: `${formal.label}: ${formal.source.readBack}` };
}

function alike({ formal }: Case) {
  return { span: formal.source.span, message: `concerned too: ${formal.label}: ${formal.source.readBack}` };
}

/** LOGIC009 where questions stayed open. */
export function limitFindings({ counts }: World, statements: readonly EarsStatement[]): Finding[] {
  if (counts.unknown === 0 && counts.skipped === 0) return [];
  const open = [
    ...(counts.unknown > 0 ? [`${counts.unknown} questions without an answer`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} pairs that were not compared`] : []),
  ];
  const files = statements.map((each) => each.span.file).sort();
  return [
    finding({
      code: "LOGIC009",
      message: `Unexpected ${open.join(" and ")}, expected an answer to each`,
      span: fileSpan(files[0] ?? ""),
    }),
  ];
}
