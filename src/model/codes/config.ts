import { codes } from "./code.js";

export const CFG_CODES = codes({
  CFG001: {
    severity: "error",
    title: "No specification was found",
    explanation: "No file matches the configured specification patterns.",
    remedy: "Correct `specs` in evidence.config.json, or run `evidence init`.",
  },
  CFG002: {
    severity: "warning",
    title: "Configuration names something that is not there",
    explanation: "A path or pattern in the configuration matches nothing.",
    remedy: "Correct or remove it.",
  },
});
