import type { TitlePattern } from "../model/title-pattern.js";
import { fits, isMethod, templatePattern } from "../model/title-pattern.js";
import type { DisplayNames } from "./display-names.js";
import type { OutlineNode } from "./outline.js";

/** Beyond this, templates of one class are told apart by nothing. It keeps the work linear in the file. */
const MOST_TEMPLATES = 64;

/**
 * What reports may call the declared tests in place of their names, where it tells them from every other test of their
 * class. Only declared tests are known where results are matched, so that the result of another one would count for them.
 *
 * @param nodes all tests and suites of the file.
 * @param declared those with references: they are told apart where results are matched, if it is known what they show.
 */
export function tellingNames(
  nodes: readonly OutlineNode[],
  declared: { has(node: OutlineNode): boolean },
): Map<OutlineNode, Pick<DisplayNames, "title" | "template">> {
  const telling = new Map<OutlineNode, Pick<DisplayNames, "title" | "template">>();
  for (const tests of classesOf(nodes)) {
    const named = tests.filter((each) => declared.has(each) && isNamed(each));
    if (named.length === 0) continue;
    const others = tests.filter((each) => !declared.has(each));
    const titles = new Set(others.flatMap(({ shown }) => [shown?.title, shown?.template]));
    const templates = tellingTemplates(named, others, tests);
    for (const node of named) {
      const { title } = node.shown ?? {};
      const template = templates.has(node) ? node.shown?.template : undefined;
      telling.set(node, {
        ...(title === undefined || titles.has(title) ? {} : { title }),
        ...(template === undefined ? {} : { template }),
      });
    }
  }
  return telling;
}

function isNamed({ shown }: OutlineNode): boolean {
  return shown?.title !== undefined || shown?.template !== undefined;
}

/** The tests of each class or other suite, without those of suites in it. */
function classesOf(nodes: readonly OutlineNode[]): Iterable<OutlineNode[]> {
  const classes = new Map<OutlineNode | null, OutlineNode[]>();
  for (const node of nodes) {
    if (node.kind !== "test") continue;
    const known = classes.get(node.parent);
    if (known === undefined) classes.set(node.parent, [node]);
    else known.push(node);
  }
  return classes.values();
}

function tellingTemplates(
  named: readonly OutlineNode[],
  others: readonly OutlineNode[],
  tests: readonly OutlineNode[],
): ReadonlySet<OutlineNode> {
  const templated = named.filter((each) => each.shown?.template !== undefined);
  if (templated.length === 0 || templated.length > MOST_TEMPLATES) return new Set();
  if (tests.some((each) => each.shown?.anything === true)) return new Set();
  return new Set(
    templated.filter((node) => {
      const pattern = templatePattern(node.shown?.template ?? "");
      return pattern !== null && !others.some((other) => couldShow(other, pattern));
    }),
  );
}

/** Whether what a test is called in reports may fit a pattern. Runners write its name with or without parentheses. */
function couldShow({ name, shown }: OutlineNode, pattern: TitlePattern): boolean {
  if (shown?.template !== undefined)
    return overlap(templatePattern(shown.template) ?? literal(shown.template), pattern);
  if (shown?.title !== undefined) return fits(shown.title, pattern);
  return [name, `${name}()`, name.replaceAll("_", " ")].some((each) => !isMethod(each) && fits(each, pattern));
}

function literal(text: string): TitlePattern {
  return { first: text, middle: [], last: text };
}

/** Whether the beginnings and the ends of two patterns go together; what stands between them may be any value. */
function overlap(a: TitlePattern, b: TitlePattern): boolean {
  const starts = a.first.startsWith(b.first) || b.first.startsWith(a.first);
  return starts && (a.last.endsWith(b.last) || b.last.endsWith(a.last));
}
