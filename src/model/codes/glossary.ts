import { codes } from "./code.js";

export const GLOSS_CODES = codes({
  GLOSS001: {
    severity: "error",
    title: "Glossary cannot be read",
    explanation: "The file is not YAML, or is not of the documented form at all. No statement can be formalised.",
    remedy: "Mend it; `evidence glossary suggest` drafts one.",
  },
  GLOSS002: {
    severity: "error",
    title: "Glossary entry is malformed",
    explanation:
      "An entry lacks something, says something unknown, or contradicts itself. It is left out, so statements about it are not analysed.",
    remedy: "Correct the entry as the message says.",
  },
  GLOSS003: {
    severity: "warning",
    title: "Term is not used",
    explanation:
      "No statement resolves to this term. It was renamed in the specifications, or is written otherwise there.",
    remedy: "Remove it, or add the words of the specifications as synonyms, states or phrases.",
  },
  GLOSS004: {
    severity: "error",
    title: "Words stand for two things",
    explanation:
      "The same words name two terms, or two values of one. A sentence that uses them is ambiguous and is left out of the analyses.",
    remedy: "Keep the words in one place.",
  },
  GLOSS005: {
    severity: "info",
    title: "Terms are nearly the same",
    explanation:
      "Two declared names differ in little. If they mean the same, statements about the one are never compared with statements about the other.",
    remedy: "Make one a synonym of the other, or tell them apart more clearly.",
  },
  GLOSS006: {
    severity: "info",
    title: "Statement uses words the glossary does not define",
    explanation:
      "A part of a statement does not resolve to declared terms, while the rest of it does. The whole statement is left out of the analyses.",
    remedy: "Declare the term, or add the words as a state, synonym or phrase.",
  },
});
