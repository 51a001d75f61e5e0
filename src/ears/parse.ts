import type { Requirement, Scenario, SpecDocument } from "../model/requirement.js";
import { writesCapitals } from "./assemble.js";
import type { Block, ListItem } from "./blocks.js";
import { readBlock } from "./blocks.js";
import type { Collector } from "./collect.js";
import { readBlocks } from "./collect.js";
import type { Places } from "./places.js";
import { placesOf } from "./places.js";
import type { EarsStatement, Origin } from "./statement.js";

/** The statements of one requirement or scenario. */
export interface OwnerStatements {
  origin: Origin;
  owner: Requirement | Scenario;
  /** The requirement itself, or the one a scenario belongs to. */
  requirement: Requirement;
  statements: EarsStatement[];
}

/**
 * Every statement of a specification, in order of place. `source` is the text the document was read from. Every sentence of
 * the normative text is in exactly one statement or more; what cannot be read is an unread statement with its reason.
 */
export function parseStatements(document: SpecDocument, source: string): EarsStatement[] {
  return parseOwners(document, placesOf(document.path, source)).flatMap((owner) => owner.statements);
}

/** The same by requirement and scenario, those without any text included. */
export function parseOwners(document: SpecDocument, places: Places): OwnerStatements[] {
  const owners = document.requirements.flatMap((requirement) => [
    { requirement, owner: requirement, origin: originOf(document, requirement, null) },
    ...requirement.scenarios.map((owner) => ({ requirement, owner, origin: originOf(document, owner, requirement) })),
  ]);
  const blocks = owners.map(({ owner }) => owner.statements.map((each) => readBlock(each, places)));
  const capitals = blocks.some((each) => each.some(blockWritesCapitals));
  return owners.map(({ requirement, owner, origin }, index) => {
    const collector: Collector = { origin, places, capitals, statements: [] };
    readBlocks(collector, blocks[index] ?? []);
    return { requirement, owner, origin, statements: collector.statements };
  });
}

function originOf(document: SpecDocument, owner: Requirement | Scenario, parent: Requirement | null): Origin {
  return {
    tag: owner.tag,
    kind: parent === null ? "requirement" : "scenario",
    title: owner.title,
    parent: parent?.tag ?? null,
    priority: owner.priority,
    capability: document.capability,
    change: document.change,
    heading: owner.span,
  };
}

function blockWritesCapitals(block: Block): boolean {
  if (block.kind === "paragraph") return writesCapitals(block.tokens);
  if (block.kind === "table") return block.rows.some(writesCapitals);
  return itemsWriteCapitals(block.items);
}

function itemsWriteCapitals(items: readonly ListItem[]): boolean {
  return items.some((item) => writesCapitals(item.tokens) || itemsWriteCapitals(item.children));
}
