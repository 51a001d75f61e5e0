import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { planJava } from "../../evidence/examples/java/plan.js";
import type { ExampleCase, ExampleRun } from "../../evidence/examples/run.js";
import { javaProgram } from "../alloy/programs.js";
import { runInSessions } from "./sessions.js";
import type { RunSettings } from "./settings.js";

const DRIVER = fileURLToPath(new URL("./java/ExampleDriver.java", import.meta.url));

/** Where Gradle and Maven leave what they build, below the judged folder. */
const CLASS_PATH = [
  "build/classes/java/main",
  "build/classes/kotlin/main",
  "build/resources/main",
  "target/classes",
] as const;

/**
 * Runs the Java examples of one specification with the engine of `jshell`, over the classes that the project's build
 * has left. `java` compiles the driver itself, for which a JDK is needed.
 */
export async function runJavaExamples(cases: readonly ExampleCase[], settings: RunSettings): Promise<ExampleRun[]> {
  const plans = cases.map((each) => planJava(each.example));
  const empty = plans.map(() => ({ expectations: [], problems: [] }));
  const job = (index: number) => {
    const { code = "", expectations = [] } = plans[index] ?? {};
    const lines = expectations.map(
      ({ kind, line, offset, expected }) => `expect ${kind} ${line} ${offset} ${base64(expected)}`,
    );
    return [`example ${index} ${base64(code)}`, ...lines];
  };
  const runs = await runInSessions(cases, empty, settings, {
    command: [
      javaProgram("java") ?? "java",
      // The channel for records is a descriptor, which Java opens through this field only.
      "--add-opens=java.base/java.io=ALL-UNNAMED",
      "-XX:TieredStopAtLevel=1",
      "-Xmx512m",
      "-Djava.awt.headless=true",
      "-cp",
      CLASS_PATH.join(delimiter),
      DRIVER,
    ],
    program: "jshell",
    runnable: () => true,
    input: (nonce, indices) => [nonce, ...indices.flatMap(job)].join("\n"),
  });
  return runs.map((run, index) => {
    const problems = [...(plans[index]?.problems ?? []), ...run.plan.problems];
    return { ...run, plan: { ...run.plan, problems } };
  });
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
