import { textDigest } from "../../src/model/digest.js";
import type { Requirement, Scenario, SpecDocument } from "../../src/model/requirement.js";
import { lineSpan } from "../../src/model/span.js";
import type { Tag } from "../../src/model/tag.js";

interface ScenarioInput {
  tag: Tag | null;
  line: number;
  text?: string;
}

interface RequirementInput extends ScenarioInput {
  title?: string;
  scenarios?: ScenarioInput[];
}

interface DocumentInput {
  path: string;
  change?: string;
  requirements?: RequirementInput[];
  renames?: { from: Tag; to: Tag; line: number }[];
  mentions?: { tag: Tag; line: number }[];
}

/** A specification document with only what a test names. */
export function specDocument({
  path,
  change,
  requirements = [],
  renames = [],
  mentions = [],
}: DocumentInput): SpecDocument {
  const scenario = ({ tag, line, text = "WHEN x, THE box SHALL y." }: ScenarioInput): Scenario => {
    const span = lineSpan(path, line);
    const common = { statements: [], attributes: [], evidence: [] };
    return {
      tag,
      title: `Title ${tag}`,
      span,
      blockSpan: span,
      priority: "must",
      ...common,
      text,
      textDigest: textDigest(text),
    };
  };
  const requirement = (input: RequirementInput): Requirement => {
    const title = input.title ?? `Title ${input.tag}`;
    return {
      ...scenario({ text: "THE box SHALL x.", ...input }),
      title,
      header: `${title} [${input.tag}]`,
      operation: change === undefined ? null : "modified",
      scenarios: (input.scenarios ?? []).map(scenario),
    };
  };
  return {
    path,
    capability: path.split("/").at(-2) ?? "",
    kind: change === undefined ? "main" : "delta",
    change: change ?? null,
    digest: "",
    frontmatter: null,
    title: null,
    purpose: null,
    requirements: requirements.map(requirement),
    removals: [],
    renames: renames.map(({ from, to, line }) => ({
      from: { header: `Old [${from}]`, tag: from },
      to: { header: `New name [${to}]`, tag: to },
      span: lineSpan(path, line),
    })),
    alloyBlocks: [],
    mentions: mentions.map(({ tag, line }) => ({ tag, span: lineSpan(path, line), within: null })),
    links: [],
  };
}
