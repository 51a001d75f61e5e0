import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import type { ExampleRecord } from "../../evidence/examples/record.js";
import { recordSchema } from "../../evidence/examples/record.js";
import { enrol, signalGroup, strike } from "../processes.js";

export interface SessionInput {
  command: readonly string[];
  /** Absolute. */
  cwd: string;
  /** Goes to standard input, which then ends. */
  input: (nonce: string) => string;
  /** Until the process is ready. */
  startMs: number;
  /** Of each example. */
  exampleMs: number;
  signal?: AbortSignal | undefined;
  /** Takes each record in order; true when the process is no longer needed. */
  onRecord: (record: ExampleRecord) => boolean;
}

export interface SessionEnd {
  /** Errno name when it could not be started. */
  startFailure: string | null;
  timedOut: boolean;
  /** `exit code 3`, `signal SIGSEGV`. */
  ending: string;
  /** The last of what it wrote to standard error past the examples. */
  complaint: string;
}

/** Longer lines are no records. */
const LONGEST_RECORD = 1_000_000;

const COMPLAINT = 2000;

/** Pipes that are still open so long after the end of the process are held by something that it left behind. */
const DRAIN_MS = 500;

/**
 * What examples get to see of the environment: enough to find programs, a home and a place for temporary files, and a
 * time zone and language that are the same everywhere. Nothing that a session or a build server keeps secret.
 */
function exampleEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE"];
  const passed = kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(passed), LANG: "C.UTF-8", TZ: "UTC", NO_COLOR: "1" };
}

/**
 * Runs one process that runs examples, and follows what it says. It is killed, with everything it started, when it is no
 * longer needed, takes too long or the signal aborts. Never rejects.
 */
export function runSession(input: SessionInput): Promise<SessionEnd> {
  const [program = "", ...args] = input.command;
  const nonce = randomBytes(16).toString("hex");
  return new Promise((resolve) => {
    let child: ChildProcess;
    const end: SessionEnd = { startFailure: null, timedOut: false, ending: "", complaint: "" };
    try {
      child = spawn(program, args, {
        cwd: input.cwd,
        env: exampleEnvironment(process.env),
        detached: true,
        stdio: ["pipe", "ignore", "pipe", "pipe"],
      });
    } catch (caught) {
      resolve({ ...end, startFailure: codeOf(caught) });
      return;
    }
    const leader = child.pid;
    if (leader !== undefined) enrol(leader);
    const kill = () => {
      if (leader !== undefined) signalGroup(leader, "SIGKILL");
    };
    const expire = () => {
      end.timedOut = true;
      kill();
    };
    let timer = setTimeout(expire, input.startMs);
    let isOver = false;
    const onRecord = (record: ExampleRecord) => {
      if (isOver) return;
      clearTimeout(timer);
      if (record.say !== "end") timer = setTimeout(expire, remaining(record));
      isOver = input.onRecord(record);
      if (isOver) kill();
    };
    let deadline = 0;
    const remaining = (record: ExampleRecord) => {
      const now = performance.now();
      if (record.say === "begin" || record.say === "ready") deadline = now + input.exampleMs;
      return Math.max(1, deadline - now);
    };
    input.signal?.addEventListener("abort", kill, { once: true });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input.input(nonce));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      end.complaint = `${end.complaint}${text}`.slice(-COMPLAINT);
    });
    const records = child.stdio[3] as Readable;
    followRecords(records, nonce, onRecord);
    child.on("error", (caught) => {
      if (leader === undefined) end.startFailure = codeOf(caught);
    });
    const letGo = () => {
      for (const stream of [child.stdin, child.stderr, records]) stream?.destroy();
    };
    let abandon: NodeJS.Timeout | undefined;
    child.on("close", (code, killed) => {
      clearTimeout(timer);
      clearTimeout(abandon);
      input.signal?.removeEventListener("abort", kill);
      kill();
      if (leader !== undefined) strike(leader);
      resolve({ ...end, ending: killed === null ? `exit code ${code}` : `signal ${killed}` });
    });
    // What the example started may hold the pipes open after the process itself is gone, outside its group too: what was
    // written before the end is read, and nothing is waited for.
    child.on("exit", () => {
      kill();
      // The turn of the loop between the two reads what there is, however late the timer is.
      abandon = setTimeout(() => setImmediate(letGo), DRAIN_MS);
    });
  });
}

function codeOf(caught: unknown): string {
  return caught instanceof Error && "code" in caught ? String(caught.code) : "UNKNOWN";
}

/** Lines without the nonce, cut off or of another form are no records. */
function followRecords(stream: Readable, nonce: string, onRecord: (record: ExampleRecord) => void): void {
  let rest = "";
  stream.on("error", () => undefined);
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\n");
    rest = (lines.pop() ?? "").slice(-LONGEST_RECORD);
    for (const line of lines) {
      const record = line.startsWith(`${nonce} `) ? readRecord(line.slice(nonce.length + 1)) : null;
      if (record !== null) onRecord(record);
    }
  });
}

function readRecord(text: string): ExampleRecord | null {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
