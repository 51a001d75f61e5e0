import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { smtDeclarations, smtTerm } from "../model/smt2.js";
import type { Answer, Solver, Term } from "../model/solver.js";
import { CHECK_LIMIT } from "../model/solver.js";

interface Session {
  child: ChildProcessWithoutNullStreams;
  /** Sends a script and gives the lines it prints up to the mark. */
  run(script: string): Promise<string[]>;
}

const MARK = "spec-evidence-end";

/**
 * A `z3` of the user's over its standard input. Started by the first check and ended by `close`. A solver that cannot be
 * started, ends early or prints an error answers "unknown" with what it said.
 */
export function nativeSolver(command = "z3"): Solver {
  let session: Session | null = null;
  return {
    check: async (assertions, watched = []) => {
      session ??= start(command);
      const lines = await session.run(scriptOf(assertions, watched));
      return answerOf(lines, watched.length);
    },
    close: async () => {
      session?.child.stdin.end();
      session?.child.kill();
      session = null;
    },
  };
}

function scriptOf(assertions: readonly Term[], watched: readonly Term[]): string {
  return [
    "(push 1)",
    ...smtDeclarations([...assertions, ...watched]),
    ...assertions.map((term) => `(assert ${smtTerm(term)})`),
    "(check-sat)",
    ...watched.map((term) => `(eval ${smtTerm(term)} :completion true)`),
    "(pop 1)",
    `(echo "${MARK}")`,
    "",
  ].join("\n");
}

function answerOf(lines: readonly string[], watched: number): Answer {
  const [status, ...values] = lines;
  if (status === "sat" && values.length === watched) return { status, holds: values.map((value) => value === "true") };
  if (status === "unsat") return { status };
  return { status: "unknown", reason: status ?? "no answer" };
}

function start(command: string): Session {
  const child = spawn(command, ["-in", "-smt2", `rlimit=${CHECK_LIMIT}`], { stdio: ["pipe", "pipe", "pipe"] });
  let pending: ((lines: string[]) => void) | null = null;
  let ended: string | null = null;
  let rest = "";
  let lines: string[] = [];
  const finish = (reason: string) => {
    ended = reason;
    pending?.([reason]);
    pending = null;
  };
  child.on("error", (error) => finish(error.message));
  child.on("close", () => finish("the solver ended"));
  child.stdin.on("error", (error) => finish(error.message));
  child.stderr.resume();
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (chunk: string) => {
    const read = (rest + chunk).split("\n");
    rest = read.pop() ?? "";
    for (const line of read.map((each) => each.trim())) {
      if (line !== MARK) lines.push(line);
      else {
        const done = lines;
        lines = [];
        pending?.(done);
        pending = null;
      }
    }
  });
  child.unref();
  return {
    child,
    run: (script) =>
      new Promise((resolve) => {
        if (ended !== null) return resolve([ended]);
        pending = resolve;
        child.stdin.write(script);
      }),
  };
}
