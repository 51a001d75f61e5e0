/**
 * Words of a pull-request comment from the facts of a run that anybody may have written: a pull request can change the
 * workflow that makes them. Only numbers and names of a known form are taken from them, never a text.
 */

const VERDICTS = ["failing", "hollow", "suspect", "missing", "waived", "verified"];
const TAG = /^[A-Z][A-Z0-9]{0,40}(?:-[A-Z0-9]{1,40}){1,12}$/;
const MOST_TAGS = 20;
const MOST_BYTES = 64 * 1024 * 1024;

/** Finds the comment of an earlier run. */
export const MARKER = "<!-- evidence: pull request -->";

/** The comment for the facts (text of `check --format json`) of a run; null when they are none. */
export function commentOf(text) {
  const facts = parse(text);
  if (facts === null) return null;
  const counts = VERDICTS.map((verdict) => [verdict, count(facts.totals?.[verdict])]);
  const tags = count(facts.totals?.tags);
  const open = list(facts.tags).filter(isOpen);
  const shown = open.slice(0, MOST_TAGS).map((each) => `- \`${each.tag}\` is ${each.verdict}`);
  const left = open.length - shown.length;
  return [
    MARKER,
    `## Evidence: ${facts.gate === "pass" ? "PASS" : "FAIL"}`,
    "",
    `${counts.find(([verdict]) => verdict === "verified")?.[1]} of ${tags} tags verified.`,
    "",
    ...counts
      .filter(([verdict, number]) => verdict !== "verified" && number > 0)
      .map(([verdict, number]) => `- ${number} ${verdict}`),
    ...(shown.length === 0 ? [] : ["", "<details><summary>Tags that need evidence</summary>", "", ...shown]),
    ...(left > 0 ? [`- and ${left} more`] : []),
    ...(shown.length === 0 ? [] : ["", "</details>"]),
    "",
    "The job's summary and the report among its artifacts show the rest.",
    "",
  ].join("\n");
}

function parse(text) {
  if (typeof text !== "string" || text.length > MOST_BYTES) return null;
  try {
    const facts = JSON.parse(text);
    const isOurs = facts?.schema === "spec-evidence/check@1" && (facts.gate === "pass" || facts.gate === "fail");
    return isOurs ? facts : null;
  } catch {
    return null;
  }
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

function count(value) {
  return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function isOpen(each) {
  if (typeof each?.tag !== "string" || !TAG.test(each.tag)) return false;
  return VERDICTS.includes(each.verdict) && each.verdict !== "verified" && each.verdict !== "waived";
}
