import { compactCanonicalJson } from "../../model/canonical.js";
import type { ManifestFinding, ManifestItem, Predicate } from "../../model/manifest.js";
import { uriOf } from "../text/uri.js";
import { standingOf } from "./input.js";
import { evidenceRef, findingRef, waiverRef } from "./refs.js";

type Waiver = Predicate["waivers"][number];

/** The evidence of a CycloneDX document: every item, every finding of severity error, every waiver; each once. */
export function evidenceOf({ items, findings, waivers }: Predicate): object[] {
  const all = new Map<string, object>();
  const add = (ref: string, entry: object) => {
    if (!all.has(ref)) all.set(ref, { "bom-ref": ref, ...entry });
  };
  for (const item of items) add(evidenceRef(item.id), itemEntry(item));
  for (const found of findings) if (found.severity === "error") add(findingRef(found.id), findingEntry(found));
  for (const waiver of waivers) add(waiverRef(waiver.tag, waiver.verdict), waiverEntry(waiver));
  return [...all.values()];
}

function itemEntry(item: ManifestItem): object {
  const { kind, name, outcome, location, producer, assertions, cannotFail, strength, notes } = item;
  const hollow = standingOf(item) === "hollow" ? ", and could not have failed" : "";
  const facts = { outcome, producer, assertions, cannotFail, strength, notes };
  return {
    propertyName: kind,
    description: `${name}: ${outcome}${hollow}`,
    data: [
      { name: "facts", contents: { attachment: attachment(facts) } },
      ...(location === null ? [] : [{ name: "place", contents: { url: placeOf(location) } }]),
    ],
  };
}

function findingEntry({ code, message, span, suggestion }: ManifestFinding): object {
  return {
    propertyName: "finding",
    description: `${code} ${message}`,
    data: [
      { name: "facts", contents: { attachment: attachment({ code, suggestion }) } },
      { name: "place", contents: { url: placeOf(span) } },
    ],
  };
}

/** The day of expiry is part of the waiver's facts: a manifest can hold any text there. */
function waiverEntry({ tag, verdict, reason, owner, expires, state }: Waiver): object {
  return {
    propertyName: "waiver",
    description: `${tag} may be ${verdict} until ${expires}: ${reason}`,
    author: { name: owner },
    data: [{ name: "facts", contents: { attachment: attachment({ verdict, expires, state }) } }],
  };
}

function attachment(facts: object): object {
  return { contentType: "application/json", content: compactCanonicalJson(facts) };
}

function placeOf({ file, line }: { file: string; line: number }): string {
  return `${uriOf(file)}#L${line}`;
}
