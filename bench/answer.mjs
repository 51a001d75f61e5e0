import { readFileSync } from "node:fs";

/**
 * What is wrong with an output of `check --format json` on a generated repository; empty when it is right.
 *
 * @param {string} file
 * @param {number} exitCode
 * @param {{ totals: Record<string, number>, unknown: number }} expected
 * @returns {string[]}
 */
export function wrongAnswer(file, exitCode, expected) {
  const answer = JSON.parse(readFileSync(file, "utf8"));
  const wrong = [];
  const compare = (name, actual, right) => {
    if (actual !== right) wrong.push(`${name} ${JSON.stringify(actual)}, expected ${JSON.stringify(right)}`);
  };
  compare("exit code", exitCode, 1);
  compare("gate", answer.gate, "fail");
  for (const [name, right] of Object.entries(expected.totals)) compare(name, answer.totals[name], right);
  compare("tags listed", answer.tags.length, expected.totals.tags);
  const codes = new Map();
  for (const { code } of answer.findings) codes.set(code, (codes.get(code) ?? 0) + 1);
  compare("unknown references (TAG004)", codes.get("TAG004") ?? 0, expected.unknown);
  codes.delete("TAG004");
  for (const [code, count] of codes) compare(`findings ${code}`, count, 0);
  return wrong;
}
