import type { Requirement, Scenario, SpecDocument } from "../model/requirement.js";
import { writesCapitals } from "./assemble.js";
import type { Block, ListItem } from "./blocks.js";
import { readBlock } from "./blocks.js";
import type { Collector } from "./collect.js";
import { readBlocks } from "./collect.js";
import { placesOf } from "./places.js";
import type { EarsStatement, Origin } from "./statement.js";

/**
 * Every statement of a specification, in order of place. `source` is the text the document was read from. Every sentence of
 * the normative text is in exactly one statement or more; what cannot be read is an unread statement with its reason.
 */
export function parseStatements(document: SpecDocument, source: string): EarsStatement[] {
  const places = placesOf(document.path, source);
  const owners = document.requirements.flatMap((requirement) => [
    {
      origin: originOf(document, requirement, null),
      blocks: requirement.statements.map((each) => readBlock(each, places)),
    },
    ...requirement.scenarios.map((scenario) => ({
      origin: originOf(document, scenario, requirement),
      blocks: scenario.statements.map((each) => readBlock(each, places)),
    })),
  ]);
  const capitals = owners.some(({ blocks }) => blocks.some(blockWritesCapitals));
  return owners.flatMap(({ origin, blocks }) => {
    const collector: Collector = { origin, places, capitals, statements: [] };
    readBlocks(collector, blocks);
    return collector.statements;
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
