import { codes } from "./code.js";

export const CFG_CODES = codes({
  CFG001: {
    severity: "error",
    title: "No specification was found",
    explanation: "No file matches the configured specification patterns.",
    remedy:
      "Write the first one as openspec/specs/<capability>/spec.md: `### Requirement: Title [AREA-NAME]` below `## Requirements`, and one sentence with SHALL. Where there are specifications, let `specs` in evidence.config.json match them.",
  },
  CFG002: {
    severity: "warning",
    title: "Configuration names something that is not there",
    explanation: "A path or pattern in the configuration matches nothing.",
    remedy: "Correct or remove it.",
  },
});
