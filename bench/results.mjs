/**
 * JUnit XML of some cases in one runner's manner.
 *
 * @param {"vitest" | "surefire" | "pytest" | "jest"} dialect
 * @param {{ suite: string, file: string, cases: { name: string, outcome: string, seconds: string }[] }[]} suites
 * @returns {string}
 */
export function junitText(dialect, suites) {
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites name="${dialect} tests" ${counts(suites)}>\n`,
  ];
  for (const each of suites) {
    const name = dialect === "vitest" ? each.file : each.suite;
    parts.push(`<testsuite name="${escapeXml(name)}" ${counts([each])} time="1.25">\n`);
    for (const one of each.cases) parts.push(caseText(dialect, each, one));
    parts.push("</testsuite>\n");
  }
  parts.push("</testsuites>\n");
  return parts.join("");
}

function caseText(dialect, { suite, file }, { name, outcome, seconds }) {
  const whole = `${suite} ${name}`;
  const [className, title] =
    dialect === "vitest" ? [file, `${suite} > ${name}`] : dialect === "jest" ? [whole, whole] : [suite, name];
  const place = dialect === "pytest" ? ` file="${escapeXml(file)}"` : "";
  const open = `<testcase classname="${escapeXml(className)}" name="${escapeXml(title)}"${place} time="${seconds}"`;
  if (outcome === "pass") return `${open}/>\n`;
  const body =
    outcome === "skipped"
      ? "<skipped/>"
      : '<failure message="expected 3, got 4" type="AssertionError">expected 3, got 4\n    at gather (part.ts:12:7)</failure>';
  return `${open}>${body}</testcase>\n`;
}

function counts(suites) {
  const all = suites.flatMap((each) => each.cases);
  const having = (outcome) => all.filter((each) => each.outcome === outcome).length;
  return `tests="${all.length}" failures="${having("fail")}" errors="0" skipped="${having("skipped")}"`;
}

function escapeXml(text) {
  return text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);
}
