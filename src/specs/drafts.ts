import { textDigest } from "../model/digest.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type {
  Attribute,
  DeltaOperation,
  EvidenceGroup,
  Priority,
  Requirement,
  Scenario,
  Statement,
} from "../model/requirement.js";
import { isPostcondition } from "./attributes.js";
import type { Heading } from "./headings.js";
import { maskInline } from "./inline.js";
import type { Source } from "./source.js";
import { joinSpans, spanAt } from "./source.js";

/** A requirement or scenario whose blocks are still being read. */
export interface Draft {
  heading: Heading;
  /** Offset behind the last block that belongs to it. */
  end: number;
  statements: Statement[];
  attributes: Attribute[];
  evidence: EvidenceGroup[];
}

export interface RequirementDraft extends Draft {
  operation: DeltaOperation | null;
  scenarios: Draft[];
}

export function makeDraft(heading: Heading): Draft {
  return { heading, end: 0, statements: [], attributes: [], evidence: [] };
}

export function finishRequirement(
  source: Source,
  draft: RequirementDraft,
): { requirement: Requirement; findings: Finding[] } {
  const priority = priorityOf(draft.statements);
  const requirement: Requirement = {
    ...common(source, draft),
    header: draft.heading.header,
    operation: draft.operation,
    priority,
    scenarios: draft.scenarios.map((scenario) => ({ ...common(source, scenario), priority })),
  };
  return { requirement, findings: [draft, ...draft.scenarios].flatMap(emptyFindings) };
}

type Common = Omit<Scenario, "priority">;

function common(source: Source, draft: Draft): Common {
  const { heading, statements, attributes, evidence } = draft;
  const text = normativeText(heading.title, statements, attributes);
  const { tag, title, span } = heading;
  const blockSpan = joinSpans(span, spanAt(source, draft.end, draft.end));
  return { tag, title, span, blockSpan, statements, attributes, evidence, text, textDigest: textDigest(text) };
}

function normativeText(title: string, statements: readonly Statement[], attributes: readonly Attribute[]): string {
  const postconditions = attributes.filter(isPostcondition).map((attribute) => {
    const items = attribute.items.map((item) => `- ${item.text}`);
    return [`**Postcondition:** ${attribute.value}`, ...items].join("\n");
  });
  return [title, ...statements.map((statement) => statement.text), ...postconditions].join("\n\n");
}

/** The strongest modal verb, in upper case and outside code; without one a requirement binds. */
function priorityOf(statements: readonly Statement[]): Priority {
  let weakest: Priority = "must";
  for (const statement of statements) {
    if (statement.kind === "code") continue;
    const prose = maskInline(statement.text);
    if (/\b(?:SHALL|MUST)\b/.test(prose)) return "must";
    if (/\bSHOULD\b/.test(prose)) weakest = "should";
    else if (weakest === "must" && /\bMAY\b/.test(prose)) weakest = "could";
  }
  return weakest;
}

function emptyFindings(draft: Draft): Finding[] {
  if (draft.statements.length > 0 || draft.attributes.some(isPostcondition)) return [];
  const { kind, header, span, tag } = draft.heading;
  const message = `Unexpected ${kind} ${JSON.stringify(header)} without normative text, expected a sentence below its heading`;
  return [finding({ code: "SPEC006", message, span, tags: tag === null ? [] : [tag] })];
}
