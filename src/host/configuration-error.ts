import type { Span } from "../model/span.js";
import { formatSpan } from "../model/span.js";

export interface ConfigurationIssue {
  /** Null when the issue is not about a place in a file. */
  span: Span | null;
  /** "Unexpected X, expected Y". */
  message: string;
}

/** What the user asked for or configured cannot be done: the command ends with exit code 2. */
export class ConfigurationError extends Error {
  override readonly name: string = "ConfigurationError";
  readonly issues: readonly ConfigurationIssue[];

  /** The message lists every issue on its own line, each after its place. */
  constructor(problem: string | readonly ConfigurationIssue[]) {
    const issues = typeof problem === "string" ? [{ span: null, message: problem }] : problem;
    super(issues.map(({ span, message }) => (span === null ? message : `${formatSpan(span)}: ${message}`)).join("\n"));
    this.issues = issues;
  }
}
