import { codes } from "./code.js";

export const ALLOY_CODES = codes({
  ALLOY001: {
    severity: "error",
    title: "Opened module is missing",
    explanation:
      "A module opens another one, and the judged folder holds no such file, so the model cannot be read. A module `a/b` that opens `a/c` means `c.als` beside itself; the path counts from the folder in which the opening module's own name begins. `util/…` comes with Alloy.",
    remedy: "Correct the name, or add the file.",
    example: "open lib/graphs",
  },
  ALLOY002: {
    severity: "error",
    title: "Modules open each other in a circle",
    explanation: "Alloy reads no module that opens itself through others.",
    remedy: "Move what both need into a module of its own.",
  },
  ALLOY003: {
    severity: "warning",
    title: "Alloy command belongs to no requirement",
    explanation:
      "A command gives evidence for the requirement or scenario in whose section its assertion or predicate stands, else for the one in whose section it stands itself. This one has neither, and names no tag, so whatever it finds counts for nothing.",
    remedy:
      "Move the assertion into the section of its requirement, write `// [AREA-NAME]` directly above it or above the command, or map the file under `alloy.tags` in the configuration.",
    example: "// [BOX-CLOSE]\ncheck closes for 4 expect 0",
  },
  ALLOY004: {
    severity: "warning",
    title: "Alloy model without a command",
    explanation:
      "Nothing is checked or run, so the model shows nothing. Alloy itself runs such a model with a command it makes up, which any model without contradiction passes.",
    remedy: "Add a `check` for each assertion, and a `run` that shows the model has instances.",
  },
  ALLOY005: {
    severity: "warning",
    title: "Assertion is never checked",
    explanation: "No command checks it. It says something about the model that nobody ever looked into.",
    remedy: "Add `check NAME for … expect 0`.",
  },
  ALLOY006: {
    severity: "info",
    title: "Alloy command without `expect`",
    explanation:
      "Without `expect` only convention says which outcome is the good one: a check passes when it finds no counterexample, a run when it finds an instance. A run that finds none stays inconclusive.",
    remedy:
      "Write `expect 0` behind what must have no counterexample or instance, `expect 1` behind what must have one.",
    example: "check closes for 4 expect 0",
  },
  ALLOY007: {
    severity: "warning",
    title: "Predicate or function is never used",
    explanation:
      "Nothing names it: no fact, assertion, command or other predicate. What it says has no influence on any result, so the model may lack the step or rule it describes.",
    remedy: "Use it where it belongs, run it, or remove it.",
  },
  ALLOY008: {
    severity: "warning",
    title: "Scope is too small to show anything",
    explanation:
      "The scope gives a signature so few atoms that the formula cannot be otherwise: nothing at all to quantify over, or one atom where two different ones are spoken of. The command passes whatever the model says.",
    remedy: "Raise the scope to at least the number of atoms that are spoken of.",
    example: "check unique for 1 -- all disj a, b: Node | …",
  },
  ALLOY009: {
    severity: "error",
    title: "Assertion holds by its form",
    explanation:
      "What is asserted is true whatever the signatures hold: an empty body, a thing that equals itself, a quantification over nothing. No model could ever break it, so checking it is no evidence.",
    remedy: "Say what was meant, or remove the assertion.",
    example: "assert same { all n: Node | n.next = n.next }",
  },
  ALLOY010: {
    severity: "info",
    title: "Alloy commands share a label",
    explanation:
      "Commands of one label are told apart only by their order, so results kept by label overwrite each other and a mapping by label means all of them.",
    remedy: "Give each a label of its own: `small: check closes for 3`.",
  },
  ALLOY011: {
    severity: "error",
    title: "Command names nothing there is",
    explanation:
      "A check needs an assertion, a run a predicate or function of that name. Alloy refuses the whole model.",
    remedy: "Correct the name.",
  },
  ALLOY012: {
    severity: "info",
    title: "Alloy model asserts nothing",
    explanation:
      "Every command is a `run`: instances show that the model is possible, none shows that it cannot go wrong.",
    remedy: "Assert what must always hold, and check it.",
  },
  ALLOY013: {
    severity: "warning",
    title: "Mapping of Alloy tags matches nothing",
    explanation: "A pattern under `alloy.tags` in the configuration fits no command of any model.",
    remedy: "Correct the path or label, or remove the entry.",
    example: '"models/box.als#closes": ["BOX-CLOSE"]',
  },
});
