import { checkText } from "../../src/report/check/text.js";
import type { Detail } from "../../src/report/format.js";
import type { PredicateParts } from "./predicate.js";
import { buildPredicate } from "./predicate.js";

/** The lines of `check` for a predicate, at 80 columns without colour. */
export function checkLines(parts: PredicateParts, detail: Detail = "normal"): string[] {
  const text = checkText(buildPredicate(parts), { width: 80, colour: false, detail });
  return text.split("\n").slice(0, -1);
}

/** The lines of one of its sections, without the heading; none when there is no such section. */
export function sectionOf(lines: readonly string[], title: string): string[] {
  const start = lines.findIndex((line) => line.startsWith(title));
  const end = lines.findIndex((line, index) => index > start && /^[A-Z]/.test(line));
  return start < 0 ? [] : lines.slice(start + 2, end < 0 ? undefined : end - 1);
}
