import type { ManifestDefinition, ManifestFinding, ManifestVerdict, Predicate } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";
import { attributes, xml } from "../text/xml.js";

interface Case {
  name: string;
  file: string;
  line: number;
  result:
    | { kind: "pass" }
    | { kind: "skipped"; message: string }
    | { kind: "failure"; type: string; message: string; text: string };
}

/**
 * JUnit XML for dashboards that read nothing else: a suite per capability with a case per tag (verified passes, waived
 * is skipped, and so is what was there before in ratchet mode; every other verdict fails) and a suite `findings` with a failing case per finding of severity error.
 */
export function checkJunit(predicate: Predicate): string {
  const suites = [
    ...capabilitySuites(predicate),
    ...findingSuite(predicate.findings, new Set(predicate.known?.findings)),
  ];
  const all = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "spec-evidence", ...countCases(all) })}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite${attributes({ name, ...countCases(cases) })}>`,
      ...cases.map((each) => caseLine(name, each)),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Suite {
  name: string;
  cases: Case[];
}

function capabilitySuites(predicate: Predicate): Suite[] {
  const verdicts = new Map(predicate.verdicts.map((each) => [each.tag, each]));
  const reasonOf = new Map(predicate.waivers.filter((each) => each.state === "used").map((each) => [each.tag, each]));
  const known = new Set(predicate.known?.tags);
  const suites = new Map<string, Case[]>();
  for (const definition of predicate.catalog) {
    const verdict = verdicts.get(definition.tag);
    if (verdict === undefined) continue;
    const waiver = reasonOf.get(definition.tag);
    const excuse = waiver === undefined ? "waived" : `${waiver.reason} (${waiver.owner}, until ${waiver.expires})`;
    const made = known.has(definition.tag)
      ? { ...placeOf(definition), result: KNOWN }
      : tagCase(definition, verdict, excuse);
    const cases = suites.get(definition.capability);
    if (cases === undefined) suites.set(definition.capability, [made]);
    else cases.push(made);
  }
  return [...suites].sort(([a], [b]) => compareText(a, b)).map(([name, cases]) => ({ name, cases }));
}

const KNOWN = { kind: "skipped", message: "was there before: ratchet mode does not count it" } as const;

function placeOf({ tag, title, file, line }: ManifestDefinition): Omit<Case, "result"> {
  return { name: `${tag} ${title}`, file, line };
}

function tagCase(definition: ManifestDefinition, verdict: ManifestVerdict, excuse: string): Case {
  const { file, line } = definition;
  const made = placeOf(definition);
  if (verdict.verdict === "verified") return { ...made, result: { kind: "pass" } };
  if (verdict.verdict === "waived") return { ...made, result: { kind: "skipped", message: excuse } };
  const [message = verdict.verdict] = verdict.reasons;
  const text = [...verdict.reasons, `at ${file}:${line}`].join("\n");
  return { ...made, result: { kind: "failure", type: verdict.verdict, message, text } };
}

function findingSuite(findings: readonly ManifestFinding[], known: ReadonlySet<string>): Suite[] {
  const cases = findings
    .filter((each) => each.severity === "error")
    .map(({ id, code, message, span, related, suggestion }): Case => {
      const places = related.map((each) => `${each.message}: ${each.span.file}:${each.span.line}`);
      const text = [message, ...places, ...(suggestion === null ? [] : [suggestion]), `at ${span.file}:${span.line}`];
      const result = { kind: "failure" as const, type: code, message, text: text.join("\n") };
      return { name: id, file: span.file, line: span.line, result: known.has(id) ? KNOWN : result };
    });
  return cases.length === 0 ? [] : [{ name: "findings", cases }];
}

function countCases(cases: readonly Case[]): Record<string, number> {
  const count = (kind: string) => cases.filter((each) => each.result.kind === kind).length;
  return { tests: cases.length, failures: count("failure"), errors: 0, skipped: count("skipped") };
}

function caseLine(suite: string, { name, file, line, result }: Case): string {
  const open = `    <testcase${attributes({ name, classname: suite, file, line })}`;
  if (result.kind === "pass") return `${open}/>`;
  const { kind, message } = result;
  if (kind === "skipped") return `${open}><skipped${attributes({ message })}/></testcase>`;
  return `${open}><failure${attributes({ type: result.type, message })}>${xml(result.text)}</failure></testcase>`;
}
