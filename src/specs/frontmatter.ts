import { parseDocument } from "yaml";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Frontmatter } from "../model/requirement.js";
import type { Source } from "./source.js";
import { spanAt } from "./source.js";

const FENCE = /^---[ \t]*$/;

export interface ReadFrontmatter {
  frontmatter: Frontmatter | null;
  /** Offset behind the closing line; 0 without frontmatter. */
  end: number;
  findings: Finding[];
}

/** The block between `---` lines at the very start of a file. A first `---` that nothing closes is no frontmatter. */
export function readFrontmatter(source: Source): ReadFrontmatter {
  const { text } = source;
  const opening = lineFrom(text, 0);
  if (!FENCE.test(opening)) return { frontmatter: null, end: 0, findings: [] };
  const bodyStart = Math.min(opening.length + 1, text.length);
  for (let at = bodyStart; at < text.length; ) {
    const line = lineFrom(text, at);
    if (FENCE.test(line)) return closedFrontmatter(source, bodyStart, at, at + line.length);
    at += line.length + 1;
  }
  return {
    frontmatter: null,
    end: 0,
    findings: [
      finding({
        code: "SPEC010",
        message: "Unexpected end of the file in its frontmatter, expected a closing `---` line",
        span: spanAt(source, 0, opening.length),
      }),
    ],
  };
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end);
}

function closedFrontmatter(source: Source, bodyStart: number, bodyEnd: number, end: number): ReadFrontmatter {
  const text = source.text.slice(bodyStart, Math.max(bodyStart, bodyEnd - 1));
  const span = spanAt(source, 0, end);
  const { entries, problem } = scalarEntries(text);
  const findings =
    problem === null
      ? []
      : [finding({ code: "SPEC010", message: `Unexpected frontmatter (${problem}), expected simple YAML`, span })];
  return { frontmatter: { span, text, entries }, end, findings };
}

/** No person's frontmatter is longer, in characters, and YAML of any length can be slow to read. */
const LONGEST = 65_536;

function scalarEntries(text: string): { entries: Record<string, string>; problem: string | null } {
  const entries: Record<string, string> = {};
  if (text.trim() === "") return { entries, problem: null };
  if (text.length > LONGEST) return { entries, problem: `longer than ${LONGEST} characters` };
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: "silent", schema: "failsafe" });
    const problem = document.errors[0];
    if (problem !== undefined) return { entries, problem: problem.message.split("\n")[0] ?? problem.code };
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (typeof value !== "object" || value === null || Array.isArray(value)) return { entries, problem: "no mapping" };
    const scalars = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { entries: Object.fromEntries(scalars), problem: null };
  } catch (cause) {
    return { entries, problem: cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : "not YAML" };
  }
}
