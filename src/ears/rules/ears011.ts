import type { Span } from "../../model/span.js";
import type { Hit, LintedOwner } from "./rule.js";
import { earsRule, spanOfTokens } from "./rule.js";
import { vocabularies } from "./vocabularies.js";

const STATE =
  "### Requirement: State [BOX-STATE]\nTHE box SHALL have a lid state that is one of `open`, `shut`, `stuck`.\n\n### Requirement: Report [BOX-REPORT]\n";

export const ears011 = earsRule("EARS011", {
  examples: {
    bad: [
      `${STATE}THE box SHALL report a lid state that is one of \`open\`, \`shut\`.`,
      "### Requirement: A [BOX-A]\nTHE box SHALL give a rain level that is one of low, medium or high.\n\n### Requirement: B [BOX-B]\nTHE bell SHALL use a rain level that is one of low or high.",
      "### Requirement: A [BOX-A]\nTHE box SHALL check these values:\n\n- `env`: must be one of `prod`, `dev`\n\n### Requirement: B [BOX-B]\nWHEN `env` is one of `prod` or `test`, THE box SHALL open.",
      "### Requirement: A [BOX-A]\nTHE box SHALL give a rain level (low, medium, or high).\n\n### Requirement: B [BOX-B]\nTHE bell SHALL use the rain level (low, medium, high, or extreme).",
    ],
    good: [
      "### Requirement: A [BOX-A]\nTHE lid SHALL have a state that is one of open or shut.\n\n### Requirement: B [BOX-B]\nTHE lamp SHALL have a state that is one of on, off or open.",
      `${STATE}THE box SHALL report a lid state that is one of \`stuck\`, \`shut\`, or \`open\`.`,
      `${STATE}THE box SHALL report a lock state that is one of \`open\`, \`shut\`.`,
      "### Requirement: A [BOX-A]\nWHEN up, THE box SHALL accept `open`, `shut`, or `stuck` as legal states.\n\n### Requirement: B [BOX-B]\nWHEN down, THE box SHALL accept `open` or `shut` as legal states.",
      "### Requirement: A [BOX-A]\nTHE box SHALL list columns (name, size, age).\n\n### Requirement: B [BOX-B]\nTHE bell SHALL list columns (tone, pitch, volume).",
    ],
  },
  check: ({ documents }) => {
    const first = new Map<string, Use>();
    return documents.flatMap((file) =>
      file.owners.flatMap((owner) => usesOf(owner).flatMap((use) => compare(first, use))),
    );
  },
});

interface Use {
  key: string;
  name: string;
  values: string[];
  span: Span;
  owner: LintedOwner;
}

function usesOf(owner: LintedOwner): Use[] {
  return owner.phrases.flatMap(({ tokens }) =>
    vocabularies(tokens).map(({ name, values, from, to }) => {
      const span = spanOfTokens(owner, tokens, from, to);
      return { key: `${owner.origin.change ?? ""}\n${name}`, name, values, span, owner };
    }),
  );
}

/** Lists with little in common are of different things that happen to have one name; a bare noun such as `state` often is. */
function compare(firsts: Map<string, Use>, use: Use): Hit[] {
  const first = firsts.get(use.key);
  if (first === undefined) firsts.set(use.key, use);
  const common = first?.values.filter((value) => use.values.includes(value)).length ?? 0;
  if (first === undefined || common < (/[ `]/u.test(use.name) ? 1 : 2)) return [];
  const lacking = first.values.filter((value) => !use.values.includes(value));
  const added = use.values.filter((value) => !first.values.includes(value));
  if (lacking.length + added.length === 0) return [];
  const parts = [...lacking.map((value) => `${value} missing`), ...added.map((value) => `${value} added`)];
  const message = `Unexpected values of ${use.name} (${parts.join(", ")}), expected the same as at the other place`;
  const tags = [...new Set([...first.owner.tags, ...use.owner.tags])];
  return [{ span: use.span, message, tags, related: [{ span: first.span, message: first.values.join(", ") }] }];
}
