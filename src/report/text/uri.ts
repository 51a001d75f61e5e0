import { withoutUnsafe } from "./visible.js";

/** The relative URI of a path; every character that means something in a URI is escaped, so a colon starts no scheme. */
export function uriOf(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(withoutUnsafe(segment)))
    .join("/");
}
