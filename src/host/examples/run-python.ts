import type { ExampleCase, ExampleRun } from "../../evidence/examples/run.js";
import { PYTHON_PROGRAM } from "./python-program.js";
import { runInSessions } from "./sessions.js";
import type { RunSettings } from "./settings.js";

/** Runs the Python examples of one specification with `python3`, which imports modules from the judged folder. */
export function runPythonExamples(cases: readonly ExampleCase[], settings: RunSettings): Promise<ExampleRun[]> {
  const plans = cases.map(() => ({ expectations: [], problems: [] }));
  return runInSessions(cases, plans, settings, {
    // Apart from the user's own settings, and without leaving compiled files in the judged folder.
    command: ["python3", "-I", "-B", "-c", PYTHON_PROGRAM],
    program: "python3",
    runnable: () => true,
    input: (nonce, indices) =>
      JSON.stringify({ nonce, examples: indices.map((index) => ({ index, code: cases[index]?.example.code ?? "" })) }),
  });
}
