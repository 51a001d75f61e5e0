import { codes } from "./code.js";

export const RES_CODES = codes({
  RES001: {
    severity: "error",
    title: "Results file is absent",
    explanation:
      "The configuration names results, and no file is there. Absent results must not look like passing ones.",
    remedy: "Run what produces them, or correct the path in evidence.config.json.",
  },
  RES002: {
    severity: "error",
    title: "Results file is empty",
    explanation:
      "A results file reports no test and no item. Where one pattern names many files (a file for each Java class), only some of them may be empty.",
    remedy: "Look why its producer ran nothing.",
  },
  RES003: {
    severity: "error",
    title: "Results file cannot be read",
    explanation:
      "The file is not of its format: it is cut off, not well-formed, or something else altogether. Tests that stand complete before the place named are counted; those behind it are not.",
    remedy: "Produce it anew; look at the place named.",
  },
  RES004: {
    severity: "error",
    title: "Results format is unknown",
    explanation: "The format was not configured and could not be told from the content.",
    remedy: "Set `format` for this path in evidence.config.json: junit, ctrf, sarif, tests or campaign.",
  },
  RES005: {
    severity: "error",
    title: "Result names an unknown tag",
    explanation: "An executed test or campaign claims a tag that no specification defines.",
    remedy: "Correct the tag, or define it.",
  },
  RES006: {
    severity: "error",
    title: "Provider failed",
    explanation: "A configured command ended with an error and left no results.",
    remedy: "Run the command by hand; its output is kept at the path named.",
  },
  RES007: {
    severity: "error",
    title: "Provider ran out of time",
    explanation: "A configured command was still running at its time limit and was stopped.",
    remedy: "Raise `timeoutSeconds`, or make it faster.",
  },
  RES008: {
    severity: "error",
    title: "Results entry does not fit its schema",
    explanation: "A part of a campaign or tests file has another shape than its schema says; it was not counted.",
    remedy: "Compare with the schema named.",
  },
  RES009: {
    severity: "warning",
    title: "Outcome is not known",
    explanation: "A result has an outcome word that its format does not define. It was taken as inconclusive.",
    remedy: "Use one of the format's own words.",
  },
  RES010: {
    severity: "error",
    title: "Provider reports an error beside its results",
    explanation:
      "A configured command ended with an error although every result it left passed: something outside the tests went wrong.",
    remedy: "Read its output, kept at the path named.",
  },
  RES011: {
    severity: "warning",
    title: "Results file could be cut off",
    explanation:
      "A report says how many tests or failures it holds, and holds fewer: something was left out or taken out of it.",
    remedy: "Produce it anew.",
  },
  RES012: {
    severity: "warning",
    title: "Text of a results file may be read wrongly",
    explanation:
      "The file declares another encoding than UTF-8, or holds characters that XML does not allow, such as the escape character of coloured terminal output. It was read as UTF-8 and the characters were kept; names and messages may differ from what their producer meant.",
    remedy: "Let the producer write UTF-8 without control characters.",
  },
  RES013: {
    severity: "warning",
    title: "Result claims something that is not a tag",
    explanation:
      "A property of a test that names requirements (`verifies`, `requirement`) holds text that is not of the tag grammar. The claim counts for nothing.",
    remedy: "Name tags such as AREA-NAME, several separated by commas.",
  },
  RES014: {
    severity: "warning",
    title: "Result fits several tests",
    explanation:
      "By its name and file a result could belong to several tests in the source, of which at least one refers to a tag. It was counted for none of them, because a wrong guess would be wrong evidence.",
    remedy:
      'Let the reporter write the file of each test, or give the tests different names, or trace the tag in the test itself. Gradle writes of a parametrised test its values alone: `@ParameterizedTest(name = "adds {0}")` tells two of one class apart.',
  },
  RES015: {
    severity: "error",
    title: "Test file could not be run",
    explanation:
      "A runner reports an error for a whole test file: it could not be loaded, or broke before its first test. None of its tests ran, so whatever they verify is without evidence for this reason and no other.",
    remedy: "Mend what the message says, then run it again.",
  },
});
