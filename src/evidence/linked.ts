import type { Reference } from "../model/reference.js";
import type { TestResult } from "../model/result.js";
import { compareText } from "../model/span.js";
import type { MatchedResult } from "./match.js";

/** Finds the Evidence links that lead to an executed test. */
export interface LinkedTests {
  /** Links of Evidence sections whose file and title are those of the result. */
  leadingTo(matched: MatchedResult): Reference[];
}

/**
 * Indexes the `Test` links of Evidence sections. A link names a file and a title; the title is the test's own, or the
 * whole one with what encloses it. A result without a file is met by its class name, as Java and Python report.
 */
export function linkedTests(links: readonly Reference[]): LinkedTests {
  const byStem = new Map<string, Reference[]>();
  for (const link of links) {
    if (link.test === null) continue;
    const stem = lastOf(withoutExtension(link.test.file));
    const known = byStem.get(stem);
    if (known === undefined) byStem.set(stem, [link]);
    else known.push(link);
  }
  return {
    leadingTo: ({ result, test }) => {
      if (byStem.size === 0) return [];
      const file = test?.file ?? result.file;
      const place = file === null ? classPath(result) : withoutExtension(file);
      const near = place === null ? undefined : byStem.get(lastOf(place));
      if (near === undefined) return [];
      const titles = titlesOf(result);
      return near.filter((link) => {
        const target = link.test;
        if (target === null || !titles.has(folded(target.name))) return false;
        const path = withoutExtension(target.file);
        return file === null ? `/${path}`.endsWith(`/${place}`) : path === place;
      });
    },
  };
}

/** The matched result with the tags of the links that lead to it. */
export function withLinks(matched: MatchedResult, links: readonly Reference[]): MatchedResult {
  if (links.length === 0) return matched;
  const tags = [...new Set([...matched.tags, ...links.map((link) => link.tag)])].sort(compareText);
  return { ...matched, tags, references: [...matched.references, ...links] };
}

function titlesOf(result: TestResult): Set<string> {
  const titles = [result.name];
  for (let from = result.suite.length - 1; from >= 0; from--) {
    const path = [...result.suite.slice(from), result.name];
    titles.push(path.join(" "), path.join(" > "));
  }
  return new Set(titles.map(folded));
}

/** Link texts come from people: blanks, quotes around the title and a trailing `()` make no other test. */
function folded(title: string): string {
  return title
    .replace(/\(\)$/u, "")
    .replace(/["'`\s]+/gu, " ")
    .trim();
}

function classPath(result: TestResult): string | null {
  if (result.className === null || result.className === "") return null;
  return result.className
    .split(/[.$/\\]|::/u)
    .filter((part) => part !== "")
    .join("/");
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/u, "");
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
