import { canonicalJson } from "../../model/canonical.js";
import { sha256 } from "../../model/digest.js";
import type { Manifest, ManifestDefinition, Predicate } from "../../model/manifest.js";
import { visibleJson } from "../text/visible.js";
import { declarationsOf } from "./declarations.js";
import type { ManifestText } from "./input.js";
import { requirementRef } from "./refs.js";

/**
 * A CycloneDX 1.6 document (ECMA-424) whose declarations say which requirement is claimed on what evidence, what speaks
 * against it, and whether it conforms. The serial number and all references follow from the manifest.
 * Schema: https://cyclonedx.org/schema/bom-1.6.schema.json
 */
export function cyclonedxJson({ manifest, digest }: ManifestText): string {
  const { predicate } = manifest;
  return visibleJson(
    canonicalJson({
      $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      serialNumber: `urn:uuid:${uuidOf(digest)}`,
      version: 1,
      metadata: {
        tools: { components: [{ type: "application", name: predicate.tool.name, version: predicate.tool.version }] },
        properties: [
          { name: "spec-evidence:manifest:sha256", value: digest },
          { name: "spec-evidence:gate", value: predicate.gate },
          { name: "spec-evidence:mode", value: predicate.mode },
        ],
      },
      definitions: { standards: standardsOf(manifest) },
      declarations: declarationsOf(predicate),
    }),
  );
}

/** A UUID of version 8 (RFC 9562, 5.8) from the first bits of a SHA-256. */
function uuidOf(digest: string): string {
  const hex = sha256(`spec-evidence cyclonedx ${digest}`);
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** One per specification file. */
function standardsOf({ predicate, subject }: Manifest): object[] {
  const versions = new Map(subject.map(({ name, digest }) => [name, digest.sha256]));
  const tags = new Set(predicate.catalog.map(({ tag }) => tag));
  return [...byFile(predicate)].map(([file, definitions]) => {
    const version = versions.get(file);
    return {
      "bom-ref": `standard:${sha256(file)}`,
      name: definitions[0]?.capability ?? "",
      description: file,
      ...(version === undefined ? {} : { version: `sha256:${version}` }),
      requirements: definitions.map((definition) => requirementOf(definition, tags)),
    };
  });
}

function byFile({ catalog }: Predicate): Map<string, ManifestDefinition[]> {
  const files = new Map<string, ManifestDefinition[]>();
  for (const definition of catalog) {
    const known = files.get(definition.file);
    if (known === undefined) files.set(definition.file, [definition]);
    else known.push(definition);
  }
  return files;
}

function requirementOf(definition: ManifestDefinition, tags: ReadonlySet<string>): object {
  const { tag, title, text, parent, priority, kind } = definition;
  return {
    "bom-ref": requirementRef(tag),
    identifier: tag,
    title,
    text,
    ...(parent !== null && tags.has(parent) ? { parent: requirementRef(parent) } : {}),
    properties: [
      { name: "spec-evidence:kind", value: kind },
      { name: "spec-evidence:priority", value: priority },
    ],
  };
}
