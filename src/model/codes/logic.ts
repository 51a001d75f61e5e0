import { codes } from "./code.js";

export const LOGIC_CODES = codes({
  LOGIC001: {
    severity: "error",
    title: "Statements conflict",
    explanation:
      "The environment can bring about a situation in which all statements named bind at once and no output satisfies them all. The system cannot keep to its specification there. Events may coincide: two buttons can be pressed at the same instant. A conflict that is possible and not proved (a scenario may leave out its requirement's condition, another system acts, a state ends at that instant) is a warning.",
    remedy:
      "Say which statement gives way: add its condition to the other (`WHILE the emergency button is not pressed, …`), or let an `until` release it. If the situation cannot come about, state that under `assumptions` in the glossary, with its reason.",
  },
  LOGIC002: {
    severity: "error",
    title: "Statement can never bind",
    explanation:
      "The conditions of a statement exclude each other, or a value outside the declared range is asked for, so nothing that the system does could violate it. Evidence for it shows nothing.",
    remedy: "Correct the condition, or the range and values in the glossary.",
  },
  LOGIC003: {
    severity: "warning",
    title: "Statement is implied by others",
    explanation:
      "Whatever satisfies the other statements named satisfies this one too: it is a repetition, or a weaker form that is easily changed in one place and forgotten in the other.",
    remedy: "Remove it, refer to the other by its tag, or say what it was meant to add.",
  },
  LOGIC004: {
    severity: "warning",
    title: "Situation is not specified",
    explanation:
      "The glossary declares a term complete, and there is a situation for which no statement says what the output is, or a value of an input that no statement deals with.",
    remedy: "Add a statement for the situation, or take `complete` off the term.",
  },
  LOGIC005: {
    severity: "warning",
    title: "Permission or advice against an obligation",
    explanation:
      "One statement permits (MAY) or advises (SHOULD) what another forbids in the same situation. It is unclear which of them counts.",
    remedy: "Add the condition of the obligation to the permission.",
  },
  LOGIC006: {
    severity: "warning",
    title: "WHEN can be read in two ways with different results",
    explanation:
      "Read as an instant (a condition becomes true) the statements do not meet; read as a state (as long as it holds) they conflict, or the reverse. Two readers will build two systems.",
    remedy: "Write WHILE for a state, or set `when` of the term in the glossary.",
  },
  LOGIC007: {
    severity: "warning",
    title: "Value is not in the declared vocabulary",
    explanation:
      "A sentence gives a declared term a value that the glossary does not list. Either the value was renamed in one place only, or the glossary lacks it. The statement is left out of the analyses until then.",
    remedy: "Use a declared value, or add this one (or a synonym) to the glossary.",
  },
  LOGIC008: {
    severity: "warning",
    title: "Same condition with different thresholds",
    explanation:
      "Two statements demand the same under conditions that differ in one number only. One of the numbers may be out of date.",
    remedy: "State the threshold once, or say in both what tells the cases apart.",
  },
  LOGIC009: {
    severity: "warning",
    title: "Solver reached no answer",
    explanation:
      "A question was too hard for the solver within its limit of work, or there were too many. What it would have found is not known; the statements are neither cleared nor accused.",
    remedy: "Split the statements, or declare fewer values.",
  },
});
