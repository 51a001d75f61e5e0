import type { Nodes } from "mdast";
import { toString as plainText } from "mdast-util-to-string";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { leavesOf, readBlocks } from "../../specs/blocks.js";
import { maskInline } from "../../specs/inline.js";
import { plainLines } from "../../specs/source.js";

/** What a link into a document can name. */
export interface Anchors {
  /** Of headings, as forges compute them, and ids of HTML. */
  ids: ReadonlySet<string>;
  /** Headings as a reader sees them. */
  headings: ReadonlySet<string>;
}

/** `id` and `name` of HTML elements; values are bounded, so the search is. */
const HTML_ID =
  /<[A-Za-z][A-Za-z0-9-]*\s(?:[^<>]{0,2000}?\s)?(?:id|name)\s*=\s*(?:"([^"<>]{1,300})"|'([^'<>]{1,300})'|([^\s"'<>]{1,300}))/gi;

const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

/** Pandoc's, kramdown's and Docusaurus's own anchor behind a heading: `# Title {#own}`. */
const OWN_ID = /\s*\{#([^\s{}]{1,300})\}\s*$/;

/** Stands for `<` where a mask of everything but HTML is wanted. */
const MARK = "\uE000";

const inline = unified().use(remarkParse).use(remarkGfm).freeze();

/** The anchors of a markdown text. Fences and comments hold none. */
export function markdownAnchors(raw: string): Anchors {
  const text = plainLines(raw);
  const ids = new Set<string>();
  const headings = new Set<string>();
  const taken = { github: new Map<string, number>(), gitlab: new Map<string, number>() };
  for (const block of readBlocks(text, frontmatterEnd(text))) {
    for (const leaf of leavesOf(block)) {
      const source = text.slice(leaf.start, leaf.end);
      if (leaf.node.type === "html") addIds(source, ids);
      else if (leaf.node.type === "paragraph" || leaf.node.type === "table") addIds(htmlOnly(source), ids);
      if (leaf.node.type !== "heading") continue;
      addIds(htmlOnly(source), ids);
      const shown = headingText(source);
      const own = OWN_ID.exec(shown);
      const title = own === null ? shown : shown.slice(0, own.index);
      if (own?.[1] !== undefined) ids.add(own[1]);
      headings.add(folded(title));
      // GitHub does not know a heading's own anchor: there it is text like any other.
      for (const slug of new Set([slugOf(title), slugOf(shown)])) {
        for (const each of [numbered(slug, taken.github), numbered(slug.replace(/-{2,}/g, "-"), taken.gitlab)]) {
          ids.add(each);
          ids.add(`user-content-${each}`);
        }
      }
    }
  }
  return { ids, headings };
}

export function htmlAnchors(text: string): Anchors {
  const ids = new Set<string>();
  addIds(text, ids);
  return { ids, headings: new Set() };
}

/** A heading's text as it is compared: without regard to case and runs of blanks. */
export function folded(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase();
}

/**
 * The anchor that GitHub gives a heading: lower case, without anything but letters, marks, digits, `_`, `-` and blanks, which
 * become `-`. GitLab's differs only in that a run of `-` is one.
 */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replace(/ /g, "-");
}

/** The second heading of one slug gets `-1`, and so on, past the ones that exist. */
function numbered(slug: string, taken: Map<string, number>): string {
  let each = slug;
  if (taken.has(slug)) {
    let count = taken.get(slug) ?? 0;
    do count += 1;
    while (taken.has(`${slug}-${count}`));
    taken.set(slug, count);
    each = `${slug}-${count}`;
  }
  taken.set(each, 0);
  return each;
}

function headingText(source: string): string {
  const [heading] = inline.parse(source).children;
  if (heading === undefined) return "";
  const kept: string[] = [];
  visit(heading, (node: Nodes) => {
    if (node.type === "text" || node.type === "inlineCode") kept.push(plainText(node));
    else if (node.type === "break") kept.push(" ");
  });
  return kept
    .join("")
    .replace(/\s*\n\s*/g, " ")
    .trim();
}

/** The raw HTML of a text: code spans do not count, which a mask of the text without its HTML tells. */
function htmlOnly(source: string): string {
  if (!source.includes("<") || !/\b(?:id|name)\s*=/i.test(source)) return "";
  const masked = maskInline(source.replace(/</g, MARK));
  return source.replace(/</g, (sign, at: number) => (masked[at] === MARK ? sign : " "));
}

function addIds(html: string, ids: Set<string>): void {
  for (const match of html.replace(COMMENT, "").matchAll(HTML_ID)) ids.add(match[1] ?? match[2] ?? match[3] ?? "");
}

function frontmatterEnd(text: string): number {
  if (!text.startsWith("---\n")) return 0;
  const end = text.indexOf("\n---\n", 3);
  return end < 0 ? 0 : end + 5;
}
