import type { Span } from "../../model/span.js";
import type { Token } from "../token.js";
import { nearest } from "./neighbours.js";
import type { Hit, LintedDocument, LintedOwner } from "./rule.js";
import { earsRule } from "./rule.js";

export const ears012 = earsRule("EARS012", {
  examples: {
    bad: [
      "### Requirement: Open [BOX-OPEN]\nTHE control unit SHALL open the lid.\n\n### Requirement: Shut [BOX-SHUT]\nTHE controll unit SHALL shut the lid.",
      "### Requirement: A [BOX-A]\nTHE rain-box SHALL open.\n\n### Requirement: B [BOX-B]\nTHE rain box SHALL shut.",
      "### Requirement: A [BOX-A]\nTHE rain box SHALL open. THE rain box SHALL ring. THE rain box SHALL beep.\n\n### Requirement: B [BOX-B]\nTHE box SHALL shut.",
      "THE box SHALL use the sub-command.\n\nTHE box SHALL use the subcommand.",
      "THE box SHALL raise `ConsistencyError` or `ConsistencyError`, or `ConsistencyError`, or `ConsistancyError`.",
    ],
    good: [
      "### Requirement: A [BOX-A]\nTHE control unit SHALL open the lid.\n\n### Requirement: B [BOX-B]\nTHE remote unit SHALL shut the lid.",
      "### Requirement: A [BOX-A]\nTHE rain-box CLI SHALL open.\n\n### Requirement: B [BOX-B]\nTHE rain-box adapter SHALL shut.",
      "### Requirement: A [BOX-A]\nTHE text report SHALL open.\n\n### Requirement: B [BOX-B]\nTHE next report SHALL shut.",
      "### Requirement: A [BOX-A]\nTHE pump A SHALL open.\n\n### Requirement: B [BOX-B]\nTHE pump B SHALL shut.",
      "THE box SHALL write `report_1.md`, `report_1.md`, `report_1.md` and `report_2.md`.",
      "THE box SHALL write `TagSpecifications`, `TagSpecifications`, `TagSpecifications` or a `TagSpecification`.",
      "WHEN `ConsistencyError` comes, THE box SHALL close, SHALL ring, and SHALL log `ConsistancyError`.",
      "THE box SHALL write `section10`, `section10`, `section10` and `section20`.",
      "THE rain tool SHALL open. THE rain tool SHALL ring. THE snow tool SHALL open. THE snow tool SHALL ring. THE snow tool SHALL beep.\n\nTHE tool SHALL shut.",
      "THE box SHALL use stale-lock recovery for a stale lock.",
    ],
  },
  check: ({ documents }) => {
    const systems = documents.map(systemsOf);
    return [
      ...nearSystems(merged(systems)),
      ...systems.flatMap(shortenedSystems),
      ...nearCode(documents),
      ...hyphenated(documents),
    ];
  },
});

/** A name with its places; the first of them is shown. */
interface Term {
  text: string;
  count: number;
  span: Span;
  owner: LintedOwner;
}

function count(terms: Map<string, Term>, key: string, text: string, owner: LintedOwner, span: () => Span): void {
  const known = terms.get(key);
  if (known === undefined) terms.set(key, { text, count: 1, span: span(), owner });
  else known.count++;
}

function same(one: Term, other: Term): Hit {
  const [rare, frequent] = one.count < other.count ? [one, other] : [other, one];
  const message = `Unexpected “${rare.text}” beside “${frequent.text}”, expected one name if they are the same`;
  const related = [{ span: frequent.span, message: `${frequent.text}, ${frequent.count} times` }];
  return { span: rare.span, message, tags: rare.owner.tags, related };
}

function systemsOf(file: LintedDocument): Map<string, Term> {
  const systems = new Map<string, Term>();
  for (const owner of file.owners) {
    for (const { system } of owner.read) {
      if (system === null || system.article === null || system.tokens.length > 6) continue;
      count(systems, system.text.toLowerCase(), system.text, owner, () => system.span);
    }
  }
  return systems;
}

function merged(all: readonly ReadonlyMap<string, Term>[]): Map<string, Term> {
  const terms = new Map<string, Term>();
  for (const [key, term] of all.flatMap((systems) => [...systems])) {
    const known = terms.get(key);
    terms.set(key, known === undefined ? term : { ...known, count: known.count + term.count });
  }
  return terms;
}

function joinedName(name: string): string {
  return name.replace(/[\s-]/gu, "").replace(/s$/u, "");
}

/** Systems that differ by a hyphen, a blank, a plural or one letter. */
function nearSystems(systems: ReadonlyMap<string, Term>): Hit[] {
  const hits: Hit[] = [];
  const plain = new Map<string, Term>();
  for (const [key, term] of systems) {
    const joined = joinedName(key);
    const twin = plain.get(joined);
    if (twin === undefined) plain.set(joined, term);
    else hits.push(same(term, twin));
  }
  const names = [...systems.keys()].filter((key) => key.length > 5);
  const reported = new Set<string>();
  for (const [name, near] of nearest(names, names)) {
    const [one, other] = [systems.get(name), systems.get(near)];
    if (one === undefined || other === undefined || reported.has(name) || joinedName(name) === joinedName(near))
      continue;
    reported.add(near);
    hits.push(same(one, other));
  }
  return hits;
}

/** `the tool` in a file that otherwise speaks of one `… tool` only. */
function shortenedSystems(systems: ReadonlyMap<string, Term>): Hit[] {
  const longer = new Map<string, { term: Term; several: boolean }>();
  for (const [key, term] of systems) {
    for (let blank = key.indexOf(" "); blank >= 0; blank = key.indexOf(" ", blank + 1)) {
      longer.set(key.slice(blank + 1), { term, several: longer.has(key.slice(blank + 1)) });
    }
  }
  return [...systems].flatMap(([key, term]) => {
    const only = longer.get(key);
    return only !== undefined && !only.several && term.count * 2 < only.term.count ? [same(term, only.term)] : [];
  });
}

const IDENTIFIER = /^`[A-Za-z_][\w.-]{7,}`$/u;

/** Identifiers in code, of which one stands once and the other often. */
function nearCode(documents: readonly LintedDocument[]): Hit[] {
  const codes = countTokens(documents, (token) => token.kind === "code" && IDENTIFIER.test(token.text));
  const frequent = [...codes].filter(([, term]) => term.count >= 3).map(([key]) => key);
  const rare = [...codes].filter(([, term]) => term.count === 1).map(([key]) => key);
  const plural = (one: string, other: string) =>
    `${one.slice(0, -1)}s\`` === other || `${other.slice(0, -1)}s\`` === one;
  return [...nearest(frequent, rare)].flatMap(([one, other]) => {
    const [first, second] = [codes.get(one), codes.get(other)];
    return first === undefined || second === undefined || plural(one, other) ? [] : [same(first, second)];
  });
}

/** A word that stands once with a hyphen and once without. */
function hyphenated(documents: readonly LintedDocument[]): Hit[] {
  const words = countTokens(documents, (token) => token.kind === "word" && token.lower.length > 5);
  return [...words].flatMap(([key, term]) => {
    if (!/^[a-z]+(?:-[a-z]+)+$/u.test(key)) return [];
    const joined = words.get(key.replace(/-/gu, ""));
    return joined === undefined ? [] : [same(term, joined)];
  });
}

function countTokens(documents: readonly LintedDocument[], counts: (token: Token) => boolean): Map<string, Term> {
  const terms = new Map<string, Term>();
  for (const file of documents) {
    for (const owner of file.owners) {
      for (const { tokens } of owner.phrases) {
        for (const token of tokens) {
          if (counts(token)) count(terms, token.lower, token.text, owner, () => file.span(token.start, token.end));
        }
      }
    }
  }
  return terms;
}
