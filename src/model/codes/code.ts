/** What is said about a finding code: shown by `evidence explain`, written to docs/findings.md. */
export interface CodeDoc {
  severity: "error" | "warning" | "info";
  /** A short noun phrase. */
  title: string;
  /** What it means, why it matters. One or a few plain paragraphs. */
  explanation: string;
  /** What to do about it. */
  remedy: string;
  /** A small input that gives the finding, where one helps. */
  example?: string;
}

/** Checks the table's shape while keeping its keys as a closed union. */
export function codes<K extends string>(table: Record<K, CodeDoc>): Record<K, CodeDoc> {
  return table;
}
