import { codes } from "./code.js";

export const TAG_CODES = codes({
  TAG001: {
    severity: "error",
    title: "Tag is malformed",
    explanation:
      "A heading ends in brackets that hold nearly a tag. It is not one, so the requirement would stay unjudged.",
    remedy: "Write it in upper case with at least two segments: `[AREA-NAME]`.",
  },
  TAG002: {
    severity: "warning",
    title: "Tag stands on nothing",
    explanation: "A tag on a heading that is neither a requirement nor a scenario defines nothing.",
    remedy: "Make the heading `### Requirement:` or `#### Scenario:`, or remove the tag.",
  },
  TAG003: {
    severity: "error",
    title: "Tag is defined twice",
    explanation: "Two headings define one tag, so it is unclear what evidence for it supports.",
    remedy: "Rename one of them, and the references meant for it.",
  },
  TAG004: {
    severity: "error",
    title: "Reference to an unknown tag",
    explanation:
      "Code, a test or prose names a tag that no specification defines. The evidence counts for nothing, or the requirement was renamed.",
    remedy: "Correct the tag, or define it.",
  },
  TAG005: {
    severity: "error",
    title: "Reference is malformed",
    explanation:
      "A reference that claims a tag (`@verifies`, `@implements`, `traceSpec`, `@Tag`) is empty or not of the tag grammar.",
    remedy: "Name a tag: `@verifies AREA-NAME`.",
  },
  TAG006: {
    severity: "error",
    title: "Heading carries two tags",
    explanation: "One heading defines one tag. With two it is unclear which is meant.",
    remedy: "Keep one, and split the requirement if both are needed.",
  },
  TAG007: {
    severity: "error",
    title: "Quoted requirement text differs",
    explanation:
      "A reference quotes the requirement it is made for, and the requirement no longer says that. What was built or tested may not be what is required now.",
    remedy: "Compare both texts, bring the code or test in line, then update the quotation.",
  },
  TAG008: {
    severity: "info",
    title: "Reference to a proposed tag",
    explanation:
      "The tag is defined only by an active change. The reference starts to count when the change is archived.",
    remedy: "Nothing, if the change is under way.",
  },
  TAG009: {
    severity: "warning",
    title: "Verifying reference stands on no test",
    explanation:
      "A comment claims to verify a tag, and no test follows it or encloses it, so no result can ever meet it.",
    remedy: "Move it directly above the test, or use `@implements`.",
  },
});
