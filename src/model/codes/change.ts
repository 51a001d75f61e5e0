import { codes } from "./code.js";

export const CHG_CODES = codes({
  CHG001: {
    severity: "warning",
    title: "Change alters what judges it",
    explanation:
      "With `--base`, policy, severities, mode, waivers, confirmations and the baseline are read from the base, so that a change cannot excuse itself. This change alters one of them; its own version counts once the base holds it.",
    remedy: "Look at it first: it decides how later changes are judged.",
  },
  CHG002: {
    severity: "warning",
    title: "Implementing code changed and its tests did not run",
    explanation:
      "The change touches code that implements a tag, and no result of that tag's tests was made since: there is none, or it was made from another text of its test, or it is the results file of the base.",
    remedy: "Run the tests, and let `evidence` read their results.",
  },
  CHG003: {
    severity: "warning",
    title: "Change takes a requirement away",
    explanation:
      "A tag of the base is gone, and no new tag has its text or title. Whatever it demanded is no longer demanded of anything.",
    remedy: "Nothing, if that is what the change is for. Reviewers should see it.",
  },
  CHG010: {
    severity: "warning",
    title: "Confirmation is stale",
    explanation:
      "A person confirmed that the evidence of a tag holds for a text that the tag no longer has. The confirmation says nothing about the text of today.",
    remedy: "Look at the evidence and run `evidence confirm` again, or remove the entry.",
  },
  CHG011: {
    severity: "error",
    title: "Confirmation names an unknown tag",
    explanation: "A confirmation is about a tag that no main specification defines.",
    remedy: "Correct or remove it.",
  },
  CHG012: {
    severity: "error",
    title: "Confirmation is malformed",
    explanation:
      "A confirmation lacks its tag, text digest, reason, owner or date, has one of another form, or stands there twice. It confirms nothing.",
    remedy: "Remove it and write it with `evidence confirm`.",
  },
  CHG013: {
    severity: "error",
    title: "Confirmations file cannot be read",
    explanation: "evidence.confirmations.yaml is not YAML of the documented form. None of its confirmations applies.",
    remedy: "Mend the place named.",
  },
  CHG020: {
    severity: "info",
    title: "Baseline entry is no longer needed",
    explanation: "What the baseline excuses is mended, or better than it was.",
    remedy: "Run `evidence baseline --update`, which only takes entries out, and commit the result.",
  },
  CHG021: {
    severity: "error",
    title: "Baseline entry is malformed",
    explanation:
      "An entry of the baseline lacks a part, has one of another form, or stands there twice. It excuses nothing.",
    remedy: "Remove it, or draw the baseline anew with `evidence baseline --write`.",
  },
  CHG022: {
    severity: "error",
    title: "Baseline cannot be read",
    explanation: "evidence.baseline.yaml is not YAML of the documented form. None of its entries applies.",
    remedy: "Mend the place named.",
  },
});
