import type { AlloyAnswer, AlloyCommand } from "../../model/alloy.js";
import type { Outcome } from "../../model/evidence.js";
import type { CommandAnswer } from "../../model/models.js";

/** What the engine's answer says about this kind of command. */
export function answerOf(
  kind: AlloyCommand["kind"],
  status: Exclude<AlloyAnswer["status"], "unavailable">,
): CommandAnswer {
  if (status === "satisfiable") return kind === "check" ? "counterexample" : "instance";
  if (status === "unsatisfiable") return kind === "check" ? "no counterexample" : "no instance";
  return status;
}

/**
 * What an answer means as evidence. `expect 0` wants nothing found, `expect 1` something. Without it a check wants no
 * counterexample, a run wants an instance, and a run that finds none says nothing.
 */
export function outcomeOf(answer: CommandAnswer, expect: AlloyCommand["expect"]): Outcome | null {
  switch (answer) {
    case "counterexample":
      return expect === 1 ? "pass" : "fail";
    case "no counterexample":
      return expect === 1 ? "fail" : "pass";
    case "instance":
      return expect === 0 ? "fail" : "pass";
    case "no instance":
      return expect === null ? "inconclusive" : expect === 0 ? "pass" : "fail";
    case "error":
      return "error";
    case "timeout":
    case "unknown":
      return "inconclusive";
    case "not run":
      return null;
  }
}
