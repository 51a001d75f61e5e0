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
      "Code, a test or prose names a tag that no specification defines. The evidence counts for nothing, or the requirement was renamed. A bracketed token is taken for a reference only if some tag shares its first segment: `[UTF-8]` is nobody's business.",
    remedy: "Correct the tag, or define it.",
    example: "// @implements BOX-NUL",
  },
  TAG005: {
    severity: "error",
    title: "Reference is malformed",
    explanation:
      "A reference that claims a tag outright (`@verifies`, `@implements`, `traceSpec`, `@Verifies`) is empty or not of the tag grammar. Annotations that hold labels of any kind, such as `@Tag`, claim nothing, and within a sentence or in a code span a marker is only mentioned.",
    remedy: "Name a tag: `@verifies AREA-NAME`.",
    example: "// @verifies box_null",
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
      "A reference quotes the requirement it is made for, and the requirement does not say that, or no longer. What was built or tested may not be what is required now. White space and markdown emphasis make no difference; at least three words in double quotes directly behind the tag are a quotation.",
    remedy: "Compare both texts, bring the code or test in line, then update the quotation.",
    example: '// @implements BOX-CLOSE "THE box SHALL close within 6 seconds."',
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
      "A comment in a test file claims to verify a tag, and it stands neither in a test nor directly above one or above a suite, so no result can ever meet it.",
    remedy: "Move it directly above the test, or use `@implements`.",
  },
});
