import type { Span } from "./span.js";
import type { Tag } from "./tag.js";

/** A link of a specification file as it stands there. Whether it holds is judged elsewhere. */
export interface SpecLink {
  /** Where it stands: in an Evidence section, behind `**References:**`, or anywhere else. */
  role: "evidence" | "references" | "prose";
  /**
   * `inline` `[text](url)`, `reference` `[text][label]`, `image` `![text](url)`, `autolink` `<scheme:…>`, `definition` a
   * `[label]: url` that no link uses, `html` the address of an `<a>` or `<img>`, `code` a path in a code span behind `**References:**`, `unreadable` text that was
   * meant as a link and is none for markdown.
   */
  form: "inline" | "reference" | "image" | "autolink" | "definition" | "html" | "code" | "unreadable";
  /** Link text as written; empty for forms without one. */
  text: string;
  /** Target with markdown's backslash escapes and character references resolved, otherwise as written. */
  url: string;
  /** Tag of the requirement or scenario whose section holds it; null outside one. */
  owner: Tag | null;
  span: Span;
  /** Of the link text; null for forms without one. */
  textSpan: Span | null;
  /** Of the target, without angle brackets; for a `reference` it stands in the definition. */
  urlSpan: Span;
}
