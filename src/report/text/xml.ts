import { withoutUnsafe } from "./visible.js";

/** What XML 1.0 cannot hold even escaped, beyond what is unsafe anyway. */
const NO_XML = /[\uFFFE\uFFFF]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** A text from outside for an attribute or an element of XML 1.0; characters XML cannot hold are left out. */
export function xml(text: string): string {
  return withoutUnsafe(text)
    .replace(NO_XML, "")
    .replace(/[&<>"'\n\t]/g, (character) => ENTITIES[character] ?? "");
}

/** ` name="value"` for each member that is neither null nor undefined, in the order given. */
export function attributes(members: Readonly<Record<string, string | number | null | undefined>>): string {
  return Object.entries(members)
    .map(([name, value]) => (value === null || value === undefined ? "" : ` ${name}="${xml(String(value))}"`))
    .join("");
}
