import type { LogicAnalysis } from "../ears/logic/analyse.js";
import type { EarsStatement } from "../ears/statement.js";
import { UNREAD_REASONS } from "../ears/statement.js";
import type { StatementReading } from "../report/analysis/report.js";

/** How the parser read each statement: rebuilt from the reading, or why it was not read. */
export function parsedReadings(statements: readonly EarsStatement[]): StatementReading[] {
  return statements.map((each) => (each.status === "read" ? reading(each, each.readBack, []) : unread(each)));
}

/** What the logic analysis took each statement to say, by which rules; or what stood in the way. */
export function formalReadings(
  statements: readonly EarsStatement[],
  { formal, opaque }: Pick<LogicAnalysis, "formal" | "opaque">,
): StatementReading[] {
  const rules = new Map<EarsStatement, string[]>([
    ...formal.map((each): [EarsStatement, string[]] => [
      each.source,
      each.rules.map(({ rule, note }) => `${rule}: ${note}`),
    ]),
    ...opaque.map(({ statement, obstacles }): [EarsStatement, string[]] => [
      statement,
      obstacles.map((each) =>
        each.kind === "words"
          ? `opaque: ${each.part} ${JSON.stringify(each.opaque.text)} (${each.opaque.reason.replaceAll("-", " ")})`
          : `opaque: ${each.kind.replaceAll("-", " ")}`,
      ),
    ]),
  ]);
  return statements.map((each) =>
    each.status === "read" ? reading(each, each.readBack, rules.get(each) ?? []) : unread(each),
  );
}

function unread(each: Extract<EarsStatement, { status: "unread" }>): StatementReading {
  return reading(each, each.sentence, [`unread: ${UNREAD_REASONS[each.reason]}`]);
}

function reading({ origin, span }: EarsStatement, text: string, notes: readonly string[]): StatementReading {
  return { file: span.file, line: span.line, tag: origin.tag, text, notes };
}
