import { fileURLToPath, pathToFileURL } from "node:url";
import type { JavaScriptPlan } from "../../evidence/examples/javascript/plan.js";
import { planJavaScript } from "../../evidence/examples/javascript/plan.js";
import type { ExampleCase, ExampleRun } from "../../evidence/examples/run.js";
import type { NodeExample, NodeJob } from "./job.js";
import { runInSessions } from "./sessions.js";
import type { RunSettings } from "./settings.js";

const CHILD = new URL("./node-child.js", import.meta.url);
const OBSERVER = new URL("./observer.js", import.meta.url);

/** Numbers of expectations of one example lie this far from those of the next. */
const BASE = 1_000_000;

/** Runs the JavaScript and TypeScript examples of one specification in processes of their own, in the order given. */
export async function runNodeExamples(cases: readonly ExampleCase[], settings: RunSettings): Promise<ExampleRun[]> {
  const strip = cases.some((each) => each.language === "typescript")
    ? (await import("./strip-types.js")).stripTypes
    : null;
  const plans = cases.map((each, index) =>
    planJavaScript(
      each.example,
      { url: OBSERVER.href, base: index * BASE },
      each.language === "typescript" && strip !== null ? (code) => strip(code) : null,
    ),
  );
  const root = `${pathToFileURL(settings.root).href.replace(/\/$/u, "")}/`;
  const toExample = (index: number): NodeExample[] => {
    const plan: JavaScriptPlan | undefined = plans[index];
    if (plan === undefined || plan.program === null) return [];
    const { program, imports, expectations } = plan;
    const { firstLine } = cases[index]?.example ?? { firstLine: 1 };
    const named = imports.map(({ specifier, line }) => ({ specifier, line: line - firstLine + 1 }));
    return [
      { index, url: `${root}example-${index + 1}.mjs`, program, base: index * BASE, expectations, imports: named },
    ];
  };
  return runInSessions(cases, plans, settings, {
    command: [process.execPath, "--no-warnings", fileURLToPath(CHILD)],
    program: "node",
    runnable: (index) => plans[index]?.program !== null,
    input: (nonce, indices) => JSON.stringify({ nonce, root, examples: indices.flatMap(toExample) } satisfies NodeJob),
  });
}
