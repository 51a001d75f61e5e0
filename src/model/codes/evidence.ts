import { codes } from "./code.js";

export const EVD_CODES = codes({
  EVD001: {
    severity: "error",
    title: "Waiver has expired",
    explanation: "The date a waiver was agreed until has passed. The verdict it excused counts again.",
    remedy: "Close the gap, or agree on a new date and reason.",
  },
  EVD002: {
    severity: "warning",
    title: "Waiver is not used",
    explanation: "A waiver excuses a verdict that its tag does not have.",
    remedy: "Remove it.",
  },
  EVD003: {
    severity: "error",
    title: "Waiver names an unknown tag",
    explanation: "A waiver excuses a tag that no specification defines.",
    remedy: "Correct or remove it.",
  },
  EVD004: {
    severity: "error",
    title: "Waiver is malformed",
    explanation:
      "A waiver lacks its tag, verdict, reason, owner or expiry, or has one of another form. It excuses nothing.",
    remedy: "Give all five: tag, verdict, reason, owner, expires (YYYY-MM-DD).",
  },
  EVD005: {
    severity: "error",
    title: "Nothing was judged",
    explanation:
      "No tag was found, so there is no statement about anything. An empty run must not look like a clean one.",
    remedy: "Check the paths, and that headings carry tags.",
  },
  EVD006: {
    severity: "warning",
    title: "Linked test has no result",
    explanation: "A test names a tag, and no results file reports that it ran.",
    remedy: "Run it with a reporter that `results` in evidence.config.json names.",
  },
  EVD007: {
    severity: "error",
    title: "Waivers file cannot be read",
    explanation: "evidence.waivers.yaml is not YAML of the documented form. None of its waivers applies.",
    remedy: "Mend the place named.",
  },
  EVD008: {
    severity: "warning",
    title: "Waiver stands twice",
    explanation: "Two waivers excuse the same verdict of the same tag.",
    remedy: "Keep one.",
  },
  EVD009: {
    severity: "error",
    title: "Needs attribute names an unknown kind",
    explanation:
      "A `**Needs:**` attribute asks for a kind of evidence that does not exist, so nothing could ever meet it.",
    remedy: "Name kinds from the list, separated by commas; join alternatives with `|`.",
  },
  EVD010: {
    severity: "warning",
    title: "Linked tests and no results",
    explanation:
      "Tests refer to tags, and not a single results file was read. A link says that somebody meant to test; only a result says that it was done.",
    remedy:
      "Run `evidence init`, which looks for reports and test commands, or name a results file under `results` in evidence.config.json, or a command under `providers`.",
  },
  EVD020: {
    severity: "error",
    title: "Manifest does not match the file",
    explanation: "A file has another digest than the manifest records, or is gone.",
    remedy: "Build the manifest anew with `evidence check`.",
  },
  EVD021: {
    severity: "error",
    title: "Manifest does not match the requirement",
    explanation: "The text of a requirement is not the text that the manifest's evidence was judged against.",
    remedy: "Run `evidence check` and look at what changed.",
  },
  EVD022: {
    severity: "error",
    title: "Manifest is malformed",
    explanation: "The file is not an evidence manifest, or one of another version.",
    remedy: "Build it anew with `evidence check`.",
  },
});
