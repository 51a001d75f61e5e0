import { z } from "zod";
import { canonicalJson } from "../kernel/canonical.js";
import { decodeDocument, encodeDocument } from "../kernel/codec.js";
import { COUNT } from "../kernel/fields.js";
import type { Response } from "../kernel/request.js";
import { SCHEMA, type Stored } from "./stored.js";

const RESPONSE = z.custom<Response>(isResponse, "is no response");

const STORED = z.object({
  schema: z.literal(SCHEMA),
  kind: z.enum(["origin", "schedule"]),
  subject: z.string(),
  document: z.string(),
  hw: COUNT,
  armedAt: COUNT.nullable(),
  cursor: COUNT,
  turns: z.array(z.object({ turn: z.string(), at: COUNT, response: RESPONSE })),
  intent: z.object({ at: COUNT, promise: z.string() }).nullable(),
  stalled: COUNT,
  previous: z.object({ revision: COUNT, digest: z.string() }),
});

/** The text that a real platform stores: canonical JSON, so that documents that hold the same have the same text. */
export function encodeStored({ document, ...rest }: Stored): string {
  const text = canonicalJson(rest);
  // The document's text is put in as it is: encoded as a text within a text it would be longer than it weighs.
  return `{"document":${encodeDocument(document)},${text.slice(1)}`;
}

/**
 * The document of a text that `encodeStored` made. Throws a SyntaxError for a text that is no JSON, and a TypeError for one
 * that is no document, or one of a form that this version does not know.
 */
export function decodeStored(text: string): Stored {
  const raw: unknown = JSON.parse(text);
  if (typeof raw !== "object" || raw === null || !("document" in raw)) throw new TypeError("no stored document");
  const parsed = STORED.safeParse({ ...raw, document: JSON.stringify(raw.document) });
  if (!parsed.success) throw new TypeError(`no stored document: ${parsed.error.message}`);
  return { ...parsed.data, document: decodeDocument(parsed.data.document) };
}

/** Answers are only ever repeated as they were given, so their data is not looked into. */
function isResponse(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { kind, status, data } = value as { kind?: unknown; status?: unknown; data?: unknown };
  const isData = typeof data === "string" || (typeof data === "object" && data !== null);
  return typeof kind === "string" && typeof status === "number" && isData;
}
