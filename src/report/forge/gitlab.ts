import type { Severity } from "../../model/finding.js";
import type { Predicate } from "../../model/manifest.js";
import type { RenderOptions } from "../format.js";
import { visibleJson } from "../text/visible.js";
import { problemsOf } from "./problems.js";

const SEVERITY: Readonly<Record<Severity, string>> = { error: "critical", warning: "minor", info: "info" };

/** GitLab's code quality report: an array of issues with a fingerprint that stays when lines move. Waived tags are left out. */
export function checkGitlab(predicate: Predicate, options: RenderOptions): string {
  const issues = problemsOf(predicate)
    .filter((problem) => problem.excuse === null)
    .map(({ rule, message, fingerprint, severity, file, line }) => ({
      description: message,
      check_name: rule,
      fingerprint,
      severity: SEVERITY[severity],
      location: { path: `${options.below ?? ""}${file}`, lines: { begin: line } },
    }));
  const seen = new Map<string, number>();
  const unique = issues.map((issue) => {
    const count = (seen.get(issue.fingerprint) ?? 0) + 1;
    seen.set(issue.fingerprint, count);
    return count === 1 ? issue : { ...issue, fingerprint: `${issue.fingerprint}-${count}` };
  });
  return visibleJson(`${JSON.stringify(unique, null, 2)}\n`);
}
