import type { StateDiff } from "../model/diff.js";
import type { ManifestDefinition, ManifestFinding, Predicate } from "../model/manifest.js";
import type { Definition } from "../model/reference.js";
import { compareText, lineSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { compareDefinitions, renamedTags } from "./base/definitions.js";
import { placed } from "./base/describe.js";
import { movesOfItems } from "./base/moves.js";
import { isWorse } from "./baseline.js";

/** A judged state, and where it comes from. */
export interface State extends Omit<StateDiff["before"], "gate"> {
  predicate: Predicate;
}

/** How two judged states differ; every list in an order that the states decide. */
export function diffStates(before: State, after: State): StateDiff {
  const definitions = compareDefinitions(definitionsOf(before.predicate), definitionsOf(after.predicate));
  return {
    schema: "spec-evidence/diff@1",
    before: stateOf(before),
    after: stateOf(after),
    added: definitions.added.map(placed),
    changed: definitions.changed.map((each) => ({ ...placed(each.after), before: each.before.text })),
    removed: definitions.removed.map(({ tag, title, span }) => ({ tag, title, file: span.file })),
    renamed: definitions.renamed.map(({ from, to }) => ({ ...placed(to), from: from.tag, fromTitle: from.title })),
    verdicts: verdictChanges(before.predicate, after.predicate),
    ...movesOfItems(before.predicate.items, after.predicate.items, {
      files: new Map(),
      tags: renamedTags(definitions),
    }),
    findings: {
      new: without(after.predicate, before.predicate),
      fixed: without(before.predicate, after.predicate),
    },
  };
}

function stateOf({ name, source, commit, predicate, lacking }: State): StateDiff["before"] {
  return { name, source, commit, gate: predicate.gate, ...(lacking === undefined ? {} : { lacking }) };
}

function definitionsOf({ catalog }: Predicate): Map<Tag, Definition> {
  return new Map(catalog.map((each) => [each.tag, definitionOf(each)]));
}

function definitionOf({ needs: _, file, line, column, ...definition }: ManifestDefinition): Definition {
  return { ...definition, change: null, span: lineSpan(file, line, column) };
}

function verdictChanges(before: Predicate, after: Predicate): StateDiff["verdicts"] {
  const verdictOf = new Map(before.verdicts.map(({ tag, verdict }) => [tag, verdict]));
  return after.verdicts
    .flatMap(({ tag, verdict }) => {
      const earlier = verdictOf.get(tag);
      if (earlier === undefined || earlier === verdict) return [];
      return [{ tag, before: earlier, after: verdict, isWorse: isWorse(verdict, earlier) }];
    })
    .sort((a, b) => Number(b.isWorse) - Number(a.isWorse) || compareText(a.tag, b.tag));
}

function without(all: Predicate, others: Predicate): StateDiff["findings"]["new"] {
  const known = new Set(others.findings.map(({ id }) => id));
  return all.findings.filter(({ id }) => !known.has(id)).map(findingOf);
}

function findingOf({ id, code, severity, message, span }: ManifestFinding): StateDiff["findings"]["new"][number] {
  return { id, code, severity, message, file: span.file, line: span.line };
}
