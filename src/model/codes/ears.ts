import { codes } from "./code.js";

/**
 * Findings of the EARS lint. The rule that gives a code stands in src/ears/rules/<code>.ts; its examples, of which `example`
 * here is one, are its test.
 */
export const EARS_CODES = codes({
  EARS001: {
    severity: "warning",
    title: "No EARS statement",
    explanation:
      "No sentence of a requirement or scenario says who shall do what, or a sentence that tries to cannot be taken apart into condition, subject and response. It is left out of every logical analysis, so silence about it means nothing. Steps of the form WHEN/THEN without a modal are not reported.",
    remedy:
      "Write it as `WHEN …, THE <system> SHALL …`: a comma before the subject, one of SHALL, SHOULD or MAY behind it.",
    example: "The box is opened when it rains.",
  },
  EARS002: {
    severity: "info",
    title: "Several obligations under one tag",
    explanation:
      "Evidence is linked by tag. When a tag stands for several obligations, a test of one of them makes all of them look verified.",
    remedy:
      "Give each obligation a requirement or scenario of its own, or check that the tests of this tag cover them all.",
    example: "WHEN it rains, THE box SHALL close and SHALL ring the bell.",
  },
  EARS003: {
    severity: "warning",
    title: "Vague word",
    explanation:
      "Two people will understand it differently, so no test can decide it. The words are those that the INCOSE Guide to Writing Requirements warns of (vague terms, escape clauses, hedges), less those that technical prose uses exactly.",
    remedy: "Say what can be measured: a number with its unit, a list, a state, a rule.",
    example: "THE box SHALL close quickly.",
  },
  EARS004: {
    severity: "warning",
    title: "Nobody is to act",
    explanation:
      "The sentence names no subject before its modal, or only a pronoun, so it is unclear whose obligation it is and which implementation could meet it.",
    remedy: "Name the system or part of it: `THE <system> SHALL …`.",
    example: "WHEN it rains, SHALL close the lid.",
  },
  EARS005: {
    severity: "info",
    title: "Passive response",
    explanation: "In `the lid SHALL be closed` the subject is what something is done to, and who does it is not said.",
    remedy: "Turn it round: `THE <system> SHALL close the lid`.",
    example: "WHEN it rains, THE lid SHALL be closed.",
  },
  EARS006: {
    severity: "warning",
    title: "And/or",
    explanation: "`a and/or b` leaves open whether one of both is enough.",
    remedy: "Write `a, b or both`, or `a and b`, or `a or b`.",
    example: "THE box SHALL log rain and/or snow.",
  },
  EARS007: {
    severity: "warning",
    title: "Open-ended list",
    explanation: "A list that goes on with `etc.` can never be implemented or tested completely.",
    remedy: "Name everything that counts, or the rule that decides what counts.",
    example: "THE box SHALL report rain, snow, etc.",
  },
  EARS008: {
    severity: "warning",
    title: "Number without a unit",
    explanation: "A quantity such as a time, size or temperature is given as a bare number.",
    remedy: "Add the unit: `5 s`, `16 MiB`, `40 °C`.",
    example: "WHEN it rains, THE box SHALL close within 5.",
  },
  EARS009: {
    severity: "info",
    title: "Only the wanted course is specified",
    explanation:
      "A requirement reacts to an event, and neither it nor one of its scenarios says what happens when something goes wrong: there is no IF, no refusal and no failure.",
    remedy: "Add a scenario `IF …, THEN THE <system> SHALL …` for what can go wrong, or let it be if nothing can.",
    example:
      "### Requirement: Upload [BOX-UPLOAD]\nWHEN a file is uploaded, THE box SHALL store the file.\n\n#### Scenario: Name [BOX-UPLOAD-NAME]\nWHEN a file is uploaded, THE box SHALL show its name.",
  },
  EARS010: {
    severity: "warning",
    title: "One threshold, two values",
    explanation:
      "The same limit is stated in two places with different values. One of them is wrong, or they are two limits and need two names.",
    remedy: "Settle the value and state it once, or tell the limits apart by name.",
    example:
      "### Requirement: Lock [BOX-LOCK]\nTHE box SHALL use a lock timeout of 5 minutes.\n\n### Requirement: Retry [BOX-RETRY]\nWHEN the lock timeout of 10 minutes has passed, THE box SHALL retry.",
  },
  EARS011: {
    severity: "warning",
    title: "One vocabulary, two lists",
    explanation:
      "The values of the same thing are listed in two places, and one list has values that the other lacks. One of them is out of date.",
    remedy: "Make the lists equal, or state them once and refer to it.",
    example:
      "### Requirement: State [BOX-STATE]\nTHE box SHALL have a lid state that is one of `open`, `shut`, `stuck`.\n\n### Requirement: Report [BOX-REPORT]\nTHE box SHALL report a lid state that is one of `open`, `shut`.",
  },
  EARS012: {
    severity: "info",
    title: "Nearly the same term",
    explanation:
      "Two names differ by so little that they probably mean the same thing. Analyses treat them as two, and so may a reader.",
    remedy: "Use one name, or choose names that differ visibly.",
    example:
      "### Requirement: Open [BOX-OPEN]\nTHE control unit SHALL open the lid.\n\n### Requirement: Shut [BOX-SHUT]\nTHE controll unit SHALL shut the lid.",
  },
  EARS013: {
    severity: "info",
    title: "Unusual tag",
    explanation:
      "The tag is longer than 48 characters or has more than 7 segments, so it is hard to read in test output, or a scenario's tag begins with another word than the tag of its requirement, so they don't sort together.",
    remedy: "Shorten it, or begin it like the tag of its requirement. References in tests and code move with it.",
    example:
      "### Requirement: Lid [BOX-LID]\nTHE box SHALL have a lid.\n\n#### Scenario: Rain [RAIN-LID]\nWHEN it rains, THE box SHALL close.",
  },
  EARS014: {
    severity: "info",
    title: "Keyword or modal in another case",
    explanation:
      "The file writes its keywords and modals in capitals, and this one stands in lower or mixed case. It was read all the same, but a reader may take it for prose (RFC 8174).",
    remedy: "Write it in capitals.",
    example: "THE box SHALL close.\n\nIf it rains, THE box SHALL ring.",
  },
  EARS015: {
    severity: "info",
    title: "Condition without a keyword",
    explanation:
      "The sentence begins with a condition that none of WHEN, WHILE, IF and WHERE introduces. It is kept as a condition of unknown meaning and left out of logical analyses.",
    remedy: "Write it as WHEN (an event), WHILE (a state), IF (something unwanted) or WHERE (an option).",
    example: "After a power failure, THE box SHALL close.",
  },
  EARS016: {
    severity: "info",
    title: "Condition may hold for more or less",
    explanation:
      "It is not clear whether a condition also holds for an obligation behind it: the obligation is set against it by `while` or `otherwise`, or stands in the next sentence, or below another obligation in a list. Such statements carry no proof.",
    remedy: "Repeat the condition where it holds, and part the sentences by a blank line or a tag where it does not.",
    example: "WHEN it rains, THE box SHALL close, while other boxes SHALL stay open.",
  },
});

export type EarsCode = keyof typeof EARS_CODES;
