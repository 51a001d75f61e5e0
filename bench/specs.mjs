import { seeded } from "./random.mjs";

const ACTORS = ["an operator", "a customer", "the scheduler", "a second client", "an auditor", "the nightly job"];
const TRIGGERS = [
  "asks for over {n} entries",
  "repeats a request within {n} s",
  "opens session number {n}",
  "names a value outside 1 to {n}",
  "has waited for {n} ms",
  "shows a token {n} minutes old",
];
const RESPONSES = [
  "answer within {n} ms and record who asked",
  "refuse it and name the limit of {n}",
  "keep the earlier value and count the attempt",
  "write to the journal before it answers",
  "release the lease and wake {n} clients",
  "give the same answer as the first time",
];
const REASONS = [
  "The journal is read by the billing run, so a gap in it is worse than a late entry.",
  "Clients retry without waiting; the second answer has to be the first one.",
  "An operator reads this value on call and must not have to convert it.",
];

/**
 * The specification file of one capability, in OpenSpec's form with EARS sentences.
 *
 * @param {number} seed
 * @param {{ name: string, subject: string, requirements: object[] }} capability as `makeCatalog` gives it
 * @returns {string} markdown
 */
export function specText(seed, capability) {
  const random = seeded(seed, capability.name);
  const fill = (templates) => random.pick(templates).replace("{n}", String(random.between(2, 900)));
  const when = () => `${random.pick(ACTORS)} ${fill(TRIGGERS)}`;
  const then = () => fill(RESPONSES);
  const parts = [`## Purpose\n\nSay what the ${capability.subject} owes to those who call it.\n\n## Requirements\n`];
  for (const requirement of capability.requirements) {
    const modal = random.chance(0.05) ? "SHOULD" : "SHALL";
    const title = phrase(requirement);
    parts.push(`### Requirement: ${title} [${requirement.tag}]`);
    parts.push(`WHEN ${when()}, THE ${capability.subject} ${modal} ${then()}.\n`);
    if (random.chance(0.1)) parts.push(`${random.pick(REASONS)}\n`);
    if (random.chance(0.05)) parts.push(`See also [${random.pick(capability.requirements).tag}].\n`);
    for (const scenario of requirement.scenarios) {
      parts.push(`#### Scenario: ${title}, ${scenario.label.toLowerCase()} [${scenario.tag}]`);
      parts.push(
        random.chance(0.5)
          ? `WHEN ${when()}, THE ${capability.subject} ${modal} ${then()}.\n`
          : `- **WHEN** ${when()}\n- **THEN** the ${capability.subject} ${modal} ${then()}\n`,
      );
    }
  }
  return parts.join("\n");
}

/** `Lock the row`, from the words that the tag is made of. */
export function phrase({ verb, noun }) {
  return `${verb[0]}${verb.slice(1).toLowerCase()} the ${noun.toLowerCase()}`;
}
