import { withoutUnsafe } from "../text/visible.js";

/** Markup that is safe to put into a page as it is. Only `html` and `joined` make it. */
export interface Markup {
  readonly markup: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as it may stand in an element or between quotes; characters that hide or reorder what is shown are left out. */
function escapeHtml(text: string): string {
  return withoutUnsafe(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** Template whose values are escaped unless they are markup already. */
export function html(pieces: TemplateStringsArray, ...values: readonly (string | number | Markup)[]): Markup {
  const parts = values.map((value, at) => `${shown(value)}${pieces[at + 1] ?? ""}`);
  return { markup: `${pieces[0] ?? ""}${parts.join("")}` };
}

export function joined(parts: readonly Markup[], between = ""): Markup {
  return { markup: parts.map((part) => part.markup).join(between) };
}

export const NOTHING: Markup = { markup: "" };

function shown(value: string | number | Markup): string {
  return typeof value === "object" ? value.markup : escapeHtml(String(value));
}

/** A text as one part of an address. */
export function urlPart(text: string): string {
  return encodeURIComponent(withoutUnsafe(text));
}
