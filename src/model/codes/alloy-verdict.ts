import { codes } from "./code.js";

/** What running a model brings to light; what reading it does is in `alloy.ts`. */
export const ALLOY_VERDICT_CODES = codes({
  ALLOY030: {
    severity: "error",
    title: "Alloy check found a counterexample",
    explanation:
      "What is asserted does not follow from the model: the engine found an instance in which the facts hold and the assertion does not. The tags of the command are failing.",
    remedy:
      "Look at the counterexample (`evidence alloy`): strengthen the facts if it cannot happen in reality, the requirement or the design if it can. Write `expect 1` only where the counterexample is the point.",
  },
  ALLOY031: {
    severity: "error",
    title: "Alloy command does not come out as expected",
    explanation:
      "The command says with `expect` what it should find, and found the opposite: no instance where one has to exist, an instance where none may, or no counterexample where one is meant to be shown.",
    remedy: "Correct the model, or the `expect` if the expectation was wrong.",
  },
  ALLOY032: {
    severity: "warning",
    title: "Alloy run found no instance",
    explanation:
      "A run without `expect` found nothing in its scope. That may be what was meant, or the model may contradict itself, so it counts neither way.",
    remedy:
      "Write `expect 0` if nothing may be found, `expect 1` and a larger scope or weaker facts if something must.",
  },
  ALLOY033: {
    severity: "error",
    title: "Facts of an Alloy model admit no instance",
    explanation:
      "In the scope of this command no instance satisfies the facts and signatures, so there is nothing in which an assertion could fail. Whatever is checked passes, and shows nothing.",
    remedy:
      "Find the contradiction: `run {}` with the same scope must find an instance. Often one scope is too small for a multiplicity, or two facts exclude each other.",
    example: "fact { some Node } fact { no Node }",
  },
  ALLOY034: {
    severity: "warning",
    title: "Assertion is never put to the test",
    explanation:
      "The condition of an implication, or the set a quantifier ranges over, cannot hold in any instance of the scope. That part of the assertion is true without its conclusion mattering. When it is so for every part, the check could not have failed and its tags are hollow.",
    remedy:
      "Raise the scope, weaken the facts that exclude the condition, or drop the case from the assertion. `run` the condition with `expect 1` to keep it possible.",
    example: "assert safe { all n: Node | n in Broken implies no n.next } -- and no Node is ever Broken",
  },
  ALLOY035: {
    severity: "warning",
    title: "Alloy command ran out of time",
    explanation:
      "The engine had no answer within the time allowed and was stopped. Nothing is known about what the command asks.",
    remedy: "Lower the scope, or raise `alloy.timeoutSeconds`.",
  },
  ALLOY036: {
    severity: "error",
    title: "Alloy model cannot be read",
    explanation: "Alloy refuses the text of the model, so none of its commands says anything. Their tags are failing.",
    remedy: "Correct the place named.",
  },
  ALLOY037: {
    severity: "warning",
    title: "Alloy command cannot be decided",
    explanation:
      "The engine cannot answer this kind of question: an unbounded number of steps needs a model checker, another solver than the configured one may be wanted.",
    remedy: "Bound the steps (`for 4 but 1..20 steps`).",
  },
  ALLOY038: {
    severity: "error",
    title: "Alloy command ended in an error",
    explanation:
      "The model can be read and this command cannot be carried out: a scope that contradicts a signature, a higher-order quantifier, too much memory. Alloy's own command line writes no result for it and does not say so.",
    remedy: "Correct what the message says.",
  },
  ALLOY039: {
    severity: "warning",
    title: "Alloy models were not run",
    explanation:
      "The answers to some commands are not known: the engine is not there or cannot be used (no Java, no jar, or a jar that is broken or another one), or only stored answers were to be used and these commands have none. Such commands are no evidence: tags that have nothing else are missing. Everything else is judged as usual; the message says which of these it was.",
    remedy:
      "If the engine is missing or broken, install Java 17 or later and run `evidence alloy --install`; `evidence doctor` says what is there. If answers are only looked up, run `evidence alloy` once so that they are stored.",
  },
  ALLOY040: {
    severity: "info",
    title: "Vacuity was not decided",
    explanation:
      "A check found no counterexample, and whether it could have found one was not answered within the time allowed.",
    remedy: "Raise `alloy.timeoutSeconds`, or lower the scope.",
  },
  ALLOY041: {
    severity: "warning",
    title: "Alloy warns about a model",
    explanation:
      "Alloy's type checker found something that has no effect or can never hold, such as a join that is always empty. The model probably says less than it seems to.",
    remedy: "Correct the expression.",
  },
  ALLOY042: {
    severity: "info",
    title: "No check needs this fact",
    explanation:
      "Every check of the module that found no counterexample finds none without this fact, nor without any other fact named so. Either nothing is asserted about what it says, or it repeats what the others say.",
    remedy: "Assert what the fact is there for, or remove it.",
  },
  ALLOY043: {
    severity: "warning",
    title: "No command notices this change of the model",
    explanation:
      "The model was changed at this place, and every command came out as before. What stands there has no influence on anything that is checked.",
    remedy: "Add an assertion or a run that depends on it, or remove what has no effect.",
  },
  ALLOY044: {
    severity: "error",
    title: "Alloy command was not recognised",
    explanation:
      "Alloy finds other commands in the text than the reader of this tool, so a result cannot be given to the right command.",
    remedy: "Write each command on a line of its own.",
  },
  ALLOY045: {
    severity: "warning",
    title: "Counterexample is expected",
    explanation:
      "A check says `expect 1` and found its counterexample. That is as written, and it means that the model does not have the property asserted.",
    remedy: "If the property has to hold, correct the model and write `expect 0`.",
  },
});
