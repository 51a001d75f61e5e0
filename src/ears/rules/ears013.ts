import type { Tag } from "../../model/tag.js";
import { firstSegment } from "../../model/tag.js";
import type { Hit } from "./rule.js";
import { earsRule, perOwner } from "./rule.js";

const LONGEST = 48;
const MOST_SEGMENTS = 7;

export const ears013 = earsRule("EARS013", {
  examples: {
    bad: [
      "### Requirement: Lid [BOX-LID]\nTHE box SHALL have a lid.\n\n#### Scenario: Rain [RAIN-LID]\nWHEN it rains, THE box SHALL close.",
      "### Requirement: Lid [BOX-LID-OF-THE-FIRST-FLOOR-OF-THE-HOUSE]\nTHE box SHALL have a lid.",
      "### Requirement: Lid [BOX-EXTRAORDINARILY-LONGWINDED-IDENTIFICATION-CODE]\nTHE box SHALL have a lid.",
    ],
    good: [
      "### Requirement: Lid [BOX-LID]\nTHE box SHALL have a lid.\n\n#### Scenario: Rain [BOX-RAIN]\nWHEN it rains, THE box SHALL close.",
      "### Requirement: Lid [LM-001]\nTHE box SHALL have a lid.",
    ],
  },
  check: perOwner(({ origin }) => (origin.tag === null ? [] : faults(origin.tag, origin.parent).map(toHit(origin)))),
});

function faults(tag: Tag, parent: Tag | null): string[] {
  const segments = tag.split("-").length;
  const found: string[] = [];
  if (tag.length > LONGEST) found.push(`Unexpected tag of ${tag.length} characters, expected at most ${LONGEST}`);
  else if (segments > MOST_SEGMENTS)
    found.push(`Unexpected tag of ${segments} segments, expected at most ${MOST_SEGMENTS}`);
  if (parent !== null && firstSegment(parent) !== firstSegment(tag)) {
    found.push(`Unexpected scenario tag ${tag} below ${parent}, expected one that begins with ${firstSegment(parent)}`);
  }
  return found;
}

function toHit(origin: { tag: Tag | null; heading: Hit["span"] }): (message: string) => Hit {
  return (message) => ({ span: origin.heading, message, tags: origin.tag === null ? [] : [origin.tag] });
}
