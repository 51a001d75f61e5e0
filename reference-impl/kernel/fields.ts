import { z } from "zod";
import { NEVER } from "./instant.js";
import type { Tags } from "./model.js";

/** The types of the protocol's fields as JSON carries them. */

/** Names of objects. Half of a surrogate pair is no text: two ids that differ only there would share a key. */
export const ID = z.string().refine((text) => !/\p{Surrogate}/u.test(text), "is no Unicode text");

/** Instants and versions: what can be counted exactly. */
export const COUNT = z
  .int()
  .nonnegative()
  .transform((value) => value + 0);

/** Durations: short enough that adding one to an instant stays exact. */
export const DURATION = COUNT.refine((value) => value <= (NEVER - 1) / 2, "is too long");

/**
 * A map of texts. It is kept as it came: zod's own record leaves a key `__proto__` out, and here it is a key like any
 * other.
 */
export const TEXTS = z.custom<Tags>(isTexts, "is no object of texts");

export const VALUE = z.object({ headers: TEXTS.exactOptional(), data: z.string().exactOptional() });

function isTexts(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === "string");
}
