import type { EarsStatement, ReadStatement } from "../statement.js";
import type { LintedOwner } from "./rule.js";
import { earsRule, requirementsOf } from "./rule.js";

/** Words by which a statement shows that it is about something going wrong, or about two runs being alike. */
const TROUBLE =
  /\b(?:fail|error|reject|refus|invalid|malformed|missing|absent|unknown|unreadable|damag|broken|cannot|can't|unable|deny|denied|abort|warn|timeout|exceed|conflict|duplicate|corrupt|interrupt|unavailable|without|not|no|never|only|neither|empty|skip|unsupported|expired|stale|overdue|cancel|same|identical|determinis)/iu;

export const ears009 = earsRule("EARS009", {
  examples: {
    bad: [
      "### Requirement: Upload [BOX-UPLOAD]\nWHEN a file is uploaded, THE box SHALL store the file.\n\n#### Scenario: Name [BOX-UPLOAD-NAME]\nWHEN a file is uploaded, THE box SHALL show its name.",
    ],
    good: [
      "### Requirement: Upload [BOX-UPLOAD]\nWHEN a file is uploaded, THE box SHALL store the file.\n\n#### Scenario: Full [BOX-UPLOAD-FULL]\nIF the disk is full, THEN THE box SHALL say so.",
      "### Requirement: Upload [BOX-UPLOAD]\nWHEN a file is uploaded, THE box SHALL store the file.\n\n#### Scenario: Bad name [BOX-UPLOAD-BAD]\nWHEN the name is malformed, THE box SHALL say so.",
      "### Requirement: Upload [BOX-UPLOAD]\nWHEN a file is uploaded, THE box SHALL store the file.",
      "### Requirement: Lid [BOX-LID]\nTHE box SHALL have a lid.\n\n#### Scenario: Colour [BOX-LID-RED]\nTHE lid SHALL be red.",
    ],
  },
  check: ({ documents }) =>
    documents.flatMap((file) =>
      requirementsOf(file).flatMap(({ requirement, own }) => {
        if (!isHappyOnly(own)) return [];
        const message =
          "Unexpected requirement that specifies only the wanted course, expected a scenario for what can go wrong";
        return [{ span: requirement.span, message, tags: own[0]?.tags ?? [], subject: "happy path" }];
      }),
    ),
});

/**
 * The requirement reacts to an event, its scenarios say more about it, and none of all its sentences is about trouble. One
 * without scenarios is a single rule: whether anything can go wrong there, its text does not tell.
 */
function isHappyOnly(own: readonly LintedOwner[]): boolean {
  const [requirement, ...scenarios] = own;
  if (requirement === undefined || scenarios.length === 0) return false;
  const statements = own.flatMap((each) => each.statements);
  return requirement.read.some(reactsToEvent) && !statements.some(isAboutTrouble);
}

function reactsToEvent({ clauses }: ReadStatement): boolean {
  return clauses.some((clause) => clause.keyword === "when");
}

function isAboutTrouble(statement: EarsStatement): boolean {
  if (statement.status === "unread") return true;
  const unwanted = statement.clauses.some((clause) => clause.keyword === "if");
  return (
    unwanted || statement.modal.negated || TROUBLE.test(statement.sentence) || TROUBLE.test(statement.origin.title)
  );
}
